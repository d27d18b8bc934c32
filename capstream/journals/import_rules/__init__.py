"""What each ERP accepts, written apart from the writers: one table of rules a format.

The rules name what the targets document (columns, lengths, forms of dates and amounts, what
leaves an entry unposted), so that a writer's mistake cannot hide in its own constants.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from capstream.journals.import_rules import (
    business_central,
    dynamics_365,
    netsuite,
    oracle_fusion,
    quickbooks_online,
    sage_intacct,
    sap_s4hana,
    workday,
    xero,
)
from capstream.journals.import_rules.rules import ImportRules

IMPORT_RULES: Mapping[str, ImportRules] = MappingProxyType(
    {
        "business_central": business_central.RULES,
        "dynamics_365": dynamics_365.RULES,
        "netsuite": netsuite.RULES,
        "oracle_fusion": oracle_fusion.RULES,
        "quickbooks_online": quickbooks_online.RULES,
        "sage_intacct": sage_intacct.RULES,
        "sap_s4hana": sap_s4hana.RULES,
        "workday": workday.RULES,
        "xero": xero.RULES,
    }
)

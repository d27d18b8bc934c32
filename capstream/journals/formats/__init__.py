"""The formats by the name that capstream.yaml gives them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from capstream.journals.formats import (
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
from capstream.journals.layout import Layout

LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        module.LAYOUT.name: module.LAYOUT
        for module in (
            business_central, dynamics_365, netsuite, oracle_fusion, quickbooks_online,
            sage_intacct, sap_s4hana, workday, xero,
        )
    }
)  # fmt: skip

"""Every relation of schema `company`: the inputs as given and the configuration as rows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import pyarrow as pa

from capstream.company.ai_marks import ai_mark_rows
from capstream.company.assumptions import assumptions
from capstream.company.calendars import calendar_days
from capstream.company.configuration_schemas import CONFIGURATION_SCHEMAS
from capstream.company.ledger_accounts import account_names, journal_accounts
from capstream.company.listed_rows import listed_rows
from capstream.company.loading import Company
from capstream.company.mapping_rows import mapping_rows, stream_rule_rows, workflow_rows
from capstream.company.settings_rows import month_rows, settings_row
from capstream.errors import UsageError
from capstream.policy.paragraphs import policy_paragraphs
from capstream.policy.rows import policy_rows
from capstream.types import Month

Row = dict[str, Any]


def company_tables(
    company: Company,
    month: Month,
    as_of: datetime | None = None,
    *,
    kept: Collection[str] = (),
) -> dict[str, pa.Table]:
    """Return every table of schema `company`.

    Args:
        company: A sound company.
        month: The month of the run; months go from the first month of the books to it.
        as_of: The data-as-of, with its offset; None = the newest record decides.
        kept: Closed months, `YYYY-MM`, that are kept as they were closed and not computed again.

    Raises:
        UsageError: The month is before the first month of the books, or `as_of` has no offset.
    """
    first = company.config.company.first_month
    if month < first:
        raise UsageError(
            f"month {month} is before first_month {first} of capstream.yaml: "
            "choose a later month or correct first_month"
        )
    rows = _configuration_rows(company, month, as_of, kept)
    tables = {
        name: pa.Table.from_pylist(rows[name], schema=schema)
        for name, schema in CONFIGURATION_SCHEMAS.items()
    }
    return {**company.inputs.tables, **tables}


def _configuration_rows(
    company: Company, month: Month, as_of: datetime | None, kept: Collection[str]
) -> dict[str, list[Row]]:
    config = company.config
    policies = [company.policies[name] for name in sorted(company.policies)]
    calendars = set(company.inputs.tables["people"].column("calendar").to_pylist())
    return {
        **listed_rows(company),
        **policy_rows(policies),
        **mapping_rows(config),
        "settings": [settings_row(company, month, as_of)],
        "months": month_rows(company, month, kept),
        "calendar_days": calendar_days(config, calendars, config.company.first_month, month),
        "stream_rules": stream_rule_rows(company.value_streams),
        "workflow_statuses": workflow_rows(company.workflow),
        "journal_accounts": journal_accounts(config),
        "account_names": account_names(config, company.inputs),
        "assumptions": assumptions(company),
        "ai_mark_rules": ai_mark_rows(),
        "policy_paragraphs": [row for policy in policies for row in policy_paragraphs(policy)],
    }

"""Every relation of schema `company`: the inputs as given and the configuration as rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from capstream.company.assumptions import assumptions
from capstream.company.calendars import calendar_days
from capstream.company.configuration_hash import configuration_hash
from capstream.company.configuration_schemas import CONFIGURATION_SCHEMAS
from capstream.company.ledger_accounts import account_names, journal_accounts
from capstream.company.loading import Company
from capstream.company.mapping_rows import mapping_rows, stream_rule_rows, workflow_rows
from capstream.errors import UsageError
from capstream.policy.paragraphs import policy_paragraphs
from capstream.policy.rows import policy_rows
from capstream.types import Month, minor_digits

Row = dict[str, Any]


def company_tables(
    company: Company, month: Month, as_of: datetime | None = None
) -> dict[str, pa.Table]:
    """Return every table of schema `company`.

    Args:
        company: A sound company.
        month: The month of the run; months go from the first month of the books to it.
        as_of: The data-as-of, with its offset; None = the newest record decides.

    Raises:
        UsageError: The month is before the first month of the books, or `as_of` has no offset.
    """
    first = company.config.company.first_month
    if month < first:
        raise UsageError(
            f"month {month} is before first_month {first} of capstream.yaml: "
            "choose a later month or correct first_month"
        )
    rows = _configuration_rows(company, month, as_of)
    tables = {
        name: pa.Table.from_pylist(rows[name], schema=schema)
        for name, schema in CONFIGURATION_SCHEMAS.items()
    }
    return {**company.inputs.tables, **tables}


def _configuration_rows(
    company: Company, month: Month, as_of: datetime | None
) -> dict[str, list[Row]]:
    config = company.config
    policies = [company.policies[name] for name in sorted(company.policies)]
    simple: dict[str, Callable[[Company], list[Row]]] = {
        "entities": _entities,
        "currencies": _currencies,
        "declared_first_roles": _declared_first_roles,
        "trusted_accounts": _trusted_accounts,
        "policy_assignments": _policy_assignments,
        "value_streams": _value_streams,
        "journal_targets": _journal_targets,
        "delivery_environments": _delivery_environments,
        "sources": _sources,
    }
    calendars = set(company.inputs.tables["people"].column("calendar").to_pylist())
    return {
        **{name: rows(company) for name, rows in simple.items()},
        **policy_rows(policies),
        **mapping_rows(config),
        "settings": [_settings(company, month, as_of)],
        "months": _months(company, month),
        "calendar_days": calendar_days(config, calendars, config.company.first_month, month),
        "stream_rules": stream_rule_rows(company.value_streams),
        "workflow_statuses": workflow_rows(company.workflow),
        "journal_accounts": journal_accounts(config),
        "account_names": account_names(config, company.inputs),
        "assumptions": assumptions(company),
        "policy_paragraphs": [row for policy in policies for row in policy_paragraphs(policy)],
    }


def _settings(company: Company, month: Month, as_of: datetime | None) -> Row:
    if as_of is not None and as_of.tzinfo is None:
        raise UsageError(f"time {as_of.isoformat()} has no offset: write one, such as Z or +02:00")
    config, attribution = company.config, company.config.attribution
    return {
        "company_name": config.company.name,
        "reporting_currency": config.company.reporting_currency,
        "timezone": config.company.timezone,
        "fiscal_year_start_month": config.company.fiscal_year_start_month,
        "hours_per_day": config.company.hours_per_day,
        "first_month": str(config.company.first_month),
        "run_month": str(month),
        "as_of_at": None if as_of is None else as_of.astimezone(UTC).replace(tzinfo=None),
        "hours_denominator": attribution.hours_denominator,
        "unlinked_code": attribution.unlinked_code,
        "presence_code": attribution.presence.code,
        "presence_tracker": attribution.presence.tracker,
        "presence_review": attribution.presence.review,
        "presence_merge": attribution.presence.merge,
        "nearest_days": attribution.nearest_days,
        "stale_half_life_days": attribution.stale.half_life_days,
        "stale_end_days": attribution.stale.end_days,
        "max_unmatched_share": attribution.max_unmatched_share,
        "trusted_worklogs_people": attribution.trusted_worklogs == "people",
        "tolerance": config.reporting.tolerance,
        "materiality": config.reporting.materiality,
        "person_names": config.reporting.person_names,
        "failure_window_hours": config.delivery.failure_window_hours,
        "configuration_hash": configuration_hash(company),
    }


def _months(company: Company, run_month: Month) -> list[Row]:
    start = company.config.company.fiscal_year_start_month
    return [
        {
            "month_key": str(month),
            "first_date": month.first_day,
            "last_date": month.last_day,
            # A fiscal year is named after the calendar year in which it ends.
            "fiscal_year": month.year + (1 if start > 1 and month.number >= start else 0),
            "month_index": index,
            "is_run_month": month == run_month,
        }
        for index, month in enumerate(company.config.company.first_month.through(run_month))
    ]


def _entities(company: Company) -> list[Row]:
    return [entry.model_dump() for entry in company.config.entities]


def _currencies(company: Company) -> list[Row]:
    used = {company.config.company.reporting_currency}
    used |= {entry.functional_currency for entry in company.config.entities}
    for table in company.inputs.tables.values():
        for name in ("currency", "from_currency", "to_currency"):
            if name in table.column_names:
                used |= set(table.column(name).unique().to_pylist()) - {None}
    return [{"currency_code": code, "minor_digits": minor_digits(code)} for code in sorted(used)]


def _declared_first_roles(company: Company) -> list[Row]:
    roles = dict.fromkeys(company.config.attribution.declared_first)
    return [{"role_class": role} for role in roles]


def _trusted_accounts(company: Company) -> list[Row]:
    trusted = company.config.attribution.trusted_worklogs
    accounts = () if trusted == "people" else dict.fromkeys(trusted)
    return [{"account": account} for account in accounts]


def _policy_assignments(company: Company) -> list[Row]:
    """Resolve assignments per entity: what names the entity replaces what names none."""
    rows = []
    for entry in company.config.entities:
        own = {a.from_month: a.policy for a in company.config.policies if a.entity == entry.entity}
        first_own = min(own, default=None)
        shared = {
            a.from_month: a.policy
            for a in company.config.policies
            if a.entity is None and (first_own is None or a.from_month < first_own)
        }
        rows += [
            {"entity": entry.entity, "policy_id": policy, "from_month": str(month)}
            for month, policy in sorted((shared | own).items())
        ]
    return rows


def _value_streams(company: Company) -> list[Row]:
    return [
        {
            "value_stream_id": stream.value_stream_id,
            "name": stream.name,
            "owner": stream.owner,
            "stream_order": order,
        }
        for order, stream in enumerate(company.value_streams, start=1)
    ]


def _journal_targets(company: Company) -> list[Row]:
    targets = [
        (target.format, entity, target.subsidiary)
        for target in company.config.journals
        for entity in target.entities
    ]
    return [
        {"target_order": order, "format": name, "entity": entity, "subsidiary": subsidiary}
        for order, (name, entity, subsidiary) in enumerate(targets, start=1)
    ]


def _delivery_environments(company: Company) -> list[Row]:
    environments = dict.fromkeys(company.config.delivery.production)
    return [{"environment": environment} for environment in environments]


def _sources(company: Company) -> list[Row]:
    return [
        {
            "name": source.name,
            "kind": source.kind,
            "mode": source.mode,
            "timezone": source.timezone,
            "source_order": order,
        }
        for order, source in enumerate(company.config.sources, start=1)
    ]

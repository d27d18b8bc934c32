"""Rows of what the configuration lists: entities, currencies, assignments, sources and more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from capstream.company.loading import Company
from capstream.types import Month, minor_digits

Row = dict[str, Any]


def listed_rows(company: Company) -> dict[str, list[Row]]:
    """Return the rows of every relation that the configuration lists as it stands."""
    relations: dict[str, Callable[[Company], list[Row]]] = {
        "entities": _entities,
        "currencies": _currencies,
        "declared_first_roles": _declared_first_roles,
        "trusted_accounts": _trusted_accounts,
        "close_roles": _close_roles,
        "policy_assignments": _policy_assignments,
        "value_streams": _value_streams,
        "journal_targets": _journal_targets,
        "delivery_environments": _delivery_environments,
        "sources": _sources,
    }
    return {name: rows(company) for name, rows in relations.items()}


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


def _close_roles(company: Company) -> list[Row]:
    roles = company.config.roles
    return [
        {"role": role, "name": name}
        for role, held in (("prepare", roles.prepare), ("approve", roles.approve))
        for name in dict.fromkeys(held)
    ]


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


def policies_of_month(company: Company, month: Month) -> list[tuple[str, str, str]]:
    """Return entity, policy and status of the policies that decide in a month."""
    latest: dict[str, str] = {}
    for row in _policy_assignments(company):
        if row["from_month"] <= str(month):
            latest[row["entity"]] = row["policy_id"]
    return [(entity, policy, company.policies[policy].status) for entity, policy in latest.items()]


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

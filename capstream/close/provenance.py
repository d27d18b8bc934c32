"""What a pack must say of its origin: policies in force, and how new its newest record is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import duckdb

from capstream.types import Month


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """A policy that decides for an entity in a month."""

    entity: str
    policy_id: str
    version: int
    status: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """What every file of a pack carries of the company."""

    name: str
    reporting_currency: str
    data_as_of: str


def policies_in_force(connection: duckdb.DuckDBPyConnection, month: Month) -> list[PolicyInForce]:
    """Return the policy of every entity in a month, by entity."""
    rows = connection.execute(
        "select a.entity, p.policy_id, p.version, p.status, p.content_hash"
        " from company.policy_assignments as a join company.policies as p using (policy_id)"
        " where a.from_month <= ?"
        " qualify row_number() over (partition by a.entity order by a.from_month desc) = 1"
        " order by a.entity",
        [str(month)],
    ).fetchall()
    return [PolicyInForce(*row) for row in rows]


def policy_version(policies: list[PolicyInForce]) -> str:
    """Name the policies in force as `id@version`, a draft marked, joined by commas."""
    names = {
        f"{policy.policy_id}@{policy.version}{'' if policy.status == 'approved' else ' (draft)'}"
        for policy in policies
    }
    return ", ".join(sorted(names))


def company_facts(connection: duckdb.DuckDBPyConnection) -> CompanyFacts:
    """Return name, currency and data-as-of: what was asked for, else the newest record."""
    name, currency, as_of, newest = connection.execute(
        "select company_name, reporting_currency, as_of_at,"
        " (select max(watermark_at) from ops.source_loads) from company.settings"
    ).fetchall()[0]
    return CompanyFacts(str(name), str(currency), _written(as_of or newest))


def _written(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.isoformat(timespec='seconds')}Z"

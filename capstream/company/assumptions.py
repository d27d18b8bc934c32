"""Every parameter of the configuration, as the sheet Assumptions prints it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from capstream.policy import Policy

if TYPE_CHECKING:
    from capstream.company.loading import Company

Row = dict[str, Any]

# Path of a setting in capstream.yaml: its unit, and what it means to a reader.
_SETTINGS: tuple[tuple[str, str, str], ...] = (
    ("company.reporting_currency", "ISO 4217", "currency of the workbooks"),
    (
        "company.timezone",
        "IANA name",
        "zone of the books; a person's own decides the working day",
    ),
    ("company.fiscal_year_start_month", "month 1-12", "first month of the fiscal year"),
    ("company.hours_per_day", "hours", "full-time working day"),
    ("company.first_month", "month", "where the books start"),
    ("sources_max_rejected_share", "ratio", "share of rejected records above which a source fails"),
    ("attribution.hours_denominator", "choice", "productive: paid leave follows the worked mix"),
    ("attribution.unlinked_code", "choice", "lend: unlinked code goes to the author's open items"),
    ("attribution.declared_first", "role classes", "declared allocations come before evidence"),
    ("attribution.trusted_worklogs", "choice", "authors whose worklogs are effort"),
    ("attribution.presence.code", "share of a day", "commit authored or pull request opened"),
    ("attribution.presence.tracker", "share of a day", "status moved, or open item touched"),
    ("attribution.presence.review", "share of a day", "review, comment or deployment"),
    ("attribution.presence.merge", "share of a day", "merge of another's work"),
    ("attribution.nearest_days", "working days", "how far tier T2 looks for the nearest evidence"),
    ("attribution.stale.half_life_days", "working days", "weight of an untouched item halves (T3)"),
    ("attribution.stale.end_days", "working days", "an untouched item counts no longer (T3)"),
    ("attribution.max_unmatched_share", "ratio", "share of unmatched evidence that blocks a close"),
    ("reporting.tolerance", "reporting currency", "largest difference that a check accepts"),
    ("reporting.materiality", "reporting currency", "amount from which a variance is explained"),
    ("reporting.person_names", "choice", "how persons are named in the workbooks"),
    ("reporting.replacement_cost_low", "share of a year's pay", "least cost of replacing a leaver"),
    ("reporting.replacement_cost_high", "share of a year's pay", "highest cost of the same"),
    ("delivery.production", "environments", "environments that count as production"),
    ("delivery.failure_window_hours", "hours", "how long a failure is laid to a deployment"),
)
_ELECTIONS: tuple[tuple[str, str, str], ...] = (
    ("capitalisable_tiers", "tiers", "evidence tiers that may be capitalised"),
    ("pay_components", "pay components", "pay components that may be capitalised"),
    ("never_roles", "role classes", "role classes that are always expensed"),
    ("ai_metered_capitalise", "choice", "whether traceable metered AI cost may be capitalised"),
    ("default_life_months", "months", "life of a component that states none"),
    (
        "default_life_months_by_class",
        "months",
        "lives of asset classes that have their own default",
    ),
    ("life_months", "months", "range of lives that needs no note"),
    ("default_convention", "choice", "amortisation convention of a component that states none"),
    ("min_component_budget", "functional currency", "smaller components are expensed"),
    ("late_gate_days", "days", "a gate recorded later than this is listed"),
    ("inactive_days", "days", "an asset without commits or deployments for longer is listed"),
    ("capitalization_rate_alert", "ratio", "a team's capital share that moves by more is listed"),
)


def assumptions(company: Company) -> list[Row]:
    """Return one row for each parameter; names are unique and fit for defined names."""
    first_day = company.config.company.first_month.first_day
    rows = [
        _row(path.replace(".", "_"), _at(company.config, path), unit, "capstream.yaml", note)
        | {"effective_from": first_day}
        for path, unit, note in _SETTINGS
    ]
    for name in sorted(company.policies):
        rows += _elections(company.policies[name])
    return rows


def _elections(policy: Policy) -> Iterator[Row]:
    source = f"policies/{policy.policy_id}.yaml version {policy.version}"
    for election, unit, note in _ELECTIONS:
        value = getattr(policy.elections, election)
        row = _row(f"{policy.policy_id}_{election}", value, unit, source, note)
        yield row | {"effective_from": policy.effective_from}


def _at(value: Any, path: str) -> object:
    for key in path.split("."):
        value = getattr(value, key)
    found: object = value
    return found


def _row(name: str, value: object, unit: str, source: str, comment: str) -> Row:
    return {
        "name": name,
        "value": _written(value),
        "unit": unit,
        "source": source,
        "comment": comment,
    }


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return _written(tuple(f"{key}: {inner}" for key, inner in sorted(value.items())))
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value) or "none"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)

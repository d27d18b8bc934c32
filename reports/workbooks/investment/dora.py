"""DORA: the five measures per service and team, numerator and denominator beside each rate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from reports.formats import PALETTE
from reports.formulas import (
    Const,
    CountIfs,
    CrossRef,
    Here,
    Named,
    Product,
    Ratio,
    Span,
    where_known,
)
from reports.spec import Chart, Column, Formula, Series, Sheet, Table, Unit, Value
from reports.workbooks.investment.deploy_detail import DEPLOYMENTS
from reports.workbooks.shared.columns import calculated, fact, filled, text
from reports.workbooks.shared.facts import Facts, exact, exact_or_none

SERVICES, TEAMS = "tbl_dora", "tbl_dora_teams"
TREND, LEADS = "tbl_dora_trend", "tbl_lead_time_trend"
_LEAD, _FREQUENCY = "change_lead_time", "deployment_frequency"
_RECOVERY = "failed_deployment_recovery_p50"
_FAIL, _REWORK = "change_fail_rate", "deployment_rework_rate"
_LINES = 6

Measures = dict[str, dict[str, Any]]


def dora(facts: Facts, index: str) -> Sheet:
    """Describe the sheet."""
    services = _scopes(facts, "service")
    below = 8 + len(services)
    return Sheet(
        "DORA",
        "Delivery: DORA's five measures",
        index,
        "Lead time, frequency, recovery, fail rate and rework rate per service and team",
        (_services(facts, services), _parameters(), _teams(facts), _trend(facts), _leads(facts)),
        charts=_charts(facts, below),
        is_header_frozen=False,
        gap_rows=20,
        paper=8,
    )


def _scopes(facts: Facts, kind: str) -> dict[str, Measures]:
    """Return the run month's measures of every scope of a kind, by name."""
    found: dict[str, Measures] = defaultdict(dict)
    for row in facts.rows("rpt_investment__measures").where(is_run_month=True).records:
        scope, _, name = str(row["scope"]).partition(":")
        if scope == kind and row["flow_type"] == "all":
            found[name][str(row["metric"])] = row
    return {name: measures for name, measures in sorted(found.items()) if _FREQUENCY in measures}


def _services(facts: Facts, scopes: dict[str, Measures]) -> Table:
    own = (Span(DEPLOYMENTS, "service"), Here("scope"))

    def counted(column: str, word: str) -> Formula:
        return CountIfs((own, (Span(DEPLOYMENTS, column), Const(word))))

    counts = (
        calculated("deployments", "Deployments (count)", Unit.COUNT, counted("status", "success"),
                   is_totalled=True),
        calculated("failed", "Failed (count)", Unit.COUNT, counted("failed", "yes"),
                   is_totalled=True),
        calculated("rework", "Rework (count)", Unit.COUNT, counted("rework", "yes"),
                   is_totalled=True),
    )  # fmt: skip
    return _table(SERVICES, "Service", scopes, counts, "")


def _teams(facts: Facts) -> Table:
    scopes = _scopes(facts, "team")
    counts = (
        fact("deployments", "Deployments (count)", Unit.COUNT,
             _column(scopes, _FREQUENCY, "numerator", 0)),
        fact("failed", "Failed (count)", Unit.COUNT, _column(scopes, _FAIL, "numerator", 0)),
        fact("rework", "Rework (count)", Unit.COUNT, _column(scopes, _REWORK, "numerator", 0)),
    )  # fmt: skip
    note = "A service belongs to the team whose people wrote most of what it shipped."
    return _table(TEAMS, "Team", scopes, counts, "Per team", note)


def _table(
    name: str,
    label: str,
    scopes: dict[str, Measures],
    counts: Sequence[Column],
    heading: str,
    note: str = "",
) -> Table:
    """Describe one row a scope: rates are formulas over the counts beside them."""
    deployments, failed, rework = counts
    provisional = [
        "provisional" if measures.get(_FAIL, {}).get("is_provisional") else ""
        for measures in scopes.values()
    ]
    columns = (
        text("scope", label, list(scopes)),
        deployments,
        fact("weekdays", "Weekdays (d)", Unit.COUNT, _column(scopes, _FREQUENCY, "denominator", 0)),
        calculated("per_day", "Deployments per weekday (count)", Unit.HOURS,
                   Ratio(Here("deployments"), Here("weekdays"))),
        calculated("per_week", "Deployments per week (count)", Unit.HOURS,
                   where_known((Here("per_day"),), Product(Here("per_day"), Named("nm_weekdays")))),
        fact("commits", "Commits measured (count)", Unit.COUNT,
             _column(scopes, f"{_LEAD}_p50", "numerator", 0)),
        fact("shipped", "of commits shipped (count)", Unit.COUNT,
             _column(scopes, f"{_LEAD}_p50", "denominator", 0)),
        *(
            fact(f"lead_{name}", f"Change lead time, {name.upper()} (h)", Unit.HOURS,
                 _column(scopes, f"{_LEAD}_{name}", "value", 6))
            for name in ("p50", "p85", "p95")
        ),
        fact("lead_low", "P50, 95 % low (h)", Unit.HOURS,
             _column(scopes, f"{_LEAD}_p50", "low", 6)),
        fact("lead_high", "P50, 95 % high (h)", Unit.HOURS,
             _column(scopes, f"{_LEAD}_p50", "high", 6)),
        failed,
        calculated("fail_rate", "Change fail rate (%)", Unit.RATIO,
                   Ratio(Here("failed"), Here("deployments"))),
        fact("fail_low", "Fail rate, 95 % low (%)", Unit.RATIO, _column(scopes, _FAIL, "low", 6)),
        fact("fail_high", "Fail rate, 95 % high (%)", Unit.RATIO,
             _column(scopes, _FAIL, "high", 6)),
        fact("recovered", "Recovered (count)", Unit.COUNT,
             _column(scopes, _RECOVERY, "numerator", 0)),
        fact("recovery", "Recovery, P50 (clock h)", Unit.HOURS,
             _column(scopes, _RECOVERY, "value", 6)),
        rework,
        calculated("rework_rate", "Rework rate (%)", Unit.RATIO,
                   Ratio(Here("rework"), Here("deployments"))),
        fact("rework_low", "Rework rate, 95 % low (%)", Unit.RATIO,
             _column(scopes, _REWORK, "low", 6)),
        fact("rework_high", "Rework rate, 95 % high (%)", Unit.RATIO,
             _column(scopes, _REWORK, "high", 6)),
        *(
            fact(f"band_{key}", f"Band: {words} (1 to 6)", Unit.COUNT,
                 _column(scopes, metric, "survey_band", 0))
            for key, words, metric in (
                ("lead", "lead time", f"{_LEAD}_p50"),
                ("frequency", "frequency", _FREQUENCY),
                ("recovery", "recovery", _RECOVERY),
            )
        ),
        text("state", "Rates are", provisional, width=12),
    )  # fmt: skip
    return filled(Table(name, columns, len(scopes), heading, note=note,
                        total_label="Total" if name == SERVICES else ""))  # fmt: skip


def _column(scopes: dict[str, Measures], metric: str, name: str, places: int) -> list[Value]:
    """Return a figure of every scope; nothing where it cannot be measured."""
    return [
        exact_or_none(measures.get(metric, {}).get(name), places) for measures in scopes.values()
    ]


def _parameters() -> Table:
    note = (
        "Bands are the answers of DORA's survey, 6 the fastest; they grade nobody. Rates of a month"
        " stay provisional until seven days after it."
    )
    return Table(
        "tbl_dora_parameters",
        (
            text("name", "Parameter", ("Weekdays per week",)),
            fact("value", "Value (d)", Unit.COUNT, (5,)),
        ),
        1,
        "Parameters",
        names={("value", 0): "nm_weekdays"},
        note=note,
    )


def _by_month(facts: Facts, metric: str) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the rows of a measure of services by month and service."""
    found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in facts.rows("rpt_investment__measures").where(metric=metric).records:
        kind, _, name = str(row["scope"]).partition(":")
        if kind == "service":
            found[str(row["month_key"])][name] = row
    return found


def _trend(facts: Facts) -> Table:
    """Describe deployments, failures and times of all services by month; the rate is a formula."""
    found = _by_month(facts, _FAIL)
    months = sorted(found)
    times = {
        str(row["month_key"]): row for row in facts.rows("rpt_investment__delivery_months").records
    }

    def summed(name: str) -> list[Decimal]:
        return [
            sum((exact(row[name], 0) for row in found[month].values()), Decimal(0))
            for month in months
        ]

    def taken(key: str, header: str, name: str) -> Column:
        values = [exact_or_none(times.get(month, {}).get(name), 6) for month in months]
        return fact(key, f"{header} (clock h)", Unit.HOURS, values)

    columns = (
        text("month", "Month", months),
        fact("deployments", "Deployments (count)", Unit.COUNT, summed("denominator")),
        fact("failed", "Failed (count)", Unit.COUNT, summed("numerator")),
        calculated("rate", "Change fail rate (%)", Unit.RATIO,
                   Ratio(Here("failed"), Here("deployments"))),
        taken("lead_p50", "Change lead time, P50", "lead_hours_p50"),
        taken("lead_p85", "Change lead time, P85", "lead_hours_p85"),
        taken("recovery", "Recovery, P50", "recovery_hours_p50"),
    )  # fmt: skip
    return filled(Table(TREND, columns, len(months), "All services by month", keys=tuple(months)))


def services_measured(facts: Facts, column: str) -> Formula:
    """Return the cell of the month's sum over all services; nothing deployed yet is none."""
    has_month = facts.stamp.month in _by_month(facts, _FAIL)
    return CrossRef(TREND, column, facts.stamp.month if has_month else 0)


def _leads(facts: Facts) -> Table:
    """Describe the median lead time by month of the services that deploy most."""
    found = _by_month(facts, f"{_LEAD}_p50")
    months = sorted(found)
    weight: dict[str, Decimal] = defaultdict(Decimal)
    for rows in found.values():
        for service, row in rows.items():
            weight[service] += exact(row["numerator"], 0)
    shown = sorted(sorted(weight, key=lambda service: (-weight[service], service))[:_LINES])
    columns = [text("month", "Month", months)]
    for number, service in enumerate(shown):
        values = [_value(found[month].get(service)) for month in months]
        columns.append(fact(f"service_{number}", f"{service} (h)", Unit.HOURS, values))
    return filled(
        Table(LEADS, tuple(columns), len(months), "Change lead time, P50, of the busiest services")
    )


def _value(row: dict[str, Any] | None) -> Value:
    return None if row is None else exact_or_none(row["value"], 6)


def _charts(facts: Facts, row: int) -> tuple[Chart, ...]:
    lines = _leads(facts).columns[1:]
    rates, _ = delivery_charts((row, 8), (row, 8), (640, 330))
    return (
        Chart(
            "line", LEADS, "month",
            tuple(
                Series(column.key, column.header.rpartition(" (")[0], PALETTE[number], is_line=True)
                for number, column in enumerate(lines)
            ),
            "Change lead time by service",
            "Lines: median hours from commit to production by month, one a service",
            "Change lead time, P50 (h)", "Month", (row, 0), (720, 330),
        ),
        rates,
    )  # fmt: skip


def delivery_charts(
    rates: tuple[int, int], times: tuple[int, int], size: tuple[int, int]
) -> tuple[Chart, Chart]:
    """Draw deployments with their fail rate, and the lead time of changes, of all services."""
    return (
        Chart(
            "column", TREND, "month",
            (Series("deployments", "Deployments", PALETTE[0]),
             Series("rate", "Change fail rate", PALETTE[5], is_line=True)),
            "Deployments and how many failed",
            "Columns of deployments by month with the change fail rate as a line",
            "Deployments (count)", "Month", rates, size,
            line_title="Change fail rate (%)",
        ),
        Chart(
            "line", TREND, "month",
            (Series("lead_p50", "P50", PALETTE[0], is_line=True),
             Series("lead_p85", "P85", PALETTE[1], is_line=True)),
            "Change lead time of all services",
            "Lines: hours from commit to production by month, median and 85 of 100",
            "Change lead time (clock h)", "Month", times, size,
        ),
    )  # fmt: skip

"""The delivery half of the summary: what the sheets below say, this month against the last."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from reports.formulas import Choose, Const, CrossRef, Difference, Here, Named, Ratio, Total
from reports.spec import Column, Formula, Kind, Table, Unit, Value
from reports.workbooks.investment.dora import SERVICES, services_measured
from reports.workbooks.investment.flow import FLOW, efficiency
from reports.workbooks.investment.survey import SCORES, score_rows
from reports.workbooks.shared.columns import text
from reports.workbooks.shared.facts import Facts, exact, exact_or_none

DELIVERY = "tbl_delivery_kpis"
_RATES = ("change_fail_rate", "deployment_rework_rate")

Headline = tuple[str, Unit, Formula | None, Sequence[Decimal | None]]
"""Label, unit, this month's formula (None where unknown) and the figures of up to three before."""


def delivery_headlines(facts: Facts) -> Table:
    """Describe the measures with last month's and the mean of the three months before."""
    deployments = Total(SERVICES, "deployments")
    rows: tuple[Headline, ...] = (
        ("Deployments to production (count)", Unit.COUNT, deployments,
         _counts(facts, "deployment_frequency", "numerator")),
        ("Change fail rate, all services (%)", Unit.RATIO,
         Ratio(Total(SERVICES, "failed"), deployments), _rates(facts, _RATES[0])),
        ("Deployment rework rate, all services (%)", Unit.RATIO,
         Ratio(Total(SERVICES, "rework"), deployments), _rates(facts, _RATES[1])),
        *(
            (f"{label}, all services (clock h)", Unit.HOURS,
             _time_now(facts, key, name), _times(facts, name))
            for label, key, name in (
                ("Change lead time, P50", "lead_p50", "lead_hours_p50"),
                ("Change lead time, P85", "lead_p85", "lead_hours_p85"),
                ("Failed deployment recovery, P50", "recovery", "recovery_hours_p50"),
            )
        ),
        ("Finished items (count)", Unit.COUNT, Total(FLOW, "velocity"),
         _flow(facts, "finished_count")),
        ("Items in progress at the end (count)", Unit.COUNT, Total(FLOW, "end"),
         _flow(facts, "wip_end_count")),
        ("Flow efficiency, all streams (%)", Unit.RATIO, efficiency(facts), _efficiencies(facts)),
        *_net_promoters(facts),
    )  # fmt: skip
    units = tuple(row[1] for row in rows)

    def shown(key: str, header: str, values: tuple[Value | Formula, ...], kind: Kind) -> Column:
        return Column(key, header, Unit.COUNT, values, kind=kind, units=units, width=20)

    return Table(
        DELIVERY,
        (
            text("measure", "Delivery", [row[0] for row in rows], width=54),
            shown("now", "This month (unit at left)", tuple(r[2] for r in rows), Kind.CALCULATED),
            shown("prior", "Last month (unit at left)", tuple(_last(r[3]) for r in rows),
                  Kind.IMPORTED),
            shown("mean", "Mean of three months before (unit at left)",
                  tuple(_mean(r[3]) for r in rows), Kind.IMPORTED),
            Column("direction", "Against the mean", Unit.TEXT,
                   tuple(_direction(r[2], r[3]) for r in rows), kind=Kind.CALCULATED, width=18),
        ),
        len(rows),
        "Delivery and flow",
    )  # fmt: skip


def _months_before(facts: Facts) -> list[str]:
    rows = facts.rows("rpt_investment__flow_streams").where(is_run_month=False)
    return sorted({row[0] for row in rows.distinct("month_key")})[-3:]


def _counts(facts: Facts, metric: str, name: str) -> list[Decimal | None]:
    """Add a count of all services for each of the three months before."""
    rows = facts.rows("rpt_investment__measures").where(metric=metric)
    found: list[Decimal | None] = []
    for month in _months_before(facts):
        values = [
            exact(row[name], 0)
            for row in rows.where(month_key=month).records
            if str(row["scope"]).startswith("service:")
        ]
        found.append(sum(values, Decimal(0)) if values else None)
    return found


def _rates(facts: Facts, metric: str) -> list[Decimal | None]:
    hits, cases = _counts(facts, metric, "numerator"), _counts(facts, metric, "denominator")
    return [
        None if hit is None or not case else hit / case
        for hit, case in zip(hits, cases, strict=True)
    ]


def _flow(facts: Facts, column: str) -> list[Decimal | None]:
    rows = facts.rows("rpt_investment__flow_streams")
    return [
        sum((exact(row[column], 0) for row in rows.where(month_key=month).records), Decimal(0))
        for month in _months_before(facts)
    ]


def _time_now(facts: Facts, key: str, name: str) -> Formula | None:
    """Return the month's cell of a time of all services; nothing where none was measured."""
    rows = facts.rows("rpt_investment__delivery_months").where(month_key=facts.stamp.month)
    is_known = any(value is not None for value in rows.optional_amounts(name, 6))
    return services_measured(facts, key) if is_known else None


def _times(facts: Facts, name: str) -> list[Decimal | None]:
    rows = facts.rows("rpt_investment__delivery_months").records
    found = {str(row["month_key"]): exact_or_none(row[name], 6) for row in rows}
    return [found.get(month) for month in _months_before(facts)]


def _efficiencies(facts: Facts) -> list[Decimal | None]:
    """Return process over lead time of all items finished in each of the months before."""
    rows = facts.rows("rpt_investment__measures").where(metric="flow_efficiency")
    found: list[Decimal | None] = []
    for month in _months_before(facts):
        parts = rows.where(month_key=month).records
        process, lead = (
            sum((exact(row[name], 6) for row in parts), Decimal(0))
            for name in ("numerator", "denominator")
        )
        found.append(process / lead if lead else None)
    return found


def _net_promoters(facts: Facts) -> list[Headline]:
    """Return the newest wave's share of promoters less detractors, against the waves before."""
    rows = score_rows(facts)
    found = [
        (str(row["item"]), str(row["wave"]), place)
        for place, row in enumerate(rows.records)
        if row["team"] == "all" and exact_or_none(row["promoter_count"], 0) is not None
    ]
    own = sorted(one for one in found if one[0] == min(found)[0])
    if not own:
        return []
    *before, (_, wave, newest) = own
    label = f"Net promoters, survey of {wave} against those before (%)"
    past = [_net(rows.records[place]) for _, _, place in before[-3:]]
    return [(label, Unit.RATIO, CrossRef(SCORES, "net", newest), past)]


def _net(row: dict[str, Any]) -> Decimal:
    promoters, detractors = exact(row["promoter_count"], 0), exact(row["detractor_count"], 0)
    return (promoters - detractors) / exact(row["answer_count"], 0)


def _last(values: Sequence[Decimal | None]) -> Decimal | None:
    return values[-1] if values else None


def _mean(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) / len(known) if known else None


def _direction(now: Formula | None, values: Sequence[Decimal | None]) -> Formula | None:
    if now is None or _mean(values) is None:
        return None
    lower = Choose(Here("now"), "<", Here("mean"), Const("lower"), Const("the same"))
    return Choose(Here("now"), ">", Here("mean"), Const("higher"), lower)


def revenue_shares(facts: Facts) -> Table:
    """Describe engineering cost as a share of revenue, before and after capitalisation."""
    rows = facts.rows("rpt_investment__revenue").where(month_key=facts.stamp.month)
    revenue = rows.optional_amounts("revenue_amount")[0] if len(rows) else None
    money = facts.currency
    cost = Named("out_cost")
    values: tuple[tuple[str, Unit, Value | Formula], ...] = (
        (f"Revenue of the month ({money})", Unit.MONEY_WHOLE, revenue),
        ("Engineering cost, share of revenue before capitalisation (%)", Unit.RATIO,
         Ratio(cost, Named("nm_revenue")) if revenue else None),
        ("Engineering expense, share of revenue after capitalisation (%)", Unit.RATIO,
         Ratio(Difference(cost, Named("out_capex")), Named("nm_revenue")) if revenue else None),
    )  # fmt: skip
    note = "" if revenue else "Not computed: input revenue has no row for the month."
    return Table(
        "tbl_revenue_share",
        (
            text("measure", "Share of revenue", [value[0] for value in values], width=54),
            Column("value", "This month (unit at left)", Unit.MONEY_WHOLE,
                   tuple(value[2] for value in values), units=tuple(v[1] for v in values),
                   width=20),
        ),
        len(values),
        "Engineering cost and revenue",
        names={("value", 0): "nm_revenue"},
        note=note,
    )  # fmt: skip

"""FPandA: actual against plan, why cost moved, unit cost, and amortisation still to start."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reports.formats import PALETTE
from reports.formulas import (
    Choose,
    Const,
    CrossRef,
    Difference,
    Here,
    Named,
    Plus,
    Product,
    Quotient,
    Ratio,
    Span,
    SumIfs,
    Total,
    where_known,
)
from reports.spec import HEADER_ROW, Chart, Column, Formula, Kind, Series, Sheet, Table, Unit, Value
from reports.workbooks.finance.cost_detail import detail_rows
from reports.workbooks.finance.names import COST, PROJECTS, cip, cost_by, currencies
from reports.workbooks.shared.columns import calculated, entry, fact, filled, in_words, text
from reports.workbooks.shared.facts import Facts, Rows

PLAN = "tbl_stream_plan"
VARIANCE = "tbl_variance"
UNITS = "tbl_unit_costs"
RATE_BUILD = "tbl_rate_build"
TEAMS = "tbl_team_rates"
WAITING = "tbl_waiting"
UNKNOWN = "n/a"
PARTS = ("volume", "mix", "rate")


def fp_and_a(facts: Facts) -> Sheet:
    """Describe the sheet."""
    return Sheet(
        "FPandA",
        "Planning and analysis",
        "E2",
        "Actual, budget, forecast by stream; rate, volume and mix; unit cost; run-rate",
        (
            filled(_plan(facts)),
            filled(_variance(facts)),
            _unit_costs(facts),
            filled(_rate_build(facts)),
            filled(_teams(facts)),
            filled(_waiting(facts)),
        ),
        charts=_charts(facts),
        is_header_frozen=False,
        gap_rows=17,
        paper=8,
    )


def _streams(facts: Facts) -> list[str]:
    """List every stream with cost this month or last, or with a plan."""
    found = {stream for (stream,) in detail_rows(facts).distinct("value_stream_id")}
    found |= {s for (s,) in facts.rows("rpt_finance__month_before").distinct("value_stream_id")}
    return sorted(found)


def _earlier(facts: Facts, streams: Sequence[str]) -> list[Decimal]:
    """Return what each stream cost earlier in the fiscal year."""
    first = str(facts.setting("fiscal_year_first_month"))
    sums = dict.fromkeys(streams, Decimal(0))
    rows = facts.rows("rpt_finance__cost_months")
    amounts = zip(
        rows.texts("month_key"), rows.texts("value_stream_id"), rows.amounts("capex_amount"),
        rows.amounts("opex_amount"), strict=True,
    )  # fmt: skip
    for month, stream, capex, opex in amounts:
        if first <= month < facts.stamp.month:
            sums[stream] = sums.get(stream, Decimal(0)) + capex + opex
    return [sums[stream] for stream in streams]


def _planned(facts: Facts, streams: Sequence[str], column: str, *, year: bool) -> list[Value]:
    """Return each stream's plan of the month, or of the year so far; unknown stays unknown."""
    sums: dict[str, Decimal] = {}
    rows = facts.rows("rpt_finance__plans")
    amounts = zip(
        rows.texts("month_key"), rows.texts("value_stream_id"), rows.optional_amounts(column),
        strict=True,
    )  # fmt: skip
    for month, stream, amount in amounts:
        if amount is not None and (month == facts.stamp.month or year):
            sums[stream] = sums.get(stream, Decimal(0)) + amount
    return [sums.get(stream, UNKNOWN) for stream in streams]


def _plan(facts: Facts) -> Table:
    plans = {stream for (stream,) in facts.rows("rpt_finance__plans").distinct("value_stream_id")}
    streams = sorted({*_streams(facts), *plans, *_earlier_streams(facts)})
    money = facts.currency
    key = Here("stream")
    against = where_known((Here("budget"),), Difference(Here("actual"), Here("budget")))
    part = where_known((Here("over"),), Ratio(Here("over"), Here("budget")))
    columns = (
        text("stream", "Value stream", streams),
        calculated("capex", f"Capitalised ({money})", Unit.MONEY_WHOLE,
                   cost_by("capex_reporting", "stream", key), is_totalled=True),
        calculated("opex", f"Expensed ({money})", Unit.MONEY_WHOLE,
                   cost_by("opex_reporting", "stream", key), is_totalled=True),
        calculated("actual", f"Actual ({money})", Unit.MONEY_WHOLE,
                   Plus((Here("capex"), Here("opex"))), is_totalled=True),
        fact("budget", f"Budget ({money})", Unit.MONEY_WHOLE,
             _planned(facts, streams, "budget_amount", year=False), is_totalled=True),
        calculated("over", f"Over budget ({money})", Unit.MONEY_WHOLE, against, is_totalled=True),
        calculated("part", "Over budget (%)", Unit.RATIO, part),
        fact("forecast", f"Forecast ({money})", Unit.MONEY_WHOLE,
             _planned(facts, streams, "forecast_amount", year=False), is_totalled=True),
        calculated("against", f"Over forecast ({money})", Unit.MONEY_WHOLE,
                   where_known((Here("forecast"),), Difference(Here("actual"), Here("forecast"))),
                   is_totalled=True),
        fact("before", f"Earlier this year ({money})", Unit.MONEY_WHOLE, _earlier(facts, streams),
             is_totalled=True),
        calculated("year", f"Year to date ({money})", Unit.MONEY_WHOLE,
                   Plus((Here("before"), Here("actual"))), is_totalled=True),
        fact("year_budget", f"Budget to date ({money})", Unit.MONEY_WHOLE,
             _planned(facts, streams, "budget_amount", year=True), is_totalled=True),
    )  # fmt: skip
    return Table(
        PLAN, columns, len(streams), f"Actual, budget and forecast ({money})",
        total_label="Total",
    )  # fmt: skip


def _earlier_streams(facts: Facts) -> set[str]:
    return {s for (s,) in facts.rows("rpt_finance__cost_months").distinct("value_stream_id")}


def _variance(facts: Facts) -> Table:
    """Split the movement of cost into volume, mix and rate; the three sum to it exactly.

    A stream without hours last month is priced at the average of all; what cost has no hours
    stands under rate.
    """
    streams = _streams(facts)
    money = facts.currency
    before = facts.rows("rpt_finance__month_before")
    hours = dict.fromkeys(streams, Decimal(0))
    spent = dict.fromkeys(streams, Decimal(0))
    for row, minutes, capex, opex in zip(
        before.texts("value_stream_id"), before.hours("minutes"),
        before.amounts("capex_amount"), before.amounts("opex_amount"), strict=True,
    ):  # fmt: skip
        hours[row] += minutes
        spent[row] += capex + opex
    all_hours, all_cost = Total(VARIANCE, "hours_before"), Total(VARIANCE, "before")
    average = Choose(all_hours, "=", Const(0), Const(0), Quotient(all_cost, all_hours))
    price = Choose(
        Here("hours_before"), "=", Const(0), average, Quotient(Here("before"), Here("hours_before"))
    )
    share = Choose(all_hours, "=", Const(0), Const(0), Quotient(Here("hours_before"), all_hours))
    more = Difference(Total(VARIANCE, "hours"), all_hours)
    expected = Product(Here("share"), Total(VARIANCE, "hours"))
    priced_now = Product(Here("hours"), Here("price"))
    priced_before = Product(Here("hours_before"), Here("price"))
    rate = Difference(
        Difference(Here("now"), priced_now), Difference(Here("before"), priced_before)
    )
    columns = (
        text("stream", "Value stream", streams),
        fact("hours_before", "Hours last month (h)", Unit.HOURS, [hours[s] for s in streams],
             is_totalled=True),
        calculated("hours", "Hours (h)", Unit.HOURS, cost_by("hours", "stream", Here("stream")),
                   is_totalled=True),
        fact("before", f"Last month ({money})", Unit.MONEY, [spent[s] for s in streams],
             is_totalled=True),
        calculated("now", f"This month ({money})", Unit.MONEY,
                   SumIfs(Span(PLAN, "actual"), ((Span(PLAN, "stream"), Here("stream")),)),
                   is_totalled=True),
        calculated("change", f"Change ({money})", Unit.MONEY,
                   Difference(Here("now"), Here("before")), is_totalled=True),
        calculated("price", f"Price last month ({money}/h)", Unit.MONEY, price),
        calculated("share", "Share of hours last month (%)", Unit.RATIO, share, is_totalled=True),
        calculated("volume", f"Volume ({money})", Unit.MONEY,
                   Product(Product(more, Here("share")), Here("price")), is_totalled=True),
        calculated("mix", f"Mix ({money})", Unit.MONEY,
                   Product(Difference(Here("hours"), expected), Here("price")), is_totalled=True),
        calculated("rate", f"Rate ({money})", Unit.MONEY, rate, is_totalled=True),
        calculated("explained", f"Explained ({money})", Unit.MONEY,
                   Plus(tuple(Here(part) for part in PARTS)), is_totalled=True),
    )  # fmt: skip
    return Table(
        VARIANCE, columns, len(streams), "Why cost moved against last month",
        total_label="Total",
        note="Volume: more or fewer hours. Mix: other streams. Rate: dearer hours, other cost.",
    )  # fmt: skip


def _unit_costs(facts: Facts) -> Table:
    """Describe what an hour and a full-time month cost, against last month."""
    money = facts.currency
    lines: tuple[tuple[str, Unit, Formula, Formula], ...] = (
        ("Hours (h)", Unit.HOURS, Total(VARIANCE, "hours"), Total(VARIANCE, "hours_before")),
        (f"Cost ({money})", Unit.MONEY, Total(VARIANCE, "now"), Total(VARIANCE, "before")),
        (
            f"Loaded rate ({money}/h)", Unit.MONEY,
            Ratio(CrossRef(UNITS, "now", 1), CrossRef(UNITS, "now", 0)),
            Ratio(CrossRef(UNITS, "before", 1), CrossRef(UNITS, "before", 0)),
        ),
        (
            f"Cost of a full-time month ({money})", Unit.MONEY,
            where_known((CrossRef(UNITS, "now", 2),),
                        Product(CrossRef(UNITS, "now", 2), Named("nm_full_time_hours"))),
            where_known((CrossRef(UNITS, "before", 2),),
                        Product(CrossRef(UNITS, "before", 2), Named("nm_full_time_hours"))),
        ),
    )  # fmt: skip
    units = tuple(unit for _, unit, _, _ in lines)
    change = where_known((Here("now"), Here("before")), Difference(Here("now"), Here("before")))
    return Table(
        UNITS,
        (
            text("measure", "Measure", [label for label, _, _, _ in lines]),
            Column("now", "This month (unit at left)", Unit.MONEY,
                   tuple(now for _, _, now, _ in lines), kind=Kind.CALCULATED, units=units),
            Column("before", "Last month (unit at left)", Unit.MONEY,
                   tuple(before for _, _, _, before in lines), kind=Kind.CALCULATED, units=units),
            Column("change", "Change (unit at left)", Unit.MONEY, (change,) * len(lines),
                   kind=Kind.CALCULATED, units=units),
        ),
        len(lines),
        "Unit costs",
    )  # fmt: skip


def _rate_build(facts: Facts) -> Table:
    """Describe what each component of pay adds to the loaded rate, and what is excluded."""
    found = in_words(name for (name,) in detail_rows(facts).distinct("pay_component"))
    money = facts.currency
    both = Plus((Here("capex"), Here("opex")))
    key = Here("pay_component")
    return Table(
        RATE_BUILD,
        (
            text("pay_component", "Pay component", found),
            calculated("capex", f"Capitalised ({money})", Unit.MONEY,
                       cost_by("capex_reporting", "pay_component", key), is_totalled=True),
            calculated("opex", f"Expensed ({money})", Unit.MONEY,
                       cost_by("opex_reporting", "pay_component", key), is_totalled=True),
            calculated("cost", f"Cost ({money})", Unit.MONEY, both, is_totalled=True),
            calculated("per_hour", f"Per hour ({money}/h)", Unit.MONEY,
                       Ratio(Here("cost"), Total(COST, "hours"))),
            calculated("share", "Capitalised (%)", Unit.RATIO, Ratio(Here("capex"), Here("cost")),
                       total=Ratio(Here("capex"), Here("cost"))),
        ),
        len(found),
        "Build of the loaded rate",
        total_label="Total",
        note="Hours of CostDetail; attribution.hours_denominator says whether leave is in.",
    )  # fmt: skip


def _teams(facts: Facts) -> Table:
    """Describe the capitalised share of each team against the six months before."""
    rows = facts.rows("rpt_finance__team_months")
    this = {str(row["team"]): row for row in rows.where(month_key=facts.stamp.month).records}
    past = Rows([row for row in rows.records if row["month_key"] < facts.stamp.month])
    summed = past.summed(("team",), ("capex_amount", "opex_amount"))
    before = {str(row["team"]): row for row in summed.records}
    teams = sorted({*this, *before})
    money = facts.currency

    def amounts(source: dict[str, dict[str, object]], column: str) -> tuple[Decimal, ...]:
        return tuple(Rows([source.get(team, {column: 0})]).amounts(column)[0] for team in teams)

    def rate(now: str, spent: str) -> Ratio:
        return Ratio(Here(now), Plus((Here(now), Here(spent))))

    points = Product(Difference(Here("share"), Here("past_share")), Const(100))
    columns = (
        text("team", "Team", teams),
        fact("capex", f"Capitalised ({money})", Unit.MONEY_WHOLE, amounts(this, "capex_amount"),
             is_totalled=True),
        fact("opex", f"Expensed ({money})", Unit.MONEY_WHOLE, amounts(this, "opex_amount"),
             is_totalled=True),
        calculated("share", "Capitalised (%)", Unit.RATIO, rate("capex", "opex"),
                   total=rate("capex", "opex")),
        fact("past_capex", f"Six months before, capitalised ({money})", Unit.MONEY_WHOLE,
             amounts(before, "capex_amount"), is_totalled=True),
        fact("past_opex", f"Six months before, expensed ({money})", Unit.MONEY_WHOLE,
             amounts(before, "opex_amount"), is_totalled=True),
        calculated("past_share", "Six months before (%)", Unit.RATIO,
                   rate("past_capex", "past_opex"), total=rate("past_capex", "past_opex")),
        calculated("change", "Change (points)", Unit.POINTS,
                   where_known((Here("share"), Here("past_share")), points)),
        entry("explanation", "Explanation", len(teams), width=20),
    )  # fmt: skip
    return Table(TEAMS, columns, len(teams), "Capitalised share by team", total_label="Total")


def _waiting(facts: Facts) -> Table:
    """Describe work in progress that will add to amortisation once it is ready."""
    rows = facts.rows("rpt_finance__project_detail").sorted_by("component_id")
    carried = {
        str(row["component_id"])
        for row in facts.rows("rpt_finance__impairment").records
        if row["cip_amount"]
    }
    rows = Rows([row for row in rows.records if row["component_id"] in carried])
    money = facts.currency
    balances = _in_progress(facts)
    columns = (
        text("component", "Component", rows.texts("component_id")),
        fact("start", "Capitalised from", Unit.DATE, rows.dates("capitalisation_start_date"),
             width=12),
        fact("life", "Life (months)", Unit.COUNT, rows.integers("life_months")),
        *balances,
        calculated("cip", f"Work in progress ({money})", Unit.MONEY_WHOLE,
                   Plus(tuple(Here(balance.key) for balance in balances)), is_totalled=True),
        calculated("monthly", f"Charge per month once ready ({money})", Unit.MONEY_WHOLE,
                   Ratio(Here("cip"), Here("life")), is_totalled=True),
        calculated("left", f"Budget left ({money})", Unit.MONEY_WHOLE,
                   SumIfs(Span(PROJECTS, "left"),
                          ((Span(PROJECTS, "component"), Here("component")),)),
                   is_totalled=True),
        entry("expected", "Expected ready", len(rows), width=14),
        entry("comment", "Comment", len(rows), width=14),
    )  # fmt: skip
    return Table(
        WAITING, columns, len(rows), "Work in progress and the run-rate that it will add",
        total_label="Total",
        note="Nothing is forecast for you: write when each is expected to be ready.",
    )  # fmt: skip


def _in_progress(facts: Facts) -> tuple[Column, ...]:
    """Describe what each currency's block of the roll-forward carries of a component."""
    return tuple(
        calculated(
            f"cip_{currency.lower()}", f"Kept in {currency} ({facts.currency})", Unit.MONEY_WHOLE,
            SumIfs(
                Span(cip(currency), "closing_reporting"),
                ((Span(cip(currency), "component"), Here("component")),),
            ),
            is_totalled=True,
        )
        for currency in currencies(facts)
    )  # fmt: skip


def _charts(facts: Facts) -> tuple[Chart, ...]:
    money = facts.currency
    top = HEADER_ROW + filled(_plan(facts)).length + 3
    return (
        Chart(
            "column", PLAN, "stream",
            (
                Series("actual", "Actual", PALETTE[0]),
                Series("budget", "Budget", PALETTE[6]),
                Series("forecast", "Forecast", PALETTE[1]),
            ),
            "Cost by value stream against plan",
            f"Columns of this month's cost, budget and forecast in {money} for each value stream",
            f"Cost ({money})", "Value stream", (top, 0), (600, 320),
        ),
        Chart(
            "column", VARIANCE, "stream",
            (
                Series("volume", "Volume", PALETTE[0]),
                Series("mix", "Mix", PALETTE[1]),
                Series("rate", "Rate", PALETTE[2]),
            ),
            "Why cost moved against last month",
            f"Columns of the volume, mix and rate effect in {money} for each value stream",
            f"Effect ({money})", "Value stream", (top, 5), (600, 320),
        ),
    )  # fmt: skip

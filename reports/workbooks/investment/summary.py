"""Summary: cost, people and mix of the month on one page."""

from __future__ import annotations

from functools import partial

from reports.formats import PALETTE
from reports.formulas import Const, CrossRef, Difference, Here, Ratio, Span, SumIfs, Total
from reports.spec import (
    HEADER_ROW,
    Chart,
    Column,
    Formula,
    Kind,
    Prose,
    Series,
    Sheet,
    Table,
    Unit,
    Value,
)
from reports.workbooks.investment.delivery_headlines import delivery_headlines, revenue_shares
from reports.workbooks.investment.dora import delivery_charts
from reports.workbooks.investment.investment import (
    CATEGORIES,
    INVESTMENT,
    label_of,
    shown_categories,
)
from reports.workbooks.investment.narrative import KPIS, LINES, narrative
from reports.workbooks.shared.columns import fact, filled, text
from reports.workbooks.shared.cover import Headline
from reports.workbooks.shared.facts import Facts

TREND = "tbl_mix_trend"


def headlines(facts: Facts) -> tuple[Headline, ...]:
    """Name the headline cells, with label and unit."""
    money = facts.currency
    return (
        (f"Engineering cost ({money})", "out_cost", Unit.MONEY_WHOLE),
        (f"Capitalised ({money})", "out_capex", Unit.MONEY_WHOLE),
        ("Capitalisation rate (%)", "out_rate", Unit.RATIO),
        ("Hours (h)", "out_hours", Unit.HOURS),
        ("FTE-months (count)", "out_fte", Unit.FTE),
        ("New capability, share of cost (%)", "out_new_capability", Unit.RATIO),
    )


def summary(facts: Facts) -> Sheet:
    """Describe the sheet."""
    kpis, trend = _kpis(facts), _trend(facts)
    return Sheet(
        "Summary",
        "Investment summary",
        "1",
        "Cost, delivery and mix of the month, and the mix over thirteen months",
        (
            kpis,
            story(facts),
            delivery_headlines(facts),
            revenue_shares(facts),
            trend,
        ),
        charts=_charts(facts, max(len(kpis.columns), len(trend.columns)) + 1),
        is_header_frozen=False,
        is_one_page=True,
    )


def story(facts: Facts) -> Prose:
    """Describe the sentences, written once the figures are known."""
    return Prose(
        ("",) * LINES, "What changed, and what we need from you", tell=partial(narrative, facts)
    )


def _kpis(facts: Facts) -> Table:
    found = headlines(facts)
    new = SumIfs(
        Span(INVESTMENT, "cost"),
        ((Span(INVESTMENT, "category"), Const(label_of("new_capability"))),),
    )
    now: tuple[Formula, ...] = (
        Total(INVESTMENT, "cost"),
        Total(INVESTMENT, "capex"),
        Ratio(CrossRef(KPIS, "now", "out_capex"), CrossRef(KPIS, "now", "out_cost")),
        Total(INVESTMENT, "hours"),
        Total(INVESTMENT, "fte"),
        Ratio(new, CrossRef(KPIS, "now", "out_cost")),
    )
    prior: tuple[Formula | None, ...] = (Total(INVESTMENT, "prior"), *((None,) * 5))
    change: tuple[Formula | None, ...] = (
        Difference(Here("now"), Here("prior")),
        *((None,) * 5),
    )
    year: tuple[Formula | None, ...] = (Total(INVESTMENT, "year"), *((None,) * 5))
    units = tuple(row[2] for row in found)

    def column(key: str, label: str, values: tuple[Formula | None, ...]) -> Column:
        return Column(
            key,
            f"{label} (unit at left)",
            Unit.MONEY_WHOLE,
            values,
            kind=Kind.CALCULATED,
            units=units,
            width=20,
        )

    return Table(
        KPIS,
        (
            text("headline", "Headline", [row[0] for row in found], width=54),
            column("now", "This month", now),
            column("prior", "Last month", prior),
            column("change", "Change", change),
            column("year", "Year to date", year),
        ),
        len(found),
        keys=tuple(row[1] for row in found),
        names={("now", number): row[1] for number, row in enumerate(found)},
    )


def _trend(facts: Facts) -> Table:
    """Describe cost by category over thirteen months; this month is live."""
    rows = facts.rows("rpt_investment__trend")
    months = sorted({row[0] for row in rows.distinct("month_key")})
    amounts = {
        (str(row["month_key"]), str(row["category"])): amount
        for row, amount in zip(rows.records, rows.amounts("amount"), strict=True)
    }
    this = facts.stamp.month

    def values(category: str) -> list[Value | Formula]:
        found: list[Value | Formula] = [amounts.get((month, category), 0) for month in months]
        if this in months:
            found[months.index(this)] = CrossRef(CATEGORIES, "cost", category)
        return found

    columns = [
        fact(
            category,
            f"{label_of(category)} ({facts.currency})",
            Unit.MONEY_WHOLE,
            values(category),
        )
        for category in shown_categories(facts)
    ]
    return filled(
        Table(
            TREND,
            (text("month", "Month", months), *columns),
            len(months),
            "Cost by category over the months shown",
        )
    )


def _charts(facts: Facts, left: int) -> tuple[Chart, ...]:
    """Place the mix, then deployments and times, beside the tables, one under the other."""
    size = (640, 330)
    mix = Chart(
        "stacked",
        TREND,
        "month",
        tuple(
            Series(category, label_of(category), PALETTE[number])
            for number, category in enumerate(shown_categories(facts))
        ),
        "Where the cost went",
        f"Stacked columns of engineering cost in {facts.currency} by investment category and month",
        f"Cost ({facts.currency})",
        "Month",
        (HEADER_ROW, left),
        size,
    )
    rates, times = delivery_charts((HEADER_ROW + 18, left), (HEADER_ROW + 36, left), size)
    return mix, rates, times

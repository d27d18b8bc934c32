"""Summary: one page of headline figures, charts, and what changed in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from capstream.types import Month
from reports.formats import PALETTE
from reports.formulas import (
    Const,
    CrossRef,
    Difference,
    Here,
    Plus,
    Product,
    Ratio,
    Span,
    SumIfs,
    Total,
    as_number,
    where_known,
)
from reports.layout import Book
from reports.spec import HEADER_ROW, Chart, Column, Formula, Kind, Prose, Series, Sheet, Table, Unit
from reports.workbooks.finance.changes import MONTHS
from reports.workbooks.finance.chart_data import (
    CIP_BRIDGE,
    RUN_OFF,
    TOP_PROJECTS,
    vintages,
)
from reports.workbooks.finance.fpa import VARIANCE
from reports.workbooks.finance.names import COST, KPIS, TREND
from reports.workbooks.shared.columns import text
from reports.workbooks.shared.cover import Headline
from reports.workbooks.shared.exceptions import undecided
from reports.workbooks.shared.facts import Facts
from reports.workbooks.shared.quoted import place_of

NARRATIVE_LINES = 6


@dataclass(frozen=True, slots=True)
class Kpi:
    """One headline: key, label, this month's formula, trend column, whether it adds up."""

    key: str
    label: str
    formula: Formula
    trend: str
    is_flow: bool
    unit: Unit = Unit.MONEY_WHOLE


def kpis(facts: Facts) -> tuple[Kpi, ...]:
    """List the headlines."""
    this = facts.stamp.month
    capex, opex = Total(COST, "capex_reporting"), Total(COST, "opex_reporting")

    def live(column: str) -> Formula:
        return CrossRef(TREND, column, this)

    return (
        Kpi("cost", "Gross engineering cost", Plus((capex, opex)), "cost", is_flow=True),
        Kpi("capex", "Capitalised", capex, "capex", is_flow=True),
        Kpi("opex", "Expensed", opex, "opex", is_flow=True),
        Kpi(
            "rate",
            "Capitalisation rate (%)",
            Ratio(CrossRef(KPIS, "now", "capex"), CrossRef(KPIS, "now", "cost")),
            "rate",
            is_flow=False,
            unit=Unit.RATIO,
        ),
        Kpi("cip", "Closing work in progress", live("cip"), "cip", is_flow=False),
        Kpi("placed", "Placed in service", live("placed"), "placed", is_flow=True),
        Kpi("net", "Net book value", live("net"), "net", is_flow=False),
        Kpi(
            "amortisation",
            "Amortisation of the month",
            live("amortisation"),
            "amortisation",
            is_flow=True,
        ),
        Kpi("undecided", "Undecided exceptions", undecided(), "", is_flow=False),
    )


def headlines(facts: Facts) -> tuple[Headline, ...]:
    """Name the headline cells, with label and unit."""
    return tuple(
        (
            kpi.label if kpi.unit is Unit.RATIO else f"{kpi.label} ({facts.currency})",
            f"out_{kpi.key}",
            kpi.unit,
        )
        for kpi in kpis(facts)
    )


def summary(facts: Facts) -> Sheet:
    """Describe the sheet; its sentences are written once the figures are known."""
    table = _table(facts)
    return Sheet(
        "Summary",
        "Summary",
        "A1",
        "Headline figures against last month and the year, on one page",
        (table, story(facts)),
        charts=_charts(facts, HEADER_ROW, len(table.columns) + 1),
        is_one_page=True,
    )


def story(facts: Facts) -> Prose:
    """Describe the sentences, written once the figures are known."""
    return Prose(
        ("",) * NARRATIVE_LINES,
        "What changed, and what we need from you",
        tell=partial(narrative, facts),
    )


def _prior(facts: Facts, kpi: Kpi) -> Formula | None:
    prior = str(Month.parse(facts.stamp.month).plus(-1))
    months = facts.rows("rpt_finance__months").texts("month_key")
    if prior not in months:
        return None
    return CrossRef(TREND, kpi.trend, prior) if kpi.trend else None


def _year(facts: Facts, kpi: Kpi) -> Formula | None:
    """Add the fiscal year's months shown; balances and ratios have no such sum."""
    if not kpi.is_flow:
        return None
    year = (Span(TREND, "year"), CrossRef(TREND, "year", facts.stamp.month))
    return SumIfs(Span(TREND, kpi.trend), (year,))


def _change(kpi: Kpi) -> Formula:
    """Return the difference; of a rate, in percentage points."""
    change = Difference(Here("now"), Here("prior"))
    if kpi.unit is Unit.RATIO:
        return where_known((Here("now"), Here("prior")), Product(change, Const(100)))
    return change


def _table(facts: Facts) -> Table:
    found = kpis(facts)
    units = tuple(kpi.unit for kpi in found)
    priors = tuple(_prior(facts, kpi) for kpi in found)
    changes = tuple(
        None if prior is None else _change(kpi) for kpi, prior in zip(found, priors, strict=True)
    )

    def column(
        key: str, label: str, values: tuple[Formula | None, ...], units: tuple[Unit, ...] = units
    ) -> Column:
        return Column(
            key,
            f"{label} ({facts.currency})",
            Unit.MONEY_WHOLE,
            values,
            kind=Kind.CALCULATED,
            units=units,
            width=20,
        )

    moves = tuple(Unit.POINTS if unit is Unit.RATIO else unit for unit in units)

    return Table(
        KPIS,
        (
            text("headline", "Headline", [kpi.label for kpi in found], width=40),
            column("now", "This month", tuple(kpi.formula for kpi in found)),
            column("prior", "Last month", priors),
            column("change", "Change", changes, moves),
            column("year", "Year to date", tuple(_year(facts, kpi) for kpi in found)),
            Column(
                "trend",
                "Months shown",
                values=(None,) * len(found),
                width=18,
                trends=tuple((TREND, kpi.trend) if kpi.trend else None for kpi in found),
            ),
        ),
        len(found),
        keys=tuple(kpi.key for kpi in found),
        names={("now", row): f"out_{kpi.key}" for row, kpi in enumerate(found)},
    )


def _charts(facts: Facts, top: int, left: int) -> tuple[Chart, ...]:
    """Place four charts beside the table, two by two."""
    money = facts.currency
    size = (440, 300)
    right = left + 7
    return (
        Chart(
            "stacked",
            TREND,
            "month",
            (
                Series("capex", "Capitalised", PALETTE[0]),
                Series("opex", "Expensed", PALETTE[6]),
                Series("rate", "Capitalisation rate", PALETTE[1], is_line=True),
            ),
            "Capitalised and expensed cost",
            f"Stacked columns of capitalised and expensed cost in {money} over the months shown, "
            "with the capitalisation rate as a line",
            f"Cost ({money})",
            "Month",
            (top, left),
            size,
            "Rate (%)",
        ),
        Chart(
            "stacked",
            CIP_BRIDGE,
            "step",
            (
                Series("base", "Base", PALETTE[6], is_hidden=True),
                Series("level", "Balance", PALETTE[0]),
                Series("up", "Increase", PALETTE[2]),
                Series("down", "Decrease", PALETTE[1]),
            ),
            "Work in progress, from opening to closing",
            f"Bridge from opening to closing work in progress in {money}: additions by nature, "
            "write-offs, currency effects and transfers into service",
            f"Balance ({money})",
            "Step",
            (top, right),
            size,
        ),
        Chart(
            "area",
            RUN_OFF,
            "year",
            tuple(
                Series(f"v{number}", vintage, PALETTE[number])
                for number, vintage in enumerate(vintages(facts))
            ),
            "Amortisation run-off by vintage",
            f"Stacked areas of amortisation in {money} by fiscal year, one area a vintage of "
            "assets placed in service",
            f"Amortisation ({money})",
            "Fiscal year",
            (top + 17, left),
            size,
        ),
        Chart(
            "bar",
            TOP_PROJECTS,
            "component",
            (Series("capex", "Capitalised", PALETTE[0]),),
            "Capitalised cost by component",
            f"Bars of this month's capitalised cost in {money} for the ten largest components "
            "and all others together",
            f"Capitalised ({money})",
            "Component",
            (top + 17, right),
            size,
        ),
    )


def narrative(facts: Facts, book: Book) -> tuple[str, ...]:
    """Write what the figures say, each sentence with the cell it quotes."""
    money = facts.currency

    def cell(column: str, key: str) -> tuple[Decimal | None, str]:
        row = book.row_of(KPIS, key)
        value = book.cell(KPIS, column, row)
        number = Decimal(value) if isinstance(value, (Decimal, int)) else None
        return number, place_of(book, KPIS, column, row)

    cost, cost_at = cell("now", "cost")
    capex, capex_at = cell("now", "capex")
    change, change_at = cell("change", "capex")
    placed, placed_at = cell("now", "placed")
    waiting, waiting_at = cell("now", "undecided")
    moved = (
        "There is no earlier month to compare with."
        if change is None
        else f"Capitalised cost moved by {change:+,.0f} {money} against last month ({change_at})."
    )
    return (
        (
            f"Engineering cost {cost or 0:,.0f} {money} ({cost_at}); of it "
            f"{capex or 0:,.0f} were capitalised ({capex_at})."
        ),
        moved,
        _largest_movement(facts, book),
        _why_cost_moved(facts, book),
        f"Components worth {placed or 0:,.0f} {money} were placed in service ({placed_at}).",
        (
            "We need your decisions on sheet Exceptions: "
            f"{waiting or 0:,.0f} {money} wait for one ({waiting_at})."
        ),
    )


def _largest_movement(facts: Facts, book: Book) -> str:
    """Name the component whose capitalised cost moved most, and what happened to it."""
    moves = [as_number(value) for value in book.column(MONTHS, "capex_change")]
    row = max(range(len(moves)), key=lambda place: (abs(moves[place]), -place))
    if not moves[row]:
        return "No component's capitalised cost moved."
    name, why = (book.cell(MONTHS, column, row) for column in ("component", "why"))
    place = place_of(book, MONTHS, "capex_change", row)
    return f"Most of all {name} moved: {moves[row]:+,.0f} {facts.currency}, {why} ({place})."


def _why_cost_moved(facts: Facts, book: Book) -> str:
    """Split the movement of cost into hours, streams and price."""
    parts = [as_number(book.total(VARIANCE, column)) for column in ("volume", "mix", "rate")]
    hours, mix, price = (f"{part:+,.0f}" for part in parts)
    place = place_of(book, VARIANCE, "volume", -1)
    money = facts.currency
    return f"Cost moved by hours {hours}, by streams {mix}, by price {price} {money} ({place})."

"""AmortWaterfall: each segment's charge by month, by cumulative rounding, exact to its base."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from capstream.types import Month, minor_digits
from reports.formulas import (
    Alongside,
    ColumnTotal,
    Const,
    Cumulative,
    Difference,
    Here,
    MatrixSum,
    Plus,
    Round,
    RowSum,
    Status,
)
from reports.spec import Column, Sheet, Table, Unit
from reports.workbooks.finance.names import band, currencies, elapsed, waterfall, years
from reports.workbooks.shared.columns import calculated, fact, filled, text
from reports.workbooks.shared.facts import NONE_ROW, Facts, exact

SHOWN_MONTHS = 60
PRINTED_COLUMNS = 17
"""Labels, all fiscal years and the check; the months behind them stand to the right."""
MONTH_COLUMNS = tuple(f"m{index}" for index in range(SHOWN_MONTHS))


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of straight-line amortisation, with the units elapsed at each month's end."""

    asset_key: str
    component_id: str
    entity: str
    vintage: str
    segment: int
    base: Decimal
    whole: int
    elapsed: dict[str, int]
    first: int
    last: int
    journal_key: str


def axis(facts: Facts) -> list[tuple[str, str]]:
    """Return the months shown and the fiscal year of each: sixty from the year's start."""
    settings = facts.rows("rpt_shared__settings").records[0]
    start = Month.parse(str(settings["fiscal_year_first_month"]))
    months = start.through(start.plus(SHOWN_MONTHS - 1))
    first_year = int(settings["fiscal_year"])
    return [(str(month), f"FY{first_year + index // 12}") for index, month in enumerate(months)]


def segments(facts: Facts, currency: str) -> list[Segment]:
    """Return the segments of a currency, their units gathered over the months."""
    rows = facts.rows("rpt_finance__amort_waterfall").where(currency_code=currency)
    groups: dict[tuple[str, int], list[dict[str, object]]] = {}
    for row in rows.sorted_by("component_id", "entity", "segment_number", "month_key").records:
        groups.setdefault((row["asset_key"], int(row["segment_number"])), []).append(row)
    return [_segment(found) for found in groups.values()]


def _segment(rows: list[dict[str, object]]) -> Segment:
    head = rows[0]
    return Segment(
        str(head["asset_key"]),
        str(head["component_id"]),
        str(head["entity"]),
        str(head["vintage"]),
        int(exact(head["segment_number"], 0)),
        exact(head["base_amount"], 2),
        int(exact(head["whole_units"], 0)),
        {str(row["month_key"]): int(exact(row["units_after"], 0)) for row in rows},
        int(exact(head["units_before"], 0)),
        int(exact(rows[-1]["units_after"], 0)),
        str(head["journal_key"]),
    )


def _no_segment() -> Segment:
    """Return the one row of a currency in which nothing is amortised yet: zero over one unit."""
    return Segment(NONE_ROW, "-", "-", "-", 0, Decimal(0), 1, {}, 0, 0, "-")


def units_at(segment: Segment, months: list[str]) -> list[int]:
    """Return the units elapsed before the first month shown and at the end of each."""
    before = max(
        (units for month, units in segment.elapsed.items() if month < months[0]),
        default=segment.first,
    )
    found = [before]
    for month in months:
        found.append(max(segment.elapsed.get(month, found[-1]), found[-1]))
    return found


def amort_waterfall(facts: Facts) -> Sheet:
    """Describe the sheet: charges and years first, the units behind them after."""
    blocks: list[Table] = []
    behind: list[Table] = []
    for currency in currencies(facts):
        found = segments(facts, currency) or [_no_segment()]
        blocks += [filled(_charges(facts, currency, found)), _years(facts, currency)]
        behind += [filled(_elapsed(facts, currency, found)), _band(facts, currency)]
    return Sheet(
        "AmortWaterfall",
        "Amortisation waterfall",
        "D2",
        "Charge by segment and month for five fiscal years; every row sums to its base",
        (*blocks, *behind),
        frozen_columns=1,
        is_header_frozen=False,
        paper=8,
        printed_columns=PRINTED_COLUMNS,
        printed_blocks=len(blocks),
    )


def _labels(found: list[Segment]) -> tuple[Column, ...]:
    return (
        text("asset_key", "Asset", [segment.asset_key for segment in found]),
        text("entity", "Entity", [segment.entity for segment in found]),
        text("vintage", "Vintage", [segment.vintage for segment in found]),
        fact("segment", "Segment", Unit.INTEGER, [segment.segment for segment in found]),
    )


def _charges(facts: Facts, currency: str, found: list[Segment]) -> Table:
    months = [month for month, _ in axis(facts)]
    charge = partial(
        Cumulative,
        Here("base"),
        whole=Here("whole"),
        digits=minor_digits(currency),
    )
    units = partial(Alongside, elapsed(currency))
    money = partial(calculated, unit=Unit.MONEY, is_totalled=True)
    shown = [
        money(
            f"m{index}",
            f"{month} ({currency})",
            formula=charge(elapsed=units(f"n{index + 1}"), elapsed_before=units(f"n{index}")),
        )
        for index, month in enumerate(months)
    ]
    yearly = [
        money(f"y{number}", f"{year} ({currency})", formula=_year_of(number))
        for number, year in enumerate(sorted({year for _, year in axis(facts)}))
    ]
    parts = ("before", *(column.key for column in yearly), "beyond")
    columns = (
        *_labels(found),
        fact("base", f"Base ({currency})", Unit.MONEY, [s.base for s in found], is_totalled=True),
        fact("whole", "Units N (count)", Unit.COUNT, [s.whole for s in found]),
        money("month", f"This month ({currency})", formula=Here(f"m{_current(facts, months)}")),
        money(
            "before",
            f"Before ({currency})",
            formula=charge(elapsed=units("n0"), elapsed_before=Const(0)),
        ),
        *yearly,
        money(
            "beyond",
            f"Beyond ({currency})",
            formula=charge(elapsed=units("n_end"), elapsed_before=units(f"n{SHOWN_MONTHS}")),
        ),
        money("charged", f"All months ({currency})", formula=RowSum("before", "beyond", parts)),
        money(
            "left",
            f"Left to a later segment ({currency})",
            formula=charge(elapsed=Here("whole"), elapsed_before=units("n_end")),
        ),
        calculated(
            "row_check",
            "Row sums to base",
            Unit.STATUS,
            Status(_residual(), Const(0)),
        ),
        *shown,
        text("journal_key", "Journal key", [s.journal_key for s in found], width=34),
    )
    return Table(
        waterfall(currency),
        columns,
        len(found),
        f"Charges ({currency})",
        total_label="Total",
    )


def _year_of(number: int) -> RowSum:
    """Add the twelve months of one of the fiscal years shown."""
    months = tuple(f"m{index}" for index in range(12 * number, 12 * number + 12))
    return RowSum(months[0], months[-1], months)


def _residual() -> Difference:
    return Difference(Round(Here("base")), Round(Plus((Here("charged"), Here("left")))))


def _current(facts: Facts, months: list[str]) -> int:
    return months.index(facts.stamp.month)


def _elapsed(facts: Facts, currency: str, found: list[Segment]) -> Table:
    """Describe the whole numbers n behind each segment's charges."""
    months = [month for month, _ in axis(facts)]
    grid = [units_at(segment, months) for segment in found]
    columns = (
        *_labels(found),
        fact("n0", "Before (units)", Unit.COUNT, [row[0] for row in grid]),
        *(
            fact(f"n{index + 1}", f"{month} (units)", Unit.COUNT, [row[index + 1] for row in grid])
            for index, month in enumerate(months)
        ),
        fact("n_end", "End (units)", Unit.COUNT, [max(s.last, s.first) for s in found]),
    )
    return Table(
        elapsed(currency),
        columns,
        len(found),
        f"Units elapsed at month end ({currency})",
        note="Imported whole numbers n of N: months, half months or days, by the convention.",
        is_listed=False,
    )


def _band(facts: Facts, currency: str) -> Table:
    """Repeat the fiscal year over each month's column, as labels for the sums by year."""
    columns = (
        text("asset_key", "Fiscal year of the month", ("Fiscal year",)),
        *(text(f"m{index}", month, (year,)) for index, (month, year) in enumerate(axis(facts))),
    )
    return Table(band(currency), columns, 1, is_listed=False)


def _years(facts: Facts, currency: str) -> Table:
    found = sorted({year for _, year in axis(facts)})
    by_year = MatrixSum(
        waterfall(currency),
        MONTH_COLUMNS,
        band(currency),
        Here("year"),
    )
    return Table(
        years(currency),
        (
            text("year", "Fiscal year", found),
            calculated(
                "charge",
                f"Amortisation ({currency})",
                Unit.MONEY,
                by_year,
                total=ColumnTotal("charge"),
            ),
        ),
        len(found),
        f"By fiscal year ({currency})",
        total_label="Total",
    )

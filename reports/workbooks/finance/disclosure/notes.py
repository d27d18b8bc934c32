"""The note's reconciliation of the fiscal year, and amortisation still to come.

IAS 38.118(c) to (e) and ASC 350-40-50 with 360-10-50: opening, movements and closing by class.
Earlier months of the year are imported; the month itself is live from RollForward.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from reports.formulas import (
    Const,
    CrossRef,
    Difference,
    Here,
    Named,
    Plus,
    Product,
    Span,
    SumIfs,
    Total,
)
from reports.spec import Column, Formula, Kind, Table, Unit
from reports.workbooks.finance.amort_waterfall import axis
from reports.workbooks.finance.names import cip, currencies, note, service, waterfall, years
from reports.workbooks.shared.columns import calculated, in_words, text
from reports.workbooks.shared.facts import Facts, exact

FORWARD = "tbl_forward_amortisation"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the reconciliation.

    Attributes:
        label: What the reader sees.
        imported: Columns of the year's earlier movements that it adds.
        block: Names the block of the roll-forward with the month's movement.
        live: Columns of that block; none for an opening.
        sign: −1 where the movement leaves the balance.
    """

    label: str
    imported: tuple[str, ...]
    block: Callable[[str], str] = cip
    live: tuple[str, ...] = ()
    sign: int = 1


BALANCES: tuple[tuple[str, tuple[Line, ...]], ...] = (
    (
        "Work in progress, closing",
        (
            Line("Work in progress, opening", ("cip_opening",)),
            Line("Additions: internal development", ("cip_addition",), cip, ("additions",)),
            Line("Written off", ("cip_abandonment",), cip, ("written_off",)),
            Line("Currency and other", ("cip_fx", "cip_other"), cip, ("fx", "other")),
            Line("Placed in service", ("transfer_amount",), cip, ("out",), sign=-1),
        ),
    ),
    (
        "Cost, closing",
        (
            Line("Cost, opening", ("gross_opening",)),
            Line("From work in progress", ("transfer_amount",), service, ("transferred_in",)),
            Line("Direct additions", ("gross_addition",), service, ("direct",)),
            Line("Disposals of cost", ("gross_disposal",), service, ("disposed",)),
            Line("Currency and other, cost", ("gross_other",), service, ("gross_other",)),
        ),
    ),
    (
        "Accumulated amortisation, closing",
        (
            Line("Accumulated amortisation, opening", ("accumulated_opening",)),
            Line("Amortisation", ("amortization_amount",), service, ("charge",)),
            Line("Impairment", ("accumulated_impairment",), service, ("impaired",)),
            Line("Disposals, accumulated", ("accumulated_disposal",), service, ("disposed_held",)),
            Line("Currency and other, accumulated", ("accumulated_other",), service,
                 ("held_other",)),
        ),
    ),
)  # fmt: skip
CLOSINGS = tuple(label for label, _ in BALANCES)
NET = "Net book value in service"


@dataclass(slots=True)
class _Statement:
    """Rows of the reconciliation as they are laid out."""

    classes: list[str]
    labels: list[str]
    earlier: list[Formula | Decimal]
    month: list[Formula | Decimal]
    strong: set[int]


def reconciliation(facts: Facts, currency: str) -> Table:
    """Describe the year's reconciliation by asset class in one functional currency."""
    block = note(currency)
    rows = facts.rows("rpt_finance__movements_year").where(currency_code=currency)
    past = {str(row["asset_class"]): row for row in rows.records}
    held = facts.rows("rpt_finance__roll_forward").where(currency_code=currency)
    found = sorted(past.keys() | {name or "NONE" for (name,) in held.distinct("asset_class")})
    statement = _Statement([], [], [], [], set())
    for asset_class in found or ["NONE"]:
        _add_class(statement, block, asset_class, past.get(asset_class, {}), currency)
    return Table(
        block,
        (
            text("asset_class", "Asset class", in_words(statement.classes)),
            text("line", "Line", statement.labels, width=36),
            Column(
                "earlier", f"Earlier this year ({currency})", Unit.MONEY,
                tuple(statement.earlier),
            ),
            Column(
                "month", f"This month ({currency})", Unit.MONEY, tuple(statement.month),
                kind=Kind.CALCULATED,
            ),
            calculated(
                "year", f"Year to date ({currency})", Unit.MONEY,
                Plus((Here("earlier"), Here("month"))),
            ),
        ),
        len(statement.labels),
        f"Reconciliation of the fiscal year ({currency})",
        strong_rows=frozenset(statement.strong),
        note="IAS 38.118; ASC 360-10-50. Earlier months imported, this month live.",
    )  # fmt: skip


def _add_class(
    statement: _Statement, block: str, asset_class: str, past: dict[str, object], currency: str
) -> None:
    """Lay out the lines of one class, each balance closed by the sum of its lines."""
    closings: list[int] = []
    for closing, lines in BALANCES:
        first = len(statement.labels)
        for line in lines:
            statement.classes.append(asset_class)
            statement.labels.append(line.label)
            amount = sum((exact(past.get(name), 2) for name in line.imported), Decimal(0))
            statement.earlier.append(line.sign * amount)
            statement.month.append(_live(line, currency))
        span = range(first, len(statement.labels))
        closings.append(len(statement.labels))
        _close(statement, asset_class, closing)
        statement.earlier.append(Plus(tuple(CrossRef(block, "earlier", row) for row in span)))
        statement.month.append(Plus(tuple(CrossRef(block, "month", row) for row in span)))
    _, cost, held = closings
    _close(statement, asset_class, NET)
    statement.earlier.append(_less(block, "earlier", cost, held))
    statement.month.append(_less(block, "month", cost, held))


def _close(statement: _Statement, asset_class: str, label: str) -> None:
    statement.strong.add(len(statement.labels))
    statement.classes.append(asset_class)
    statement.labels.append(label)


def _less(block: str, column: str, left: int, right: int) -> Formula:
    return Difference(CrossRef(block, column, left), CrossRef(block, column, right))


def _live(line: Line, currency: str) -> Formula | Decimal:
    """Sum the month's movement of a class from the roll-forward; an opening has none."""
    if not line.live:
        return Decimal(0)
    source = line.block(currency)
    by_class = ((Span(source, "asset_class"), Here("asset_class")),)
    moved: Formula = Plus(tuple(SumIfs(Span(source, name), by_class) for name in line.live))
    return moved if line.sign > 0 else Difference(Const(0), moved)


def closing(currency: str, label: str) -> Formula:
    """Add the year-to-date column of one closing line over the classes."""
    return SumIfs(Span(note(currency), "year"), ((Span(note(currency), "line"), Const(label)),))


def forward_amortisation(facts: Facts) -> Table:
    """Describe amortisation to come by fiscal year: five years, and later."""
    shown = sorted({year for _, year in axis(facts)})
    found = currencies(facts)

    def amounts(currency: str) -> tuple[Formula, ...]:
        listed = tuple(CrossRef(years(currency), "charge", row) for row in range(len(shown)))
        return (*listed, Total(waterfall(currency), "beyond"))

    columns = tuple(
        Column(
            f"in_{currency.lower()}", f"Amortisation ({currency})", Unit.MONEY, amounts(currency),
            kind=Kind.CALCULATED,
        )
        for currency in found
    )  # fmt: skip
    converted = Plus(
        tuple(
            Product(Here(f"in_{currency.lower()}"), Named(f"nm_rate_{currency.lower()}"))
            for currency in found
        )
    )
    money = facts.currency
    return Table(
        FORWARD,
        (
            text("year", "Fiscal year", (*shown, "Later")),
            *columns,
            calculated("all", f"All, closing rates (in {money})", Unit.MONEY, converted),
        ),
        len(shown) + 1,
        "Amortisation of assets in service by fiscal year",
        note="ASC 350-30-50-2(a)(3) and the forward table: this fiscal year, the next four, later.",
    )

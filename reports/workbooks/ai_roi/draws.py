"""Draws: the return once per draw of the effect and of what finance entered, live.

A row draws the effect, the loaded rate, the redeployed share and the cost together. The ranges
are cells on `ROI`; the chance numbers are imported, so that the same workbook gives the same
interval wherever it is opened.
"""

from __future__ import annotations

from reports.formulas import (
    Const,
    CountIfs,
    Difference,
    Here,
    Named,
    Percentile,
    Plus,
    Product,
    Quotient,
    Ratio,
    Span,
)
from reports.spec import Formula, Sheet, Table, Unit
from reports.workbooks.ai_roi.evidence import Evidence
from reports.workbooks.shared.columns import calculated, fact

DRAWS = "tbl_return_draws"
SHEET = "Draws"
ENTERED = ("rate", "share", "cost")
PRINTED = 60
"""Draws that go to paper: they show how one is made; nobody reads thousands."""


def draws_sheet(evidence: Evidence, index: str) -> Sheet:
    """Describe the sheet."""
    table = _table(evidence)
    return Sheet(
        SHEET,
        "Draws behind the interval",
        index,
        "The return under each draw of effect, rate, redeployed share and cost; the first print",
        (table,),
        printed_columns=len(table.columns),
        printed_blocks=1,
        printed_rows=PRINTED,
    )


def percentile(column: str, share: str) -> Formula:
    """Write the percentile of a drawn column at a named share."""
    return Percentile(Span(DRAWS, column), Named(share))


def chance_above_zero(column: str) -> Formula:
    """Write the share of draws in which a column is positive."""
    above = CountIfs(((Span(DRAWS, column), Const(">0")),))
    return Ratio(above, CountIfs(((Span(DRAWS, "number"), Const(">0")),)))


def _table(evidence: Evidence) -> Table:
    rows = evidence.draws
    capacity = Product(
        Quotient(Product(Named("nm_hours"), Here("theta")), Plus((Const(1), Here("theta")))),
        Here("rate"),
    )
    columns = (
        fact("number", "Draw (number)", Unit.INTEGER, rows.integers("draw_number")),
        fact("theta", "θ (share)", Unit.RATIO, rows.optional_amounts("theta", 6)),
        *(
            fact(f"{name}_{side}", f"{label}, {side} chance number (share)", Unit.FTE,
                 rows.optional_amounts(f"{name}_{side}", 6))
            for name, label in zip(ENTERED, ("Rate", "ρ", "Cost"), strict=True)
            for side in ("lesser", "greater")
        ),
        calculated("rate", "Loaded rate (money/h)", Unit.MONEY, _drawn("rate")),
        calculated("share", "ρ (share)", Unit.RATIO, _drawn("share")),
        calculated("cost", "Cost of all (money)", Unit.MONEY_WHOLE, _drawn("cost")),
        calculated("benefit", "Capacity (money)", Unit.MONEY_WHOLE, capacity),
        calculated("capacity", "ROI, capacity (%)", Unit.RATIO, _over_cost(Here("benefit"))),
        calculated("redeployed", "ROI, redeployed (%)", Unit.RATIO,
                   _over_cost(Product(Here("benefit"), Here("share")))),
        calculated("cash", "ROI, cash (%)", Unit.RATIO, _over_cost(Named("nm_cash"))),
    )  # fmt: skip
    note = (
        "Triangular: lowest + (highest − likeliest) × lesser + (likeliest − lowest) × greater of "
        "two chance numbers."
    )
    return Table(DRAWS, columns, len(rows), note=note)


def _drawn(name: str) -> Formula:
    low, mode, high = (Named(f"nm_{name}_{at}") for at in ("lowest", "likeliest", "highest"))
    return Plus(
        (
            low,
            Product(Difference(high, mode), Here(f"{name}_lesser")),
            Product(Difference(mode, low), Here(f"{name}_greater")),
        )
    )


def _over_cost(benefit: Formula) -> Formula:
    return Quotient(Difference(benefit, Here("cost")), Here("cost"))

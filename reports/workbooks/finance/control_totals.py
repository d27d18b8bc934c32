"""Control totals of amounts: what the registers hold, against what CostDetail shows of it."""

from __future__ import annotations

from reports.formulas import Const, Difference, Here, Plus, Round, Span, Status, SumIfs
from reports.spec import Table, Unit
from reports.workbooks.finance.names import COST, REGISTER_TIES
from reports.workbooks.shared.columns import calculated, fact, filled, text
from reports.workbooks.shared.facts import Facts

CONTROL_TOTALS = "tbl_control_totals"


def control_totals(facts: Facts) -> Table:
    """Describe the amounts read and used in each functional currency."""
    rows = facts.rows("rpt_finance__payroll_register")
    rows = rows.summed(("currency_code",), ("amount",)).sorted_by("currency_code")

    def shown(column: str) -> SumIfs:
        return SumIfs(Span(COST, column), ((Span(COST, "currency"), Here("currency")),))

    lines = SumIfs(
        Span(REGISTER_TIES, "register"), ((Span(REGISTER_TIES, "currency"), Here("currency")),)
    )
    return filled(
        Table(
            CONTROL_TOTALS,
            (
                text("currency", "Currency", rows.texts("currency_code")),
                fact("read", "Amount in (functional)", Unit.MONEY, rows.amounts("amount")),
                calculated("tied", "On TieOut (functional)", Unit.MONEY, lines),
                calculated("capex", "Capitalised (functional)", Unit.MONEY, shown("capex")),
                calculated("opex", "Expensed (functional)", Unit.MONEY, shown("opex")),
                calculated(
                    "used", "Amount used (functional)", Unit.MONEY,
                    Plus((Here("capex"), Here("opex"))),
                ),
                calculated(
                    "difference", "Difference (functional)", Unit.MONEY,
                    Round(Difference(Here("used"), Here("read"))),
                ),
                calculated(
                    "status", "Status", Unit.STATUS, Status(Here("difference"), Const(0)),
                    width=10,
                ),
            ),
            len(rows),
            "Control totals of amounts: payroll, invoiced AI, other cost",
        )
    )  # fmt: skip

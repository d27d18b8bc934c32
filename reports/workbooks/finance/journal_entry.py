"""JournalEntry: the month's lines, each amount summed from the sheet that supports it."""

from __future__ import annotations

from reports.formulas import (
    Choose,
    Const,
    Difference,
    Here,
    Plus,
    Product,
    Span,
    Subtotal,
    SumIfs,
)
from reports.spec import Sheet, Table, Unit
from reports.workbooks.finance.names import COST, cip, currencies, journal, waterfall
from reports.workbooks.shared.columns import calculated, fact, filled, text
from reports.workbooks.shared.facts import Facts


def journal_entry(facts: Facts) -> Sheet:
    """Describe the sheet: one block per functional currency."""
    return Sheet(
        "JournalEntry",
        "Journal entry",
        "B1",
        "Unposted lines; debits and credits summed live from their support",
        tuple(_block(facts, currency) for currency in currencies(facts)),
        frozen_columns=3,
        is_header_frozen=len(currencies(facts)) == 1,
        paper=8,
    )


def _support(block: str, summed: str, key: str) -> SumIfs:
    return SumIfs(Span(block, summed), ((Span(block, key), Here("support")),))


def _block(facts: Facts, currency: str) -> Table:
    rows = facts.rows("rpt_finance__journal_entry").where(currency_code=currency)
    rows = rows.sorted_by("entity", "entry_type", "entry_id", "line_number")
    name = journal(currency)
    columns = (
        text("entry", "Entry", rows.texts("entry_id")),
        text("entry_type", "Type", rows.texts("entry_type"), width=8),
        fact("line", "Line", Unit.INTEGER, rows.integers("line_number"), width=7),
        text("entity", "Entity", rows.texts("entity")),
        text("account", "Account", rows.texts("account")),
        text("account_name", "Account name", rows.texts("account_name"), width=38),
        text("cost_center", "Cost centre", rows.texts("cost_center", "NONE")),
        text("component", "Component", rows.texts("component_id")),
        calculated(
            "debit",
            f"Debit ({currency})",
            Unit.MONEY,
            Choose(Here("signed"), ">", Const(0), Here("signed"), Const(0)),
            total=Subtotal(Span(name, "debit")),
        ),
        calculated(
            "credit",
            f"Credit ({currency})",
            Unit.MONEY,
            Choose(Here("signed"), "<", Const(0), _turned(), Const(0)),
            total=Subtotal(Span(name, "credit")),
        ),
        text("memo", "Memo", rows.texts("memo"), width=54),
        fact("sign", "Sign", Unit.INTEGER, rows.integers("posting_sign"), width=7),
        calculated(
            "from_cost",
            f"From CostDetail ({currency})",
            Unit.MONEY,
            _support(COST, "capex", "journal_key"),
        ),
        calculated(
            "from_amortisation",
            f"From AmortWaterfall ({currency})",
            Unit.MONEY,
            _support(waterfall(currency), "month", "journal_key"),
        ),
        calculated(
            "from_roll_forward",
            f"From RollForward ({currency})",
            Unit.MONEY,
            _support(cip(currency), "out", "journal_key"),
        ),
        fact("other", f"Other events ({currency})", Unit.MONEY, rows.amounts("other_amount")),
        calculated("signed", f"Signed ({currency})", Unit.MONEY, _signed()),
        text("support", "Support key", rows.texts("journal_key"), width=34),
    )
    return filled(
        Table(name, columns, len(rows), f"Functional currency {currency}", total_label="Total")
    )


def _signed() -> Product:
    """Return the amount of the support with the line's sign: debits are positive."""
    supports = ("from_cost", "from_amortisation", "from_roll_forward", "other")
    return Product(Here("sign"), Plus(tuple(Here(name) for name in supports)))


def _turned() -> Difference:
    return Difference(Const(0), Here("signed"))

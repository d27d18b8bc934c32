"""Research and development expensed, and the split by nature of ASU 2024-03 (ASC 220-40)."""

from __future__ import annotations

from decimal import Decimal

from reports.formulas import (
    ColumnTotal,
    Const,
    CrossRef,
    Here,
    Named,
    Plus,
    Product,
    Span,
    SumIfs,
)
from reports.spec import Column, Formula, Kind, Table, Unit
from reports.workbooks.finance.names import TREND, cost_by, currencies, register
from reports.workbooks.shared.columns import calculated, text
from reports.workbooks.shared.facts import Facts

RESEARCH = "tbl_research_expense"
NATURES = "tbl_expense_by_nature"

NATURAL_CATEGORIES = (
    ("labour", "Employee compensation", "Salaries, payroll tax, benefits, bonus"),
    ("stock_compensation", "Employee compensation", "Stock compensation"),
    ("contractor", "Other", "Contractors"),
    ("ai", "Other", "AI tools"),
    ("interest", "Other", "Interest"),
    ("other", "Other", "Other direct cost"),
)
"""Nature of a cost row, natural category of ASC 220-40-50-6, line."""

DEVELOPMENT, AMORTISATION = "Research and development", "Amortisation of software"
HOSTING = "Hosting and cloud arrangements"


def research_expense(facts: Facts) -> Table:
    """Describe what the period charged to expense (IAS 38.126) beside what it capitalised."""
    lines = (
        ("opex", "Development cost expensed"),
        ("capex", "Development cost capitalised"),
        ("amortisation", "Amortisation of the period"),
    )
    this = facts.stamp.month
    year = (Span(TREND, "year"), CrossRef(TREND, "year", this))
    return Table(
        RESEARCH,
        (
            text("line", "Line", [label for _, label in lines]),
            Column(
                "month", f"This month ({facts.currency})", Unit.MONEY,
                tuple(CrossRef(TREND, key, this) for key, _ in lines), kind=Kind.CALCULATED,
            ),
            Column(
                "year", f"Year to date ({facts.currency})", Unit.MONEY,
                tuple(SumIfs(Span(TREND, key), (year,)) for key, _ in lines),
                kind=Kind.CALCULATED,
            ),
        ),
        len(lines),
        "Research and development in the period",
    )  # fmt: skip


def expense_by_nature(facts: Facts) -> Table:
    """Describe the expense of the month by caption and nature, and what was capitalised."""
    rows = facts.rows("rpt_finance__register")
    accounts = [
        (currency, account)
        for currency in currencies(facts)
        for (account,) in rows.where(currency_code=currency).distinct("amortization_account")
    ]
    natures = [nature for nature, _, _ in NATURAL_CATEGORIES]
    expense: list[Formula] = [cost_by("opex_reporting", "nature", Const(n)) for n in natures]
    expense += [_amortised(currency, account) for currency, account in accounts]
    taken: list[Formula | Decimal] = [
        cost_by("capex_reporting", "nature", Const(nature)) for nature in natures
    ]
    taken += [Decimal(0) for _ in accounts]
    money = facts.currency
    hosting = _prepaid_accounts(facts)
    captions = [DEVELOPMENT] * len(natures)
    captions += [HOSTING if found in hosting else AMORTISATION for found in accounts]
    categories = [category for _, category, _ in NATURAL_CATEGORIES]
    categories += ["Other" if found in hosting else "Intangible amortisation" for found in accounts]
    labels = [label for _, _, label in NATURAL_CATEGORIES]
    labels += [f"Account {account} ({currency})" for currency, account in accounts]
    return Table(
        NATURES,
        (
            text("caption", "Caption", captions, width=26),
            text("category", "Natural category", categories, width=26),
            text("line", "Line", labels, width=36),
            Column(
                "expense", f"Expense of the month ({money})", Unit.MONEY, tuple(expense),
                kind=Kind.CALCULATED, total=ColumnTotal("expense"),
            ),
            Column(
                "taken", f"Capitalised ({money})", Unit.MONEY, tuple(taken),
                kind=Kind.CALCULATED, total=ColumnTotal("taken"),
            ),
            calculated(
                "gross", f"Gross ({money})", Unit.MONEY, Plus((Here("expense"), Here("taken"))),
                is_totalled=True,
            ),
        ),
        len(labels),
        "Expense by nature (ASU 2024-03)",
        total_label="Total",
        note="Captions follow the accounts of the register; amortisation at closing rates.",
    )  # fmt: skip


def _prepaid_accounts(facts: Facts) -> set[tuple[str, str]]:
    """Return currency and account of prepaid implementation, which is no amortisation (45-1)."""
    held = facts.rows("rpt_finance__roll_forward").where(held_as="prepayment").texts("asset_key")
    rows = facts.rows("rpt_finance__register")
    charged = zip(
        rows.texts("asset_key"), rows.texts("currency_code"), rows.texts("amortization_account"),
        strict=True,
    )  # fmt: skip
    return {(currency, account) for asset, currency, account in charged if asset in set(held)}


def _amortised(currency: str, account: str) -> Formula:
    """Add the month's charge of the assets whose amortisation goes to an account."""
    block = register(currency)
    charge = SumIfs(Span(block, "charge"), ((Span(block, "account"), Const(account)),))
    return Product(charge, Named(f"nm_rate_{currency.lower()}"))

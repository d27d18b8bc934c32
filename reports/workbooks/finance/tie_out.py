"""TieOut: from the registers to capitalised cost, to the ledger and to the general ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from reports.formulas import (
    ColumnTotal,
    Const,
    CrossRef,
    Difference,
    Here,
    Named,
    Plus,
    Product,
    Round,
    Span,
    Status,
    Sum,
    SumIfs,
    Total,
)
from reports.spec import Column, Formula, Kind, Sheet, Table, Unit
from reports.workbooks.finance.completeness import counts
from reports.workbooks.finance.names import (
    BRIDGE,
    COST,
    GL_TIES,
    LEDGER_TIES,
    PAYROLL_TIES,
    REGISTER_TIES,
    cip,
    cost_by,
    currencies,
    service,
)
from reports.workbooks.shared.columns import calculated, entry, fact, filled, in_words, text
from reports.workbooks.shared.facts import Facts, Rows


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the bridge: the cost rows with this mark leave here."""

    key: str
    label: str


STEPS = (
    Step("severance", "less severance"),
    Step("overhead", "less overhead and other pay never capitalised"),
    Step("leave", "less leave and cost without capacity"),
    Step("unattributed", "less unattributed time"),
    Step("ineligible", "less roles, tiers and natures that may not be capitalised"),
    Step("outside", "less work expensed by rule"),
)
"""Steps of the bridge, in order; CostDetail names the step of each expensed row."""


@dataclass(frozen=True, slots=True)
class Balance:
    """A closing balance of the roll-forward that an account of the general ledger carries."""

    block: Callable[[str], str]
    column: str
    held_as: str = "software"
    sign: int = 1


GL_BALANCES: Mapping[str, tuple[Balance, ...]] = MappingProxyType(
    {
        "cip": (Balance(cip, "closing"),),
        "gross": (Balance(service, "closing_gross"),),
        "accumulated": (Balance(service, "closing_held", sign=-1),),
        "prepaid_cca": (
            Balance(cip, "closing", "prepayment"),
            Balance(service, "closing", "prepayment"),
        ),
    }
)
"""Journal account → the balances that add up to it."""


def tie_out(facts: Facts) -> Sheet:
    """Describe the sheet."""
    return Sheet(
        "TieOut",
        "Tie-out",
        "B3",
        "Registers to cost to capitalised cost, and the workpaper to the books",
        (
            filled(_register_ties(facts)),
            _bridge(facts),
            filled(_ledger_ties(facts)),
            filled(_gl_ties(facts)),
            filled(_payroll_ties(facts)),
            filled(counts(facts)),
        ),
        is_header_frozen=False,
    )


def _register_ties(facts: Facts) -> Table:
    """Compare, per currency and pay component, what was paid with what was allocated."""
    rows = facts.rows("rpt_finance__payroll_register")
    rows = rows.summed(("currency_code", "pay_component", "fx_rate"), ("amount",))
    rows = rows.sorted_by("currency_code", "pay_component")
    by = (
        (Span(COST, "currency"), Here("currency")),
        (Span(COST, "pay_component"), Here("pay_component")),
    )
    both = Plus((Here("capex"), Here("opex")))
    return Table(
        REGISTER_TIES,
        (
            text("pay_component", "Pay component", in_words(rows.texts("pay_component"))),
            text("currency", "Currency", rows.texts("currency_code"), width=10),
            fact("register", "Register (functional)", Unit.MONEY, rows.amounts("amount")),
            calculated(
                "capex", "Capitalised (functional)", Unit.MONEY, SumIfs(Span(COST, "capex"), by)
            ),
            calculated("opex", "Expensed (functional)", Unit.MONEY, SumIfs(Span(COST, "opex"), by)),
            calculated("allocated", "In CostDetail (functional)", Unit.MONEY, both),
            calculated("difference", "Difference (functional)", Unit.MONEY, _less("register")),
            calculated("status", "Status", Unit.STATUS, _judged(), width=10),
            fact(
                "rate", f"Rate ({facts.currency} per unit)", Unit.RATE, rows.amounts("fx_rate", 8)
            ),
            calculated(
                "converted",
                f"Register ({facts.currency})",
                Unit.MONEY,
                Round(Product(Here("register"), Here("rate")), facts.places),
                total=ColumnTotal("converted"),
            ),
        ),
        len(rows),
        "Registers to cost detail",
        total_label="Total",
    )


def _less(left: str, right: str = "allocated") -> Round:
    return Round(Difference(Here(left), Here(right)))


def _judged() -> Formula:
    return Status(Here("difference"), Named("nm_tolerance"))


def _bridge(facts: Facts) -> Table:
    """Walk from the registers to capitalised cost in the reporting currency."""
    expensed = tuple(cost_by("opex_reporting", "bridge_step", Const(step.key)) for step in STEPS)
    detail = Plus((Total(COST, "capex_reporting"), Total(COST, "opex_reporting")))
    start = Total(REGISTER_TIES, "converted")
    keys = ("register", "conversion", *(step.key for step in STEPS), "capex", "residual")
    labels = (
        "Per registers, converted once",
        "Rounding of conversion per row",
        *(step.label for step in STEPS),
        "Capitalised",
        "Residual",
    )
    taken = tuple(CrossRef(BRIDGE, "amount", step.key) for step in STEPS)
    residual = Round(
        Difference(
            Plus(
                (CrossRef(BRIDGE, "amount", "register"), CrossRef(BRIDGE, "amount", "conversion"))
            ),
            Plus((*taken, CrossRef(BRIDGE, "amount", "capex"))),
        )
    )
    amounts: tuple[Formula, ...] = (
        start,
        Round(Difference(detail, start)),
        *expensed,
        Total(COST, "capex_reporting"),
        residual,
    )
    return Table(
        BRIDGE,
        (
            text("step", "Step", labels, width=52),
            Column(
                "amount", f"Amount ({facts.currency})", Unit.MONEY, amounts, kind=Kind.CALCULATED
            ),
        ),
        len(keys),
        f"Bridge to capitalised cost ({facts.currency})",
        keys=keys,
        strong_rows=frozenset({0, len(keys) - 2, len(keys) - 1}),
        names={("amount", len(keys) - 1): "out_bridge_residual"},
    )


def _ledger_ties(facts: Facts) -> Table:
    """Compare the roll-forward's live closings with the asset ledger's own."""
    labels: list[str] = []
    found: list[str] = []
    paper: list[Formula] = []
    balances = (
        ("Closing CIP", cip, "closing", "cip_closing"),
        ("Closing cost", service, "closing_gross", "gross_closing"),
        ("Closing accumulated", service, "closing_held", "accumulated_closing"),
        ("Amortisation of the month", service, "charge", "amortization_amount"),
    )
    amounts: list[Decimal] = []
    for currency in currencies(facts):
        rows = facts.rows("rpt_finance__roll_forward").where(currency_code=currency)
        for label, block, column, closing in balances:
            labels.append(label)
            found.append(currency)
            amounts.append(sum(rows.amounts(closing), Decimal(0)))
            paper.append(Sum((Span(block(currency), column),)))
    return Table(
        LEDGER_TIES,
        (
            text("balance", "Balance", labels),
            text("currency", "Currency", found, width=10),
            fact("ledger", "Asset ledger (functional)", Unit.MONEY, amounts),
            Column(
                "allocated",
                "Roll-forward (functional)",
                Unit.MONEY,
                tuple(paper),
                kind=Kind.CALCULATED,
            ),
            calculated("difference", "Difference (functional)", Unit.MONEY, _less("ledger")),
            calculated("status", "Status", Unit.STATUS, _judged(), width=10),
        ),
        len(labels),
        "Roll-forward to asset ledger",
    )


def _gl_ties(facts: Facts) -> Table:
    """Compare with the balances of the general ledger, where they were given."""
    rows = facts.rows("rpt_finance__gl_balances").sorted_by("entity", "account")
    accounts: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows.records:
        if row["account_key"] in GL_BALANCES:
            accounts.setdefault((row["entity"], row["account"]), []).append(row)
    firsts = Rows([found[0] for found in accounts.values()])
    carried = [
        _carried(str(found[0]["currency_code"]), [str(row["account_key"]) for row in found])
        for found in accounts.values()
    ]
    sides = tuple(
        Column(key, label, Unit.MONEY, tuple(pair[place] for pair in carried), kind=Kind.CALCULATED)
        for place, (key, label) in enumerate(
            (("progress", "In progress (functional)"), ("served", "In service (functional)"))
        )
    )
    explained = calculated(
        "allocated", "Workpaper (functional)", Unit.MONEY, Plus((Here("progress"), Here("served")))
    )
    return _ledger_table(
        GL_TIES,
        firsts,
        (*sides, explained),
        "Workpaper to general ledger",
        "Filled from the input gl_balances; empty where it was not given.",
    )


def _payroll_ties(facts: Facts) -> Table:
    """Compare the accounts of the payroll register with the general ledger's movements."""
    rows = facts.rows("rpt_finance__gl_balances").where(account_key="payroll")
    rows = rows.sorted_by("entity", "account")
    booked = fact(
        "allocated", "Payroll register (functional)", Unit.MONEY, rows.amounts("register_amount")
    )
    return _ledger_table(
        PAYROLL_TIES,
        rows,
        (booked,),
        "Payroll register to general ledger",
        "Accounts that both the payroll register and gl_balances name.",
    )


def _ledger_table(name: str, rows: Rows, paper: Sequence[Column], heading: str, note: str) -> Table:
    """Describe accounts with what the general ledger says and what the workpaper says."""
    return Table(
        name,
        (
            text("account", "Account", rows.texts("account")),
            text("name", "Name", rows.texts("account_name"), width=30),
            text("entity", "Entity", rows.texts("entity")),
            text("currency", "Currency", rows.texts("currency_code"), width=10),
            fact("ledger", "General ledger (functional)", Unit.MONEY, rows.amounts("gl_amount")),
            *paper,
            calculated("difference", "Difference (functional)", Unit.MONEY, _less("ledger")),
            calculated("status", "Status", Unit.STATUS, _judged(), width=10),
            entry("explanation", "Explanation", len(rows), width=36),
        ),
        len(rows),
        heading,
        note=note,
    )


def _carried(currency: str, keys: Sequence[str]) -> tuple[Formula, Formula]:
    """Add what one account carries of work in progress and in service, debits positive."""
    found = [balance for key in keys for balance in GL_BALANCES[key]]
    progress, served = (
        _netted(currency, [balance for balance in found if balance.block is block])
        for block in (cip, service)
    )
    return progress, served


def _netted(currency: str, balances: Sequence[Balance]) -> Formula:
    debits, credits_ = (
        tuple(_balance(currency, balance) for balance in balances if balance.sign == sign)
        for sign in (1, -1)
    )
    added: Formula = Plus(debits) if debits else Const(0)
    return Difference(added, Plus(credits_)) if credits_ else added


def _balance(currency: str, balance: Balance) -> Formula:
    block = balance.block(currency)
    return SumIfs(
        Span(block, balance.column),
        (
            (Span(block, "entity"), Here("entity")),
            (Span(block, "held_as"), Const(balance.held_as)),
        ),
    )

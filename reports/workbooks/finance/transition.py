"""Transition: what ASU 2025-06 would change about each asset, by each of its three transitions."""

from __future__ import annotations

from reports.formulas import Choose, Const, Difference, Here, Span, SumIfs
from reports.spec import Column, Formula, Sheet, Table, Unit
from reports.workbooks.finance.names import adoption, cip, currencies
from reports.workbooks.shared.columns import calculated, fact, filled, in_words, text
from reports.workbooks.shared.facts import Facts, Rows

FAILS, APPLIED = "none", "applied"
"""Windows under the amended policy: the threshold is not met; the entity applies it already."""


def transition_paper(facts: Facts) -> Sheet:
    """Describe the sheet: one block per functional currency."""
    return Sheet(
        "Transition",
        "Adoption of ASU 2025-06",
        "D4",
        "Identical cost rows before and after the amendment, and three ways to change over",
        tuple(filled(_block(facts, currency)) for currency in currencies(facts)),
        frozen_columns=2,
        is_header_frozen=len(currencies(facts)) == 1,
        paper=8,
    )


def _block(facts: Facts, currency: str) -> Table:
    rows = facts.rows("rpt_finance__adoption").where(currency_code=currency)
    rows = rows.sorted_by("component_id", "entity")
    block = cip(currency)
    in_progress = SumIfs(Span(block, "closing"), ((Span(block, "asset_key"), Here("asset_key")),))

    def money(key: str, title: str, column: str) -> Column:
        return fact(key, f"{title} ({currency})", Unit.MONEY, rows.amounts(column))

    def formula(key: str, title: str, value: Formula) -> Column:
        return calculated(key, f"{title} ({currency})", Unit.MONEY, value, is_totalled=True)

    columns = (
        text("asset_key", "Asset", rows.texts("asset_key")),
        text("name", "Name", rows.texts("component_name"), width=30),
        text("status", "State", in_words(rows.texts("status"))),
        text("window", "Window after", _windows(rows), width=12),
        money("month_before", "Month, before", "legacy_month_amount"),
        money("month_after", "Month, after", "amended_month_amount"),
        formula(
            "month_change", "Month, change", Difference(Here("month_after"), Here("month_before"))
        ),
        money("before", "So far, before", "legacy_amount"),
        money("after", "So far, after", "amended_amount"),
        formula("restated", "Cost restated", _restated()),
        money("restated_accumulated", "Accumulated restated", "retrospective_accumulated_amount"),
        formula("cip", "Work in progress", in_progress),
        money("prospective", "Equity, prospective", "prospective_equity_amount"),
        formula("modified", "Equity, modified", _derecognised()),
        formula(
            "retrospective",
            "Equity, retrospective",
            Difference(Here("restated"), Here("restated_accumulated")),
        ),
    )
    return Table(
        adoption(currency),
        columns,
        len(rows),
        f"Functional currency {currency}",
        total_label="Total",
        note="Before deferred tax. Empty unless policies/ holds ASC 350-40 before and after it.",
    )


def _windows(rows: Rows) -> tuple[str, ...]:
    return tuple(
        APPLIED if row["is_applied"] else str(row["amended_window_state"]) for row in rows.records
    )


def _restated() -> Formula:
    """Restate what is still carried; what has left the books has nothing to restate."""
    change: Formula = Difference(Here("after"), Here("before"))
    for left in ("abandoned", "disposed"):
        change = Choose(Here("status"), "=", Const(left), Const(0), change)
    return change


def _derecognised() -> Formula:
    """Take off what is in progress where the threshold is not met (ASU 2025-06, modified)."""
    gone = Difference(Const(0), Here("cip"))
    return Choose(Here("window"), "=", Const(FAILS), gone, Const(0))

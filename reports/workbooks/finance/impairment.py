"""Impairment: what speaks against each asset that is carried, and what was concluded."""

from __future__ import annotations

from reports.formulas import Choose, Concat, Const, Here, RowSum, Span, SumIfs
from reports.spec import Formula, Sheet, Table, Unit
from reports.workbooks.finance.names import cip, currencies, impairment, service
from reports.workbooks.shared.columns import calculated, entry, fact, filled, in_words, text
from reports.workbooks.shared.facts import Facts, Rows

CONCLUSIONS = ("no impairment", "impair", "abandon", "shorten life")
FLAGS = ("cancelled", "suspended", "idle", "over_budget", "removed", "end_planned")


def impairment_review(facts: Facts) -> Sheet:
    """Describe the sheet: one block per functional currency."""
    return Sheet(
        "Impairment",
        "Impairment and abandonment review",
        "D3",
        "Signals against every asset carried, live, and the conclusion of each",
        tuple(filled(_block(facts, currency)) for currency in currencies(facts)),
        frozen_columns=2,
        is_header_frozen=len(currencies(facts)) == 1,
        paper=8,
    )


def _flag(left: str, sign: str, right: Formula) -> Choose:
    return Choose(Here(left), sign, right, Const(1), Const(0))


def _ones(rows: Rows, column: str) -> tuple[int, ...]:
    return tuple(int(bool(row[column])) for row in rows.records)


def _block(facts: Facts, currency: str) -> Table:
    rows = facts.rows("rpt_finance__impairment").where(currency_code=currency)
    rows = rows.sorted_by("component_id", "entity")
    over = Choose(Here("budget"), "=", Const(0), Const(0), _flag("spent", ">", Here("budget")))

    def carried(block: str) -> SumIfs:
        return SumIfs(Span(block, "closing"), ((Span(block, "asset_key"), Here("asset_key")),))

    columns = (
        text("asset_key", "Asset", rows.texts("asset_key")),
        text("name", "Name", rows.texts("component_name"), width=30),
        text("status", "State", in_words(rows.texts("status"))),
        calculated(
            "cip",
            f"Work in progress ({currency})",
            Unit.MONEY,
            carried(cip(currency)),
            is_totalled=True,
        ),
        calculated(
            "net",
            f"Net book value ({currency})",
            Unit.MONEY,
            carried(service(currency)),
            is_totalled=True,
        ),
        fact(
            "spent", f"Cost to date ({currency})", Unit.MONEY, rows.amounts("cost_to_date_amount")
        ),
        fact("budget", f"Budget ({currency})", Unit.MONEY, rows.amounts("budget_amount")),
        fact("last", "Last activity", Unit.DATE, rows.dates("last_activity_date"), width=12),
        fact(
            "limit",
            "Policy calls idle after (days)",
            Unit.COUNT,
            rows.integers("inactive_days"),
            width=12,
        ),
        fact(
            "paused", "Suspended for (days)", Unit.COUNT, rows.integers("suspended_days"), width=12
        ),
        fact("epics", "Epics (count)", Unit.COUNT, rows.integers("epic_count")),
        fact("ended", "Epics cancelled (count)", Unit.COUNT, rows.integers("cancelled_epic_count")),
        calculated(
            "cancelled", "Cancelled (1 = yes)", Unit.COUNT, _flag("ended", ">", Const(0)), width=11
        ),
        calculated(
            "suspended",
            "Suspended (1 = yes)",
            Unit.COUNT,
            _flag("paused", ">", Here("limit")),
            width=11,
        ),
        fact("idle", "Idle (1 = yes)", Unit.COUNT, _ones(rows, "is_idle"), width=9),
        calculated("over_budget", "Over budget (1 = yes)", Unit.COUNT, over, width=11),
        fact(
            "removed",
            "Being removed (1 = yes)",
            Unit.COUNT,
            _ones(rows, "is_being_removed"),
            width=11,
        ),
        fact(
            "end_planned",
            "End planned (1 = yes)",
            Unit.COUNT,
            _ones(rows, "is_end_planned"),
            width=11,
        ),
        calculated(
            "signals",
            "Signals (count)",
            Unit.COUNT,
            RowSum(FLAGS[0], FLAGS[-1], FLAGS),
            is_totalled=True,
        ),
        text("booked", "Concluded by event", rows.texts("conclusion", "-"), width=22),
        text("approver", "Approved by", rows.texts("conclusion_approved_by", "-")),
        entry("conclusion", "Conclusion", len(rows), CONCLUSIONS),
        entry("reviewer", "Reviewed by", len(rows)),
        calculated("state", "Review", Unit.STATUS, _state(), width=12),
    )
    return Table(
        impairment(currency),
        columns,
        len(rows),
        f"Functional currency {currency}",
        total_label="Total",
        note="No source tells the usage of software: idle means no commit, deployment or work.",
    )


def _state() -> Formula:
    """Say whether a row with signals was concluded, by an event or by hand."""
    said = Concat((Here("booked"), Here("conclusion")))
    concluded = Choose(said, "=", Const("-"), Const("open"), Const("concluded"))
    return Choose(Here("signals"), "=", Const(0), Const("no signal"), concluded)

"""Capitalisation: how the tools' cost is treated, and what the tools do to capitalised labour."""

from __future__ import annotations

from reports.formulas import ColumnTotal, CrossRef, Difference, Here, Ratio, Total
from reports.spec import Column, Kind, Prose, Sheet, Table, Unit
from reports.workbooks.ai_roi.spend import MONTHS
from reports.workbooks.shared.columns import calculated, fact, filled, text
from reports.workbooks.shared.facts import Facts

TREATMENT = "tbl_ai_treatment"
TREATMENT_TIE = "tbl_ai_treatment_tie"
LABOUR = "tbl_ai_labour"
REVIEWED = "tbl_ai_reviewed"


def capitalisation(facts: Facts, index: str) -> Sheet:
    """Describe the sheet."""
    return Sheet(
        "Capitalisation",
        "AI tools and capitalised cost",
        index,
        "Treatment of the tools' cost, capitalised labour with and without tools, human review",
        (_treatment(facts), _tie(facts), _labour(facts), _reviewed(facts), Prose(_NOTES)),
        is_header_frozen=False,
    )


_NOTES = (
    (
        "Seats, tokens and training are expensed as incurred; metered use on a component is "
        "capitalised only where the policy elects it (ai_metered_capitalise)."
    ),
    (
        "Where tools shorten capitalised work, capitalised labour falls while the tools' cost is "
        "expensed: the share above shows it, with teams without tools beside it."
    ),
    "Work of agents has no timesheet and receives no human hours.",
)


_COSTS = {"ai_seat": "AI seats", "ai_metered": "AI metered use", "ai_other": "AI, other"}
_TREATMENTS = {"capex": "capitalised", "opex": "expensed"}


def _treatment(facts: Facts) -> Table:
    rows = facts.rows("rpt_ai_roi__treatment").sorted_by("pay_component", "treatment", "rule_id")
    columns = (
        text("component", "Cost", [_COSTS.get(name, name) for name in rows.texts("pay_component")],
             width=30),
        text("treatment", "Treatment", [_TREATMENTS[t] for t in rows.texts("treatment")]),
        text("rule", "Rule", rows.texts("rule_id")),
        text("policy", "Policy", rows.texts("policy_id"), width=24),
        fact("amount", f"Amount ({facts.currency})", Unit.MONEY, rows.amounts("amount"),
             is_totalled=True),
    )  # fmt: skip
    return filled(Table(TREATMENT, columns, len(rows), total_label="Total"))


def _tie(facts: Facts) -> Table:
    this = facts.stamp.month
    rows = (
        ("Cost of the tools on sheet Spend", CrossRef(MONTHS, "total", this)),
        ("In the books, rounded row by row", Total(TREATMENT, "amount")),
        (
            "Rounding of the rows",
            Difference(CrossRef(MONTHS, "total", this), Total(TREATMENT, "amount")),
        ),
    )
    return Table(
        TREATMENT_TIE,
        (
            text("item", "Tie to the books", [row[0] for row in rows], width=30),
            Column("value", f"Amount ({facts.currency})", Unit.MONEY,
                   tuple(row[1] for row in rows), kind=Kind.CALCULATED),
        ),
        len(rows),
        "Spend and the books",
        keys=("spend", "books", "rounding"),
    )  # fmt: skip


def _labour(facts: Facts) -> Table:
    rows = facts.rows("rpt_ai_roi__capitalisation").sorted_by("month_key", "team_group")
    columns = (
        text("month", "Month", rows.texts("month_key"), width=30),
        text("group", "Teams", rows.texts("team_group"), width=26),
        fact("pay", f"Labour ({facts.currency})", Unit.MONEY_WHOLE, rows.amounts("pay_amount"),
             is_totalled=True),
        fact("capex", f"Capitalised ({facts.currency})", Unit.MONEY_WHOLE,
             rows.amounts("capex_amount"), is_totalled=True),
        calculated("share", "Capitalised of labour (%)", Unit.RATIO,
                   Ratio(Here("capex"), Here("pay"))),
    )  # fmt: skip
    heading = "Labour of the people who develop, thirteen months"
    return filled(Table(LABOUR, columns, len(rows), heading, total_label="Total"))


def _reviewed(facts: Facts) -> Table:
    rows = facts.rows("rpt_ai_roi__marks").sorted_by("month_key")
    columns = (
        text("month", "Month", rows.texts("month_key"), width=30),
        fact("marked", "Changes marked as AI's (count)", Unit.COUNT, rows.integers("marked_count"),
             is_totalled=True),
        fact("reviewed", "of them reviewed by a person (count)", Unit.COUNT,
             rows.integers("reviewed_marked_count"), is_totalled=True),
        calculated("share", "Reviewed (%)", Unit.RATIO, Ratio(Here("reviewed"), Here("marked")),
                   total=Ratio(Total(REVIEWED, "reviewed"), Total(REVIEWED, "marked"))),
        calculated("open", "Without a person's review (count)", Unit.COUNT,
                   Difference(Here("marked"), Here("reviewed")), total=ColumnTotal("open")),
    )  # fmt: skip
    return filled(
        Table(REVIEWED, columns, len(rows), "Human review of marked changes", total_label="Total")
    )

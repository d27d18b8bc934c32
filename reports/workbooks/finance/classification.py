"""Classification: what kind of work was treated how, and by which rule."""

from __future__ import annotations

from reports.formulas import Const, CountIfs, Here, Plus, Ratio, Span, SumIfs, Total
from reports.spec import Sheet, Table, Unit
from reports.workbooks.finance.cost_detail import detail_rows
from reports.workbooks.finance.names import ACTIVITIES, COST, RULES, cost_by
from reports.workbooks.shared.columns import calculated, filled, in_words, text
from reports.workbooks.shared.facts import Facts


def classification(facts: Facts) -> Sheet:
    """Describe the sheet."""
    return Sheet(
        "Classification",
        "Classification",
        "C4",
        "Activity by treatment, and the rules that decided",
        (filled(_activities(facts)), filled(_rules(facts))),
        is_header_frozen=False,
    )


def _hours(column: str, treatment: str) -> SumIfs:
    return SumIfs(
        Span(COST, "hours"),
        ((Span(COST, column), Here(column)), (Span(COST, "treatment"), Const(treatment))),
    )


def _activities(facts: Facts) -> Table:
    found = in_words(name for (name,) in detail_rows(facts).distinct("activity"))
    money = facts.currency
    cost = Plus((Here("capex"), Here("opex")))
    columns = (
        text("activity", "Activity", found),
        calculated(
            "capex_hours",
            "Capitalised (h)",
            Unit.HOURS,
            _hours("activity", "capex"),
            is_totalled=True,
        ),
        calculated(
            "opex_hours", "Expensed (h)", Unit.HOURS, _hours("activity", "opex"), is_totalled=True
        ),
        calculated(
            "capex",
            f"Capitalised ({money})",
            Unit.MONEY,
            cost_by("capex_reporting", "activity", Here("activity")),
            is_totalled=True,
        ),
        calculated(
            "opex",
            f"Expensed ({money})",
            Unit.MONEY,
            cost_by("opex_reporting", "activity", Here("activity")),
            is_totalled=True,
        ),
        calculated(
            "share",
            "Capitalised (%)",
            Unit.RATIO,
            Ratio(Here("capex"), cost),
            total=Ratio(Here("capex"), cost),
        ),
        calculated(
            "of_all",
            "Share of all cost (%)",
            Unit.RATIO,
            Ratio(cost, Plus((Total(ACTIVITIES, "capex"), Total(ACTIVITIES, "opex")))),
        ),
        calculated(
            "rows",
            "Rows (count)",
            Unit.COUNT,
            CountIfs(((Span(COST, "activity"), Here("activity")),)),
            is_totalled=True,
        ),
    )
    return Table(ACTIVITIES, columns, len(found), "By activity", total_label="Total")


def _rules(facts: Facts) -> Table:
    found = detail_rows(facts).distinct("rule_id", "citation", "treatment")
    money = facts.currency
    both = (
        (Span(COST, "rule"), Here("rule")),
        (Span(COST, "citation"), Here("citation")),
        (Span(COST, "treatment"), Here("treatment")),
    )
    columns = (
        text("rule", "Rule", [row[0] for row in found]),
        text("citation", "Policy ¶", [row[1] or "-" for row in found]),
        text("treatment", "Treatment", [row[2] for row in found]),
        calculated(
            "hours", "Hours (h)", Unit.HOURS, SumIfs(Span(COST, "hours"), both), is_totalled=True
        ),
        calculated(
            "capex",
            f"Capitalised ({money})",
            Unit.MONEY,
            SumIfs(Span(COST, "capex_reporting"), both),
            is_totalled=True,
        ),
        calculated(
            "opex",
            f"Expensed ({money})",
            Unit.MONEY,
            SumIfs(Span(COST, "opex_reporting"), both),
            is_totalled=True,
        ),
        calculated("rows", "Rows (count)", Unit.COUNT, CountIfs(both), is_totalled=True),
    )
    return Table(RULES, columns, len(found), "By rule", total_label="Total")

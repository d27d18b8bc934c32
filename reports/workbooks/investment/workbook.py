"""The investment workbook: its sheets in reading order."""

from __future__ import annotations

from reports.formulas import Named, Total
from reports.spec import Workbook
from reports.workbooks.investment.investment import CATEGORIES, INVESTMENT, investment
from reports.workbooks.investment.summary import headlines, summary
from reports.workbooks.investment.value_streams import STREAMS, value_streams
from reports.workbooks.shared.assumptions import assumptions
from reports.workbooks.shared.checks import Check, checks_sheet
from reports.workbooks.shared.cover import cover
from reports.workbooks.shared.facts import Facts
from reports.workbooks.shared.glossary import Term, glossary
from reports.workbooks.shared.ipe import ipe

TITLE = "Engineering investment"

TERMS = (
    Term(
        "Category",
        "Kind of investment: new capability, enhancement, support, keep the lights "
        "on, productivity",
        "by the mapping of activities",
        "text",
        "capstream.yaml, categories",
    ),
    Term(
        "Share of stream",
        "A category's part of its value stream's cost",
        "cost ÷ cost of the stream",
        "%",
        "Investment",
    ),
    Term(
        "Gap to target",
        "Share of stream less its target",
        "(share − target) × 100",
        "points",
        "Investment",
    ),
    Term(
        "Cost per finished item",
        "Cost of the month by items finished in it; items differ in size",
        "cost ÷ finished items",
        "reporting currency",
        "ValueStreams",
    ),
    Term(
        "other, OTHER",
        "Cells of fewer than five people, with the next smallest beside them, so "
        "that totals do not reveal them",
        "-",
        "-",
        "Investment",
    ),
)


def investment_workbook(facts: Facts) -> Workbook:
    """Describe the workbook."""
    found = headlines(facts)
    sheets = (
        summary(facts),
        investment(facts),
        value_streams(facts),
        assumptions(facts, "4"),
        ipe(facts, "5"),
        checks_sheet(facts, "6", _checks(), found),
        glossary(TERMS, "7"),
    )
    return Workbook(
        "investment",
        f"{TITLE} {facts.stamp.month}",
        f"Period {facts.stamp.month}",
        facts.stamp,
        (cover(facts, TITLE, sheets, found), *sheets),
        link_hosts=frozenset(facts.rows("rpt_shared__link_hosts").texts("host")),
    )


def _checks() -> tuple[Check, ...]:
    return (
        Check(
            "STREAM-COST",
            "Investment",
            "cost on ValueStreams = Investment",
            Total(STREAMS, "cost"),
            Total(INVESTMENT, "cost"),
            "ValueStreams",
        ),
        Check(
            "STREAM-HOURS",
            "Investment",
            "hours on ValueStreams = Investment",
            Total(STREAMS, "hours"),
            Total(INVESTMENT, "hours"),
            "ValueStreams",
        ),
        Check(
            "CATEGORY-COST",
            "Investment",
            "cost by category = headline on Summary",
            Total(CATEGORIES, "cost"),
            Named("out_cost"),
            "Investment",
        ),
    )

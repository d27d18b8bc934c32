"""The AI workbook: its sheets in reading order."""

from __future__ import annotations

from reports.formulas import CrossRef, Total
from reports.spec import Workbook
from reports.workbooks.ai_roi.adoption import ADOPTION, TOOLS, adoption
from reports.workbooks.ai_roi.spend import INVOICES, MONTHS, headlines, spend
from reports.workbooks.shared.assumptions import assumptions
from reports.workbooks.shared.checks import Check, checks_sheet
from reports.workbooks.shared.cover import cover
from reports.workbooks.shared.facts import Facts
from reports.workbooks.shared.glossary import Term, glossary
from reports.workbooks.shared.ipe import ipe

TITLE = "AI tools: spend and adoption"

TERMS = (
    Term("Active", "A person with use of the tool in the month", "-", "count", "fct_ai_adoption"),
    Term(
        "Light, moderate, heavy",
        "Days with use in the last 28 days of the month: light 1 to 5, moderate 6 to 14, "
        "heavy 15 and more; none is no use",
        "days with use",
        "count",
        "fct_ai_adoption",
    ),
    Term(
        "Idle seats",
        "Seats paid for that nobody used",
        "(bought − active) × cost of a seat",
        "reporting currency",
        "Spend",
    ),
    Term(
        "Hidden, small teams together",
        "Counts of one to four are hidden and the next smallest beside them; teams of fewer than "
        "five people stand together with the next smallest: so totals do not reveal them",
        "-",
        "-",
        "Adoption",
    ),
)


def ai_roi_workbook(facts: Facts) -> Workbook:
    """Describe the workbook."""
    found = headlines(facts)
    sheets = (
        spend(facts),
        adoption(facts),
        assumptions(facts, "3"),
        ipe(facts, "4"),
        checks_sheet(facts, "5", _checks(facts), found),
        glossary(TERMS, "6"),
    )
    return Workbook(
        "ai_roi",
        f"{TITLE} {facts.stamp.month}",
        f"Period {facts.stamp.month}",
        facts.stamp,
        (cover(facts, TITLE, sheets, found), *sheets),
        link_hosts=frozenset(facts.rows("rpt_shared__link_hosts").texts("host")),
    )


def _checks(facts: Facts) -> tuple[Check, ...]:
    this = facts.stamp.month
    return (
        Check(
            "AI-INVOICES",
            "Spend",
            "spend of the month = invoices",
            CrossRef(MONTHS, "total", this),
            Total(INVOICES, "invoiced"),
            "Spend",
        ),
        Check(
            "AI-VENDORS",
            "Spend",
            "spend of the month by vendor = by month",
            Total(INVOICES, "shown"),
            CrossRef(MONTHS, "total", this),
            "Spend",
        ),
        Check(
            "AI-PEOPLE",
            "Adoption",
            "people by team = people by tool",
            Total(ADOPTION, "people"),
            Total(TOOLS, "people"),
            "Adoption",
        ),
    )

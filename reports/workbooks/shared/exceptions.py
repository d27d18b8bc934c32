"""Exceptions: what a person should look at, with the amount at stake and room to decide."""

from __future__ import annotations

from reports.formulas import Const, Difference, Here, Named, Span, SumIfs, Total
from reports.spec import Formula, Sheet, Table, Unit
from reports.workbooks.shared.columns import calculated, entry, fact, filled, linked, text
from reports.workbooks.shared.facts import Facts

EXCEPTIONS = "tbl_exceptions"
DECISIONS = ("accept", "reclass", "defer", "reject")


def exceptions(facts: Facts, index: str) -> Sheet:
    """Describe the sheet."""
    rows = facts.rows("rpt_finance__exceptions").sorted_by("severity", "rule", "exception_id")
    count = len(rows)
    table = Table(
        EXCEPTIONS,
        (
            linked(
                "exception", "Exception", rows.texts("exception_id"), rows.texts("evidence_url")
            ),
            text("rule", "Rule", rows.texts("rule")),
            text("severity", "Severity", rows.texts("severity"), width=10),
            text("component", "Component", rows.texts("component_id")),
            text("person", "Person", rows.texts("person_id")),
            text("what", "What", rows.texts("description"), width=56),
            fact(
                "amount",
                f"Amount at stake ({facts.currency})",
                Unit.MONEY,
                rows.amounts("amount"),
                is_totalled=True,
            ),
            fact("opened", "Since", Unit.DATE, rows.dates("opened_date"), width=12),
            calculated(
                "age", "Age (days)", Unit.COUNT, Difference(Named("nm_period_end"), Here("opened"))
            ),
            text("proposed", "Proposed treatment", rows.texts("proposed_treatment"), width=30),
            entry("decision", "Decision", count, DECISIONS, width=12),
            entry("decided_by", "Decided by", count),
            entry("decided_on", "Date", count, width=12),
            entry("comment", "Comment", count, width=30),
        ),
        count,
        total_label="Total",
        is_total_above=True,
    )
    return Sheet(
        "Exceptions",
        "Exceptions",
        index,
        "Review queue: amount at stake, proposed treatment, room for a decision",
        (filled(table),),
        frozen_columns=1,
        paper=8,
    )


def undecided() -> Formula:
    """Add the amounts that no decision stands beside yet."""
    any_word = ((Span(EXCEPTIONS, "decision"), Const("?*")),)
    return Difference(Total(EXCEPTIONS, "amount"), SumIfs(Span(EXCEPTIONS, "amount"), any_word))

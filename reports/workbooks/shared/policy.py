"""Policy: the policy in force, paragraph by paragraph."""

from __future__ import annotations

from reports.spec import Sheet, Table, Unit
from reports.workbooks.shared.columns import fact, filled, text
from reports.workbooks.shared.facts import Facts

POLICIES = "tbl_policies"
PARAGRAPHS = "tbl_policy_paragraphs"


def policy(facts: Facts, index: str) -> Sheet:
    """Describe the sheet."""
    return Sheet(
        "Policy",
        "Capitalisation policy",
        index,
        "The policy in force, its approval, and its paragraphs",
        (filled(_policies(facts)), filled(_paragraphs(facts))),
        is_header_frozen=False,
    )


def _policies(facts: Facts) -> Table:
    rows = facts.rows("rpt_shared__policies").sorted_by("policy_id")
    return Table(
        POLICIES,
        (
            text("policy", "Policy", rows.texts("policy_id")),
            text("entities", "Entities", rows.texts("entities"), width=16),
            text("framework", "Framework", rows.texts("framework"), width=60),
            fact("version", "Version", Unit.INTEGER, rows.integers("policy_version")),
            text("status", "State", rows.texts("status")),
            text("approver", "Approved by", rows.texts("approved_by")),
            fact("approved", "Approved on", Unit.DATE, rows.dates("approved_on"), width=12),
            fact("effective", "Effective from", Unit.DATE, rows.dates("effective_from"), width=12),
        ),
        len(rows),
    )


def _paragraphs(facts: Facts) -> Table:
    rows = facts.rows("rpt_shared__policy_paragraphs").sorted_by("policy_id", "paragraph_order")
    return Table(
        PARAGRAPHS,
        (
            text("policy", "Policy", rows.texts("policy_id")),
            text("title", "Paragraph", rows.texts("title"), width=24),
            text("text", "Text", rows.texts("text"), width=60),
        ),
        len(rows),
        "Paragraphs",
    )

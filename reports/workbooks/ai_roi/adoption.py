"""Adoption: seats, active people and how much they use, by team and tool; small cells merged."""

from __future__ import annotations

from reports.formulas import Here, Plus, Ratio
from reports.spec import Sheet, Table, Unit
from reports.workbooks.shared.columns import calculated, fact, filled, text
from reports.workbooks.shared.facts import Facts

ADOPTION = "tbl_adoption"
DOSES = ("none", "light", "moderate", "heavy")


def adoption(facts: Facts) -> Sheet:
    """Describe the sheet."""
    rows = facts.rows("rpt_ai_roi__adoption").sorted_by("tool", "team")
    cohort = Plus(tuple(Here(dose) for dose in DOSES))
    columns = (
        text("team", "Team", rows.texts("team")),
        text("tool", "Tool", rows.texts("tool")),
        fact(
            "people", "People (count)", Unit.COUNT, rows.integers("person_count"), is_totalled=True
        ),
        fact("seats", "Seats (count)", Unit.COUNT, rows.integers("seat_count"), is_totalled=True),
        fact(
            "active", "Active (count)", Unit.COUNT, rows.integers("active_count"), is_totalled=True
        ),
        calculated(
            "active_share",
            "Active of seats (%)",
            Unit.RATIO,
            Ratio(Here("active"), Here("seats")),
            total=Ratio(Here("active"), Here("seats")),
        ),
        *(
            fact(
                dose,
                f"{dose.title()} use (count)",
                Unit.COUNT,
                rows.integers(f"dose_{dose}_count"),
                is_totalled=True,
            )
            for dose in DOSES
        ),
        calculated("cohort", "All cohorts (count)", Unit.COUNT, cohort, is_totalled=True),
        text(
            "note",
            "Note",
            ["small teams together" if flag == "True" else "" for flag in rows.texts("is_merged")],
            width=22,
        ),
    )
    return Sheet(
        "Adoption",
        "AI adoption",
        "2",
        "Seats, active people and intensity by team and tool; teams under five stand together",
        (filled(Table(ADOPTION, columns, len(rows), total_label="Total")),),
        frozen_columns=2,
    )

"""Adoption: seats and active people by tool and by team; small counts are hidden, not rounded."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reports.formulas import Here, Ratio
from reports.spec import Column, Formula, Kind, Sheet, Table, Unit, Value
from reports.workbooks.shared.columns import fact, filled, text
from reports.workbooks.shared.facts import Facts

ADOPTION = "tbl_adoption"
TOOLS = "tbl_adoption_tools"
DOSES = ("none", "light", "moderate", "heavy")
HIDDEN = "hidden"


def adoption(facts: Facts) -> Sheet:
    """Describe the sheet: all teams by tool, then team by team."""
    return Sheet(
        "Adoption",
        "AI adoption",
        "2",
        "Seats, active people and intensity by tool and team; counts under five are hidden",
        (_tools(facts), _teams(facts)),
        frozen_columns=1,
        is_header_frozen=False,
    )


def _tools(facts: Facts) -> Table:
    rows = facts.rows("rpt_ai_roi__adoption_tools").sorted_by("tool")
    columns = (
        text("tool", "Tool", rows.texts("tool")),
        fact("people", "People (count)", Unit.COUNT, rows.integers("person_count"),
             is_totalled=True),
        *_seats(rows.optional_amounts("seat_count", 0), rows.optional_amounts("active_count", 0)),
        *(
            _shown(dose, f"{label} use (count)", rows.optional_amounts(f"dose_{dose}_count", 0))
            for dose, label in zip(DOSES, ("No", "Light", "Moderate", "Heavy"), strict=True)
        ),
    )  # fmt: skip
    return filled(Table(TOOLS, columns, len(rows), "All teams by tool", total_label="Total"))


def _teams(facts: Facts) -> Table:
    rows = facts.rows("rpt_ai_roi__adoption").sorted_by("tool", "team")
    merged = ["small teams together" if flag == "True" else "" for flag in rows.texts("is_merged")]
    columns = (
        text("team", "Team", rows.texts("team")),
        text("tool", "Tool", rows.texts("tool")),
        fact("people", "People (count)", Unit.COUNT, rows.integers("person_count"),
             is_totalled=True),
        *_seats(rows.optional_amounts("seat_count", 0), rows.optional_amounts("active_count", 0)),
        text("note", "Note", merged, width=22),
    )  # fmt: skip
    note = (
        "Counts of one to four are hidden, and the next smallest beside them, so that the sum by "
        "tool does not reveal them."
    )
    return filled(Table(ADOPTION, columns, len(rows), "By team", total_label="Total", note=note))


def _shown(key: str, header: str, counts: Sequence[Decimal | None]) -> Column:
    """Describe a column of counts in which a missing one says that it is hidden."""
    values: list[Value | Formula] = [HIDDEN if count is None else count for count in counts]
    return fact(key, header, Unit.COUNT, values)


def _seats(
    seats: Sequence[Decimal | None], active: Sequence[Decimal | None]
) -> tuple[Column, Column, Column]:
    ratios: list[Value | Formula] = [
        HIDDEN if seat is None or used is None else Ratio(Here("active"), Here("seats"))
        for seat, used in zip(seats, active, strict=True)
    ]
    return (
        _shown("seats", "Seats (count)", seats),
        _shown("active", "Active (count)", active),
        Column("share", "Active of seats (%)", Unit.RATIO, tuple(ratios), kind=Kind.CALCULATED),
    )

"""Adoption: the funnel by tool and team, idle seats, coverage, and changes marked as AI's."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reports.formats import PALETTE
from reports.formulas import Here, Ratio, Total
from reports.spec import Chart, Column, Formula, Kind, Prose, Series, Sheet, Table, Unit, Value
from reports.workbooks.shared.columns import calculated, fact, filled, text
from reports.workbooks.shared.facts import Facts, Rows

ADOPTION = "tbl_adoption"
TOOLS = "tbl_adoption_tools"
MARKS = "tbl_marks"
DOSES = ("none", "light", "moderate", "heavy")
HIDDEN = "hidden"
READING = (
    "Coverage under 80 %: use is not fully reported, active people are a lower bound.",
    "Gini: 0 where all use a tool alike, near 1 where few do.",
    "Seats are hidden where those idle or not reported are one to four: the rest would tell them.",
)


def adoption(facts: Facts, index: str) -> Sheet:
    """Describe the sheet: all teams by tool, team by team, then marked changes."""
    tools, teams, marks = _tools(facts), _teams(facts), _marks(facts)
    return Sheet(
        "Adoption",
        "AI adoption",
        index,
        "Seats, people and intensity by tool and team; changes marked as AI's, a lower bound",
        (tools, teams, marks, Prose(READING, "How to read this sheet")),
        charts=(_chart(facts, tools.length + teams.length + marks.length + len(READING) + 21),),
        frozen_columns=1,
        is_header_frozen=False,
        paper=8,
    )


def _tools(facts: Facts) -> Table:
    rows = facts.rows("rpt_ai_roi__adoption_tools").sorted_by("tool")
    columns = (
        text("tool", "Tool", rows.texts("tool")),
        fact("people", "People (count)", Unit.COUNT, rows.integers("person_count"),
             is_totalled=True),
        *_seats(rows),
        counted(rows, "weekly", "Active in the last week (count)", "weekly_active_count"),
        counted(rows, "idle", "Idle seats (count)", "idle_seat_count"),
        counted(rows, "reported", "Seats that report (count)", "reported_seat_count"),
        _ratio(rows, "coverage", "Coverage (%)", "reported", "reported_seat_count"),
        *(
            counted(rows, dose, f"{label} use (count)", f"dose_{dose}_count")
            for dose, label in zip(DOSES, ("No", "Light", "Moderate", "Heavy"), strict=True)
        ),
        fact("gini", "Inequality of use, Gini (0 to 1)", Unit.FTE,
             [HIDDEN if gini is None else gini for gini in rows.optional_amounts("use_gini", 3)]),
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
        *_seats(rows),
        counted(rows, "weekly", "Active in the last week (count)", "weekly_active_count"),
        counted(rows, "heavy", "Heavy use (count)", "dose_heavy_count"),
        counted(rows, "idle", "Idle seats (count)", "idle_seat_count"),
        text("note", "Note", merged, width=22),
    )  # fmt: skip
    note = (
        "Counts of one to four are hidden, and the next smallest beside them, so that the sum by "
        "tool does not reveal them."
    )
    return filled(Table(ADOPTION, columns, len(rows), "By team", total_label="Total", note=note))


def _marks(facts: Facts) -> Table:
    rows = facts.rows("rpt_ai_roi__marks").sorted_by("month_key")
    columns = (
        text("month", "Month", rows.texts("month_key")),
        fact("merged", "Merged changes (count)", Unit.COUNT, rows.integers("merged_count"),
             is_totalled=True),
        fact("marked", "marked as AI's (count)", Unit.COUNT, rows.integers("marked_count"),
             is_totalled=True),
        fact("agents", "opened by agents (count)", Unit.COUNT, rows.integers("agent_count"),
             is_totalled=True),
        calculated("marked_share", "Marked, at least (%)", Unit.RATIO,
                   Ratio(Here("marked"), Here("merged")),
                   total=Ratio(Total(MARKS, "marked"), Total(MARKS, "merged"))),
        calculated("agent_share", "By agents (%)", Unit.RATIO,
                   Ratio(Here("agents"), Here("merged")),
                   total=Ratio(Total(MARKS, "agents"), Total(MARKS, "merged"))),
        fact("bots", "Other automation, left out (count)", Unit.COUNT, rows.integers("bot_count"),
             is_totalled=True),
    )  # fmt: skip
    return filled(
        Table(
            MARKS,
            columns,
            len(rows),
            "Changes with a mark of AI, by month of the merge",
            total_label="Total",
            note="A lower bound: a change without a mark is not proven to be a person's alone.",
        )
    )


def counted(rows: Rows, key: str, header: str, column: str) -> Column:
    """Describe a column of counts in which a missing one says that it is hidden."""
    counts = rows.optional_amounts(column, 0)
    values: list[Value | Formula] = [HIDDEN if count is None else count for count in counts]
    return fact(key, header, Unit.COUNT, values)


def _ratio(rows: Rows, key: str, header: str, part: str, column: str) -> Column:
    """Describe a share of the seats, hidden where one of its sides is."""
    seats, parts = rows.optional_amounts("seat_count", 0), rows.optional_amounts(column, 0)
    return Column(key, header, Unit.RATIO, _shares(seats, parts, part), kind=Kind.CALCULATED)


def _shares(
    seats: Sequence[Decimal | None], parts: Sequence[Decimal | None], part: str
) -> tuple[Value | Formula, ...]:
    return tuple(
        HIDDEN if seat is None or used is None else Ratio(Here(part), Here("seats"))
        for seat, used in zip(seats, parts, strict=True)
    )


def _seats(rows: Rows) -> tuple[Column, Column, Column]:
    return (
        counted(rows, "seats", "Seats (count)", "seat_count"),
        counted(rows, "active", "Active (count)", "active_count"),
        _ratio(rows, "share", "Active of seats (%)", "active", "active_count"),
    )


_FUNNEL = (
    ("seats", "seat_count", "Seats", PALETTE[6]),
    ("active", "active_count", "Active in the month", PALETTE[1]),
    ("weekly", "weekly_active_count", "Active in the last week", PALETTE[2]),
    ("heavy", "dose_heavy_count", "Heavy use", PALETTE[0]),
)


def _chart(facts: Facts, top: int) -> Chart:
    """Draw the steps of the funnel of which any tool shows a number."""
    rows = facts.rows("rpt_ai_roi__adoption_tools")
    shown = tuple(
        Series(key, title, colour)
        for key, column, title, colour in _FUNNEL
        if any(count is not None for count in rows.optional_amounts(column, 0))
    )
    return Chart(
        "bar",
        TOOLS,
        "tool",
        shown,
        "From a seat to use",
        "Bars by tool: seats, people active in the month, in the last week, and heavy users",
        "People (count)",
        "Tool",
        (top, 0),
        (760, 320),
    )

"""Unattributed: time that no evidence of a person's own explains, and what is missing."""

from __future__ import annotations

from reports.formats import PALETTE
from reports.formulas import Here, Plus, Ratio, Span, SumIfs
from reports.spec import HEADER_ROW, Chart, Series, Sheet, Table, Unit
from reports.workbooks.finance.names import UNATTRIBUTED
from reports.workbooks.shared.columns import calculated, fact, filled, text
from reports.workbooks.shared.facts import Facts

TEAMS = "tbl_unattributed_teams"
CHART_ROWS = 17


def unattributed(facts: Facts) -> Sheet:
    """Describe the sheet."""
    teams = filled(_teams(facts))
    row = HEADER_ROW + teams.length + 3
    return Sheet(
        "Unattributed",
        "Unattributed",
        "C6",
        "Time without evidence of the person's own, always expensed: whose, why, and what it cost",
        (teams, filled(_persons(facts))),
        charts=(_chart(row),),
        is_header_frozen=False,
        gap_rows=CHART_ROWS,
    )


def _teams(facts: Facts) -> Table:
    teams = [name for (name,) in facts.rows("rpt_finance__unattributed").distinct("team")]
    columns = (
        text("team", "Team", teams, width=18),
        *(
            calculated(key, header, unit, _of_team(key), is_totalled=True)
            for key, header, unit in (
                ("mix", "On the team's mix (h)", Unit.HOURS),
                ("nothing", "On nothing (h)", Unit.HOURS),
                ("amount", f"Cost ({facts.currency})", Unit.MONEY),
            )
        ),
    )
    return Table(TEAMS, columns, len(teams), total_label="Total")


def _of_team(column: str) -> SumIfs:
    return SumIfs(Span(UNATTRIBUTED, column), ((Span(UNATTRIBUTED, "team"), Here("team")),))


def _persons(facts: Facts) -> Table:
    rows = facts.rows("rpt_finance__unattributed").sorted_by("team", "person_id")
    explained = Ratio(Plus((Here("mix"), Here("nothing"))), Here("worked"))
    columns = (
        text("person", "Person", rows.texts("person_id"), width=18),
        text("team", "Team", rows.texts("team"), width=18),
        text("role_class", "Role class", rows.texts("role_class")),
        fact("worked", "Worked (h)", Unit.HOURS, rows.hours("worked_minutes"), is_totalled=True),
        fact(
            "mix",
            "On the team's mix, T5 (h)",
            Unit.HOURS,
            rows.hours("team_mix_minutes"),
            is_totalled=True,
        ),
        fact(
            "nothing",
            "On nothing, T6 (h)",
            Unit.HOURS,
            rows.hours("unattributed_minutes"),
            is_totalled=True,
        ),
        calculated("share", "Of the month (%)", Unit.RATIO, explained, total=explained),
        fact("days", "Days (count)", Unit.COUNT, rows.integers("day_count")),
        fact("acts", "Acts in the month (count)", Unit.COUNT, rows.integers("act_count")),
        fact(
            "amount",
            f"Cost ({facts.currency})",
            Unit.MONEY,
            rows.amounts("amount"),
            is_totalled=True,
        ),
        text("reason", "What is missing", rows.texts("reason"), width=42),
        text("remedy", "What to do", rows.texts("remedy"), width=42),
    )
    return Table(UNATTRIBUTED, columns, len(rows), "By person", total_label="Total")


def _chart(row: int) -> Chart:
    return Chart(
        "stacked",
        TEAMS,
        "team",
        (
            Series("mix", "Team's mix (T5)", PALETTE[1]),
            Series("nothing", "Nothing (T6)", PALETTE[5]),
        ),
        "Hours without evidence of the person's own",
        "Columns of hours by team: on the team's mix, and on nothing",
        "Hours (h)",
        "Team",
        (row, 0),
    )

"""Input tables of what people say: surveys, and the map that a workshop drew."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from capstream.sample.chance import hex_id, stream
from capstream.sample.files import Row, write_csv
from capstream.sample.world import World

_ITEMS = (
    ("FLOW", "How often did you reach a state of focus last week?", "own", 1, 5, "flow"),
    ("FRICTION", "How often did your tools stand in your way?", "own", 1, 5, "friction"),
    ("CONFIDENCE", "How sure are you that a change will work in production?", "own", 1, 5, "trust"),
    ("EXHAUSTION", "How often do you feel worn out by your work?", "own", 1, 5, "burnout"),
    ("RECOMMEND", "How likely are you to recommend working here?", "own", 0, 10, "loyalty"),
)
_WAVES = (date(2025, 12, 8), date(2026, 5, 11), date(2026, 10, 12))
_ANSWER_SHARE = 0.8
# step, owner, work hours, wait hours, complete and accurate; now and in the future
_CURRENT = (
    ("Ready", "Product", "0", "46", "0.85"),
    ("Dev", "Engineering", "24", "6", "0.80"),
    ("Review", "Engineering", "1.5", "9", "0.90"),
    ("Test", "Test", "3", "7", "0.92"),
    ("Deploy", "Engineering", "0.3", "14", "0.95"),
)
_FUTURE = (
    ("Ready", "Product", "0", "24", "0.92"),
    ("Dev", "Engineering", "22", "5", "0.85"),
    ("Review", "Engineering", "1.5", "3", "0.90"),
    ("Test", "Test", "2", "4", "0.94"),
    ("Deploy", "Engineering", "0.3", "4", "0.97"),
)
_IMPROVEMENTS = (
    ("IMP-1", "checkout", "Review", "wait", "-0.6", "Checkout lead", "2026-11-30", "hours waited"),
    ("IMP-2", "checkout", "Deploy", "wait", "-0.7", "Platform lead", "2026-12-18", "hours waited"),
    (
        "IMP-3", "checkout", "Dev", "complete_accurate", "0.85", "Product", "2027-01-29",
        "items that came back",
    ),
)  # fmt: skip


def write_survey_tables(world: World, folder: Path) -> None:
    """Write survey_items, survey_responses, workshop_maps and improvements."""
    columns = "item,text,instrument,scale_min,scale_max,dimension"
    write_csv(folder / "survey_items.csv", columns, _ITEMS)
    columns = "wave,respondent,team,item,score,answered_on"
    write_csv(folder / "survey_responses.csv", columns, _responses(world))
    maps = [
        ("checkout", "1", state, order, *step, "", "2026-10-06")
        for state, steps in (("current", _CURRENT), ("future", _FUTURE))
        for order, step in enumerate(steps, start=1)
    ]
    columns = (
        "value_stream_id,version,state,step_order,step,owner,work_hours,wait_hours,"
        "complete_accurate,note,mapped_on"
    )
    write_csv(folder / "workshop_maps.csv", columns, maps)
    columns = "improvement_id,value_stream_id,step,lever,change,owner,due,measure,target"
    plan = [(*improvement, "") for improvement in _IMPROVEMENTS]
    write_csv(folder / "improvements.csv", columns, plan)


def _responses(world: World) -> list[Row]:
    rows: list[Row] = []
    for day in (wave for wave in _WAVES if wave <= world.last_day - timedelta(days=10)):
        for person in world.people:
            chance = stream(world.seed, "survey", day, person.person_id)
            spell = person.spell(day)
            if not spell.covers(day) or chance.random() > _ANSWER_SHARE:
                continue
            respondent = hex_id(world.seed, "respondent", person.person_id, length=10)
            answered = day + timedelta(days=chance.randrange(9))
            for name, _, _, low, high, _ in _ITEMS:
                score = min(high, max(low, round(chance.gauss(low + 0.65 * (high - low), 1))))
                rows.append((f"{day:%Y-%m}", respondent, spell.team.name, name, score, answered))
    return rows

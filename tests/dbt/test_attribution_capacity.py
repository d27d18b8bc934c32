"""Capacity comes first: calendars, patterns, spells and leave (attribution 1; rulings 2 and 11)."""

from __future__ import annotations

import pytest

from tests.dbt.harness import rows_of
from tests.dbt.ledger_world import World

MONDAY, FRIDAY, SATURDAY = "2026-03-02", "2026-03-06", "2026-03-07"


def minutes(world: World, person: str = "ada") -> dict[str, tuple[int, int]]:
    """Work and leave minutes by day, days without either left out."""
    rows = rows_of(
        world.run("fct_effort_days"),
        "select cast(work_date as varchar), sum(case when evidence_tier = 'L' then 0 else minutes"
        " end), sum(case when evidence_tier = 'L' then minutes else 0 end) from fct_effort_days"
        f" where person_id = '{person}' group by work_date",
    )
    return {day: (int(work), int(leave)) for day, work, leave in rows}


@pytest.fixture
def world() -> World:
    return World()


def test_a_full_day_has_the_hours_of_the_company(world: World):
    world.person("ada")
    days = minutes(world)
    assert days[MONDAY] == (480, 0)
    assert SATURDAY not in days
    assert len(days) == 22


@pytest.mark.parametrize(("fte", "work"), [("0.75", 360), ("0.33", 158), ("0.3334375", 160)])
def test_part_time_is_spread_evenly_and_rounded_half_up_once(world: World, fte: str, work: int):
    world.person("ada", fte=fte)
    assert minutes(world)[MONDAY] == (work, 0)


def test_a_weekday_pattern_stands_as_it_is(world: World):
    hours = {f"hours_{day}": value for day, value in enumerate((8, 8, 8, 4, 0, 2, 0), 1)}
    world.person("ada", fte="0.5", **hours)
    days = minutes(world)
    assert days["2026-03-05"] == (240, 0)
    assert FRIDAY not in days
    assert days[SATURDAY] == (120, 0)


@pytest.mark.parametrize("kind", ["holiday", "closure"])
def test_holidays_and_closures_of_the_own_calendar_are_paid_leave(world: World, kind: str):
    world.person("ada")
    world.person("bea", calendar="DE-BY")
    world.holiday(MONDAY, kind)
    world.holiday(SATURDAY, kind)
    assert minutes(world)[MONDAY] == (0, 480)
    assert SATURDAY not in minutes(world)
    assert minutes(world, "bea")[MONDAY] == (480, 0)


def test_a_day_that_is_holiday_and_closure_is_one_day(world: World):
    world.person("ada")
    world.holiday(MONDAY, "holiday")
    world.holiday(MONDAY, "closure")
    world.off("ada", MONDAY, MONDAY)
    assert minutes(world)[MONDAY] == (0, 480)


def test_half_a_day_off_leaves_half_a_day(world: World):
    world.person("ada", fte="0.33")
    world.off("ada", MONDAY, MONDAY, "0.5")
    assert minutes(world)[MONDAY] == (79, 79)


def test_overlapping_leave_is_capped_at_one_day_paid_first(world: World):
    world.person("ada")
    world.off("ada", MONDAY, MONDAY, "0.75")
    world.off("ada", MONDAY, MONDAY, "0.75", kind="unpaid")
    assert minutes(world)[MONDAY] == (0, 360)


def test_unpaid_leave_has_no_minutes(world: World):
    world.person("ada")
    world.off("ada", MONDAY, SATURDAY, kind="unpaid")
    assert MONDAY not in minutes(world)


def test_joins_and_leaves_in_mid_month(world: World):
    world.person("ada", start="2026-03-10", end="2026-03-17")
    assert sorted(minutes(world)) == [
        "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13", "2026-03-16", "2026-03-17",
    ]  # fmt: skip


def test_each_spell_has_its_own_hours_and_cost_center(world: World):
    world.person("ada", end="2026-03-02", cost_center="OLD")
    world.person("ada", start="2026-03-03", fte="0.5", cost_center="NEW")
    assert (minutes(world)[MONDAY], minutes(world)["2026-03-03"]) == ((480, 0), (240, 0))
    assert world.column("cost_center", MONDAY) == "OLD"
    assert world.column("cost_center", "2026-03-03") == "NEW"


def test_agents_have_no_minutes(world: World):
    world.person("ada")
    world.person("robo", worker_type="agent", role_class="agent")
    assert minutes(world, "robo") == {}


def test_leap_day_and_the_days_of_clock_changes_are_days_like_others():
    world = World(months=("2028-02", "2028-03"))
    world.person("ada", timezone="America/New_York")
    world.item("CHK-1")
    world.commit("ada", "2028-02-29 23:30:00", "CHK-1")
    world.commit("ada", "2028-03-14 03:30:00", "CHK-1")  # 23:30 of the 13th, summer time
    ledger = world.effort()
    assert ledger["ada", "2028-02-29"] == {"CHK-1 T1": 480}
    assert ledger["ada", "2028-03-13"] == {"CHK-1 T1": 480}


def test_a_working_day_number_skips_leave(world: World):
    """Two weeks' leave: the day before it is one working day away from the day after it."""
    world.person("ada")
    world.item("CHK-1")
    world.commit("ada", "2026-03-06 10:00:00", "CHK-1")
    world.off("ada", "2026-03-09", "2026-03-20")
    ledger = world.effort()
    assert ledger["ada", "2026-03-23"] == {"CHK-1 T2": 480}
    assert ledger["ada", "2026-03-09"] == {"LEAVE L": 480}

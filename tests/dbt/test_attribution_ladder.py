"""The ladder, tier by tier, and how a day is handed down it (attribution 3; rulings 6 to 9)."""

from __future__ import annotations

import pytest

from tests.dbt.harness import rows_of
from tests.dbt.ledger_world import World

# Working days of March 2026 by number: D[1] is Monday the 2nd.
D = [""] + [
    f"2026-03-{day:02d}"
    for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 23, 24, 25, 26, 27, 30, 31)
]


@pytest.fixture
def world() -> World:
    world = World()
    world.person("ada")
    for key in ("CHK-1", "CHK-2", "CHK-3"):
        world.item(key)
    return world


def tiers(world: World, item: str, person: str = "ada") -> dict[str, str]:
    """The tier of an item by day."""
    return {
        day: what.split(" ")[1]
        for (who, day), minutes in world.effort().items()
        for what in minutes
        if who == person and what.startswith(f"{item} ")
    }


# T0


def test_a_worklog_fills_its_minutes_and_the_rest_goes_on(world: World):
    world.worklog("ada", "CHK-1", f"{D[5]} 10:00:00", 3 * 3600)
    world.commit("ada", f"{D[5]} 15:00:00", "CHK-2")
    assert world.effort()["ada", D[5]] == {"CHK-1 T0": 180, "CHK-2 T1": 300}


def test_seconds_become_minutes_of_the_day_by_largest_remainder(world: World):
    for key in ("CHK-1", "CHK-2", "CHK-3"):
        world.worklog("ada", key, f"{D[5]} 10:00:00", 50)
    filled = {
        what: minutes for what, minutes in world.effort()["ada", D[5]].items() if "T0" in what
    }
    assert filled == {"CHK-1 T0": 1, "CHK-2 T0": 1, "CHK-3 T0": 1}


def test_worklogs_above_capacity_are_scaled_down_and_flagged(world: World):
    world.worklog("ada", "CHK-1", f"{D[5]} 10:00:00", 9 * 3600)
    world.worklog("ada", "CHK-2", f"{D[5]} 10:00:00", 3 * 3600)
    assert world.effort()["ada", D[5]] == {"CHK-1 T0": 360, "CHK-2 T0": 120}
    check = "select left_value from int_checks__attribution where check_id = 'ATT-LONG-DAYS'"
    assert int(rows_of(world.run("int_checks__attribution"), check)[0][0]) == 1


def test_a_worklog_on_a_weekend_moves_with_its_minutes(world: World):
    world.worklog("ada", "CHK-1", "2026-03-07 10:00:00", 2 * 3600)
    assert world.effort()["ada", D[6]]["CHK-1 T0"] == 120


# T1 and T1b


def test_an_item_never_moved_but_worked_on_is_direct_evidence(world: World):
    world.commit("ada", f"{D[5]} 10:00:00", "CHK-1")
    assert world.effort()["ada", D[5]] == {"CHK-1 T1": 480}


def test_two_people_on_one_item(world: World):
    world.person("bea")
    for person in ("ada", "bea"):
        world.commit(person, f"{D[5]} 10:00:00", "CHK-1")
    ledger = world.effort()
    assert ledger["ada", D[5]] == ledger["bea", D[5]] == {"CHK-1 T1": 480}


def test_an_open_item_counts_on_the_day_it_is_touched_and_the_two_after(world: World):
    world.item("OPEN-1", assignee="ada", status="In Progress")
    world.comment("ada", "OPEN-1", f"{D[5]} 10:00:00")
    found = tiers(world, "OPEN-1")
    assert [found[day] for day in D[5:9]] == ["T1", "T1", "T1", "T2"]


def test_an_item_of_somebody_else_is_not_open_for_me(world: World):
    """A sub-task of another person: a comment on it is a comment, no more."""
    world.item("SUB-1", assignee="bea", status="In Progress", parent_key="CHK-1")
    world.comment("ada", "SUB-1", f"{D[5]} 10:00:00")
    assert world.effort()["ada", D[5]]["SUB-1 T1"] == 72


def test_an_item_open_over_a_month_end_counts_in_both_months():
    world = World(months=("2026-03", "2026-04"))
    world.person("ada")
    world.item("OPEN-1", assignee="ada", status="In Progress")
    world.comment("ada", "OPEN-1", "2026-03-31 10:00:00")
    found = tiers(world, "OPEN-1")
    assert [found[day] for day in ("2026-03-31", "2026-04-01", "2026-04-02", "2026-04-03")] == [
        "T1", "T1", "T1", "T2",
    ]  # fmt: skip


def test_code_without_a_link_is_lent_in_equal_parts_and_in_full(world: World):
    for key in ("OPEN-1", "OPEN-2"):
        world.item(key, assignee="ada", status="In Progress")
    world.commit("ada", f"{D[5]} 10:00:00", "CHK-1")
    world.commit("ada", f"{D[5]} 11:00:00", "no key")
    assert world.effort()["ada", D[5]] == {"CHK-1 T1": 240, "OPEN-1 T1b": 120, "OPEN-2 T1b": 120}


def test_lending_keeps_to_the_stream_of_the_repository_where_it_can(world: World):
    world.rule("project", "PAY", "pay")
    world.rule("project", "OPS", "ops")
    world.rule("repository", "org/app", "pay")
    for key in ("PAY-1", "OPS-1"):
        world.item(key, assignee="ada", status="In Progress")
    world.commit("ada", f"{D[5]} 10:00:00", "no key")
    world.commit("ada", f"{D[9]} 10:00:00", "no key", repository="org/else")
    ledger = world.effort()
    assert ledger["ada", D[5]] == {"PAY-1 T1b": 480}
    assert ledger["ada", D[9]] == {"OPS-1 T1b": 240, "PAY-1 T1b": 240}


def test_lending_falls_back_to_every_open_item(world: World):
    world.rule("project", "OPS", "ops")
    world.rule("repository", "org/app", "pay")
    world.item("OPS-1", assignee="ada", status="In Progress")
    world.commit("ada", f"{D[5]} 10:00:00", "no key")
    assert world.effort()["ada", D[5]] == {"OPS-1 T1b": 480}


def test_without_open_items_code_stays_with_its_repository_and_is_no_asset(world: World):
    world.rule("repository", "org/app", "pay", "PAY-CORE")
    world.commit("ada", f"{D[5]} 10:00:00", "no key")
    assert world.effort()["ada", D[5]] == {"REPO:org/app T1b": 480}
    assert world.column("value_stream_id", D[5]) == "pay"
    assert world.column("component_id", D[5]) == "NONE"


def test_strict_companies_never_lend(world: World):
    world.settings["unlinked_code"] = "repository_item"
    world.item("OPEN-1", assignee="ada", status="In Progress")
    world.commit("ada", f"{D[5]} 10:00:00", "no key")
    assert world.effort()["ada", D[5]] == {"REPO:org/app T1b": 480}


def test_code_is_lent_only_to_items_open_that_day(world: World):
    world.item("OPEN-1", assignee="ada", status="Done")
    world.change("OPEN-1", f"{D[1]} 09:00:00", "status", "To Do", "In Progress")
    world.change("OPEN-1", f"{D[5]} 09:00:00", "status", "In Progress", "Done")
    for day in (D[5], D[6]):
        world.commit("ada", f"{day} 10:00:00", "no key")
    ledger = world.effort()
    assert ledger["ada", D[5]] == {"OPEN-1 T1b": 480}
    assert ledger["ada", D[6]] == {"REPO:org/app T1b": 480}


def test_an_account_that_changes_hands_moves_its_open_items_too(world: World):
    world.person("bea")
    shared = {"source": "tracker", "account": "desk"}
    world.add("company.identities", **shared, person_id="ada", valid_to=D[5])
    world.add("company.identities", **shared, person_id="bea", valid_from=D[6])
    world.item("OPEN-1", assignee="desk", status="In Progress")
    for person in ("ada", "bea"):
        for day in (D[5], D[6]):
            world.commit(person, f"{day} 10:00:00", "no key")
    ledger = world.effort()
    assert (ledger["ada", D[5]], ledger["bea", D[5]]) == (
        {"OPEN-1 T1b": 480}, {"REPO:org/app T1b": 480},
    )  # fmt: skip
    assert (ledger["ada", D[6]], ledger["bea", D[6]]) == (
        {"REPO:org/app T1b": 480}, {"OPEN-1 T1b": 480},
    )  # fmt: skip


def test_a_weak_day_goes_on_down_the_ladder(world: World):
    world.comment("ada", "CHK-1", f"{D[5]} 10:00:00")
    world.commit("ada", f"{D[6]} 10:00:00", "CHK-2")
    assert world.effort()["ada", D[5]] == {"CHK-1 T1": 72, "CHK-2 T2": 408}


def test_weak_signals_add_up_over_items_to_at_most_a_day(world: World):
    for number in range(1, 9):
        world.item(f"REV-{number}")
        world.comment("ada", f"REV-{number}", f"{D[5]} 10:00:00")
    assert world.effort()["ada", D[5]] == {f"REV-{number} T1": 60 for number in range(1, 9)}


# T2


def test_the_nearest_evidence_weighs_twice_as_much_per_day(world: World):
    world.commit("ada", f"{D[5]} 10:00:00", "CHK-1")
    world.commit("ada", f"{D[8]} 10:00:00", "CHK-2")
    ledger = world.effort()
    assert ledger["ada", D[6]] == {"CHK-1 T2": 320, "CHK-2 T2": 160}
    assert ledger["ada", D[7]] == {"CHK-1 T2": 160, "CHK-2 T2": 320}


def test_evidence_is_near_for_three_working_days(world: World):
    world.commit("ada", f"{D[5]} 10:00:00", "CHK-1")
    found = tiers(world, "CHK-1")
    assert sorted(day for day, tier in found.items() if tier == "T2") == [*D[2:5], *D[6:9]]


def test_the_reach_of_near_evidence_is_configuration(world: World):
    world.settings["nearest_days"] = 1
    world.commit("ada", f"{D[5]} 10:00:00", "CHK-1")
    found = tiers(world, "CHK-1")
    assert sorted(day for day, tier in found.items() if tier == "T2") == [D[4], D[6]]


def test_every_day_in_range_counts_with_its_presence(world: World):
    world.commit("ada", f"{D[4]} 10:00:00", "CHK-1")
    world.commit("ada", f"{D[5]} 10:00:00", "CHK-1 CHK-2")
    # CHK-1: 1/2 + 1/2, CHK-2: 1/2.
    assert world.effort()["ada", D[6]] == {"CHK-1 T2": 320, "CHK-2 T2": 160}


def test_a_worklog_day_is_a_source_with_presence_one(world: World):
    world.worklog("ada", "CHK-1", f"{D[5]} 10:00:00", 60)
    world.comment("ada", "CHK-2", f"{D[5]} 10:00:00")
    ledger = world.effort()
    assert ledger["ada", D[6]] == {"CHK-1 T2": 417, "CHK-2 T2": 63}


def test_evidence_of_a_month_never_fills_days_of_an_earlier_one():
    world = World(months=("2026-03", "2026-04"))
    world.person("ada")
    world.item("CHK-1")
    world.commit("ada", "2026-04-01 10:00:00", "CHK-1")
    assert world.effort()["ada", "2026-03-31"] == {"UNATTRIBUTED T6": 480}


def test_the_first_month_looks_back_before_the_books(world: World):
    world.commit("ada", "2026-02-27 10:00:00", "CHK-1")
    assert world.effort()["ada", D[1]] == {"CHK-1 T2": 480}


# T3


def test_a_parked_item_fades_and_ends_after_fifteen_working_days(world: World):
    world.item("OPEN-1", assignee="ada", status="In Progress")
    world.comment("ada", "OPEN-1", f"{D[1]} 10:00:00")
    found = tiers(world, "OPEN-1")
    assert found[D[6]] == "T2"
    assert {found[day] for day in D[7:17]} == {"T3"}
    assert found.get(D[17]) == "T5"


def test_the_weight_halves_every_five_working_days(world: World):
    for key, at in (("OPEN-1", D[1]), ("OPEN-2", D[6])):
        world.item(key, assignee="ada", status="Done")
        world.change(key, f"{at} 09:00:00", "status", "To Do", "In Progress", by="ada")
    for key in ("OPEN-1", "OPEN-2"):
        world.change(key, f"{D[15]} 09:00:00", "status", "In Progress", "Done")
    assert world.effort()["ada", D[13]] == {"OPEN-1 T3": 160, "OPEN-2 T3": 320}


def test_an_item_never_touched_fades_from_its_assignment(world: World):
    world.item("OPEN-1", assignee="ada", status="In Progress")
    world.change("OPEN-1", f"{D[5]} 09:00:00", "assignee", None, "ada")
    found = tiers(world, "OPEN-1")
    assert D[4] not in {day for day, tier in found.items() if tier == "T3"}
    assert {found[day] for day in D[5:21]} == {"T3"}
    assert found[D[21]] == "T5"


def test_two_weeks_of_leave_with_an_item_in_progress(world: World):
    world.item("OPEN-1", assignee="ada", status="In Progress")
    world.comment("ada", "OPEN-1", f"{D[1]} 10:00:00")
    world.off("ada", D[4], D[13])
    ledger = world.effort()
    assert all(ledger["ada", day] == {"LEAVE L": 480} for day in D[4:14])
    assert ledger["ada", D[14]] == {"OPEN-1 T2": 480}


def test_a_status_outside_the_workflow_follows_its_category(world: World):
    world.item("OPEN-1", assignee="ada", status="Hacking", status_category="in_progress")
    world.commit("ada", f"{D[5]} 10:00:00", "no key")
    assert world.effort()["ada", D[5]] == {"OPEN-1 T1b": 480}


# T4


def test_declared_shares_are_absolute_and_the_rest_goes_on(world: World):
    world.declare("CORE", "0.25", person_id="ada", approved_by="Bo")
    assert world.effort()["ada", D[5]] == {"DECLARED:CORE T4": 120, "UNATTRIBUTED T6": 360}


def test_declarations_stand_behind_the_evidence_of_engineers(world: World):
    world.declare("CORE", 1, person_id="ada", approved_by="Bo")
    world.commit("ada", f"{D[5]} 10:00:00", "CHK-1")
    ledger = world.effort()
    assert ledger["ada", D[5]] == {"CHK-1 T1": 480}
    assert ledger["ada", D[6]] == {"CHK-1 T2": 480}
    assert ledger["ada", D[9]] == {"DECLARED:CORE T4": 480}


@pytest.mark.parametrize("role_class", ["manager", "designer"])
def test_declaring_roles_declare_before_their_signals(world: World, role_class: str):
    """A manager of eight, a designer without commits: their word first, then what they touched."""
    world.person("max", role_class=role_class)
    world.declare("CORE", "0.5", person_id="max", approved_by="Bo")
    world.worklog("max", "CHK-1", f"{D[5]} 10:00:00", 4 * 3600)
    world.commit("max", f"{D[5]} 10:00:00", "CHK-2")
    world.commit("max", f"{D[6]} 10:00:00", "CHK-2")
    ledger = world.effort()
    assert ledger["max", D[5]] == {"CHK-1 T0": 240, "DECLARED:CORE T4": 240}
    assert ledger["max", D[6]] == {"CHK-2 T1": 240, "DECLARED:CORE T4": 240}


def test_a_team_declares_for_its_members_beside_their_own(world: World):
    world.person("bea", team="Ops")
    world.declare("CORE", "0.5", team="Pay")
    world.declare("EDGE", "0.25", person_id="ada", approved_by="Bo")
    ledger = world.effort()
    assert ledger["ada", D[5]] == {
        "DECLARED:CORE T4": 240, "DECLARED:EDGE T4": 120, "UNATTRIBUTED T6": 120,
    }  # fmt: skip
    assert ledger["bea", D[5]] == {"UNATTRIBUTED T6": 480}
    approved = "select distinct work_item_key, is_approved from fct_effort_days"
    assert set(rows_of(world.run("fct_effort_days"), approved)) == {
        ("DECLARED:CORE", False), ("DECLARED:EDGE", True), ("UNATTRIBUTED", None),
    }  # fmt: skip


def test_a_declaration_carries_its_stream_and_component(world: World):
    world.declare("CORE", 1, person_id="ada")
    connection = world.run("fct_effort_days")
    columns = "select distinct value_stream_id, component_id from fct_effort_days"
    assert rows_of(connection, columns) == [("s", "CORE")]


def test_a_declaration_for_a_stream_names_the_stream(world: World):
    world.declare(None, 1, person_id="ada", value_stream_id="pay")
    assert world.effort()["ada", D[5]] == {"DECLARED:pay T4": 480}


# T5 and T6


def test_the_mix_of_team_and_role_class_fills_what_nothing_explains(world: World):
    world.person("bea")
    world.person("cleo", role_class="qa")
    world.person("dan", team="Ops")
    world.commit("bea", f"{D[5]} 10:00:00", "CHK-1 CHK-2")
    ledger = world.effort()
    assert ledger["ada", D[5]] == {"CHK-1 T5": 240, "CHK-2 T5": 240}
    assert ledger["bea", D[15]] == {"CHK-1 T5": 240, "CHK-2 T5": 240}
    assert ledger["cleo", D[5]] == ledger["dan", D[5]] == {"UNATTRIBUTED T6": 480}


def test_ties_go_to_the_first_key(world: World):
    world.person("bea", fte="0.0020834")  # one minute a day
    world.commit("bea", f"{D[5]} 10:00:00", "CHK-2 CHK-1")
    assert world.effort()["bea", D[5]] == {"CHK-1 T1": 1}

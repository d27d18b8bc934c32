"""Edge cases of attribution 7 by name, and repairs that the oracle asked for.

Cases that have a test of their own elsewhere (leave, hotfix, parked ticket, accounts, month ends,
clock changes) are not repeated.
"""

from __future__ import annotations

import pytest

from tests.dbt.harness import rows_of
from tests.dbt.ledger_world import World

MONDAY, TUESDAY = "2026-03-02", "2026-03-03"


@pytest.fixture
def world() -> World:
    world = World()
    world.person("ada")
    return world


def tiers(world: World, person: str = "ada") -> set[str]:
    """The tiers of a person's month."""
    ledger = world.effort()
    return {what.split(" ")[1] for (who, _), day in ledger.items() if who == person for what in day}


def test_a_designer_without_commits_is_seen_in_the_tracker(world: World):
    """No commit, no declaration: the items that she holds and moves fill her days."""
    world.person("dina", role_class="designer")
    world.item("UX-1", assignee="dina", status="In Progress")
    world.change("UX-1", f"{MONDAY} 09:00:00", "status", "To Do", "In Progress", by="dina")
    ledger = world.effort()
    assert ledger["dina", MONDAY] == {"UX-1 T1": 480}
    assert ledger["dina", "2026-03-05"] == {"UX-1 T2": 480}
    assert "T6" not in tiers(world, "dina")


def test_a_manager_of_eight_is_not_worth_eight_days(world: World):
    """A comment is 0.15 of a day; the rest follows the mix of managers, not that of the eight."""
    world.person("max", role_class="manager")
    for number in range(1, 9):
        world.person(f"dev{number}")
        world.item(f"CHK-{number}")
        world.commit(f"dev{number}", f"{MONDAY} 10:00:00", f"CHK-{number}")
        if number <= 3:
            world.comment("max", f"CHK-{number}", f"{MONDAY} 11:00:00")
    ledger = world.effort()
    assert ledger["max", MONDAY] == {
        "CHK-1 T1": 72, "CHK-2 T1": 72, "CHK-3 T1": 72, "CHK-1 T5": 88, "CHK-2 T5": 88,
        "CHK-3 T5": 88,
    }  # fmt: skip
    assert ledger["dev8", MONDAY] == {"CHK-8 T1": 480}


def test_a_sub_task_of_another_person_is_theirs(world: World):
    """Its owner's work does not reach the parent, nor the parent's owner the sub-task."""
    world.person("bea")
    world.item("CHK-1", assignee="ada", status="In Progress")
    world.item("SUB-1", assignee="bea", status="In Progress", parent_key="CHK-1")
    world.commit("bea", f"{MONDAY} 10:00:00", "SUB-1")
    world.commit("ada", f"{MONDAY} 10:00:00", "CHK-1")
    ledger = world.effort()
    assert ledger["bea", MONDAY] == {"SUB-1 T1": 480}
    assert ledger["ada", MONDAY] == {"CHK-1 T1": 480}


def test_a_sub_task_belongs_to_the_epic_of_its_item(world: World):
    world.item("CHK-90", item_type="Epic", parent_key="CHK-900")
    world.item("CHK-9", parent_key="CHK-90")
    world.item("CHK-1", item_type="Sub-task", parent_key="CHK-9")
    world.rule("initiative", "CHK-900", "far", "FAR")
    world.rule("epic", "CHK-90", "s", "C")
    world.commit("ada", f"{MONDAY} 10:00:00", "CHK-1")
    assert world.column("epic_key", MONDAY) == "CHK-90"
    assert world.column("value_stream_id", MONDAY) == "s"


def test_a_new_spell_is_no_new_assignment(world: World):
    """A parked item does not come alive again because its owner got another contract."""
    world.rows["company.people"].clear()
    world.person("ada", end="2026-03-15")
    world.person("ada", start="2026-03-16", fte="0.5", timezone="Europe/Berlin")
    world.item("OPEN-1", assignee="ada", status="In Progress")
    ledger = world.effort()
    assert ledger["ada", "2026-03-16"] == {"UNATTRIBUTED T6": 240}
    assert tiers(world) == {"T6"}


def test_the_last_day_of_the_month_ends_at_local_midnight(world: World):
    """13:30 on 31 March in Pago Pago is 1 April in UTC: assigned then, it is open that day."""
    world.person("zoe", timezone="Pacific/Pago_Pago", team="Far")
    world.item("CHK-1", assignee="zoe", status="In Progress")
    world.change("CHK-1", "2026-04-01 00:30:00", "assignee", None, "zoe")
    ledger = world.effort()
    assert ledger["zoe", "2026-03-31"] == {"CHK-1 T3": 480}


def test_merging_ones_own_pull_request_by_another_account_is_nothing(world: World):
    world.item("CHK-1")
    world.add("company.identities", source="forge", account="ada-admin", person_id="ada")
    opened, merged = "2026-01-05 10:00:00", f"{MONDAY} 10:00:00"
    world.pull("ada", 7, opened, "CHK-1", merged_at=merged, merged_by="ada-admin")
    assert world.effort()["ada", MONDAY] == {"UNATTRIBUTED T6": 480}


def test_lending_knows_streams_that_come_from_the_team(world: World):
    world.rule("repository", "org/app", "pay")
    world.rule("project", "OPS", "ops")
    world.rule("team", "Pay", "pay")
    for key in ("CHK-1", "OPS-1"):
        world.item(key, assignee="ada", status="In Progress")
    world.commit("ada", f"{MONDAY} 10:00:00", "no key")
    assert world.effort()["ada", MONDAY] == {"CHK-1 T1b": 480}


def test_states_after_the_data_as_of_are_not_known_yet(world: World):
    world.settings["as_of_at"] = f"{TUESDAY} 12:00:00"
    world.item("CHK-1", labels=["late"])
    world.change("CHK-1", "2026-03-04 09:00:00", "labels", "[]", '["late"]')
    world.rule("label", "late", "s")
    world.commit("ada", f"{TUESDAY} 10:00:00", "CHK-1")
    assert world.column("value_stream_id", "2026-03-05") == "NONE"


def test_links_after_the_data_as_of_are_not_known_yet(world: World):
    world.item("CHK-1")
    sha = world.commit("ada", f"{MONDAY} 10:00:00", "no key")
    world.pull("lead", 7, f"{TUESDAY} 10:00:00", "CHK-1", head_sha=sha)
    assert world.effort()["ada", MONDAY] == {"CHK-1 T1": 480}
    world.settings["as_of_at"] = f"{MONDAY} 12:00:00"
    assert world.effort()["ada", MONDAY] == {"REPO:org/app T1b": 480}


def test_ai_cost_of_two_spells_that_differ_by_entity_is_one_row(world: World):
    """The entity of a row of AI cost is the line's, so the spells' own entities do not part it."""
    world.entity("DE01", "USD")
    world.rows["company.people"].clear()
    world.person("ada", end="2026-03-15")
    world.person("ada", start="2026-03-16", entity="DE01")
    world.add(
        "company.ai_costs", cost_line_id="a", month="2026-03", vendor="v", tool="t", entity="US01",
        net_amount="22.00", currency="USD", charge_type="seat", price_basis="invoiced",
        person_id="ada",
    )  # fmt: skip
    rows = rows_of(
        world.run("fct_cost_allocations"),
        "select work_item_key, minutes, cast(amount as varchar) from fct_cost_allocations",
    )
    assert rows == [("UNATTRIBUTED", 22 * 480, "22.00")]

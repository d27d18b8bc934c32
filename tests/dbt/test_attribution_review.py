"""The relations for a review by exception: what changed, what is missing, which rule placed it."""

from __future__ import annotations

import pytest

from tests.dbt.harness import rows_of
from tests.dbt.ledger_world import World

MONDAY, TUESDAY = "2026-03-02", "2026-03-03"


@pytest.fixture
def world() -> World:
    world = World()
    world.person("ada")
    world.item("CHK-1", item_type="Bug", epic_key="CHK-100")
    world.item("CHK-2")
    world.commit("ada", f"{MONDAY} 10:00:00", "CHK-1")
    world.commit("ada", f"{TUESDAY} 10:00:00", "CHK-2")
    return world


def test_what_was_something_else_on_the_day_is_listed_with_its_minutes(world: World):
    """A story of 2 March is a bug from the 20th on: its days stay a story's, and that is shown."""
    world.change("CHK-1", "2026-03-20 09:00:00", "item_type", "Story", "Bug")
    world.change("CHK-1", "2026-03-20 09:00:00", "epic_key", None, "CHK-100")
    rows = rows_of(
        world.run("fct_state_differences"),
        "select work_item_key, field, value_on_day, value_at_close, person_count,"
        " cast(first_date as varchar) from fct_state_differences order by field",
    )
    assert rows == [
        ("CHK-1", "epic_key", "", "CHK-100", 1, MONDAY),
        ("CHK-1", "item_type", "Story", "Bug", 1, MONDAY),
    ]


def test_what_did_not_change_is_not_listed(world: World):
    world.change("CHK-1", "2026-04-02 09:00:00", "item_type", "Story", "Bug")
    assert rows_of(world.run("fct_state_differences"), "from fct_state_differences") == []


def test_time_without_evidence_says_what_is_missing(world: World):
    """Ben has no account; Cleo has one and did nothing; both work in Ada's team, by its mix."""
    world.person("cleo")
    world.person("ben")
    world.rows["company.identities"] = [
        row for row in world.rows["company.identities"] if row["person_id"] != "ben"
    ]
    world.item("CHK-3", assignee="cleo")
    world.pay("ben", "2200.00")
    rows = rows_of(
        world.run("rpt_finance__unattributed"),
        "select reason, team_mix_minutes, unattributed_minutes, day_count, cast(amount as varchar)"
        " from rpt_finance__unattributed where act_count = 0 order by reason",
    )
    whole = 22 * 480
    assert rows == [
        ("accounts, but no act of theirs in the month", whole, 0, 22, "0.00"),
        ("no account of a source is this person's", whole, 0, 22, "2200.00"),
    ]


def test_every_working_minute_has_the_rule_that_placed_it(world: World):
    world.rule("item", "CHK-1", "checkout", "WALLET")
    world.rule("label", "nobody", "checkout", valid_from="2026-03-01")
    rows = rows_of(
        world.run("rpt_finance__mapping"),
        "select rule_order, placed_by, rule_text, component_id, item_count, minutes"
        " from rpt_finance__mapping order by rule_order, placed_by",
    )
    assert [row[:5] for row in rows] == [
        (-1, "unmapped", "-", "NONE", 1),
        (1, "rule", "item CHK-1", "WALLET", 1),
        (2, "rule", "label nobody from 2026-03-01", "NONE", 0),
    ]
    assert [row[5] > 0 for row in rows] == [True, True, False]
    assert sum(row[5] for row in rows) == 22 * 480

"""Value stream and component as of the day, by levels and the order of the file (attribution 4)."""

from __future__ import annotations

import pytest

from tests.dbt.harness import rows_of
from tests.dbt.ledger_world import World

DAY, LATER = "2026-03-02", "2026-03-16"


@pytest.fixture
def world() -> World:
    world = World()
    world.person("ada")
    return world


def works_on(world: World, key: str, *days: str) -> None:
    for day in days or (DAY,):
        world.commit("ada", f"{day} 10:00:00", key)


def mapped(world: World, day: str = DAY) -> tuple[str, str]:
    return world.column("value_stream_id", day), world.column("component_id", day)


LEVELS = [
    ("item", "CHK-1"),
    ("parent", "CHK-9"),
    ("epic", "CHK-90"),
    ("initiative", "CHK-900"),
    ("project", "CHK"),
    ("repository", "org/app"),
    ("team", "Pay"),
]


@pytest.mark.parametrize("missing", range(len(LEVELS) + 1))
def test_levels_go_before_the_order_of_the_file(world: World, missing: int):
    """The rules stand in reverse; with the first ones gone the next level holds."""
    world.item("CHK-1", parent_key="CHK-9")
    world.item("CHK-9", epic_key="CHK-90")
    world.item("CHK-90", item_type="Epic", parent_key="CHK-900")
    for kind, value in reversed(LEVELS[missing:]):
        world.rule(kind, value, f"by-{kind}", f"C-{kind}")
    works_on(world, "CHK-1")
    kind = LEVELS[missing][0] if missing < len(LEVELS) else None
    assert mapped(world) == ((f"by-{kind}", f"C-{kind}") if kind else ("NONE", "NONE"))


@pytest.mark.parametrize("level", [1, 2, 3, 4])
@pytest.mark.parametrize("kind", ["label", "component", "field", "item"])
def test_marks_hold_through_parent_epic_and_initiative(world: World, kind: str, level: int):
    chain = ["CHK-1", "CHK-9", "CHK-90", "CHK-900"]
    marks = {
        "label": {"labels": ["wallet", "x"]},
        "component": {"components": ["wallet"]},
        "field": {"fields": {"customfield_1": {"value": "wallet"}}},
        "item": {},
    }[kind]
    parents = [
        {"parent_key": "CHK-9"},
        {"epic_key": "CHK-90"},
        {"item_type": "Epic", "parent_key": "CHK-900"},
        {},
    ]
    for number, key in enumerate(chain):
        world.item(key, **parents[number], **(marks if number == level - 1 else {}))
    value = chain[level - 1] if kind == "item" else "wallet"
    world.rule(kind, value, "s", match_field="customfield_1" if kind == "field" else None)
    works_on(world, "CHK-1")
    assert mapped(world) == ("s", "NONE")


def test_within_a_level_the_first_rule_of_the_file_holds(world: World):
    world.item("CHK-1", labels=["b", "a"])
    world.rule("label", "a", "first")
    world.rule("label", "b", "second")
    works_on(world, "CHK-1")
    assert mapped(world)[0] == "first"
    assert world.column("value_stream_rule_order", DAY) == 1


def test_rules_hold_on_their_days_only(world: World):
    world.item("CHK-1")
    world.rule("item", "CHK-1", "new", valid_from="2026-03-10")
    world.rule("project", "CHK", "old", valid_to="2026-03-31")
    works_on(world, "CHK-1", DAY, "2026-03-09", "2026-03-10")
    assert mapped(world, "2026-03-09")[0] == "old"
    assert mapped(world, "2026-03-10")[0] == "new"


def test_an_epic_itself_belongs_to_its_own_rule(world: World):
    world.item("CHK-90", item_type="Epic")
    world.rule("epic", "CHK-90", "s", "C")
    works_on(world, "CHK-90")
    assert mapped(world) == ("s", "C")


def test_a_field_may_hold_a_list(world: World):
    world.item("CHK-1", fields={"f": ["x", "wallet"]})
    world.rule("field", "wallet", "s", match_field="f")
    works_on(world, "CHK-1")
    assert mapped(world)[0] == "s"


@pytest.mark.parametrize("text", ["wallet 2", "[WIP] wallet", "[1"])
def test_a_field_of_plain_text_meets_the_rule_of_its_own_value(world: World, text: str):
    """The other rule's value is compared with text that is no list, and no JSON at all."""
    world.item("CHK-1", fields={"f": text})
    world.rule("field", "wallet", "one", match_field="f")
    world.rule("field", text, "two", match_field="f")
    works_on(world, "CHK-1")
    assert mapped(world)[0] == "two"


def test_an_epic_re_parented_next_month_leaves_this_month_alone():
    world = World(months=("2026-03", "2026-04"))
    world.person("ada")
    world.item("CHK-1", epic_key="CHK-91")
    world.change("CHK-1", "2026-04-10 09:00:00", "epic_key", "CHK-90", "CHK-91")
    world.rule("epic", "CHK-90", "old")
    world.rule("epic", "CHK-91", "new")
    works_on(world, "CHK-1", DAY, "2026-04-09", "2026-04-10")
    assert [mapped(world, day)[0] for day in (DAY, "2026-04-09", "2026-04-10")] == [
        "old", "old", "new",
    ]  # fmt: skip


def test_a_parent_that_changes_its_epic_takes_its_children_with_it(world: World):
    world.item("CHK-1", parent_key="CHK-9")
    world.item("CHK-9", epic_key="CHK-91")
    world.change("CHK-9", "2026-03-10 09:00:00", "epic_key", "CHK-90", "CHK-91")
    world.rule("epic", "CHK-90", "old")
    world.rule("epic", "CHK-91", "new")
    works_on(world, "CHK-1", DAY, LATER)
    assert (mapped(world, DAY)[0], mapped(world, LATER)[0]) == ("old", "new")


def test_a_label_added_after_the_close_changes_neither_day_nor_close():
    world = World(months=("2026-03", "2026-04"))
    world.person("ada")
    world.item("CHK-1", labels=["wallet"])
    world.change("CHK-1", "2026-04-05 09:00:00", "labels", "[]", '["wallet"]')
    world.rule("label", "wallet", "s")
    works_on(world, "CHK-1")
    assert mapped(world)[0] == "NONE"
    assert world.column("labels", DAY) == "[]"
    assert world.column("labels_at_close", DAY) == "[]"


def test_a_late_label_of_the_month_stands_in_the_column_of_the_close(world: World):
    world.item("CHK-1", labels=["wallet"])
    world.change("CHK-1", "2026-03-20 09:00:00", "labels", "[]", '["wallet"]')
    world.rule("label", "wallet", "s")
    works_on(world, "CHK-1")
    assert mapped(world)[0] == "NONE"
    assert (world.column("labels", DAY), world.column("labels_at_close", DAY)) == (
        "[]", '["wallet"]',
    )  # fmt: skip


def test_the_last_change_of_a_day_is_the_state_of_the_day(world: World):
    world.item("CHK-1", item_type="Bug")
    world.change("CHK-1", f"{DAY} 09:00:00", "item_type", "Story", "Spike")
    world.change("CHK-1", f"{DAY} 09:00:00", "item_type", "Spike", "Task")
    world.change("CHK-1", f"{DAY} 23:00:00", "item_type", "Task", "Bug")
    works_on(world, "CHK-1")
    assert world.column("item_type", DAY) == "Bug"


def test_the_state_of_a_day_is_read_at_the_end_of_the_companys_day(world: World):
    world.settings["timezone"] = "America/New_York"
    world.item("CHK-1", item_type="Bug")
    world.change("CHK-1", "2026-03-03 04:00:00", "item_type", "Story", "Bug")  # 23:00 of the 2nd
    works_on(world, "CHK-1")
    assert world.column("item_type", DAY) == "Bug"


def test_status_is_replayed_and_a_source_without_history_says_so(world: World):
    world.item("CHK-1", status="Done")
    world.change("CHK-1", "2026-03-10 09:00:00", "status", "To Do", "Done")
    world.item("OLD-1", has_history=False)
    works_on(world, "CHK-1", DAY, LATER)
    works_on(world, "OLD-1", "2026-03-24")
    assert (world.column("status", DAY), world.column("status", LATER)) == ("To Do", "Done")
    assert world.column("history", DAY) == "full"
    assert world.column("history", "2026-03-24") == "none"


def test_a_repository_places_an_item_from_its_first_code_on(world: World):
    world.item("X-1")
    world.rule("repository", "org/app", "app")
    world.comment("ada", "X-1", f"{DAY} 10:00:00")
    works_on(world, "X-1", "2026-03-03")
    ledger = rows_of(
        world.run("fct_effort_days"),
        "select distinct cast(work_date as varchar), value_stream_id from fct_effort_days"
        " where work_item_key = 'X-1' and work_date <= '2026-03-03' order by 1",
    )
    assert ledger == [(DAY, "NONE"), ("2026-03-03", "app")]


@pytest.mark.parametrize(
    ("path", "glob", "is_met"),
    [
        ("services/pay/a/b.py", "services/pay/**", True),
        ("services/pay.py", "services/pay/**", False),
        ("services/pay/b.py", "services/*/b.py", True),
        ("services/pay/x/b.py", "services/*/b.py", False),
        ("a+b/(x).py", "a+b/(?).py", True),
        ("docs/readme.md", "**/*.md", True),
    ],
)
def test_paths_place_code_inside_a_repository(world: World, path: str, glob: str, is_met: bool):
    world.rule("repository", "org/app", "inside", path=glob)
    world.rule("repository", "org/app", "whole")
    sha = world.commit("ada", f"{DAY} 10:00:00", "no key")
    world.add("inp_commit_files", source="code", repository="org/app", sha=sha, path=path)
    assert mapped(world)[0] == ("inside" if is_met else "whole")


def test_a_bare_repository_name_meets_its_owner_and_name(world: World):
    world.rule("repository", "org/app", "s")
    world.commit("ada", f"{DAY} 10:00:00", "no key", repository="app")
    assert mapped(world)[0] == "s"


def test_items_of_a_forge_belong_to_their_repository(world: World):
    world.item("org/app#3", source="forge", project_key="org/app")
    world.rule("repository", "org/app", "s", "C")
    works_on(world, "closes #3")
    assert mapped(world) == ("s", "C")


def test_unmapped_work_is_listed_with_its_minutes_and_cost(world: World):
    world.item("X-1")
    works_on(world, "X-1")
    world.pay("ada", "10560.00")
    connection = world.run("int_items__unmapped", "int_checks__attribution")
    listed = rows_of(connection, "select * from int_items__unmapped")
    assert [str(value) for value in listed[0]] == ["2026-03", "X-1", "10560", "10560.00"]
    check = "select detail from int_checks__attribution where check_id = 'ATT-UNMAPPED'"
    assert rows_of(connection, check)[0][0].endswith("X-1")

"""Status intervals: bulk rewrites, renamed statuses, flapping, evidence of code and deployments."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.dbt.flow_world import STEPS, flow_world, move, rows_by
from tests.dbt.harness import rows_of
from tests.dbt.test_delivery_deployments import deploy, ship

ITEMS = 12


def bulk(world, before: str, after: str, at: str) -> None:
    moment = datetime.fromisoformat(at)
    for number in range(ITEMS):
        world.change(
            f"APP-{number}", str(moment + timedelta(seconds=number)), "status", before, after,
            by="admin",
        )  # fmt: skip


def intervals(world) -> list[tuple]:
    return rows_of(
        world.run("fct_status_intervals"),
        "select status, step, kind, is_current from fct_status_intervals"
        " where work_item_key = 'APP-0' order by interval_number",
    )


def test_a_bulk_rewrite_is_no_move() -> None:
    world = flow_world()
    for number in range(ITEMS):
        move(world, f"APP-{number}", [(f"2026-10-0{1 + number % 5} 09:00:00", "Dev")])
    bulk(world, "Dev", "Review", "2026-10-20 09:00:00")
    assert intervals(world) == [("Open", None, "before", False), ("Dev", "Dev", "work", True)]


def test_a_release_of_many_items_ends_their_work() -> None:
    world = flow_world()
    for number in range(ITEMS):
        move(world, f"APP-{number}", [(f"2026-10-0{1 + number % 5} 09:00:00", "Deploy")])
    bulk(world, "Deploy", "Done", "2026-10-20 09:00:00")
    assert intervals(world)[-1] == ("Done", None, "done", True)
    items = rows_by(world.run("fct_flow_items"), "fct_flow_items", "work_item_key")
    assert len(items) == ITEMS
    assert all(item["is_bulk_ended"] for item in items.values())


def test_a_renamed_status_takes_its_new_name() -> None:
    world = flow_world()
    for number in range(ITEMS):
        move(world, f"APP-{number}", [(f"2026-10-0{1 + number % 5} 09:00:00", "Coding")])
    bulk(world, "Coding", "Dev", "2026-10-20 09:00:00")
    assert intervals(world)[-1] == ("Coding", "Dev", "work", True)


def test_several_pull_requests_are_one_stay_and_deployments_speak_where_the_tracker_is_silent():
    steps = [dict(step) for step in STEPS]
    steps[2]["from_pull_requests"] = True
    steps[4] |= {"from_deployments": True, "kind": "wait"}
    world = flow_world(steps)
    # The tracker knows Dev and, after the merge, the backlog until it is done.
    move(world, "APP-1", [
        ("2026-10-05 09:00:00", "Dev"), ("2026-10-07 12:00:00", "Open"),
        ("2026-10-09 09:00:00", "Done"),
    ])  # fmt: skip
    for number, opened, merged in ((1, "05 13:00", "06 12:00"), (2, "06 10:00", "07 12:00")):
        world.pull(
            "ada", number, f"2026-10-{opened}:00", "APP-1", state="merged",
            merged_at=f"2026-10-{merged}:00", merge_commit_sha=f"m{number}",
        )  # fmt: skip
        ship(world, f"m{number}", "d1")
    deploy(world, "d0", "2026-10-01 10:00:00")
    deploy(world, "d1", "2026-10-08 11:00:00", started_at="2026-10-08 10:30:00")
    found = world.run("fct_flow_items", "fct_flow_steps")
    rows = rows_of(
        found,
        "select step, started_at, ended_at from int_flow__visits order by visit_number",
    )
    at = datetime.fromisoformat
    assert rows == [
        ("Dev", at("2026-10-05 09:00"), at("2026-10-05 13:00")),
        ("Review", at("2026-10-05 13:00"), at("2026-10-07 12:00")),
        ("Deploy", at("2026-10-07 12:00"), at("2026-10-08 11:00")),
        ("(gap)", at("2026-10-08 11:00"), at("2026-10-09 09:00")),
    ]
    deployed = rows_by(found, "fct_flow_steps", "step", "value_stream_id = 's'")["Deploy"]
    assert (deployed["lead_hours_mean"], deployed["process_hours_mean"]) == (7.0, 0.5)


def test_changes_asked_for_come_back_to_the_step_before() -> None:
    steps = [dict(step) for step in STEPS]
    steps[2]["from_pull_requests"] = True
    world = flow_world(steps)
    world.person("bo")
    move(world, "APP-1", [
        ("2026-10-05 09:00:00", "Dev"), ("2026-10-06 09:00:00", "Review"),
        ("2026-10-08 09:00:00", "Done"),
    ])  # fmt: skip
    world.pull("ada", 1, "2026-10-06 09:00:00", "APP-1", state="merged",
               merged_at="2026-10-08 09:00:00")  # fmt: skip
    world.review("bo", 1, "2026-10-07 09:00:00")
    world.rows["inp_reviews"][-1]["state"] = "changes_requested"
    steps_found = rows_by(
        world.run("fct_flow_steps"), "fct_flow_steps", "step", "value_stream_id = 's'"
    )
    assert steps_found["Dev"]["complete_accurate_ratio"] == 0
    assert steps_found["Dev"]["visit_complete_accurate_ratio"] == 1
    assert steps_found["Review"]["complete_accurate_ratio"] == 1


def test_work_in_a_failed_deployment_comes_back_to_the_step_that_made_it() -> None:
    steps = [dict(step) for step in STEPS]
    steps[2]["from_pull_requests"] = True
    world = flow_world(steps)
    deploy(world, "d0", "2026-10-01 09:00:00")
    for number, day in ((1, "08"), (2, "12")):
        merged = f"2026-10-{day} 09:00:00"
        move(world, f"APP-{number}", [
            ("2026-10-05 09:00:00", "Dev"), ("2026-10-06 09:00:00", "Review"), (merged, "Done"),
        ])  # fmt: skip
        world.pull("ada", number, "2026-10-06 09:00:00", f"APP-{number}", state="merged",
                   merged_at=merged, merge_commit_sha=f"m{number}")  # fmt: skip
        deploy(world, f"d{number}", f"2026-10-{day} 10:00:00")
        ship(world, f"m{number}", f"d{number}")
    deploy(world, "back", "2026-10-08 12:00:00", "rollback")
    found = rows_by(world.run("fct_flow_steps"), "fct_flow_steps", "step", "value_stream_id = 's'")
    assert (found["Dev"]["departed_item_count"], found["Dev"]["returned_item_count"]) == (2, 1)
    assert found["Dev"]["visit_complete_accurate_ratio"] == 1
    assert found["Review"]["complete_accurate_ratio"] == 1


def test_reopened_within_thirty_days() -> None:
    world = flow_world(months=("2026-10", "2026-11"))
    dev, done = ("2026-10-01 09:00:00", "Dev"), ("2026-10-02 09:00:00", "Done")
    move(world, "APP-1", [dev, done])
    move(world, "APP-2", [dev, done, ("2026-11-01 09:00:00", "Dev"),
                          ("2026-11-02 09:00:00", "Done")])  # fmt: skip
    move(world, "APP-3", [dev, done, ("2026-11-02 09:00:00", "Dev")])  # on the 31st day
    move(world, "APP-4", [dev, done, ("2026-10-05 09:00:00", "Dropped")])  # put away, not reopened
    found = rows_by(
        world.run("fct_delivery_metrics"), "fct_delivery_metrics", "month_key",
        "metric = 'flow_reopen_rate'",
    )  # fmt: skip
    october, november = found["2026-10"], found["2026-11"]
    assert (october["numerator"], october["denominator"], october["value"]) == (1, 4, 0.25)
    assert october["low"] < 0.25 < october["high"]
    assert (november["numerator"], november["denominator"]) == (0, 1)
    assert november["is_provisional"]


def test_every_item_lies_in_one_hand() -> None:
    world = flow_world()
    world.item("APP-1", assignee="bo")
    world.change("APP-1", "2026-10-05 09:00:00", "assignee", None, "ada")
    world.change("APP-1", "2026-10-06 09:00:00", "assignee", "ada", "bo")
    world.item("APP-2", assignee="ada")
    world.item("APP-3")
    rows = rows_of(
        world.run("fct_assignee_intervals"),
        "select work_item_key, assignee, is_current, ended_at is null"
        " from fct_assignee_intervals order by work_item_key, interval_number",
    )
    assert rows == [
        ("APP-1", None, False, False), ("APP-1", "ada", False, False), ("APP-1", "bo", True, True),
        ("APP-2", "ada", True, True), ("APP-3", None, True, True),
    ]  # fmt: skip


def test_handoffs() -> None:
    world = flow_world()
    for person, team in (("bo", "Pay"), ("cy", "Ops")):
        world.person(person, team=team)
    move(world, "APP-1", [("2026-10-05 09:00:00", "Dev"), ("2026-10-09 09:00:00", "Done")],
         assignee="bo")  # fmt: skip
    world.change("APP-1", "2026-10-06 09:00:00", "assignee", "ada", "bo")
    world.pull("ada", 1, "2026-10-06 10:00:00", "APP-1")
    world.review("cy", 1, "2026-10-07 09:00:00")
    item = rows_by(world.run("fct_flow_items"), "fct_flow_items", "work_item_key")["APP-1"]
    assert (item["handoff_count"], item["team_handoff_count"]) == (2, 1)

"""Stages of pull requests: what is measured, what is raised, what is not measurable."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from tests.dbt.flow_world import flow_world, rows_by
from tests.dbt.ledger_world import World
from tests.dbt.test_delivery_deployments import deploy, ship

STAGES = ("coding_minutes", "pickup_minutes", "review_minutes", "merge_minutes", "deploy_minutes")
DAY = "2026-10-06 "


def pull(world: World, number: int, opened: str, merged: str, **more: Any) -> None:
    merge = {"state": "merged", "merged_at": f"{DAY}{merged}", "merge_commit_sha": f"m{number}"}
    world.pull("ada", number, f"{DAY}{opened}", "x", **(merge | more))


def own_commit(world: World, number: int, at: str) -> None:
    sha = world.commit("ada", at, "x")
    world.add(
        "inp_pull_request_commits", source="forge", repository="org/app", number=number, sha=sha
    )


def review(world: World, number: int, at: str, by: str = "bo", state: str = "approved") -> None:
    world.review(by, number, f"{DAY}{at}")
    world.rows["inp_reviews"][-1]["state"] = state


@pytest.fixture(scope="module")
def pulls() -> duckdb.DuckDBPyConnection:
    world = flow_world()
    world.person("bo")
    world.add("inp_actors", source="forge", account="robot", kind="bot")
    deploy(world, "d0", "2026-10-05 10:00:00")
    deploy(world, "d1", "2026-10-06 20:00:00")
    for number in (1, 2, 3, 4, 6, 7):
        ship(world, f"m{number}", "d1")
    # 1: complete, with a bot and the author among the reviewers, and a review after the merge.
    pull(world, 1, "09:00:00", "15:00:00", ready_at=f"{DAY}10:00:00")
    own_commit(world, 1, "2026-10-05 12:00:30")
    own_commit(world, 1, "2026-10-06 13:00:00")
    review(world, 1, "10:05:00", by="robot")
    review(world, 1, "10:10:00", by="ada", state="commented")
    review(world, 1, "11:00:00", state="changes_requested")
    review(world, 1, "14:00:00")
    review(world, 1, "16:00:00")
    # 2: nobody reviewed. 3: reviewed, never approved.
    pull(world, 2, "09:00:00", "12:00:00")
    own_commit(world, 2, f"{DAY}08:00:00")
    pull(world, 3, "09:00:00", "12:00:00")
    own_commit(world, 3, f"{DAY}08:00:00")
    review(world, 3, "10:00:00", state="commented")
    # 4: a review before it was ready, and its oldest commit written after it was opened.
    pull(world, 4, "09:00:00", "12:00:00", ready_at=f"{DAY}10:00:00")
    own_commit(world, 4, f"{DAY}10:30:00")
    review(world, 4, "09:30:00")
    # 5: merged, not deployed. 6: merged before the first deployment on record.
    pull(world, 5, "09:00:00", "12:00:00")
    own_commit(world, 5, f"{DAY}08:00:00")
    world.pull(
        "ada", 6, "2026-10-04 09:00:00", "x", state="merged", merged_at="2026-10-04 12:00:00",
        merge_commit_sha="m6",
    )  # fmt: skip
    own_commit(world, 6, "2026-10-04 08:00:00")
    # 7: no commit of its own is known. 8: its head was deployed before the merge.
    pull(world, 7, "09:00:00", "12:00:00")
    pull(world, 8, "09:00:00", "12:00:00", merge_commit_sha=None, head_sha="h8")
    own_commit(world, 8, f"{DAY}08:00:00")
    deploy(world, "early", f"{DAY}10:00:00")
    ship(world, "h8", "early")
    return world.run("fct_pull_requests", "int_checks__delivery", "fct_delivery_metrics_devlake")


def stages(pulls: duckdb.DuckDBPyConnection, number: int) -> tuple[Any, ...]:
    row = rows_by(pulls, "fct_pull_requests", "number")[number]
    return tuple(row[stage] for stage in (*STAGES, "lead_minutes", "raised_count"))


def test_complete(pulls: duckdb.DuckDBPyConnection) -> None:
    found = stages(pulls, 1)
    assert found == (1320, 60, 180, 60, 300, 1920, 0)
    assert sum(found[:5]) == found[5]


def test_without_review_or_approval_the_lead_time_stays(pulls: duckdb.DuckDBPyConnection) -> None:
    assert stages(pulls, 2) == (60, None, None, None, 480, 720, 0)
    assert stages(pulls, 3) == (60, 60, None, None, 480, 720, 0)


def test_points_are_raised_and_counted(pulls: duckdb.DuckDBPyConnection) -> None:
    # Ready is raised to the commit of 10:30, the review and the approval of 09:30 with it.
    assert stages(pulls, 4) == (0, 0, 0, 90, 480, 570, 3)


@pytest.mark.parametrize(
    ("number", "state"),
    [(1, "measured"), (5, "not_deployed"), (6, "before_first_deployment"), (7, "measured")],
)
def test_what_is_measurable(pulls: duckdb.DuckDBPyConnection, number: int, state: str) -> None:
    row = rows_by(pulls, "fct_pull_requests", "number")[number]
    assert row["deploy_state"] == state
    assert (row["deploy_minutes"] is None) == (state != "measured")
    assert (row["lead_minutes"] is None) == (state != "measured" or number == 7)


def test_a_deployment_before_the_merge_does_not_count(pulls: duckdb.DuckDBPyConnection) -> None:
    row = rows_by(pulls, "fct_pull_requests", "number")[8]
    assert row["has_early_deployment"]
    assert (row["deployment_id"], row["deploy_minutes"]) == ("d1", 480)


def test_authors_are_persons(pulls: duckdb.DuckDBPyConnection) -> None:
    row = rows_by(pulls, "fct_pull_requests", "number")[1]
    assert (row["author_id"], row["month_key"]) == ("ada", "2026-10")


def test_stages_add_up_in_the_check(pulls: duckdb.DuckDBPyConnection) -> None:
    row = rows_by(pulls, "int_checks__delivery", "check_id")["DLV-STAGES"]
    assert row["left_value"] == row["right_value"] > 0


def test_devlake_definition(pulls: duckdb.DuckDBPyConnection) -> None:
    found = rows_by(pulls, "fct_delivery_metrics_devlake", "metric", "scope = 'service:app'")
    # Merged 1, 2, 3, 4, 7 at 15:00 and 12:00 in d1 at 20:00: the lower median of 300, 480 × 4.
    assert found["pull_request_deploy_time"]["median_minutes"] == 480
    # Opened, not ready; the robot's review counts: 65, 60, 30 minutes.
    assert found["pull_request_pickup_time"]["median_minutes"] == 60
    assert found["pull_request_pickup_time"]["case_count"] == 3


def test_devlake_counts_from_the_second_deployment_of_an_environment() -> None:
    world = flow_world()
    world.add("company.delivery_environments", environment="prod")
    for number, (name, environment) in enumerate(
        (("d0", "production"), ("d1", "prod"), ("d2", "prod"), ("d3", "production")), start=1
    ):
        deploy(world, name, f"{DAY}{12 + number}:00:00", environment=environment)
        pull(world, number, "09:00:00", "12:00:00")
        ship(world, f"m{number}", name)
    found = world.run("fct_delivery_metrics_devlake")
    rows = rows_by(found, "fct_delivery_metrics_devlake", "metric", "scope = 'service:app'")
    # Both environments' first deployments have none before them: 180 and 240 minutes are left.
    deployed = rows["pull_request_deploy_time"]
    assert (deployed["case_count"], deployed["median_minutes"]) == (2, 180)

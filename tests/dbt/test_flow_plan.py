"""The plan against what came, workshops beside the measured map, readiness, recovery, causes."""

from __future__ import annotations

import duckdb
import pytest

from tests.dbt.flow_world import flow_world, move, rows_by, work
from tests.dbt.harness import rows_of
from tests.dbt.ledger_world import World

MONTHS = ("2026-06", "2026-07", "2026-08", "2026-09", "2026-10")
# Hours that the one item of each month waits in Ready; Dev takes two hours.
WAITS = {"2026-06": 8, "2026-07": 6, "2026-08": 4, "2026-09": 3, "2026-10": 5}


def plan(world: World, name: str, step: str, lever: str, change: float, due: str) -> None:
    world.add(
        "company.improvements",
        improvement_id=name, value_stream_id="s", step=step, lever=lever, change=change,
        owner="Lead", due=due, measure="hours",
    )  # fmt: skip


def draw(world: World, order: int, step: str, hours: float, version: str = "2") -> None:
    world.add(
        "company.workshop_maps",
        value_stream_id="s", version=version, state="current", step_order=order, step=step,
        work_hours=1, wait_hours=hours, complete_accurate=0.9,
        mapped_on="2026-10-02" if version == "2" else "2026-09-02",
    )  # fmt: skip


@pytest.fixture(scope="module")
def planned() -> duckdb.DuckDBPyConnection:
    world = flow_world(months=MONTHS)
    for number, (month, wait) in enumerate(WAITS.items(), start=1):
        # The second working day of the month, from nine on; eight hours are a day.
        day = {"2026-06": "02", "2026-07": "02", "2026-08": "04", "2026-09": "02", "2026-10": "05"}
        first = f"{month}-{day[month]}"
        later = f"{month}-{int(day[month]) + 1:02d}"
        start = f"{first} {9 + wait:02d}:00:00" if wait < 8 else f"{later} 09:00:00"
        end = f"{first} {11 + wait:02d}:00:00" if wait < 6 else f"{later} 11:00:00"
        move(
            world, f"APP-{number}",
            [(f"{first} 09:00:00", "Ready"), (start, "Dev"), (end, "Done")],
        )  # fmt: skip
    plan(world, "DUE", "ready", "wait", -0.5, "2026-09-15")
    plan(world, "OPEN", "Ready", "wait", -0.2, "2026-12-01")
    plan(world, "BETTER", "Dev", "complete_accurate", 1, "2026-10-01")
    plan(world, "ELSEWHERE", "Audit", "process_time", -0.1, "2026-10-01")
    draw(world, 1, "READY", 20, version="1")
    draw(world, 1, "READY", 10)
    draw(world, 2, "Sign-off", 4)
    return world.run("fct_improvements", "fct_workshop_steps", "fct_flow_readiness")


def of_month(
    connection: duckdb.DuckDBPyConnection, name: str, month: str = "2026-10"
) -> dict[str, object]:
    where = f"improvement_id = '{name}' and month_key = '{month}'"
    return rows_by(connection, "fct_improvements", "improvement_id", where)[name]


def test_the_baseline_is_the_three_months_before_the_due_month(
    planned: duckdb.DuckDBPyConnection,
) -> None:
    for month, status in (("2026-09", "reached"), ("2026-10", "not reached")):
        found = of_month(planned, "DUE", month)
        assert found["baseline_value"] == pytest.approx((8 + 6 + 4) / 3)
        assert found["forecast_value"] == pytest.approx(3)
        assert found["actual_value"] == pytest.approx(WAITS[month])
        assert (found["status"], found["is_due"]) == (status, True)


def test_an_open_measure_is_forecast_from_the_latest_months(
    planned: duckdb.DuckDBPyConnection,
) -> None:
    found = of_month(planned, "OPEN")
    assert found["baseline_value"] == pytest.approx((4 + 3 + 5) / 3)
    assert found["forecast_value"] == pytest.approx(0.8 * 4)
    assert (found["status"], found["is_due"]) == ("open", False)
    assert rows_of(
        planned, "select count(*) from fct_improvements where improvement_id = 'OPEN'"
    ) == [(1,)]


def test_a_ratio_is_reached_as_such_and_a_strange_step_is_not_measurable(
    planned: duckdb.DuckDBPyConnection,
) -> None:
    assert of_month(planned, "BETTER")["status"] == "reached"
    strange = of_month(planned, "ELSEWHERE")
    assert (strange["status"], strange["actual_value"]) == ("not measurable", None)


def test_the_newest_drawing_stands_beside_the_measured_map(
    planned: duckdb.DuckDBPyConnection,
) -> None:
    rows = rows_of(
        planned,
        "select step, side, drawn_wait_hours, wait_hours_mean, wait_difference_hours"
        " from fct_workshop_steps where month_key = '2026-10' order by step_order",
    )
    assert rows == [
        ("READY", "both", 10.0, 5.0, -5.0),
        ("Sign-off", "drawn only", 4.0, None, None),
        ("Dev", "measured only", None, 0.0, None),
    ]


def test_one_item_is_too_little_to_trust(planned: duckdb.DuckDBPyConnection) -> None:
    found = rows_by(planned, "fct_flow_readiness", "month_key", "value_stream_id = 's'")["2026-10"]
    assert (found["verdict"], found["finished_count"]) == ("too little to trust", 1)
    assert (found["with_history_count"], found["with_code_count"]) == (1, 0)


@pytest.fixture(scope="module")
def waited() -> duckdb.DuckDBPyConnection:
    """Return one item that waits a day each for a hand away, busy elsewhere, and idle."""
    world = flow_world(
        (
            {"step": "Ready", "kind": "wait"},
            {"step": "Dev", "kind": "work"},
        )
    )
    world.person("ben")
    world.item("APP-2", status="Open")
    move(
        world, "APP-1",
        [("2026-10-05 09:00:00", "Ready"), ("2026-10-08 09:00:00", "Dev"),
         ("2026-10-08 12:00:00", "Done")],
    )  # fmt: skip
    world.change("APP-1", "2026-10-05 09:00:00", "assignee", None, "ben")
    world.change("APP-1", "2026-10-08 09:00:00", "assignee", "ben", "ada")
    world.add("company.time_off", person_id="ada", start_date="2026-10-05",
              end_date="2026-10-05", share=1, kind="paid")  # fmt: skip
    work(world, "APP-2", "2026-10-06", "09:00", "17:00")
    work(world, "APP-1", "2026-10-08", "09:00", "12:00")
    return world.run("fct_flow_waits", "fct_flow_handoffs", "fct_flow_steps")


def test_causes_of_waiting_by_day(waited: duckdb.DuckDBPyConnection) -> None:
    rows = rows_of(
        waited, "select cause, wait_hours from fct_flow_waits where step = 'Ready' order by cause"
    )
    assert rows == [("contention", 8.0), ("unavailability", 8.0), ("unexplained", 8.0)]


def test_hand_offs_name_the_teams(waited: duckdb.DuckDBPyConnection) -> None:
    rows = rows_of(waited, "select from_team, to_team, handoff_count from fct_flow_handoffs")
    assert rows == [("Pay", "Pay", 1)]


def test_load_is_what_arrivals_ask_of_the_people(waited: duckdb.DuckDBPyConnection) -> None:
    dev = rows_by(waited, "fct_flow_steps", "step", "value_stream_id = 's'")["Dev"]
    # One arrival asks for three hours; until the newest record each of the two whom the ledger
    # has on the item that day had 43 of them.
    assert dev["person_count"] == 2
    assert dev["load_ratio"] == pytest.approx(3 / (2 * 43))


@pytest.fixture(scope="module")
def recovered() -> duckdb.DuckDBPyConnection:
    world = flow_world()
    world.rule("repository", "org/app", "s")
    row = {
        "source": "forge", "deployment_id": "d1", "service": "app", "repository": "org/app",
        "environment": "production", "sha": "x", "status": "success",
        "started_at": "2026-10-01 08:00:00", "finished_at": "2026-10-01 08:00:00",
    }  # fmt: skip
    world.add("inp_deployments", **row)
    world.item("APP-9", status="Done")
    world.pull("ada", 7, "2026-10-02 10:30:00", "APP-9 fix", state="merged",
               merged_at="2026-10-02 12:00:00", closed_at="2026-10-02 12:00:00")  # fmt: skip
    incidents = (
        ("fixed", "2026-10-02 10:00:00", "2026-10-02 10:15:00", "2026-10-02 13:00:00", "APP-9"),
        ("unlinked", "2026-10-03 10:00:00", None, "2026-10-03 11:00:00", None),
        ("open", "2026-10-04 10:00:00", None, None, None),
    )
    for name, created, answered, resolved, key in incidents:
        world.add(
            "inp_incidents",
            source="pager", incident_id=name, service="app", created_at=created,
            acknowledged_at=answered, resolved_at=resolved, work_item_key=key,
        )  # fmt: skip
    return world.run("fct_recovery_steps", "int_incidents__staged")


def test_recovery_is_cut_at_answer_and_fix(recovered: duckdb.DuckDBPyConnection) -> None:
    steps = rows_by(recovered, "fct_recovery_steps", "step", "value_stream_id = 's'")
    assert {name: step["clock_hours_mean"] for name, step in steps.items()} == pytest.approx(
        {"Answer": 0.125, "Fix": (1.75 + 1) / 2, "Restore": 0.5}
    )
    assert {name: step["measured_count"] for name, step in steps.items()} == {
        "Answer": 1, "Fix": 2, "Restore": 1,
    }  # fmt: skip


def test_recovery_stages_add_up(recovered: duckdb.DuckDBPyConnection) -> None:
    rows = rows_of(
        recovered,
        "select answer_microseconds + fix_microseconds + restore_microseconds"
        " - recovery_microseconds from int_incidents__staged",
    )
    assert rows == [(0,), (0,)]

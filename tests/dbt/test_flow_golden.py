"""The worked example of the design: four items through five steps in October 2026."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from tests.dbt.flow_world import flow_world, move, rows_by, work

MOVES = {
    "APP-A": "05 09:00 Ready, 05 13:00 Dev, 06 15:00 Review, 07 11:00 Dev, 07 13:00 Review,"
    " 07 15:00 Test, 08 10:00 Deploy, 08 12:00 Done",
    "APP-B": "05 09:00 Ready, 06 09:00 Dev, 07 17:00 Review, 09 12:00 Test, 12 10:00 Deploy,"
    " 12 11:00 Done",
    "APP-C": "06 09:00 Ready, 06 11:00 Dev, 06 16:00 Review, 08 09:00 Test, 08 14:00 Dev,"
    " 08 16:00 Review, 09 10:00 Test, 09 16:00 Deploy, 09 17:00 Done",
    "APP-D": "07 09:00 Ready, 08 09:00 Dev, 08 17:00 Review, 09 09:00 Test, 09 11:00 Deploy,"
    " 09 12:00 Done",
}
WORK = {
    "APP-A": "07 10:00 11:00, 07 14:00 15:00, 08 09:00 10:00",
    "APP-B": "09 10:00 12:00, 12 09:00 10:00",
    "APP-C": "07 15:00 16:00, 09 09:00 10:00, 08 13:00 14:00, 09 14:00 16:00",
    "APP-D": "08 16:30 17:00, 09 09:00 11:00",
}
# Step: items, visits, LT mean, LT P50, PT mean, wait mean, %C&A by items, %C&A by visits.
EXPECTED = {
    "Ready": (4, 4, 5.5, 6.0, 0.0, 5.5, 1.0, 1.0),
    "Dev": (4, 6, 10.75, 10.0, 10.75, 0.0, 0.5, 2 / 3),
    "Review": (4, 6, 7.0, 8.5, 1.5, 5.5, 1.0, 1.0),
    "Test": (4, 5, 5.5, 4.5, 1.75, 3.75, 1.0, 1.0),
    "Deploy": (4, 4, 1.25, 1.0, 1.25, 0.0, 1.0, 1.0),
}
MEASURES = (
    "item_count", "visit_count", "lead_hours_mean", "lead_hours_p50", "process_hours_mean",
    "wait_hours_mean", "complete_accurate_ratio", "visit_complete_accurate_ratio",
)  # fmt: skip
PRECISION = 1e-9


@pytest.fixture(scope="module")
def example() -> duckdb.DuckDBPyConnection:
    """Return the marts of the example; Dev is worked on all the time, so it has no time entries."""
    world = flow_world()
    for key, moves in MOVES.items():
        entries = [entry.split(" ") for entry in moves.split(", ")]
        move(world, key, [(f"2026-10-{day} {at}:00", status) for day, at, status in entries])
        for entry in WORK[key].split(", "):
            day, first, last = entry.split(" ")
            work(world, key, f"2026-10-{day}", first, last)
    return world.run(
        "fct_flow_items", "fct_flow_steps", "fct_flow_streams", "fct_flow_transitions",
        "fct_delivery_metrics", "fct_status_intervals",
    )  # fmt: skip


@pytest.mark.parametrize("step", EXPECTED)
def test_steps(example: duckdb.DuckDBPyConnection, step: str) -> None:
    found = rows_by(example, "fct_flow_steps", "step", "value_stream_id = 's'")[step]
    measured = [float(found[name]) for name in MEASURES]
    assert measured == pytest.approx(EXPECTED[step], abs=PRECISION)


def test_items_and_their_sum(example: duckdb.DuckDBPyConnection) -> None:
    items = rows_by(example, "fct_flow_items", "work_item_key")
    leads = {key: item["lead_hours"] for key, item in items.items()}
    assert leads == pytest.approx(
        {"APP-A": 27, "APP-B": 42, "APP-C": 32, "APP-D": 19}, abs=PRECISION
    )


def test_stream(example: duckdb.DuckDBPyConnection) -> None:
    stream = _stream(example)
    assert stream["lead_hours_mean"] == pytest.approx(30.0, abs=PRECISION)
    assert stream["lead_hours_p50"] == pytest.approx(29.5, abs=PRECISION)
    assert stream["process_hours_mean"] == pytest.approx(15.25, abs=PRECISION)
    assert stream["activity_ratio"] == pytest.approx(15.25 / 30, abs=PRECISION)
    assert stream["rolled_complete_accurate_ratio"] == pytest.approx(0.5, abs=PRECISION)


def test_means_of_steps_add_up_and_medians_do_not(example: duckdb.DuckDBPyConnection) -> None:
    steps = rows_by(example, "fct_flow_steps", "step", "value_stream_id = 's' and kind <> 'none'")
    assert sum(step["lead_hours_mean"] for step in steps.values()) == pytest.approx(30.0)
    assert sum(step["lead_hours_p50"] for step in steps.values()) == pytest.approx(30.0)
    assert _stream(example)["lead_hours_p50"] == pytest.approx(29.5)


def test_work_in_progress_is_the_time_in_the_stream(example: duckdb.DuckDBPyConnection) -> None:
    stream = _stream(example)
    assert stream["wip_average"] * stream["working_hours"] == pytest.approx(120.0, abs=1e-6)


def test_rework_loops(example: duckdb.DuckDBPyConnection) -> None:
    rows = example.sql(
        "select from_step, to_step, transition_count, item_count, rework_hours"
        " from fct_flow_transitions where is_backward order by all"
    ).fetchall()
    # A: Dev 2 h and Review 2 h again; C: Dev 2 h, Review 1 + 1 h and Test 6 h again.
    assert rows == [("Review", "Dev", 1, 1, 4.0), ("Test", "Dev", 1, 1, 10.0)]


def test_measures(example: duckdb.DuckDBPyConnection) -> None:
    found = rows_by(example, "fct_delivery_metrics", "metric", "scope = 'value_stream:s'")
    assert found["flow_velocity"]["value"] == 4
    assert found["flow_time_p50"]["value"] == pytest.approx(29.5, abs=PRECISION)
    assert found["flow_efficiency"]["value"] == pytest.approx(15.25 / 30, abs=PRECISION)
    assert found["flow_distribution"]["value"] == 1


def test_every_item_stands_in_one_status(example: duckdb.DuckDBPyConnection) -> None:
    rows = example.sql(
        "select work_item_key, sum(cast(is_current as int)) from fct_status_intervals group by 1"
    ).fetchall()
    assert sorted(rows) == [(key, 1) for key in MOVES]


def _stream(example: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    return rows_by(example, "fct_flow_streams", "value_stream_id")["s"]

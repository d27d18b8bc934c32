"""Deployments, incidents and DORA's five on a service small enough to count by hand."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from tests.dbt.flow_world import flow_world, rows_by
from tests.dbt.ledger_world import World

SHIPPED = ("service", "sha", "source", "deployment_id", "is_listed", "is_first_recorded")


def deploy(world: World, name: str, at: str, status: str = "success", **more: Any) -> None:
    row = {
        "source": "forge", "deployment_id": name, "service": "app", "repository": "org/app",
        "environment": "production", "sha": f"head-{name}", "status": status,
        "started_at": at, "finished_at": at,
    }  # fmt: skip
    world.add("inp_deployments", **(row | more))


def incident(world: World, name: str, at: str, **more: Any) -> None:
    row = {"source": "pager", "incident_id": name, "service": "app", "created_at": at}
    world.add("inp_incidents", **(row | more))


def ship(world: World, sha: str, deployment: str, *, first: bool = False, listed: bool = False):
    row = ("app", sha, "forge", deployment, listed, first)
    world.add("ops.first_deployments", **dict(zip(SHIPPED, row, strict=True)))


@pytest.fixture(scope="module")
def week() -> duckdb.DuckDBPyConnection:
    """Return October 2026 of one service: every way to fail and to recover, once."""
    world = flow_world(months=("2026-09", "2026-10", "2026-11"))
    world.rule("repository", "org/app", "s")
    deploy(world, "d0", "2026-09-30 10:00:00")
    deploy(world, "d1", "2026-10-01 10:00:00")
    deploy(world, "d2", "2026-10-02 10:00:00")
    deploy(world, "back", "2026-10-02 12:30:00", "rollback")
    deploy(world, "d3", "2026-10-05 10:00:00")
    deploy(world, "tried", "2026-10-06 09:00:00", "failure")
    deploy(world, "d4", "2026-10-06 10:00:00")
    deploy(world, "d5", "2026-10-09 10:00:00", is_planned=False)
    deploy(world, "d6", "2026-10-12 10:00:00", is_planned=True)
    deploy(world, "staged", "2026-10-13 10:00:00", environment="staging")
    incident(
        world, "named", "2026-10-20 10:00:00", deployment_id="d4", resolved_at="2026-10-06 11:30:00"
    )
    incident(world, "near", "2026-10-10 10:00:00", resolved_at="2026-10-10 12:00:00")
    incident(world, "late", "2026-10-11 10:00:01", resolved_at="2026-10-11 12:00:00")
    incident(world, "elsewhere", "2026-10-09 11:00:00", service="other")
    for number, sha in enumerate(("a", "b", "c", "d")):
        world.commit("ada", f"2026-10-01 0{number}:00:00", "x", sha=sha)
        ship(world, sha, "d1")
    world.commit("ada", "2020-01-01 00:00:00", "x", sha="old")
    ship(world, "old", "d0", first=True)
    world.commit("ada", "2026-10-01 09:00:00", "merge", sha="m", parents=["a", "b"])
    ship(world, "m", "d1")
    return world.run("fct_deployments", "fct_incidents", "fct_delivery_metrics")


def test_failures(week: duckdb.DuckDBPyConnection) -> None:
    found = rows_by(week, "fct_deployments", "deployment_id")
    assert "staged" not in found
    assert {name for name, row in found.items() if row["is_failed"]} == {"d2", "d4", "d5"}
    assert found["d2"]["recovery_minutes"] == 150
    assert found["d4"]["recovery_minutes"] == 90
    assert found["d5"]["recovery_minutes"] == 26 * 60
    assert found["d3"]["recovered_at"] is None


def test_rework(week: duckdb.DuckDBPyConnection) -> None:
    found = rows_by(week, "fct_deployments", "deployment_id")
    # d3 follows the failed d2; d5 says so itself; d6 follows d5 and says it was planned.
    assert {name for name, row in found.items() if row["is_rework"]} == {"d3", "d5"}


def test_previous_deployment_is_a_success(week: duckdb.DuckDBPyConnection) -> None:
    found = rows_by(week, "fct_deployments", "deployment_id")
    chain = {name: row["previous_deployment_id"] for name, row in found.items()}
    assert chain == {
        "d0": None, "d1": "d0", "d2": "d1", "back": "d2", "d3": "d2", "tried": "d3", "d4": "d3",
        "d5": "d4", "d6": "d5",
    }  # fmt: skip


def test_incidents(week: duckdb.DuckDBPyConnection) -> None:
    found = rows_by(week, "fct_incidents", "incident_id")
    links = {name: (row["link_kind"], row["deployment_id"]) for name, row in found.items()}
    assert links == {
        "named": ("explicit", "d4"),
        "near": ("window", "d5"),
        "late": ("none", None),
        "elsewhere": ("none", None),
    }


@pytest.mark.parametrize("scope", ["service:app", "value_stream:s", "team:Pay"])
def test_measures(week: duckdb.DuckDBPyConnection, scope: str) -> None:
    found = rows_by(
        week, "fct_delivery_metrics", "metric", f"scope = '{scope}' and month_key = '2026-10'"
    )
    measured = {
        name: (row["numerator"], row["denominator"], row["value"])
        for name, row in found.items()
        if not name.startswith("flow")
    }
    assert measured == {
        "change_lead_time_p50": (4, 4, 8.5),
        "change_lead_time_p85": (4, 4, pytest.approx(9.55)),
        "change_lead_time_p95": (4, 4, pytest.approx(9.85)),
        "deployment_frequency": (6, 22, pytest.approx(6 / 22)),
        "failed_deployment_recovery_p50": (3, 3, 2.5),
        "change_fail_rate": (3, 6, 0.5),
        "deployment_rework_rate": (2, 6, pytest.approx(1 / 3)),
    }


def test_wilson_interval(week: duckdb.DuckDBPyConnection) -> None:
    # 3 of 6: published tables give 0.188 to 0.812.
    found = rows_by(
        week, "fct_delivery_metrics", "metric", "scope = 'service:app' and month_key = '2026-10'"
    )["change_fail_rate"]
    assert (found["low"], found["high"]) == pytest.approx((0.1876, 0.8124), abs=5e-5)


def test_first_recorded_is_not_measurable(week: duckdb.DuckDBPyConnection) -> None:
    found = rows_by(
        week, "fct_delivery_metrics", "metric", "scope = 'service:app' and month_key = '2026-09'"
    )["change_lead_time_p50"]
    assert (found["numerator"], found["denominator"], found["value"]) == (0, 1, None)


def test_missing_is_not_zero(week: duckdb.DuckDBPyConnection) -> None:
    found = rows_by(
        week, "fct_delivery_metrics", "metric", "scope = 'service:app' and month_key = '2026-11'"
    )
    assert found["deployment_frequency"]["value"] == 0
    assert found["change_fail_rate"]["value"] is None
    assert found["change_lead_time_p50"]["value"] is None


def test_provisional(week: duckdb.DuckDBPyConnection) -> None:
    # The newest record is of 20 October: September is over, its incidents' week too.
    rows = week.sql(
        "select month_key, bool_and(is_provisional), bool_or(is_provisional)"
        " from fct_delivery_metrics where scope = 'service:app' group by 1 order by 1"
    ).fetchall()
    assert rows == [("2026-09", False, False), ("2026-10", True, True), ("2026-11", True, True)]


@pytest.mark.parametrize(
    ("count", "low", "high"), [(5, None, None), (6, 1, 6), (8, 1, 8), (9, 2, 8), (20, 6, 15)]
)
def test_order_statistics(count: int, low: int | None, high: int | None) -> None:
    """Ranks of the median's 95 % interval, as tables of the sign test give them."""
    world = flow_world()
    deploy(world, "d0", "2026-10-01 00:00:00")
    deploy(world, "d1", "2026-10-05 00:00:00")
    for hour in range(1, count + 1):
        day, rest = divmod(120 - hour, 24)
        world.commit("ada", f"2026-09-{30 + day:02d} {rest:02d}:00:00" if day == 0
                     else f"2026-10-{day:02d} {rest:02d}:00:00", "x", sha=f"c{hour}")  # fmt: skip
        ship(world, f"c{hour}", "d1")
    found = rows_by(
        world.run("fct_delivery_metrics"), "fct_delivery_metrics", "metric", "scope = 'service:app'"
    )["change_lead_time_p50"]
    assert (found["low"], found["high"]) == (low, high)

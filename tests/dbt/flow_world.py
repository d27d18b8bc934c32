"""A value stream with a workflow of five steps; items are written as the moves they made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from tests.dbt.harness import rows_of
from tests.dbt.ledger_world import World

Moves = Sequence[tuple[str, str]]
STEPS = (
    {"step": "Ready", "kind": "wait"},
    {"step": "Dev", "kind": "work"},
    {"step": "Review", "kind": "work"},
    {"step": "Test", "kind": "work"},
    {"step": "Deploy", "kind": "work"},
)
GROUPS = {"before": ("Open",), "done": ("Done",), "cancelled": ("Dropped",)}


def flow_world(
    steps: Sequence[Mapping[str, Any]] = STEPS,
    months: tuple[str, ...] = ("2026-10",),
    timezone: str = "UTC",
    **settings: Any,
) -> World:
    """Return a company of one person and stream `s`, whose statuses are named like its steps."""
    world = World(
        months=months, settings={"failure_window_hours": 24, "timezone": timezone} | settings
    )
    world.rows["company.workflow_statuses"].clear()
    for order, step in enumerate(steps, start=1):
        row = {"from_pull_requests": False, "from_deployments": False} | step
        status = row.pop("status", row["step"])
        key = None if status is None else status.lower()
        world.add(
            "company.workflow_statuses",
            project="*", status=status, status_key=key, step_order=order, **row,
        )  # fmt: skip
    for kind, statuses in GROUPS.items():
        for status in statuses:
            world.add(
                "company.workflow_statuses",
                project="*", status=status, status_key=status.lower(), kind=kind,
                from_pull_requests=False, from_deployments=False,
            )  # fmt: skip
    world.add(
        "company.value_streams", value_stream_id="s", name="S", owner="Pay team", stream_order=1
    )
    world.rule("project", "APP", "s")
    world.add("company.delivery_environments", environment="production")
    world.person("ada", timezone=timezone)
    return world


def move(world: World, key: str, moves: Moves, **more: Any) -> None:
    """Add an item that entered statuses at times; it is created in `Open` at its first move."""
    created = {"created_at": moves[0][0]} if moves else {}
    world.item(key, status=moves[-1][1] if moves else "Open", **(created | more))
    before = "Open"
    for at, status in moves:
        world.change(key, at, "status", before, status)
        before = status


def work(world: World, key: str, day: str, first: str, last: str, person: str = "ada") -> None:
    """Log work on an item from one time of a day to another, UTC."""
    seconds = _seconds(last) - _seconds(first)
    world.worklog(person, key, f"{day} {first}:00", seconds)


def rows_by(
    connection: duckdb.DuckDBPyConnection, relation: str, key: str, where: str = "true"
) -> dict[Any, dict[str, Any]]:
    """Return rows of a relation by one of its columns."""
    names = [
        row[0] for row in rows_of(connection, f"select name from pragma_table_info('{relation}')")
    ]
    rows = rows_of(connection, f"select * from {relation} where {where}")
    return {row[names.index(key)]: dict(zip(names, row, strict=True)) for row in rows}


def _seconds(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60

"""The walk over the commit graph: each commit once per service, with its first release."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from datetime import datetime, timedelta

import duckdb
import pytest

from capstream.flow import Release, first_containing, write_first_deployments
from capstream.warehouse import bootstrap

START = datetime.fromisoformat("2026-01-01")


def release(number: int, sha: str, service: str = "app", **more: object) -> Release:
    row: dict = {"repository": "org/app", "source": "forge", "deployment_id": f"d{number}"} | more
    return Release(service=service, sha=sha, finished_at=START + timedelta(days=number), **row)


def found(parents: Mapping[str, tuple[str, ...]], *releases: Release) -> dict[str, str]:
    return {
        sha: one.release.deployment_id
        for one in first_containing(parents, releases)
        for sha in (*one.listed, *one.reached)
    }


def test_line() -> None:
    parents = {"a": (), "b": ("a",), "c": ("b",), "d": ("c",)}
    assert found(parents, release(1, "b"), release(2, "d")) == {
        "a": "d1", "b": "d1", "c": "d2", "d": "d2",
    }  # fmt: skip


def test_side_branch_is_shipped_with_its_merge() -> None:
    parents = {"a": (), "b": ("a",), "side": ("a",), "merge": ("b", "side")}
    assert found(parents, release(1, "b"), release(2, "merge"))["side"] == "d2"


def test_rolling_back_in_history_ships_nothing() -> None:
    parents = {"a": (), "b": ("a",)}
    assert found(parents, release(1, "b"), release(2, "a")) == {"a": "d1", "b": "d1"}


def test_services_have_their_own_history() -> None:
    parents = {"a": (), "b": ("a",)}
    rows = list(first_containing(parents, [release(1, "a"), release(2, "b", service="web")]))
    assert [(one.release.service, sorted(one.reached)) for one in rows] == [
        ("app", ["a"]), ("web", ["a", "b"]),
    ]  # fmt: skip
    assert all(one.is_first_recorded for one in rows)


def test_unknown_commit_ends_the_walk() -> None:
    assert found({}, release(1, "x"), release(2, "")) == {"x": "d1"}


def test_listed_commits_are_marked_and_crossed() -> None:
    parents = {"a": (), "b": ("a",), "c": ("b",)}
    [shipment] = first_containing(parents, [release(1, "c", listed=("b", "c"))])
    assert (sorted(shipment.listed), shipment.reached) == (["b", "c"], ["a"])


@pytest.mark.parametrize("seed", range(20))
def test_random_graphs_agree_with_sets_of_ancestors(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's draws guard nothing
    parents: dict[str, tuple[str, ...]] = {}
    for number in range(60):
        known = list(parents)
        count = min(len(known), chance.choice((1, 1, 2)))
        parents[f"c{number}"] = tuple(chance.sample(known, count))
    releases = [release(n, chance.choice(list(parents))) for n in range(8)]
    expected: dict[str, str] = {}
    for one in releases:
        for sha in _ancestors(parents, one.sha):
            expected.setdefault(sha, one.deployment_id)
    assert found(parents, *releases) == expected


def test_depth_is_no_limit() -> None:
    parents = {str(n): (str(n - 1),) if n else () for n in range(50_000)}
    assert len(found(parents, release(1, "49999"))) == 50_000


def test_table_is_written_from_the_raw_tables() -> None:
    connection = duckdb.connect(":memory:")
    bootstrap(connection)
    connection.execute("create table company.settings as select null::timestamp as as_of_at")
    connection.execute("create table company.delivery_environments as select 'prod' as environment")
    for sha, parents in {"a": [], "b": ["a"]}.items():
        connection.execute(
            "insert into raw.commits (source, repository, sha, parents)"
            " values ('code', 'app', ?, ?)",
            [sha, json.dumps(parents)],
        )
    connection.execute(
        "insert into raw.tags (source, repository, tag, sha) values ('code', 'app', 'v1', 'a')"
    )
    rows = [
        ("d1", "Prod ", None, "refs/tags/v1", "success"),
        ("d2", "prod", "b", None, "failure"),
        ("d3", "staging", "b", None, "success"),
        ("d4", "prod", "b", None, "success"),
    ]
    for number, (name, environment, sha, ref, status) in enumerate(rows):
        connection.execute(
            "insert into raw.deployments (source, deployment_id, service, repository,"
            " environment, sha, ref, status, finished_at)"
            " values ('x', ?, 'app', 'app', ?, ?, ?, ?, ?)",
            [name, environment, sha, ref, status, START + timedelta(days=number)],
        )
    assert write_first_deployments(connection) == 2
    assert connection.execute(
        "select sha, deployment_id, is_first_recorded from ops.first_deployments order by sha"
    ).fetchall() == [("a", "d1", True), ("b", "d4", False)]
    assert write_first_deployments(connection) == 2


def _ancestors(parents: Mapping[str, tuple[str, ...]], sha: str) -> set[str]:
    reached = {sha}
    for parent in parents.get(sha, ()):
        reached |= _ancestors(parents, parent)
    return reached

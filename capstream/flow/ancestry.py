"""Which deployment first brought a commit to users: one walk over parents per service.

A deployment contains its commit and all ancestors. Deployments are taken oldest first, and each
walk stops at what an earlier one of the same service contains, so that every commit and edge is
visited once per service, however many deployments there are. SQL would repeat the graph once per
deployment or recurse once per commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

from capstream.flow.commit_graph import (
    NUMBERED,
    Commit,
    Parents,
    Release,
    number_commits,
    read_parents,
    read_releases,
)

TABLE = "first_deployments"


class Shipment(NamedTuple, Generic[Commit]):
    """What a release was the first of its service to bring to users.

    Attributes:
        release: The release.
        is_first_recorded: It is the first on record of its service and repository, so that what
            ancestry finds in it may have been live for years.
        listed: Commits that the source itself says were shipped, merges included.
        reached: Commits found by ancestry alone, merges included.
    """

    release: Release[Commit]
    is_first_recorded: bool
    listed: list[Commit]
    reached: list[Commit]


def first_containing(
    parents: Parents[Commit], releases: Iterable[Release[Commit]]
) -> Iterator[Shipment[Commit]]:
    """Yield each release with the commits that no earlier one of its service contains.

    Args:
        parents: Parents by commit; parents that have no entry end the walk.
        releases: Successful production deployments, oldest first.
    """
    seen_of_service: dict[str, set[Commit]] = {}
    recorded: set[tuple[str, str]] = set()
    for release in releases:
        seen = seen_of_service.setdefault(release.service, set())
        is_first = (release.service, release.repository) not in recorded
        recorded.add((release.service, release.repository))
        listed = [sha for sha in dict.fromkeys(release.listed) if sha not in seen]
        seen.update(listed)
        reached = _unseen(parents, (release.sha, *release.listed), seen, set(release.listed))
        yield Shipment(release, is_first, listed, reached)


def _unseen(
    parents: Parents[Commit], starts: Sequence[Commit], seen: set[Commit], entered: set[Commit]
) -> list[Commit]:
    """Walk from the starts through what is not seen yet, marking it; `entered` is only crossed."""
    reached = []
    waiting = [sha for sha in starts if sha in entered or (sha and sha not in seen)]
    while waiting:
        sha = waiting.pop()
        if sha in entered:
            entered.discard(sha)
        elif sha in seen:
            continue
        else:
            seen.add(sha)
            reached.append(sha)
        for parent in parents.get(sha, ()):
            if parent not in seen or parent in entered:
                waiting.append(parent)  # noqa: PERF401 - a list for one parent costs more
    return reached


def write_first_deployments(connection: duckdb.DuckDBPyConnection) -> int:
    """Write `ops.first_deployments` from the raw tables and the configuration in the warehouse.

    Called once a run, after the sources are loaded and schema `company` is written, before dbt.

    Returns:
        Rows written.
    """
    number_commits(connection)
    releases = read_releases(connection)
    rows = _found_rows(first_containing(read_parents(connection), releases))
    connection.register("found_rows", rows)
    connection.register("found_releases", _release_rows(releases))
    try:
        connection.execute(f"""
            create or replace table ops.{TABLE} as
            select
                releases.service, commits.sha, releases.source, releases.deployment_id,
                found.is_listed, found.is_first_recorded
            from found_rows as found
            inner join {NUMBERED} as commits on found.number = commits.number
            inner join found_releases as releases on found.place = releases.place
        """)
    finally:
        connection.unregister("found_rows")
        connection.unregister("found_releases")
    return int(rows.num_rows)


def _found_rows(shipments: Iterable[Shipment[int]]) -> pa.Table:
    """Return what the walk found by columns: commit, place of its release, and the two flags."""
    numbers: list[int] = []
    counts, listed, first = [], [], []
    for shipment in shipments:
        for commits, is_listed in ((shipment.listed, True), (shipment.reached, False)):
            numbers += commits
            counts.append(len(commits))
            listed.append(is_listed)
            first.append(shipment.is_first_recorded)
    return pa.table(
        {
            "number": pa.array(numbers, pa.int32()),
            "place": np.repeat(np.arange(len(counts), dtype=np.int32) // 2, counts),
            "is_listed": np.repeat(np.array(listed, dtype=bool), counts),
            "is_first_recorded": np.repeat(np.array(first, dtype=bool), counts),
        }
    )


def _release_rows(releases: Sequence[Release[int]]) -> pa.Table:
    names = ("service", "source", "deployment_id")
    columns = {name: [getattr(one, name) for one in releases] for name in names}
    return pa.table(
        {"place": pa.array(range(len(releases)), pa.int32())}
        | {name: pa.array(values, pa.string()) for name, values in columns.items()}
    )

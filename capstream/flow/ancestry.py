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


class Deployed(NamedTuple, Generic[Commit]):
    """A commit and the first release of a service that contains it.

    Attributes:
        sha: Commit, merges included.
        release: The first release that contains it.
        is_listed: The source lists the commit; otherwise found by ancestry.
        is_first_recorded: The release is the first on record of its service and repository, so
            that what ancestry finds in it may have been live for years.
    """

    sha: Commit
    release: Release[Commit]
    is_listed: bool
    is_first_recorded: bool


def first_containing(
    parents: Parents[Commit], releases: Iterable[Release[Commit]]
) -> Iterator[Deployed[Commit]]:
    """Yield every commit of every service once, with the first release that contains it.

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
        for sha in release.listed:
            if sha not in seen:
                seen.add(sha)
                yield Deployed(sha, release, True, is_first)  # noqa: FBT003 - a row's fields
        for sha in _unseen(parents, (release.sha, *release.listed), seen, set(release.listed)):
            yield Deployed(sha, release, False, is_first)  # noqa: FBT003 - a row's fields


def _unseen(
    parents: Parents[Commit], starts: Sequence[Commit], seen: set[Commit], entered: set[Commit]
) -> Iterator[Commit]:
    """Walk from the starts through what is not seen yet, marking it; `entered` is only crossed."""
    waiting = [sha for sha in starts if sha in entered or (sha and sha not in seen)]
    while waiting:
        sha = waiting.pop()
        if sha in entered:
            entered.discard(sha)
        elif sha in seen:
            continue
        else:
            seen.add(sha)
            yield sha
        waiting += [
            parent for parent in parents.get(sha, ()) if parent not in seen or parent in entered
        ]


def write_first_deployments(connection: duckdb.DuckDBPyConnection) -> int:
    """Write `ops.first_deployments` from the raw tables and the configuration in the warehouse.

    Called once a run, after the sources are loaded and schema `company` is written, before dbt.

    Returns:
        Rows written.
    """
    number_commits(connection)
    releases = read_releases(connection)
    rows = _found_rows(releases, first_containing(read_parents(connection), releases))
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


def _found_rows(releases: Sequence[Release[int]], found: Iterable[Deployed[int]]) -> pa.Table:
    """Return what the walk found by columns: commit, place of its release, and the two flags."""
    places = {id(release): place for place, release in enumerate(releases)}
    numbers, at, listed, first = [], [], [], []
    for one in found:
        numbers.append(one.sha)
        at.append(places[id(one.release)])
        listed.append(one.is_listed)
        first.append(one.is_first_recorded)
    return pa.table(
        {
            "number": pa.array(numbers, pa.int32()),
            "place": pa.array(at, pa.int32()),
            "is_listed": pa.array(listed, pa.bool_()),
            "is_first_recorded": pa.array(first, pa.bool_()),
        }
    )


def _release_rows(releases: Sequence[Release[int]]) -> pa.Table:
    names = ("service", "source", "deployment_id")
    columns = {name: [getattr(one, name) for one in releases] for name in names}
    return pa.table(
        {"place": pa.array(range(len(releases)), pa.int32())}
        | {name: pa.array(values, pa.string()) for name, values in columns.items()}
    )

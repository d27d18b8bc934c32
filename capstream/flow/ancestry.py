"""Which deployment first brought a commit to users: one walk over parents per service.

A deployment contains its commit and all ancestors. Deployments are taken oldest first, and each
walk stops at what an earlier one of the same service contains, so that every commit and edge is
visited once per service, however many deployments there are. SQL would repeat the graph once per
deployment or recurse once per commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from capstream.flow.commit_graph import Parents, Release, read_parents, read_releases
from capstream.warehouse.raw_tables import OPS_TABLES

TABLE = "first_deployments"


@dataclass(frozen=True, slots=True)
class Deployed:
    """A commit and the first release of a service that contains it.

    Attributes:
        sha: Commit, merges included.
        release: The first release that contains it.
        is_listed: The source lists the commit; otherwise found by ancestry.
        is_first_recorded: The release is the first on record of its service and repository, so
            that what ancestry finds in it may have been live for years.
    """

    sha: str
    release: Release
    is_listed: bool
    is_first_recorded: bool


def first_containing(parents: Parents, releases: Iterable[Release]) -> Iterator[Deployed]:
    """Yield every commit of every service once, with the first release that contains it.

    Args:
        parents: Parents by commit; parents that have no entry end the walk.
        releases: Successful production deployments, oldest first.
    """
    seen_of_service: dict[str, set[str]] = {}
    recorded: set[tuple[str, str]] = set()
    for release in releases:
        seen = seen_of_service.setdefault(release.service, set())
        is_first = (release.service, release.repository) not in recorded
        recorded.add((release.service, release.repository))
        for sha in release.listed:
            if sha not in seen:
                seen.add(sha)
                yield Deployed(sha, release, is_listed=True, is_first_recorded=is_first)
        for sha in _unseen(parents, (release.sha, *release.listed), seen, set(release.listed)):
            yield Deployed(sha, release, is_listed=False, is_first_recorded=is_first)


def _unseen(
    parents: Parents, starts: Sequence[str], seen: set[str], entered: set[str]
) -> Iterator[str]:
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
            parent for parent in parents.get(sha, ()) if parent in entered or parent not in seen
        ]


def write_first_deployments(connection: duckdb.DuckDBPyConnection) -> int:
    """Write `ops.first_deployments` from the raw tables and the configuration in the warehouse.

    Called once a run, after the sources are loaded and schema `company` is written, before dbt.

    Returns:
        Rows written.
    """
    found = list(first_containing(read_parents(connection), read_releases(connection)))
    table = pa.table(
        {
            "service": pa.array([one.release.service for one in found], pa.string()),
            "sha": pa.array([one.sha for one in found], pa.string()),
            "source": pa.array([one.release.source for one in found], pa.string()),
            "deployment_id": pa.array([one.release.deployment_id for one in found], pa.string()),
            "is_listed": pa.array([one.is_listed for one in found], pa.bool_()),
            "is_first_recorded": pa.array([one.is_first_recorded for one in found], pa.bool_()),
        },
        schema=OPS_TABLES[TABLE],
    )
    connection.register("found_rows", table)
    try:
        connection.execute(f"create or replace table ops.{TABLE} as select * from found_rows")
    finally:
        connection.unregister("found_rows")
    return len(found)

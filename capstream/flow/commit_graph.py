"""What the walk over commits reads from the warehouse's raw tables: commits by number.

A walk over millions of commits costs what its keys cost, so each hash gets a number once, in the
warehouse, and parents stand in two flat lists.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Protocol, TypeVar, cast

import duckdb
import numpy as np

Commit = TypeVar("Commit", bound=Hashable)
"""A commit's hash, or its number (from 1; nothing, an empty text or 0, is an unknown commit)."""

NUMBERED = "walked_commits"


class Parents(Protocol[Commit]):
    """Parents by commit."""

    def get(self, commit: Commit, default: tuple[()], /) -> Sequence[Commit]:
        """Return a commit's parents, the default where it has no entry."""
        ...


@dataclass(frozen=True, slots=True)
class Release(Generic[Commit]):
    """A successful production deployment.

    Attributes:
        service: Service deployed.
        repository: Repository, empty where unknown.
        source: Source that recorded it.
        deployment_id: Identifier, unique per source.
        sha: Commit deployed.
        finished_at: End, UTC.
        listed: Commits that the source itself says were shipped.
    """

    service: str
    repository: str
    source: str
    deployment_id: str
    sha: Commit
    finished_at: datetime
    listed: tuple[Commit, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class NumberedParents:
    """Parents of numbered commits: those of `n` stand from `starts[n]` to `starts[n + 1]`."""

    starts: list[int]
    numbers: list[int]

    def get(self, commit: int, default: tuple[()], /) -> Sequence[int]:
        """Return a commit's parents; every commit has an entry."""
        start, end = self.starts[commit], self.starts[commit + 1]
        return self.numbers[start:end] if end > start else default


def number_commits(connection: duckdb.DuckDBPyConnection) -> int:
    """Number every hash that commits, parents, tags and deployments name; return how many."""
    connection.execute(f"""
        create or replace temp table walked_parents as
        select sha, unnest(cast(json(parents) as varchar[])) as parent_sha
        from (select sha, max(parents) as parents from raw.commits group by sha);
        create or replace temp table {NUMBERED} as
        select sha, cast(row_number() over () as integer) as number
        from (
            select sha from raw.commits
            union select parent_sha from walked_parents
            union select sha from raw.tags
            union select sha from raw.deployments
            union select sha from raw.deployment_commits
        ) as named
        where sha is not null and sha <> ''
    """)
    return _count(connection)


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute(f"select count(*) from {NUMBERED}").fetchone()
    return int(row[0]) if row else 0


def read_parents(connection: duckdb.DuckDBPyConnection) -> NumberedParents:
    """Return the parents of every numbered commit; one in several repositories is one commit."""
    edges = connection.execute(f"""
        select children.number as child, parents.number as parent
        from walked_parents
        inner join {NUMBERED} as children on walked_parents.sha = children.sha
        inner join {NUMBERED} as parents on walked_parents.parent_sha = parents.sha
        order by child, parent
    """).fetchnumpy()
    counts = np.bincount(edges["child"], minlength=_count(connection) + 1)
    starts = cast("list[int]", np.concatenate(([0], np.cumsum(counts))).tolist())
    numbers = cast("list[int]", edges["parent"].tolist())
    return NumberedParents(starts, numbers)


def read_releases(connection: duckdb.DuckDBPyConnection) -> list[Release[int]]:
    """Return the successful deployments to production, oldest first, up to the as-of time."""
    listed = _listed_commits(connection)
    rows = connection.execute(f"""
        with tags as (
            select repository, tag, max(sha) as sha
            from raw.tags
            group by repository, tag
        )
        select
            coalesce(deployments.service, ''), coalesce(deployments.repository, ''),
            deployments.source, deployments.deployment_id,
            coalesce(commits.number, 0), deployments.finished_at
        from raw.deployments as deployments
        cross join company.settings as settings
        left join tags
            on deployments.repository = tags.repository
            and replace(deployments.ref, 'refs/tags/', '') = tags.tag
        left join {NUMBERED} as commits
            on coalesce(deployments.sha, tags.sha) = commits.sha
        where deployments.status = 'success'
            and deployments.finished_at is not null
            and (settings.as_of_at is null or deployments.finished_at <= settings.as_of_at)
            and lower(trim(deployments.environment)) in (
                select lower(trim(environment)) from company.delivery_environments
            )
        order by deployments.finished_at, deployments.source, deployments.deployment_id
    """)
    return [
        Release(
            service=service,
            repository=repository,
            source=source,
            deployment_id=deployment,
            sha=number,
            finished_at=finished_at,
            listed=listed.get((source, deployment), ()),
        )
        for service, repository, source, deployment, number, finished_at in rows.fetchall()
    ]


def _listed_commits(
    connection: duckdb.DuckDBPyConnection,
) -> dict[tuple[str, str], tuple[int, ...]]:
    rows = connection.execute(f"""
        select listed.source, listed.deployment_id, list(distinct commits.number order by number)
        from raw.deployment_commits as listed
        inner join {NUMBERED} as commits on listed.sha = commits.sha
        group by listed.source, listed.deployment_id
    """)
    return {(source, deployment): tuple(found) for source, deployment, found in rows.fetchall()}

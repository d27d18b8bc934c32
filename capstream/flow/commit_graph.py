"""What the walk over commits reads from the warehouse's raw tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import duckdb

Parents = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Release:
    """A successful production deployment.

    Attributes:
        service: Service deployed.
        repository: Repository, empty where unknown.
        source: Source that recorded it.
        deployment_id: Identifier, unique per source.
        sha: Commit deployed, empty where unknown.
        finished_at: End, UTC.
        listed: Commits that the source itself says were shipped.
    """

    service: str
    repository: str
    source: str
    deployment_id: str
    sha: str
    finished_at: datetime
    listed: tuple[str, ...] = field(default=())


def read_parents(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, ...]]:
    """Return the parents of every commit; one commit in several repositories is one commit."""
    rows = connection.execute("select sha, max(parents) from raw.commits group by sha")
    return {sha: tuple(json.loads(parents or "[]")) for sha, parents in rows.fetchall()}


def read_releases(connection: duckdb.DuckDBPyConnection) -> list[Release]:
    """Return the successful deployments to production, oldest first, up to the as-of time."""
    listed = _listed_commits(connection)
    rows = connection.execute("""
        with tags as (
            select repository, tag, max(sha) as sha
            from raw.tags
            group by repository, tag
        )
        select
            coalesce(deployments.service, ''), coalesce(deployments.repository, ''),
            deployments.source, deployments.deployment_id,
            coalesce(deployments.sha, tags.sha, ''), deployments.finished_at
        from raw.deployments as deployments
        cross join company.settings as settings
        left join tags
            on deployments.repository = tags.repository
            and replace(deployments.ref, 'refs/tags/', '') = tags.tag
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
            sha=sha,
            finished_at=finished_at,
            listed=listed.get((source, deployment), ()),
        )
        for service, repository, source, deployment, sha, finished_at in rows.fetchall()
    ]


def _listed_commits(
    connection: duckdb.DuckDBPyConnection,
) -> dict[tuple[str, str], tuple[str, ...]]:
    rows = connection.execute("""
        select source, deployment_id, list(distinct sha order by sha)
        from raw.deployment_commits
        group by source, deployment_id
    """)
    return {(source, deployment): tuple(shas) for source, deployment, shas in rows.fetchall()}

"""Deployments of GitLab, and the releases or tags that stand in for them."""

from __future__ import annotations

from capstream.connectors.gitlab.accounts import account
from capstream.connectors.gitlab.models import Deployable, Deployment, Release, Tag
from capstream.connectors.stand_ins import release_environment
from capstream.connectors.typed_records import Told

_ENDS = {"success": "success", "failed": "failure"}


def add_deployment(told: Told, repository: str) -> None:
    """Add a deployment that came to an end, at the time its job ended."""
    deployment = Deployment.model_validate(told.native)
    status = _ENDS.get(deployment.status)
    job = deployment.deployable or Deployable()
    if status is None:
        return
    ended = deployment.finished_at or job.finished_at or deployment.updated_at
    told.add(
        "deployments", deployment_id=deployment.id, service=repository, repository=repository,
        environment=deployment.environment.name, sha=deployment.sha, ref=deployment.ref,
        actor=account(told, deployment.user),
        started_at=told.times.read(job.started_at or deployment.created_at),
        finished_at=told.times.read(ended or deployment.created_at), status=status,
        url=job.web_url,
    )  # fmt: skip


def add_release(told: Told, repository: str) -> None:
    """Add a release in place of a deployment."""
    release = Release.model_validate(told.native)
    if release.upcoming_release or not release.released_at:
        return
    _add_stand_in(told, repository, "release", release.tag_name, release.released_at,
                  sha=release.commit.id if release.commit else None,
                  actor=account(told, release.author))  # fmt: skip


def add_tag(told: Told, repository: str) -> None:
    """Add a tag in place of a deployment; one without a time cannot be placed."""
    tag = Tag.model_validate(told.native)
    moment = tag.created_at or tag.commit.committed_date or tag.commit.created_at
    if moment:
        _add_stand_in(told, repository, "tag", tag.name, moment, sha=tag.commit.id, actor=None)


def _add_stand_in(
    told: Told, repository: str, kind: str, name: str, moment: str, *, sha: str | None,
    actor: str | None,
) -> None:  # fmt: skip
    at = told.times.read(moment)
    told.add(
        "deployments", deployment_id=f"{kind}:{repository}:{name}", service=repository,
        repository=repository, environment=release_environment(name), sha=sha, ref=name,
        actor=actor, started_at=at, finished_at=at, status="success",
    )  # fmt: skip

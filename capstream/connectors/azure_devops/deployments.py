"""Deployments and releases of Azure DevOps as rows of `deployments`.

A release tells of the same deployments that the host also lists one by one; the configuration says
which of the two counts.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from capstream.connectors.azure_devops.revisions import account
from capstream.connectors.native import Native
from capstream.connectors.typed_records import Told

ENDS = {"succeeded": "success", "partiallysucceeded": "success", "failed": "failure",
        "rejected": "failure"}  # fmt: skip
"""How the states of deployments, attempts and builds end; others are under way or never began."""


class Named(Native):
    """A release, its definition, or an environment."""

    name: str | None = None
    artifacts: list[dict[str, Any]] = Field(default_factory=list)


class Deployment(Native):
    """A release brought to an environment."""

    id: str
    status: str = Field(alias="deploymentStatus")
    release: Named | None = None
    definition: Named | None = Field(None, alias="releaseDefinition")
    environment: Named | None = Field(None, alias="releaseEnvironment")
    requested_by: dict[str, Any] | None = Field(None, alias="requestedBy")
    queued: str | None = Field(None, alias="queuedOn")
    started: str | None = Field(None, alias="startedOn")
    completed: str | None = Field(None, alias="completedOn")
    modified: str | None = Field(None, alias="lastModifiedOn")


def add_deployment(told: Told) -> None:
    """Add a deployment that came to an end, with the commit of its primary artefact."""
    deployment = Deployment.model_validate(told.native)
    status = ENDS.get(deployment.status.lower())
    ended = deployment.completed or deployment.modified
    if status is None or not ended:
        return
    release = deployment.release or Named()
    version, repository = _artefact(release)
    told.add(
        "deployments", deployment_id=deployment.id,
        service=(deployment.definition or Named()).name or release.name or repository,
        repository=repository, environment=(deployment.environment or Named()).name or "unknown",
        sha=version, ref=release.name, actor=account(told, deployment.requested_by),
        started_at=told.times.read_optional(deployment.started or deployment.queued),
        finished_at=told.times.read(ended), status=status, url=told.native.get("url"),
    )  # fmt: skip


def _artefact(release: Named) -> tuple[str | None, str | None]:
    primary = [each for each in release.artifacts if each.get("isPrimary")] or release.artifacts
    held = (primary[0].get("definitionReference") or {}) if primary else {}
    version = (held.get("sourceVersion") or {}).get("id")
    project = (held.get("project") or {}).get("name")
    name = (held.get("repository") or {}).get("name")
    repository = f"{project}/{name}" if project and name else name
    return version, repository


class Attempt(Native):
    """One try to bring a release to a stage."""

    id: str = Field(alias="deploymentId")
    status: str = ""
    queued: str | None = Field(None, alias="queuedOn")
    modified: str | None = Field(None, alias="lastModifiedOn")
    requested_by: dict[str, Any] | None = Field(None, alias="requestedBy")


class Stage(Native):
    """An environment of a release, and what was tried there."""

    name: str
    attempts: list[Attempt] = Field(default_factory=list, alias="deploySteps")


class Release(Named):
    """A release with its stages."""

    definition: Named | None = Field(None, alias="releaseDefinition")
    stages: list[Stage] = Field(default_factory=list, alias="environments")


def add_release(told: Told) -> None:
    """Add every attempt of every stage that came to an end, under the number of its deployment."""
    release = Release.model_validate(told.native)
    version, repository = _artefact(release)
    for stage in release.stages:
        for attempt in stage.attempts:
            status = ENDS.get(attempt.status.lower())
            if status is None or not attempt.modified:
                continue
            told.add(
                "deployments", deployment_id=attempt.id,
                service=(release.definition or Named()).name or release.name or repository,
                repository=repository, environment=stage.name, sha=version, ref=release.name,
                actor=account(told, attempt.requested_by),
                started_at=told.times.read_optional(attempt.queued),
                finished_at=told.times.read(attempt.modified), status=status,
                url=told.native.get("url"),
            )  # fmt: skip

"""A deployment of Azure Pipelines as a row of `deployments`."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from capstream.connectors.azure_devops.revisions import account
from capstream.connectors.native import Native
from capstream.connectors.typed_records import Told

_ENDS = {"succeeded": "success", "partiallysucceeded": "success", "failed": "failure"}


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
    status = _ENDS.get(deployment.status.lower())
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

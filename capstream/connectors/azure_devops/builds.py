"""Builds of pipelines that deploy, as rows of `deployments`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import Field

from capstream.connectors.azure_devops.deployments import ENDS, Named
from capstream.connectors.azure_devops.revisions import account
from capstream.connectors.native import Native
from capstream.connectors.stand_ins import PRODUCTION
from capstream.connectors.typed_records import Told


class Repository(Native):
    """Where a build took its code from."""

    id: str | None = None
    name: str | None = None


class Build(Native):
    """A run of a pipeline."""

    id: str
    number: str | None = Field(None, alias="buildNumber")
    result: str | None = None
    queued: str | None = Field(None, alias="queueTime")
    started: str | None = Field(None, alias="startTime")
    finished: str | None = Field(None, alias="finishTime")
    definition: Named
    project: Named | None = None
    repository: Repository | None = None
    branch: str | None = Field(None, alias="sourceBranch")
    version: str | None = Field(None, alias="sourceVersion")
    requested_for: dict[str, Any] | None = Field(None, alias="requestedFor")
    parameters: dict[str, Any] | None = Field(None, alias="templateParameters")


def add_build(told: Told, pipelines: Sequence[str]) -> None:
    """Add a build of a pipeline that deploys; its parameter `environment` says where to."""
    build = Build.model_validate(told.native)
    status = ENDS.get((build.result or "").lower())
    if build.definition.name not in pipelines or status is None or not build.finished:
        return
    page = ((told.native.get("_links") or {}).get("web") or {}).get("href")
    told.add(
        "deployments", deployment_id=f"build:{build.id}", service=build.definition.name,
        repository=_built_from(build),
        environment=str((build.parameters or {}).get("environment") or PRODUCTION),
        sha=build.version, ref=build.branch, actor=account(told, build.requested_for),
        started_at=told.times.read_optional(build.started or build.queued),
        finished_at=told.times.read(build.finished), status=status,
        url=page or told.native.get("url"),
    )  # fmt: skip


def _built_from(build: Build) -> str | None:
    """Return `project/repository`, as pull requests are named."""
    name = (build.repository or Repository()).name
    project = (build.project or Named()).name
    return f"{project}/{name}" if name and project and "/" not in name else name

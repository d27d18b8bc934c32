"""Deployments of GitHub, and the releases or tags that stand in for them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from capstream.connectors.github.models import (
    DeploymentRecord,
    DeploymentStatus,
    ReleaseRecord,
    TagRecord,
)
from capstream.connectors.github.parts import add_actors, usable_parts
from capstream.connectors.records import NormalisedRecord
from capstream.connectors.stand_ins import release_environment
from capstream.connectors.times import TimeReader

_FAILED = frozenset({"failure", "error"})
_SHA = re.compile(r"[0-9a-f]{40}")


def add_deployment(
    record: NormalisedRecord, content: DeploymentRecord, repository: str, times: TimeReader
) -> None:
    """Add a deployment that came to an end.

    Its end is the time of the first success, else of the last failure, as the status events
    tell it: `updated_at` moves when a later deployment makes this one inactive. One that is
    still under way has no row.
    """

    def dated(status: DeploymentStatus) -> tuple[datetime, DeploymentStatus]:
        return times.read(status.created_at), status

    statuses = usable_parts(record, "status", content.statuses, DeploymentStatus, dated)
    statuses.sort(key=lambda each: (each[0], each[1].state))
    end = _deciding(statuses)
    deployment = content.deployment
    add_actors(record, (deployment.creator,))
    if end is None:
        return
    payload = _payload(deployment.payload)
    is_rollback = "rollback" in (deployment.task or "").lower() or payload.get("rollback") is True
    status = "failure" if end[1].state.lower() in _FAILED else "success"
    planned = payload.get("is_planned")
    row = {
        "deployment_id": deployment.id,
        "service": str(payload.get("service") or repository),
        "repository": repository,
        "environment": deployment.environment,
        "sha": deployment.sha,
        "ref": deployment.ref,
        "actor": deployment.creator.login if deployment.creator else None,
        "started_at": times.read(deployment.created_at),
        "finished_at": end[0],
        "status": "rollback" if is_rollback and status == "success" else status,
        "is_planned": planned if isinstance(planned, bool) else None,
        "url": end[1].log_url or end[1].target_url or deployment.url,
    }
    record.rows.append(("deployments", row))


def add_release(
    record: NormalisedRecord, content: ReleaseRecord, repository: str, times: TimeReader
) -> None:
    """Add a published release in place of a deployment."""
    release = content.release
    add_actors(record, (release.author,))
    if release.draft or not release.published_at:
        return
    target = release.target_commitish or ""
    row = {
        "deployment_id": f"release:{release.id}",
        "service": repository,
        "repository": repository,
        "environment": release_environment(release.tag_name, is_preview=release.prerelease),
        "sha": target if _SHA.fullmatch(target) else None,
        "ref": release.tag_name,
        "actor": release.author.login if release.author else None,
        "started_at": times.read(release.published_at),
        "finished_at": times.read(release.published_at),
        "status": "success",
        "url": release.html_url or release.url,
    }
    record.rows.append(("deployments", row))


def add_tag(
    record: NormalisedRecord, content: TagRecord, repository: str, times: TimeReader
) -> None:
    """Add a tag in place of a deployment; one without a time cannot be placed."""
    tag = content.tag
    if not tag.tagged_at:
        return
    row = {
        "deployment_id": f"tag:{repository}:{tag.name}",
        "service": repository,
        "repository": repository,
        "environment": release_environment(tag.name),
        "sha": tag.commit.sha,
        "ref": tag.name,
        "started_at": times.read(tag.tagged_at),
        "finished_at": times.read(tag.tagged_at),
        "status": "success",
    }
    record.rows.append(("deployments", row))


def _deciding(
    statuses: Sequence[tuple[datetime, DeploymentStatus]],
) -> tuple[datetime, DeploymentStatus] | None:
    succeeded = [each for each in statuses if each[1].state.lower() == "success"]
    failed = [each for each in statuses if each[1].state.lower() in _FAILED]
    if succeeded:
        return succeeded[0]
    return failed[-1] if failed else None


def _payload(payload: Any) -> Mapping[str, Any]:
    """Read the payload, which is an object or its JSON text."""
    if isinstance(payload, str):
        try:
            payload = json.loads(payload)
        except ValueError:
            return {}
    return payload if isinstance(payload, dict) else {}

"""A line of Azure DevOps, told by its `type`, as rows of the neutral tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from capstream.company.sources import AzureDevopsSource
from capstream.connectors.azure_devops.deployments import add_deployment
from capstream.connectors.azure_devops.pulls import add_pull, repository_of
from capstream.connectors.azure_devops.revisions import add_item, add_revision
from capstream.connectors.times import TimeReader
from capstream.connectors.typed_records import Reader, Told, TypedNormaliser


def azure_normaliser(source: AzureDevopsSource, times: TimeReader) -> TypedNormaliser:
    """Open the normaliser of a configured source."""

    def item(told: Told) -> None:
        add_item(told, source.name)

    def revision(told: Told) -> None:
        add_revision(told, source.name)

    def pull(told: Told) -> None:
        add_pull(told, source.name)

    readers = {
        "work_item": Reader(lambda native, _: native["id"], item, ()),
        "revision": Reader(lambda native, _: f"{native['id']}.{native['rev']}", revision, ()),
        "pull_request": Reader(_pull_key, pull, ("closedDate", "creationDate")),
        "deployment": Reader(lambda native, _: native["id"], add_deployment, ("lastModifiedOn",)),
    }
    return TypedNormaliser(times, readers, _guess)


def _pull_key(native: Mapping[str, Any], line: Mapping[str, Any]) -> str:
    return f"{repository_of(native, line)}#{native['pullRequestId']}"


def _guess(value: Mapping[str, Any]) -> str | None:
    if "pullRequestId" in value:
        return "pull_request"
    if "rev" in value and "fields" in value:
        return "work_item" if "revisions" in value else "revision"
    held = (
        kind for kind in ("work_item", "pull_request", "deployment", "revision") if kind in value
    )
    return next(held, None)

"""A line of Azure DevOps, told by its `type`, as rows of the neutral tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from capstream.company.sources import AzureDevopsSource
from capstream.connectors.azure_devops.builds import add_build
from capstream.connectors.azure_devops.deployments import add_deployment, add_release
from capstream.connectors.azure_devops.pulls import add_pull, repository_of
from capstream.connectors.azure_devops.revisions import add_item, add_revision
from capstream.connectors.times import TimeReader
from capstream.connectors.typed_records import Reader, Told, TypedNormaliser

_WRAPPED = ("work_item", "pull_request", "deployment", "revision", "release", "build")
_SHOWN_BY: Mapping[str, frozenset[str]] = {
    "deployment": frozenset({"deploymentStatus"}),
    "release": frozenset({"releaseDefinition", "environments"}),
    "build": frozenset({"buildNumber", "definition"}),
}
"""Fields that together only objects of one type have."""


def azure_normaliser(source: AzureDevopsSource, times: TimeReader) -> TypedNormaliser:
    """Open the normaliser of a configured source."""

    def item(told: Told) -> None:
        add_item(told, source.name)

    def revision(told: Told) -> None:
        add_revision(told, source.name)

    def pull(told: Told) -> None:
        add_pull(told, source.name)

    def build(told: Told) -> None:
        add_build(told, source.pipelines)

    def counting(way: str, add: Callable[[Told], None]) -> Callable[[Told], None]:
        return add if source.deployments == way else _kept

    readers = {
        "work_item": Reader(lambda native, _: native["id"], item, ()),
        "revision": Reader(lambda native, _: f"{native['id']}.{native['rev']}", revision, ()),
        "pull_request": Reader(_pull_key, pull, ("closedDate", "creationDate")),
        "deployment": Reader(_own_id, counting("status_events", add_deployment),
                             ("lastModifiedOn",)),
        "release": Reader(_own_id, counting("releases", add_release), ("modifiedOn", "createdOn")),
        "build": Reader(_own_id, counting("builds", build), ("finishTime", "queueTime")),
    }  # fmt: skip
    return TypedNormaliser(times, readers, _guess)


def _own_id(native: Mapping[str, Any], _: Mapping[str, Any]) -> object:
    return native["id"]


def _kept(_: Told) -> None:
    """Keep a record as it came: something else tells what it says."""


def _pull_key(native: Mapping[str, Any], line: Mapping[str, Any]) -> str:
    return f"{repository_of(native, line)}#{native['pullRequestId']}"


def _guess(value: Mapping[str, Any]) -> str | None:
    if "pullRequestId" in value:
        return "pull_request"
    if "rev" in value and "fields" in value:
        return "work_item" if "revisions" in value else "revision"
    shown = (kind for kind, fields in _SHOWN_BY.items() if fields <= value.keys())
    held = (kind for kind in _WRAPPED if isinstance(value.get(kind), dict))
    return next(shown, None) or next(held, None)

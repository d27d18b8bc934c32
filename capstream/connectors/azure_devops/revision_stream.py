"""Revisions of work items, in batches by a continuation token that stays good."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from capstream.connectors.api.asking import Api
from capstream.connectors.api.paging import by_cursor
from capstream.connectors.api.raw_store import Fetched
from capstream.connectors.api.streams import Step
from capstream.connectors.azure_devops.listing import VERSION

FIELDS = (
    "System.WorkItemType", "System.Title", "System.State", "System.AssignedTo", "System.CreatedBy",
    "System.CreatedDate", "System.ChangedDate", "System.ChangedBy", "System.Parent",
    "System.TeamProject", "System.AreaPath", "System.IterationPath", "System.Tags",
    "System.Reason", "Microsoft.VSTS.Common.Priority", "Microsoft.VSTS.Common.ClosedDate",
    "Microsoft.VSTS.Scheduling.StoryPoints", "Microsoft.VSTS.Scheduling.Effort",
)  # fmt: skip
COMPARED = (
    "System.WorkItemType", "System.State", "System.AssignedTo", "System.Parent",
    "System.TeamProject", "System.AreaPath", "System.IterationPath", "System.Tags",
)  # fmt: skip
"""Fields whose changes are told; what they were is remembered for each item."""


@dataclass(frozen=True, slots=True)
class Revisions:
    """Every revision of every work item of a project, in the order they were made.

    A continuation token stands for a place in that order and stays good: an increment goes on
    where the last load ended.

    Attributes:
        api: The organisation.
        project: Name of the project.
    """

    api: Api
    project: str

    @property
    def name(self) -> str:
        """Name of the stream."""
        return f"{self.project}/revisions"

    def steps(self, place: Mapping[str, Any]) -> Iterator[Step]:
        """Read on behind the token."""
        token, known = place.get("token"), dict(place.get("known") or {})
        params = {**VERSION, "fields": ",".join(FIELDS), "includeDeleted": "true"}
        if token:
            params["continuationToken"] = token
        pages = self.api.pages(
            f"{self.project}/_apis/wit/reporting/workitemrevisions", items="values", params=params,
            paginator=by_cursor("continuationToken", param="continuationToken", last="isLastBatch"),
        )  # fmt: skip
        for page in pages:
            token = page.body.get("continuationToken") or token
            records = [
                Fetched(line, page.origin, page.fetched_at)
                for each in page.items
                for line in _lines(each, known)
            ]
            yield Step(records, {"token": token, "known": known})
        yield Step([], {"token": token, "known": known}, is_last=True)


def _lines(revision: Mapping[str, Any], known: dict[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Return a revision beside the one before, and the item as the revision leaves it."""
    number, fields = str(revision["id"]), revision["fields"]
    before = known.get(number)
    if before is None or before["rev"] < revision["rev"]:
        yield {"type": "revision", "revision": revision, "previous": (before or {}).get("fields")}
        kept = {name: fields[name] for name in COMPARED if fields.get(name)}
        known[number] = {"rev": revision["rev"], "fields": kept}
        yield {"type": "work_item", "work_item": revision}

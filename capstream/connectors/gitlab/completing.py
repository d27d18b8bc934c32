"""Records of a list with what GitLab keeps beside them: many at once, or one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from capstream.connectors.api.asking import Answer, Api
from capstream.connectors.api.paging import by_link, groups
from capstream.connectors.gitlab.activity import (
    UnreadableError,
    issue_parts,
    merge_request_parts,
    names_of,
)
from capstream.connectors.gitlab.questions import ISSUES, MERGE_REQUESTS, RECORDS, Bundles

PAGE = {"per_page": 100}
_ISSUE_PARTS = {
    "notes": "notes", "state_events": "resource_state_events",
    "label_events": "resource_label_events", "milestone_events": "resource_milestone_events",
}  # fmt: skip
_MERGE_PARTS = {"notes": "notes", "commits": "commits"}
_WITH_ANCESTORS = {"labels": "include_ancestor_groups", "milestones": "include_ancestors"}


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the host.

    Attributes:
        api: The host.
        base: Address of the project.
        path: Full path of the project.
        known: What was asked of the project once.
    """

    api: Api
    base: str
    path: str
    known: dict[str, dict[str, str]] = field(default_factory=dict)

    def all(self, path: str, **params: Any) -> list[Any]:
        """Return the records of a list, all its pages.

        Raises:
            SourceError: The host refuses, or a page lost some.
        """
        found: list[Any] = []
        page: Answer | None = None
        for page in self.api.pages(path, items="$", paginator=by_link(), params={**PAGE, **params}):
            found += page.items
        if page is not None:
            self.api.require_all(page, len(found), page.headers.get("X-Total"), path)
        return found

    def named(self, listed: str, number: str, name: str) -> dict[str, str]:
        """Return number → name of the project's labels or milestones, asked for once."""
        if listed not in self.known:
            found = self.all(f"{self.base}/{listed}", **{_WITH_ANCESTORS[listed]: "true"})
            self.known[listed] = {str(each[number]): str(each[name]) for each in found
                                  if each.get(number) is not None}  # fmt: skip
        return self.known[listed]


@dataclass(frozen=True, slots=True)
class Completing:
    """Adds to the records of a page what GitLab keeps beside them.

    Attributes:
        project: Where the records stand.
        kind: Type of a record.
        listed: Name of its list.
    """

    project: Project
    kind: str
    listed: str

    def __call__(self, records: Sequence[Any], _: Answer) -> Iterator[dict[str, Any]]:
        """Yield the lines of a page: records and their parts.

        Records that GraphQL does not tell whole are asked for one by one, by REST.
        """
        bundles = self._bundles()
        for group in groups(records, RECORDS):
            lists = bundles.lists([str(each.get("iid")) for each in group]) if bundles else {}
            for record in group:
                parts = self._read(lists.get(str(record.get("iid"))))
                yield {"type": self.kind, "repository": self.project.path, self.kind: record,
                       **(self._asked(record) if parts is None else parts)}  # fmt: skip

    def _bundles(self) -> Bundles | None:
        question = {"issue": ISSUES, "merge_request": MERGE_REQUESTS}.get(self.kind)
        return Bundles(self.project.api, self.project.path, question) if question else None

    def _read(self, lists: Mapping[str, list[Any]] | None) -> dict[str, list[Any]] | None:
        if lists is None:
            return None
        if self.kind == "merge_request":
            return merge_request_parts(lists)
        has = {
            kind: names_of(lists["discussions"], kind) for kind in ("LabelNote", "MilestoneNote")
        }
        labels = self.project.named("labels", "id", "name") if has["LabelNote"] else {}
        milestones = (
            self.project.named("milestones", "iid", "title") if has["MilestoneNote"] else {}
        )
        try:
            return issue_parts(lists, labels, milestones)
        except UnreadableError:
            return None

    def _asked(self, record: Mapping[str, Any]) -> dict[str, list[Any]]:
        parts = {"issue": _ISSUE_PARTS, "merge_request": _MERGE_PARTS}.get(self.kind, {})
        place = f"{self.project.base}/{self.listed}/{record.get('iid')}"
        return {name: self.project.all(f"{place}/{path}") for name, path in parts.items()}

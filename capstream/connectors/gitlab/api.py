"""GitLab in API mode: lists of each project, completed record by record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from capstream.company.sources import GitlabSource
from capstream.connectors.api.asking import Answer, Api
from capstream.connectors.api.authorisation import header
from capstream.connectors.api.opening import Opening
from capstream.connectors.api.paging import by_link
from capstream.connectors.api.rest_list import RestList
from capstream.connectors.api.secret import read_secret
from capstream.connectors.api.streams import Stream

HOST = "https://gitlab.com"
_PAGE = {"per_page": 100}
_STANDING = {**_PAGE, "order_by": "created_at", "sort": "asc", "scope": "all", "state": "all"}
"""In the order of creation, which changes do not disturb."""

_ISSUE_PARTS = {
    "notes": "notes", "state_events": "resource_state_events",
    "label_events": "resource_label_events", "milestone_events": "resource_milestone_events",
}  # fmt: skip
_MERGE_PARTS = {"notes": "notes", "commits": "commits"}


def gitlab_streams(source: GitlabSource, opening: Opening) -> Iterator[Stream]:
    """Open three lists a project: issues, merge requests, and what counts as deployment."""
    api = _api(source, opening)
    for project in _projects(source, api):
        base, name = f"api/v4/projects/{project['id']}", project["path_with_namespace"]
        yield _list(api, base, name, "issue", "issues", _ISSUE_PARTS)
        yield _list(api, base, name, "merge_request", "merge_requests", _MERGE_PARTS)
        yield _deployments(source, api, base, name)


def gitlab_findings(source: GitlabSource, opening: Opening) -> Iterator[str]:
    """Ask the host which projects the token sees."""
    api = _api(source, opening)
    projects = list(_projects(source, api))
    yield f"{len(projects):,} projects are in scope"
    for project in projects:
        if project.get("issues_access_level") == "disabled":
            yield f"{project['path_with_namespace']}: issues are switched off"


@dataclass(frozen=True, slots=True)
class Completing:
    """Adds to a record what GitLab keeps beside it.

    Attributes:
        api: The host.
        base: Address of the project.
        repository: Full path of the project.
        kind: Type of the record.
        listed: Name of its list.
        parts: Addresses below the record, by the name they are kept under.
    """

    api: Api
    base: str
    repository: str
    kind: str
    listed: str
    parts: Mapping[str, str]

    def __call__(self, record: Mapping[str, Any], _: Answer) -> dict[str, Any]:
        """Return the line: the record and its parts."""
        place = f"{self.base}/{self.listed}/{record.get('iid')}"
        parts = {name: self._all(f"{place}/{path}") for name, path in self.parts.items()}
        return {"type": self.kind, "repository": self.repository, self.kind: record, **parts}

    def _all(self, path: str) -> list[Any]:
        found: list[Any] = []
        page: Answer | None = None
        for page in self.api.pages(path, items="$", paginator=by_link(), params=_PAGE):
            found += page.items
        if page is not None:
            self.api.require_all(page, len(found), page.headers.get("X-Total"), path)
        return found


def _list(
    api: Api, base: str, name: str, kind: str, listed: str, parts: Mapping[str, str]
) -> RestList:
    return RestList(
        api, f"{name}/{kind}", f"{base}/{listed}", "$", by_link, _STANDING,
        lambda since: {"updated_after": since.isoformat()},
        shaped=Completing(api, base, name, kind, listed, parts),
    )  # fmt: skip


def _deployments(source: GitlabSource, api: Api, base: str, name: str) -> RestList:
    if source.deployments == "status_events":
        return RestList(
            api, f"{name}/deployment", f"{base}/deployments", "$", by_link,
            {**_PAGE, "order_by": "id", "sort": "asc"}, _updated_after,
            shaped=Completing(api, base, name, "deployment", "deployments", {}),
            overlap=timedelta(days=1),
        )  # fmt: skip
    is_tag = source.deployments == "tags"
    kind, path = ("tag", "repository/tags") if is_tag else ("release", "releases")
    return RestList(
        api, f"{name}/{kind}", f"{base}/{path}", "$", by_link, _PAGE,
        shaped=Completing(api, base, name, kind, path, {}),
    )  # fmt: skip


def _updated_after(since: datetime) -> dict[str, str]:
    # GitLab takes this filter only together with the order by time of change.
    return {"updated_after": since.isoformat(), "order_by": "updated_at"}


def _projects(source: GitlabSource, api: Api) -> Iterator[Mapping[str, Any]]:
    if source.projects:
        for name in source.projects:
            full = name if "/" in name or not source.group else f"{source.group}/{name}"
            project: Mapping[str, Any] = api.one(f"api/v4/projects/{full.replace('/', '%2F')}").body
            yield project
        return
    group = (source.group or "").replace("/", "%2F")
    pages = api.pages(
        f"api/v4/groups/{group}/projects", items="$", paginator=by_link(),
        params={**_PAGE, "include_subgroups": "true", "order_by": "id"},
    )  # fmt: skip
    for page in pages:
        yield from page.items


def _api(source: GitlabSource, opening: Opening) -> Api:
    token = header("PRIVATE-TOKEN", read_secret(source.name, source.token_env or ""))
    return opening.api(source, source.url or HOST, token)

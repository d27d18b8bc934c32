"""Azure DevOps in API mode: revisions in batches by continuation token, pulls and deployments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from capstream.company.sources import AzureDevopsSource
from capstream.connectors.api.asking import Answer, Api
from capstream.connectors.api.authorisation import basic
from capstream.connectors.api.opening import Opening
from capstream.connectors.api.paging import by_cursor, by_header_cursor, by_offset
from capstream.connectors.api.raw_store import Fetched
from capstream.connectors.api.rest_list import RestList
from capstream.connectors.api.secret import read_secret
from capstream.connectors.api.streams import Step, Stream

HOST = "https://dev.azure.com"
VERSION = {"api-version": "7.1"}
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


def azure_streams(source: AzureDevopsSource, opening: Opening) -> Iterator[Stream]:
    """Open revisions, pull requests of every repository, and deployments, project by project."""
    api = _api(source, opening)
    for project in _projects(source, api):
        yield Revisions(api, project)
        for repository in _answers(api, f"{project}/_apis/git/repositories"):
            yield Pulls(api, project, repository)
        yield RestList(
            api, f"{project}/deployments", f"{project}/_apis/release/deployments", "value",
            lambda: by_header_cursor("x-ms-continuationtoken", "continuationToken"),
            {**VERSION, "$top": 100, "queryOrder": "ascending"},
            lambda since: {"minModifiedTime": since.isoformat()}, "lastModifiedOn",
            shaped=lambda record, _: {"type": "deployment", "deployment": record},
            overlap=timedelta(days=1),
        )  # fmt: skip


def azure_findings(source: AzureDevopsSource, opening: Opening) -> Iterator[str]:
    """Ask the host which projects and repositories the token sees."""
    api = _api(source, opening)
    projects = list(_projects(source, api))
    yield f"{len(projects):,} projects are in scope"
    for project in projects:
        count = len(list(_answers(api, f"{project}/_apis/git/repositories")))
        yield f"{project}: {count:,} repositories are seen"


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


@dataclass(frozen=True, slots=True)
class Pulls:
    """The pull requests of a repository with threads, commits and linked items.

    The host neither filters nor orders by change: open ones are read every time, completed ones
    down to those that closed before the last load.

    Attributes:
        api: The organisation.
        project: Name of the project.
        repository: The repository.
    """

    api: Api
    project: str
    repository: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Name of the stream."""
        return f"{self.project}/{self.repository['name']}/pulls"

    def steps(self, place: Mapping[str, Any]) -> Iterator[Step]:
        """Read open ones and those closed since the place."""
        since = datetime.fromisoformat(place["since"]) if place.get("since") else None
        params: dict[str, Any] = {**VERSION, "searchCriteria.status": "all"}
        if since:
            params |= {
                "searchCriteria.queryTimeRangeType": "closed",
                "searchCriteria.minTime": (since - timedelta(days=1)).isoformat(),
            }
        now = self.api.session.server_time or self.api.clock.now()
        yield from self._listed(params, place)
        if since:
            yield from self._listed({**VERSION, "searchCriteria.status": "active"}, place)
        yield Step([], {"since": now.isoformat()}, is_last=True)

    def _listed(self, params: Mapping[str, Any], place: Mapping[str, Any]) -> Iterator[Step]:
        base = f"{self.project}/_apis/git/repositories/{self.repository['id']}/pullrequests"
        paginator = by_offset(start="$skip", limit="$top", size=100, total=None)
        for page in self.api.pages(base, items="value", paginator=paginator, params=params):
            self.api.require_all(page, len(page.items), page.body.get("count"), "pull requests")
            records = [self._whole(base, pull, page) for pull in page.items]
            yield Step(records, dict(place))

    def _whole(self, base: str, pull: Mapping[str, Any], page: Answer) -> Fetched:
        place = f"{base}/{pull['pullRequestId']}"
        parts = {part: list(_answers(self.api, f"{place}/{part}"))
                 for part in ("threads", "commits", "workitems")}  # fmt: skip
        repository = f"{self.project}/{self.repository['name']}"
        line = {"type": "pull_request", "repository": repository, "pull_request": pull, **parts}
        return Fetched(line, page.origin, page.fetched_at)


def _lines(revision: Mapping[str, Any], known: dict[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Return a revision beside the one before, and the item as the revision leaves it."""
    number, fields = str(revision["id"]), revision["fields"]
    before = known.get(number)
    if before is None or before["rev"] < revision["rev"]:
        yield {"type": "revision", "revision": revision, "previous": (before or {}).get("fields")}
        kept = {name: fields[name] for name in COMPARED if fields.get(name)}
        known[number] = {"rev": revision["rev"], "fields": kept}
        yield {"type": "work_item", "work_item": revision}


def _projects(source: AzureDevopsSource, api: Api) -> Iterator[str]:
    if source.projects:
        yield from source.projects
        return
    for project in _answers(api, "_apis/projects"):
        yield str(project["name"])


def _answers(api: Api, path: str) -> Iterator[Mapping[str, Any]]:
    paginator = by_header_cursor("x-ms-continuationtoken", "continuationToken")
    for page in api.pages(path, items="value", paginator=paginator, params=VERSION):
        api.require_all(page, len(page.items), page.body.get("count"), path)
        yield from page.items


def _api(source: AzureDevopsSource, opening: Opening) -> Api:
    base = source.url or f"{HOST}/{source.organization}"
    return opening.api(source, base, basic("", read_secret(source.name, source.token_env or "")))

"""GitLab in API mode: lists of each project by REST, completed by GraphQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from capstream.company.sources import GitlabSource
from capstream.connectors.api.asking import Api
from capstream.connectors.api.authorisation import bearer
from capstream.connectors.api.opening import Opening
from capstream.connectors.api.paging import by_link
from capstream.connectors.api.rest_list import RestList
from capstream.connectors.api.secret import read_secret
from capstream.connectors.api.streams import Stream
from capstream.connectors.gitlab.completing import PAGE, Completing, Project

HOST = "https://gitlab.com"
_STANDING = {**PAGE, "order_by": "created_at", "sort": "asc", "scope": "all", "state": "all"}
"""In the order of creation, which changes do not disturb."""


def gitlab_streams(source: GitlabSource, opening: Opening) -> Iterator[Stream]:
    """Open three lists a project: issues, merge requests, and what counts as deployment."""
    api = _api(source, opening)
    for project in _projects(source, api):
        here = Project(api, f"api/v4/projects/{project['id']}", project["path_with_namespace"])
        yield _list(here, "issue", "issues")
        yield _list(here, "merge_request", "merge_requests")
        yield _deployments(source, here)


def gitlab_findings(source: GitlabSource, opening: Opening) -> Iterator[str]:
    """Ask the host which projects the token sees."""
    api = _api(source, opening)
    projects = list(_projects(source, api))
    yield f"{len(projects):,} projects are in scope"
    for project in projects:
        if project.get("issues_access_level") == "disabled":
            yield f"{project['path_with_namespace']}: issues are switched off"


def _list(project: Project, kind: str, listed: str) -> RestList:
    return RestList(
        project.api, f"{project.path}/{kind}", f"{project.base}/{listed}", "$", by_link, _STANDING,
        lambda since: {"updated_after": since.isoformat()},
        together=Completing(project, kind, listed),
    )  # fmt: skip


def _deployments(source: GitlabSource, project: Project) -> RestList:
    api, base, name = project.api, project.base, project.path
    if source.deployments == "status_events":
        return RestList(
            api, f"{name}/deployment", f"{base}/deployments", "$", by_link,
            {**PAGE, "order_by": "id", "sort": "asc"}, _updated_after,
            together=Completing(project, "deployment", "deployments"),
            overlap=timedelta(days=1),
        )  # fmt: skip
    is_tag = source.deployments == "tags"
    kind, path = ("tag", "repository/tags") if is_tag else ("release", "releases")
    return RestList(
        api, f"{name}/{kind}", f"{base}/{path}", "$", by_link, PAGE,
        together=Completing(project, kind, path),
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
        params={**PAGE, "include_subgroups": "true", "order_by": "id"},
    )  # fmt: skip
    for page in pages:
        yield from page.items


def _api(source: GitlabSource, opening: Opening) -> Api:
    token = bearer(read_secret(source.name, source.token_env or ""))
    return opening.api(source, source.url or HOST, token)

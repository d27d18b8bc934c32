"""Azure DevOps in API mode: revisions in batches by continuation token, pulls and deployments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from capstream.company.sources import AzureDevopsSource
from capstream.connectors.api.asking import Api
from capstream.connectors.api.authorisation import basic
from capstream.connectors.api.opening import Opening
from capstream.connectors.api.rest_list import RestList
from capstream.connectors.api.secret import read_secret
from capstream.connectors.api.streams import Stream
from capstream.connectors.azure_devops.listing import VERSION, answers, by_token
from capstream.connectors.azure_devops.pull_stream import Pulls
from capstream.connectors.azure_devops.revision_stream import Revisions

HOST = "https://dev.azure.com"


def azure_streams(source: AzureDevopsSource, opening: Opening) -> Iterator[Stream]:
    """Open revisions, pull requests of every repository, and deployments, project by project."""
    api = _api(source, opening)
    for project in _projects(source, api):
        yield Revisions(api, project)
        for repository in answers(api, f"{project}/_apis/git/repositories"):
            yield Pulls(api, project, repository)
        yield from _deployments(source, api, project)


def azure_findings(source: AzureDevopsSource, opening: Opening) -> Iterator[str]:
    """Ask the host which projects and repositories the token sees."""
    api = _api(source, opening)
    projects = list(_projects(source, api))
    yield f"{len(projects):,} projects are in scope"
    for project in projects:
        count = len(list(answers(api, f"{project}/_apis/git/repositories")))
        yield f"{project}: {count:,} repositories are seen"
        if source.deployments == "builds":
            seen = len(_pipelines(source, api, project))
            yield f"{project}: {seen:,} of {len(source.pipelines):,} pipelines are seen"


def _deployments(source: AzureDevopsSource, api: Api, project: str) -> Iterator[RestList]:
    """Open what counts as deployment: those that the host lists, or builds that ended."""
    if source.deployments != "builds":
        yield RestList(
            api, f"{project}/deployments", f"{project}/_apis/release/deployments", "value",
            by_token, {**VERSION, "$top": 100, "queryOrder": "ascending"},
            lambda since: {"minModifiedTime": since.isoformat()}, "lastModifiedOn",
            shaped=lambda record, _: {"type": "deployment", "deployment": record},
            overlap=timedelta(days=1),
        )  # fmt: skip
    elif wanted := _pipelines(source, api, project):
        yield RestList(
            api, f"{project}/builds", f"{project}/_apis/build/builds", "value", by_token,
            {**VERSION, "$top": 1000, "queryOrder": "finishTimeAscending",
             "statusFilter": "completed", "definitions": ",".join(wanted)},
            lambda since: {"minTime": since.isoformat()}, "finishTime",
            shaped=lambda record, _: {"type": "build", "build": record},
            overlap=timedelta(days=1),
        )  # fmt: skip


def _pipelines(source: AzureDevopsSource, api: Api, project: str) -> list[str]:
    """Return the numbers of the pipelines that deploy, as far as a project has them."""
    listed = answers(api, f"{project}/_apis/build/definitions")
    return sorted(str(each["id"]) for each in listed if each["name"] in source.pipelines)


def _projects(source: AzureDevopsSource, api: Api) -> Iterator[str]:
    if source.projects:
        yield from source.projects
        return
    for project in answers(api, "_apis/projects"):
        yield str(project["name"])


def _api(source: AzureDevopsSource, opening: Opening) -> Api:
    base = source.url or f"{HOST}/{source.organization}"
    return opening.api(source, base, basic("", read_secret(source.name, source.token_env or "")))

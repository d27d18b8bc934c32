"""GitHub in API mode: repositories by REST, what is in them by GraphQL."""

from __future__ import annotations

from collections.abc import Iterator

from capstream.company.sources import GithubSource
from capstream.connectors.api.asking import Api
from capstream.connectors.api.authorisation import Authorisation, bearer
from capstream.connectors.api.opening import Opening
from capstream.connectors.api.paging import by_link
from capstream.connectors.api.secret import read_secret
from capstream.connectors.api.streams import Stream
from capstream.connectors.github.app import app_authorisation
from capstream.connectors.github.open_deployments import with_open_deployments
from capstream.connectors.github.queries import DEPLOYMENTS, ISSUES, PULLS, STAND_INS
from capstream.connectors.github.streams import RepositoryList

HOST = "https://api.github.com"
_HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}


def github_api(source: GithubSource, opening: Opening) -> Api:
    """Open the host with a token, or as an app that was installed."""
    host = source.url or HOST
    shown: Authorisation = (
        app_authorisation(source, opening, host)
        if source.app_id
        else bearer(read_secret(source.name, source.token_env or ""))
    )
    return opening.api(source, host, shown, headers=_HEADERS)


def graphql_address(api: Api) -> str:
    """Return where GraphQL is: beside REST on an Enterprise Server, below it else."""
    if api.base_url.endswith("/api/v3"):
        return f"{api.base_url.removesuffix('/v3')}/graphql"
    return f"{api.base_url}/graphql"


def github_streams(source: GithubSource, opening: Opening) -> Iterator[Stream]:
    """Open three lists a repository: issues, pull requests, and what counts as deployment."""
    api = github_api(source, opening)
    for repository in repositories(source, api):
        for listing in (ISSUES, PULLS, STAND_INS[source.deployments]):
            listed = RepositoryList(api, graphql_address(api), repository, listing)
            yield with_open_deployments(listed) if listing is DEPLOYMENTS else listed


def repositories(source: GithubSource, api: Api) -> list[str]:
    """Return `owner/name` of every repository in scope, sorted."""
    if source.repositories:
        owner = source.organization
        return sorted(
            name if "/" in name or not owner else f"{owner}/{name}" for name in source.repositories
        )
    path = f"orgs/{source.organization}/repos"
    pages = api.pages(path, items="$", paginator=by_link(), params={"per_page": 100, "type": "all"})
    return sorted(each["full_name"] for page in pages for each in page.items)


def github_findings(source: GithubSource, opening: Opening) -> Iterator[str]:
    """Ask the host what the token sees and how long the first load takes."""
    api = github_api(source, opening)
    found = repositories(source, api)
    yield f"{len(found):,} repositories are in scope"
    query = """query($owner: String!, $name: String!) { rateLimit { limit remaining }
      repository(owner: $owner, name: $name) { issues { totalCount } pullRequests { totalCount }
      deployments { totalCount } } }"""
    counts = {"issues": 0, "pullRequests": 0, "deployments": 0}
    for repository in found:
        owner, _, name = repository.partition("/")
        body = api.graphql(query, {"owner": owner, "name": name}, path=graphql_address(api)).body
        for field in counts:
            counts[field] += body["data"]["repository"][field]["totalCount"]
    requests = counts["issues"] // 100 + counts["pullRequests"] // 40 + 3 * len(found)
    yield (
        f"{counts['issues']:,} issues, {counts['pullRequests']:,} pull requests and "
        f"{counts['deployments']:,} deployments: about {requests:,} requests, "
        f"about {max(1, round(requests / 30)):,} min for the first load"
    )

"""Jira in API mode, Cloud or Data Center."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from capstream.company.sources import JiraSource
from capstream.connectors.api.asking import Api
from capstream.connectors.api.authorisation import basic, bearer
from capstream.connectors.api.opening import Opening
from capstream.connectors.api.secret import read_secret
from capstream.connectors.api.streams import Stream
from capstream.connectors.jira.cloud import CloudIssues
from capstream.connectors.jira.data_center import DataCenterIssues
from capstream.connectors.jira.searching import jql, scope_of


def jira_api(source: JiraSource, opening: Opening) -> Api:
    """Open a site: e-mail and token (Cloud), or a personal access token (Data Center)."""
    token = read_secret(source.name, source.token_env or "")
    if source.user_env:
        user = read_secret(source.name, source.user_env)
        return opening.api(source, source.url or "", basic(user.reveal, token))
    return opening.api(source, source.url or "", bearer(token))


def jira_streams(source: JiraSource, opening: Opening) -> Iterator[Stream]:
    """Open the one stream of a site: issues with all that belongs to them."""
    api, scope = jira_api(source, opening), scope_of(source.projects, source.jql)
    if source.edition == "data_center":
        yield DataCenterIssues(api, scope)
    else:
        yield CloudIssues(api, scope)


def jira_findings(source: JiraSource, opening: Opening) -> Iterator[str]:
    """Ask a site what the token sees and how long the first load takes."""
    api, scope = jira_api(source, opening), scope_of(source.projects, source.jql)
    is_cloud = source.edition == "cloud"
    base = "rest/api/3" if is_cloud else "rest/api/2"
    me = api.one(f"{base}/myself").body
    yield f"the token belongs to {me.get('displayName') or me.get('name') or 'an account'}"
    if not me.get("emailAddress"):
        yield "e-mail addresses are hidden from the token: list account ids in inputs/identities"
    query = jql(scope, None, ZoneInfo("UTC"), order="key")
    if is_cloud:
        bounded = query.partition(" order by ")[0]
        count = api.one(f"{base}/search/approximate-count", body={"jql": bounded}).body.get("count")
    else:
        body = {"jql": query, "maxResults": 0}
        count = api.one(f"{base}/search", body=body).body.get("total")
    number = int(count or 0)
    requests = number // 100 + number // 250 + 4
    yield f"{number:,} issues are in scope: about {requests:,} requests, {_minutes(requests)}"


def _minutes(requests: int) -> str:
    """Return how long so many requests take, at about one a second."""
    return f"about {max(1, round(requests / 60)):,} min for the first load"

"""GitHub: repositories by REST, lists of a repository by GraphQL with cursors and totals."""

from __future__ import annotations

import copy
import re
from datetime import datetime
from typing import Any

from tests.connectors.hosts.host import Asked, Reply
from tests.connectors.hosts.versions import END, Versions, moment

REPOSITORY = "example/checkout"
_LIMIT = {"remaining": 4999, "cost": 1, "resetAt": "2026-11-01T00:00:00Z"}
_FIELDS = {"pullRequests": "PR", "issues": "I", "deployments": "D"}


class GithubSite:
    """An organisation of one repository; `page` is the most that a page holds."""

    page = 6
    embedded = 2

    def __init__(self) -> None:
        self.lists = {field: Versions() for field in _FIELDS}

    @property
    def stamped(self) -> dict[str, Any]:
        return {k: v for each in self.lists.values() for k, v in each.stamped.items()}

    @property
    def now(self) -> datetime:
        return self.lists["issues"].now

    @now.setter
    def now(self, value: datetime) -> None:
        for each in self.lists.values():
            each.now = value

    @property
    def seed(self) -> int | None:
        return self.lists["issues"].seed

    @seed.setter
    def seed(self, value: int | None) -> None:
        for each in self.lists.values():
            each.seed = value

    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/orgs/example/repos":
            return Reply([{"full_name": REPOSITORY}])
        if asked.path != "/graphql":
            return Reply({"message": "Not Found"}, 404)
        variables = asked.body["variables"]
        if "ids" in variables:
            return self._nodes(variables["ids"])
        if "id" in variables:
            return self._rest(asked.body["query"], variables)
        field = next(name for name in _FIELDS if f" {name}(first: $first" in asked.body["query"])
        return self._page(field, variables)

    def _page(self, field: str, variables: dict[str, Any]) -> Reply:
        stamp = "createdAt" if field == "deployments" else "updatedAt"
        records = [record for _, record in self.lists[field].shown()]
        records.sort(key=lambda record: (record[stamp], record["id"]))
        if variables["direction"] == "DESC":
            records.reverse()
        start = int(variables["after"] or 0)
        stop = start + min(self.page, variables["first"])
        nodes = [self._embedded(record) for record in records[start:stop]]
        connection = {
            "totalCount": len(records),
            "pageInfo": {"hasNextPage": stop < len(records), "endCursor": str(stop)},
            "nodes": nodes
            if variables["direction"] == "DESC"
            else self.lists[field].shuffled(nodes),
        }
        return Reply({"data": {"rateLimit": _LIMIT, "repository": {field: connection}}})

    def _embedded(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return a record with the first entries of each list inside it."""
        shown = copy.deepcopy(record)
        for name, held in shown.items():
            if isinstance(held, dict) and "nodes" in held and name != "labels":
                shown[name] = _cut(held["nodes"], 0, self.embedded)
        return shown

    def _nodes(self, ids: list[str]) -> Reply:
        """Answer with records by their ids; of what is gone, with nothing and an error."""
        known = {record["id"]: record for each in self.lists.values() for _, record in each.shown()}
        nodes = [self._embedded(known[each]) if each in known else None for each in ids]
        missing = [{"type": "NOT_FOUND", "path": ["nodes", place], "message": f"no node {name}"}
                   for place, name in enumerate(ids) if name not in known]  # fmt: skip
        return Reply({"data": {"nodes": nodes}, **({"errors": missing} if missing else {})})

    def _rest(self, query: str, variables: dict[str, Any]) -> Reply:
        record = next(
            each for versions in self.lists.values() for _, each in versions.shown()
            if each["id"] == variables["id"]
        )  # fmt: skip
        name = re.search(r"\.\.\. on \w+ { (\w+)\(", query)[1]  # type: ignore[index]
        held = _cut(record[name]["nodes"], int(variables["after"]), 3)
        return Reply({"data": {"node": {name: held}}})


def _cut(nodes: list[Any], start: int, size: int) -> dict[str, Any]:
    stop = start + size
    return {"totalCount": len(nodes), "nodes": nodes[start:stop],
            "pageInfo": {"hasNextPage": stop < len(nodes), "endCursor": str(stop)}}  # fmt: skip


def _user(login: str, kind: str = "User") -> dict[str, str]:
    return {"__typename": kind, "login": login}


def pull(number: int, day: str, *, state: str = "OPEN", commits: int = 3) -> dict[str, Any]:
    created = "2026-03-01T08:00:00Z"
    commit = {"message": "work", "authoredDate": created, "committedDate": created,
              "author": {"name": "Ada", "email": "ada@example.test"},
              "committer": {"name": "Ada", "email": "ada@example.test"},
              "parents": {"nodes": []}}  # fmt: skip
    return {
        "id": f"PR{number}", "number": number, "title": f"CHK-{number}", "body": "", "state": state,
        "url": f"https://github.test/{REPOSITORY}/pull/{number}", "isDraft": False,
        "createdAt": created, "updatedAt": day, "closedAt": None if state == "OPEN" else day,
        "mergedAt": day if state == "MERGED" else None, "mergedBy": _user("bo"),
        "additions": 5, "deletions": 2, "changedFiles": 1, "headRefName": f"chk-{number}",
        "headRefOid": f"{number:040x}", "baseRefName": "main", "mergeCommit": None,
        "author": _user("ada"), "labels": {"nodes": [{"name": "app"}]},
        "commits": {"nodes": [
            {"commit": {**commit, "oid": f"{number * 100 + n:040x}"}} for n in range(commits)]},
        "reviews": {"nodes": [
            {"databaseId": number * 10 + n, "state": "APPROVED", "submittedAt": created,
             "author": _user("cy"), "comments": _cut([], 0, 1)} for n in range(number % 4)]},
        "comments": {"nodes": [
            {"databaseId": number, "createdAt": created, "author": _user("dependabot", "Bot")}]},
        "timelineItems": {"nodes": [
            {"__typename": "ReadyForReviewEvent", "id": f"R{number}", "createdAt": created,
             "actor": _user("ada")}]},
    }  # fmt: skip


def issue(number: int, day: str, *, state: str = "OPEN") -> dict[str, Any]:
    created = "2026-03-01T08:00:00Z"
    closed = {
        "__typename": "ClosedEvent",
        "id": f"C{number}",
        "createdAt": day,
        "actor": _user("bo"),
    }
    return {
        "id": f"I{number}", "number": number, "title": f"issue {number}", "state": state,
        "url": f"https://github.test/{REPOSITORY}/issues/{number}", "stateReason": None,
        "createdAt": created, "updatedAt": day, "closedAt": None if state == "OPEN" else day,
        "issueType": {"name": "Bug"}, "author": _user("ada"), "milestone": None,
        "assignees": {"nodes": [_user("bo")]}, "labels": {"nodes": [{"name": "app"}]},
        "timelineItems": {"nodes": [
            {"__typename": "LabeledEvent", "id": f"L{number}", "createdAt": created,
             "actor": _user("ada"), "label": {"name": "app"}},
            {"__typename": "AssignedEvent", "id": f"A{number}", "createdAt": created,
             "actor": _user("ada"), "assignee": _user("bo")},
            *([closed] if state == "CLOSED" else [])]},
        "comments": {"nodes": []},
    }  # fmt: skip


def deployment(number: int, day: str, *states: tuple[str, str]) -> dict[str, Any]:
    """Return a deployment of a day with its states and their times; one that succeeded at once."""
    return {
        "id": f"D{number}", "databaseId": number, "environment": "production", "task": "deploy",
        "payload": None, "commitOid": f"{number:040x}", "createdAt": day, "updatedAt": day,
        "ref": {"name": "main"}, "creator": _user("bo"),
        "statuses": {"nodes": [
            {"state": state, "createdAt": at, "logUrl": None, "environmentUrl": None,
             "creator": _user("bo")} for state, at in states or (("SUCCESS", day),)]},
    }  # fmt: skip


def github_site(pulls: int = 14) -> GithubSite:
    """Return a site whose records come in spring and change until autumn."""
    site = GithubSite()
    for number in range(1, pulls + 1):
        first = f"2026-03-{number % 20 + 1:02d}T09:00:00Z"
        site.lists["pullRequests"].add(f"p{number}", first, pull(number, first))
        if number % 3 == 0:
            later = f"2026-05-{number % 20 + 1:02d}T09:00:00Z"
            merged = pull(number, later, state="MERGED", commits=5)
            site.lists["pullRequests"].add(f"p{number}", later, merged)
        site.lists["issues"].add(f"i{number}", first, issue(100 + number, first))
        if number % 4 == 0:
            later = f"2026-07-{number % 20 + 1:02d}T09:00:00Z"
            site.lists["issues"].add(
                f"i{number}", later, issue(100 + number, later, state="CLOSED")
            )
        deployed = f"2026-{3 + number % 6:02d}-11T09:{number:02d}:00Z"
        site.lists["deployments"].add(f"d{number}", deployed, deployment(number, deployed))
    waits, ends = "2026-03-30T09:00:00Z", "2026-07-30T09:00:00Z"
    waiting = (("QUEUED", waits),)
    site.lists["deployments"].add("d99", waits, deployment(99, waits, *waiting))
    site.lists["deployments"].add("d99", ends, deployment(99, waits, *waiting, ("SUCCESS", ends)))
    assert site.now == END
    assert moment("2026-03-01") < END
    return site

"""Azure DevOps: revisions in the order they were made, pull requests, classic deployments."""

from __future__ import annotations

import re
from typing import Any

from tests.connectors.hosts.host import Asked, Reply
from tests.connectors.hosts.versions import Versions, moment

REPOSITORIES = "/Shop/_apis/git/repositories"
_PULLS = f"{REPOSITORIES}/r1/pullrequests"


class AzureSite(Versions):
    """A project; keys begin with the list they belong to."""

    page = 4

    def answer(self, asked: Asked) -> Reply:
        match asked.path:
            case "/Shop/_apis/wit/reporting/workitemrevisions":
                return self._revisions(asked)
            case "/Shop/_apis/git/repositories":
                return _listed([{"id": "r1", "name": "app"}])
            case "/Shop/_apis/release/deployments":
                return self._stamped(asked, "deploymentStatus", "minModifiedTime")
            case "/Shop/_apis/build/definitions":
                return _listed([{"id": 8, "name": "deploy"}, {"id": 9, "name": "test"}])
            case "/Shop/_apis/build/builds":
                return self._stamped(asked, "buildNumber", "minTime")
        if asked.path == _PULLS:
            return self._pulls(asked)
        part = re.fullmatch(rf"{_PULLS}/(\d+)(?:/(\w+))?", asked.path)
        if part is None:
            return Reply({"message": "not found"}, 404)
        pull = next(each for _, each in self.shown() if each.get("pullRequestId") == int(part[1]))
        if part[2]:
            return _listed(self.shuffled(pull["parts"].get(part[2], [])))
        return Reply({**_bare(pull), "workItemRefs": pull["parts"]["workitems"]})

    def _revisions(self, asked: Asked) -> Reply:
        made = sorted(
            (at, key, record) for key, versions in self.stamped.items() if key.startswith("w")
            for at, record in versions if at <= self.now
        )  # fmt: skip
        start = int(asked.query.get("continuationToken", "0"))
        stop = min(start + self.page, len(made))
        values = [record for _, _, record in made[start:stop]]
        answer = {
            "values": values,
            "continuationToken": str(stop),
            "isLastBatch": stop == len(made),
        }
        return Reply(answer)

    def _pulls(self, asked: Asked) -> Reply:
        wanted, since = (
            asked.query["searchCriteria.status"],
            asked.query.get("searchCriteria.minTime"),
        )
        found = [each for _, each in self.shown() if "pullRequestId" in each]
        if wanted == "active":
            found = [each for each in found if each["status"] == "active"]
        if since:
            ended = [each for each in found if each.get("closedDate")]
            found = [each for each in ended if moment(each["closedDate"]) >= moment(since)]
        found.sort(key=lambda each: -each["pullRequestId"])
        start, size = int(asked.query["$skip"]), min(self.page, int(asked.query["$top"]))
        page = [{**_bare(each), "description": each["description"][:400]} for each in found]
        return _listed(page[start : start + size])

    def _stamped(self, asked: Asked, field: str, filtered: str) -> Reply:
        """List records that have a field, in order of change, those of wanted pipelines alone."""
        since, wanted = asked.query.get(filtered), asked.query.get("definitions")
        found = [each for at, each in self.shown() if field in each
                 and (not wanted or str(each["definition"]["id"]) in wanted.split(","))
                 and (not since or at >= moment(since))]  # fmt: skip
        start = int(asked.query.get("continuationToken", "0"))
        stop = start + self.page
        headers = {"x-ms-continuationtoken": str(stop)} if stop < len(found) else {}
        return _listed(found[start:stop], headers)


def _bare(pull: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in pull.items() if name != "parts"}


def _listed(values: list[Any], headers: dict[str, str] | None = None) -> Reply:
    return Reply({"count": len(values), "value": values}, 200, headers or {})


def _revision(number: int, rev: int, at: str, state: str) -> dict[str, Any]:
    return {"id": number, "rev": rev, "fields": {
        "System.WorkItemType": "Bug", "System.Title": f"item {number}", "System.State": state,
        "System.CreatedDate": f"2026-03-{number:02d}T08:00:00Z", "System.ChangedDate": at,
        "System.ChangedBy": {"uniqueName": "ada@example.test", "displayName": "Ada"},
        "System.TeamProject": "Shop", "System.Tags": "app; web"}}  # fmt: skip


def _pull(number: int, status: str, closed: str | None) -> dict[str, Any]:
    created = f"2026-03-{number:02d}T09:00:00Z"
    person = {"name": "Ada", "email": "ada@example.test", "date": created}
    vote = {"id": 1, "commentType": "system", "author": {"uniqueName": "bo@example.test"},
            "publishedDate": created}  # fmt: skip
    return {
        "pullRequestId": number, "status": status, "creationDate": created, "closedDate": closed,
        "title": f"pull {number}", "description": "why " * 150,
        "createdBy": {"uniqueName": "ada@example.test"},
        "sourceRefName": f"refs/heads/b{number}", "targetRefName": "refs/heads/main",
        "parts": {
            "threads": [{"id": 7, "comments": [vote],
                         "properties": {"CodeReviewVoteResult": {"$value": "10"}}}],
            "commits": [{"commitId": f"{number:040x}", "comment": "work", "author": person,
                         "committer": person}],
            "workitems": [{"id": str(number)}],
        },
    }  # fmt: skip


def _build(number: int, ended: str) -> dict[str, Any]:
    """Return a build; every third one only tests, the second failed, the fourth was called off."""
    pipeline = {"id": 9, "name": "test"} if number % 3 == 0 else {"id": 8, "name": "deploy"}
    return {
        "id": 70 + number, "buildNumber": f"2026.{number}", "status": "completed",
        "result": {2: "failed", 4: "canceled"}.get(number, "succeeded"), "definition": pipeline,
        "queueTime": ended, "startTime": ended, "finishTime": ended,
        "sourceBranch": "refs/heads/main", "sourceVersion": f"{number:040x}",
        "repository": {"id": "r1", "name": "app"}, "project": {"name": "Shop"},
        "requestedFor": {"uniqueName": "ada@example.test"},
        "templateParameters": {"environment": "eu"} if number == 1 else {},
    }  # fmt: skip


def azure_site() -> AzureSite:
    """Return a project whose items come in spring and move in summer."""
    site = AzureSite()
    for number in range(1, 6):
        first, later = f"2026-03-{number:02d}T10:00:00Z", f"2026-07-{number:02d}T10:00:00Z"
        site.add(f"w{number}", first, _revision(number, 1, first, "New"))
        site.add(f"w{number}", later, _revision(number, 2, later, "Active"))
        deployed = f"2026-{3 + number:02d}-11T09:00:00Z"
        site.add(f"d{number}", deployed, {
            "id": number, "deploymentStatus": "succeeded", "completedOn": deployed,
            "lastModifiedOn": deployed, "releaseEnvironment": {"name": "production"}})  # fmt: skip
        site.add(f"b{number}", deployed, _build(number, deployed))
    for number in range(1, 4):
        first, later = f"2026-03-{number:02d}T11:00:00Z", f"2026-07-{number:02d}T11:00:00Z"
        site.add(f"p{number}", first, _pull(number, "active", None))
        if number < 3:
            site.add(f"p{number}", later, _pull(number, "completed", later))
    return site

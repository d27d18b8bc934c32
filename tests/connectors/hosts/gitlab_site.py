"""GitLab: lists of a project in order of creation, parts below each record and in GraphQL."""

from __future__ import annotations

import re
from typing import Any

from tests.connectors.hosts.graphql_text import answered, cost, fields_of, unknown
from tests.connectors.hosts.host import Asked, Reply
from tests.connectors.hosts.versions import Versions, moment

BASE = "/api/v4/projects/5"
REPOSITORY = "example/checkout"
_ORDER = {"issues": "created_at", "merge_requests": "created_at", "deployments": "id"}
MOST = 250
LABELS = {"app": 31, "web": 32}
MILESTONES = {"v1": 2}
_USER = dict.fromkeys(("username", "name", "bot"), "Scalar")
_NOTES = {"pageInfo": "PageInfo", "nodes": "Note"}
SCHEMA = {
    "Query": {"project": "Project"},
    "Project": {"mergeRequests": "MergeRequests", "workItems": "WorkItems"},
    "MergeRequests": {"nodes": "MergeRequest"}, "WorkItems": {"nodes": "WorkItem"},
    "MergeRequest": {"iid": "Scalar", "notes": "Notes", "commits": "Commits"},
    "WorkItem": {"iid": "Scalar", "widgets": "WorkItemWidget"},
    "WorkItemWidgetNotes": {"discussions": "Discussions"},
    "Discussions": {"pageInfo": "PageInfo", "nodes": "Discussion"},
    "Discussion": {"notes": "Notes"}, "Notes": _NOTES,
    "Note": {**dict.fromkeys(("id", "body", "system", "createdAt"), "Scalar"), "author": "User"},
    "User": _USER, "Commits": {"pageInfo": "PageInfo", "nodes": "Commit"},
    "Commit": dict.fromkeys(("sha", "message", "authorName", "authorEmail", "authoredDate",
                             "committerName", "committerEmail", "committedDate"), "Scalar"),
    "PageInfo": {"hasNextPage": "Scalar", "endCursor": "Scalar"},
}  # fmt: skip
"""The part of GitLab's schema (`app/graphql/types`) that is asked for."""
OWN = {"commits": 2, "discussions": 2}
SHARE = {"mergeRequests": 0.01, "workItems": 0.01, "discussions": 0.05}


class GitlabSite(Versions):
    """A group of one project; keys are `list/number`, parts stand inside the record."""

    page = 3
    embedded = 2
    knows_graphql = True
    hides = ""

    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/api/v4/groups/example/projects":
            return Reply([{"id": 5, "path_with_namespace": REPOSITORY}])
        if asked.path == "/api/graphql":
            return self._graphql(asked)
        if asked.path == f"{BASE}/labels":
            return self._paged(
                asked, [{"id": n, "name": name} for name, n in LABELS.items() if name != self.hides]
            )
        if asked.path == f"{BASE}/milestones":
            named = [{"id": 90 + n, "iid": n, "title": name} for name, n in MILESTONES.items()]
            return self._paged(asked, named)
        path = asked.path.removeprefix(f"{BASE}/")
        if path in _ORDER:
            return self._paged(asked, self._listed(path, asked))
        part = re.fullmatch(r"(issues|merge_requests)/(\d+)/(\w+)", path)
        if part is None:
            return Reply({"message": "404 Not Found"}, 404)
        record = next(each for key, each in self._records(part[1]) if each["iid"] == int(part[2]))
        return self._paged(asked, self.shuffled(record["parts"].get(part[3], [])))

    def _graphql(self, asked: Asked) -> Reply:
        fields = fields_of(asked.body["query"], asked.body["variables"])
        said = unknown(fields, SCHEMA if self.knows_graphql else {"Query": {}})
        share = SHARE if "discussions" in asked.body["query"] else {**SHARE, "notes": 0.01}
        if (complexity := cost(fields, OWN, share)) > MOST:
            said.append(
                f"Query has complexity of {complexity}, which exceeds max complexity of {MOST}"
            )
        if said:
            return Reply({"errors": [{"message": each} for each in said]})
        lists = {"mergeRequests": "merge_requests", "workItems": "issues"}
        project = {name: lambda given, listed=listed: self._nodes(listed, given)
                   for name, listed in lists.items()}  # fmt: skip
        return Reply({"data": answered(fields, {"project": lambda _: project})})

    def _nodes(self, listed: str, given: Any) -> dict[str, Any]:
        wanted = [each for _, each in self._records(listed) if str(each["iid"]) in given["iids"]]
        return {"nodes": [self._node(listed, each) for each in wanted[: given["first"]]]}

    def _node(self, listed: str, record: dict[str, Any]) -> dict[str, Any]:
        parts, node = record["parts"], {"iid": str(record["iid"])}
        if listed == "merge_requests":
            notes, commits = (
                [_told(each) for each in parts["notes"]],
                list(map(_commit, parts["commits"])),
            )
            return {**node, "notes": lambda given: self._connected(notes, given),
                    "commits": lambda given: self._connected(commits, given)}  # fmt: skip
        discussions = [{"notes": {"pageInfo": {"hasNextPage": False}, "nodes": [each]}}
                       for each in [*map(_told, parts["notes"]), *_synthetic(parts)]]  # fmt: skip
        widget = {"__typename": "WorkItemWidgetNotes",
                  "discussions": lambda given: self._connected(discussions, given)}  # fmt: skip
        return {**node, "widgets": lambda given: [widget, {}]}

    def _connected(self, entries: list[Any], given: Any) -> dict[str, Any]:
        entries, start = self.shuffled(entries), int(given.get("after") or 0)
        stop = start + min(self.embedded, given["first"])
        paging = {"hasNextPage": stop < len(entries), "endCursor": str(stop)}
        return {"nodes": entries[start:stop], "pageInfo": paging}

    def _records(self, listed: str) -> list[tuple[Any, dict[str, Any]]]:
        return [(at, each) for at, each in self.shown() if each["list"] == listed]

    def _listed(self, listed: str, asked: Asked) -> list[dict[str, Any]]:
        after = asked.query.get("updated_after")
        found = [each for at, each in self._records(listed) if not after or at >= moment(after)]
        order = asked.query.get("order_by", "")
        found.sort(key=lambda each: (each[order], each["id"]))
        return [{k: v for k, v in each.items() if k not in {"list", "parts"}} for each in found]

    def _paged(self, asked: Asked, records: list[Any]) -> Reply:
        number, size = int(asked.query.get("page", 1)), min(self.page, int(asked.query["per_page"]))
        held = records[(number - 1) * size : number * size]
        headers = {"X-Total": str(len(records))}
        if number * size < len(records):
            given = {**asked.query, "page": str(number + 1)}
            query = "&".join(f"{k}={v.replace('+', '%2B')}" for k, v in given.items())
            headers["Link"] = f'<{asked.base}{asked.path}?{query}>; rel="next"'
        return Reply(held, 200, headers)


def _told(note: dict[str, Any]) -> dict[str, Any]:
    """Return a note as GraphQL tells it."""
    return {"id": f"gid://gitlab/{note.get('type') or 'Note'}/{note['id']}", "body": note["body"],
            "system": note["system"], "createdAt": note["created_at"],
            "author": {**note["author"], "bot": False}}  # fmt: skip


def _commit(commit: dict[str, Any]) -> dict[str, Any]:
    names = {"sha": "id", "message": "message", "authorName": "author_name",
             "authorEmail": "author_email", "authoredDate": "authored_date",
             "committerName": "committer_name", "committerEmail": "committer_email",
             "committedDate": "committed_date"}  # fmt: skip
    return {told: commit.get(name) for told, name in names.items()}


def _synthetic(parts: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the notes that GitLab makes of an issue's events."""
    made = []
    for kind, words in (("state", _moved), ("label", _labelled), ("milestone", _planned)):
        for event in parts.get(f"resource_{kind}_events", []):
            identity = f"gid://gitlab/{kind.title()}Note/{'ab' * 18}{event['id']:04x}"
            made.append({"id": identity, "body": words(event), "system": True,
                         "createdAt": event["created_at"],
                         "author": {**event["user"], "bot": False}})  # fmt: skip
    return made


def _moved(event: dict[str, Any]) -> str:
    return f"{event['state']} via merge request !7" if event["id"] % 3 == 0 else event["state"]


def _labelled(event: dict[str, Any]) -> str:
    label = (event.get("label") or {}).get("name")
    side = "added" if event["action"] == "add" else "removed"
    return f"{side} ~{LABELS[label]} label" if label else f"{side} 1 deleted label"


def _planned(event: dict[str, Any]) -> str:
    where = f"/{REPOSITORY}%{MILESTONES[event['milestone']['title']]}"
    return (
        f"changed milestone to {where}"
        if event["action"] == "add"
        else f"removed milestone {where}"
    )


def _user(name: str) -> dict[str, str]:
    return {"username": name, "name": name.title()}


def _note(number: int, at: str, body: str, *, system: bool = False) -> dict[str, Any]:
    return {"id": number, "body": body, "system": system, "author": _user("bo"), "created_at": at}


def issue(number: int, updated: str, state: str, *, notes: int) -> dict[str, Any]:
    """Return an issue with notes, its label and where it was closed."""
    created = f"2026-03-{number % 28 or 28:02d}T08:00:00Z"
    events = [{"id": number, "user": _user("ada"), "created_at": updated, "state": "closed"}]
    label = {"id": number, "user": _user("ada"), "created_at": created, "action": "add",
             "label": {"name": "app"}}  # fmt: skip
    planned = {"id": number, "user": _user("ada"), "created_at": created, "action": "remove",
               "milestone": {"title": "v1"}}  # fmt: skip
    return {
        "list": "issues", "id": 100 + number, "iid": number, "title": f"issue {number}",
        "state": state, "labels": ["app"], "author": _user("ada"), "created_at": created,
        "updated_at": updated, "closed_at": updated if state == "closed" else None,
        "parts": {
            "notes": [_note(number * 10 + n, created, "said") for n in range(notes)],
            "resource_state_events": events if state == "closed" else [],
            "resource_label_events": [label],
            "resource_milestone_events": [planned] if number == 4 else [],
        },
    }  # fmt: skip


def merge_request(number: int, updated: str, state: str, *, commits: int) -> dict[str, Any]:
    """Return a merge request with an approval and commits."""
    created = f"2026-03-{number % 28 or 28:02d}T09:00:00Z"
    commit = {"message": "work", "author_email": "ada@example.test", "authored_date": created,
              "committed_date": created, "parent_ids": []}  # fmt: skip
    return {
        "list": "merge_requests", "id": 200 + number, "iid": number, "title": f"!{number}",
        "state": state, "author": _user("ada"), "created_at": created, "updated_at": updated,
        "merged_at": updated if state == "merged" else None, "labels": [],
        "parts": {
            "notes": [_note(900 + number, created, "approved this merge request", system=True)],
            "commits": [{**commit, "id": f"{number * 10 + n:040x}"} for n in range(commits)],
        },
    }  # fmt: skip


def _deployment(number: int, at: str, status: str) -> dict[str, Any]:
    return {
        "list": "deployments", "id": number, "status": status, "sha": f"{number:040x}",
        "environment": {"name": "production"}, "user": _user("bo"), "created_at": at,
        "updated_at": at, "finished_at": at,
    }  # fmt: skip


def gitlab_site() -> GitlabSite:
    """Return a project whose records come in spring and change in summer."""
    site = GitlabSite()
    for number in range(1, 5):
        first, later = f"2026-03-{number:02d}T10:00:00Z", f"2026-07-{number:02d}T10:00:00Z"
        site.add(f"i{number}", first, issue(number, first, "opened", notes=number))
        site.add(f"m{number}", first, merge_request(number, first, "opened", commits=number))
        if number % 2:
            site.add(f"i{number}", later, issue(number, later, "closed", notes=number))
            site.add(f"m{number}", later, merge_request(number, later, "merged", commits=number))
        deployed = f"2026-{3 + number:02d}-11T09:00:00Z"
        site.add(f"d{number}", deployed, _deployment(number, deployed, "success"))
    return site

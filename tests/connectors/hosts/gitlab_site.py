"""GitLab: lists of a project in order of creation, each record with its parts below it."""

from __future__ import annotations

import re
from typing import Any

from tests.connectors.hosts.host import Asked, Reply
from tests.connectors.hosts.versions import Versions, moment

BASE = "/api/v4/projects/5"
REPOSITORY = "example/checkout"
_ORDER = {"issues": "created_at", "merge_requests": "created_at", "deployments": "id"}


class GitlabSite(Versions):
    """A group of one project; keys are `list/number`, parts stand inside the record."""

    page = 3

    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/api/v4/groups/example/projects":
            return Reply([{"id": 5, "path_with_namespace": REPOSITORY}])
        path = asked.path.removeprefix(f"{BASE}/")
        if path in _ORDER:
            return self._paged(asked, self._listed(path, asked))
        part = re.fullmatch(r"(issues|merge_requests)/(\d+)/(\w+)", path)
        if part is None:
            return Reply({"message": "404 Not Found"}, 404)
        record = next(each for key, each in self._records(part[1]) if each["iid"] == int(part[2]))
        return self._paged(asked, self.shuffled(record["parts"].get(part[3], [])))

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


def _user(name: str) -> dict[str, str]:
    return {"username": name, "name": name.title()}


def _note(number: int, at: str, body: str, *, system: bool = False) -> dict[str, Any]:
    return {"id": number, "body": body, "system": system, "author": _user("bo"), "created_at": at}


def _issue(number: int, updated: str, state: str) -> dict[str, Any]:
    created = f"2026-03-{number:02d}T08:00:00Z"
    events = [{"id": number, "user": _user("ada"), "created_at": updated, "state": "closed"}]
    label = {"id": number, "user": _user("ada"), "created_at": created, "action": "add",
             "label": {"name": "app"}}  # fmt: skip
    return {
        "list": "issues", "id": 100 + number, "iid": number, "title": f"issue {number}",
        "state": state, "labels": ["app"], "author": _user("ada"), "created_at": created,
        "updated_at": updated, "closed_at": updated if state == "closed" else None,
        "parts": {
            "notes": [_note(number * 10 + n, created, "said") for n in range(number)],
            "resource_state_events": events if state == "closed" else [],
            "resource_label_events": [label],
        },
    }  # fmt: skip


def _merge_request(number: int, updated: str, state: str) -> dict[str, Any]:
    created = f"2026-03-{number:02d}T09:00:00Z"
    commit = {"message": "work", "author_email": "ada@example.test", "authored_date": created,
              "committed_date": created, "parent_ids": []}  # fmt: skip
    return {
        "list": "merge_requests", "id": 200 + number, "iid": number, "title": f"!{number}",
        "state": state, "author": _user("ada"), "created_at": created, "updated_at": updated,
        "merged_at": updated if state == "merged" else None, "labels": [],
        "parts": {
            "notes": [_note(900 + number, created, "approved this merge request", system=True)],
            "commits": [{**commit, "id": f"{number * 10 + n:040x}"} for n in range(number)],
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
        site.add(f"i{number}", first, _issue(number, first, "opened"))
        site.add(f"m{number}", first, _merge_request(number, first, "opened"))
        if number % 2:
            site.add(f"i{number}", later, _issue(number, later, "closed"))
            site.add(f"m{number}", later, _merge_request(number, later, "merged"))
        deployed = f"2026-{3 + number:02d}-11T09:00:00Z"
        site.add(f"d{number}", deployed, _deployment(number, deployed, "success"))
    return site

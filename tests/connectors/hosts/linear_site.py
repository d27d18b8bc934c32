"""Linear: issues by GraphQL in order of creation, their history cut after a few entries."""

from __future__ import annotations

import copy
from typing import Any

from tests.connectors.hosts.host import Asked, Reply
from tests.connectors.hosts.versions import Versions, moment


class LinearSite(Versions):
    """A workspace; `page` is the most that a page holds, `embedded` that an inner list shows."""

    page = 4
    embedded = 2

    def answer(self, asked: Asked) -> Reply:
        variables = asked.body["variables"]
        if "id" in variables:
            record = next(each for _, each in self.shown() if each["id"] == variables["id"])
            name = "history" if " history(" in asked.body["query"] else "comments"
            rest = self._cut(record[name], int(variables["after"]), 3)
            return Reply({"data": {"issue": {name: rest}}})
        since = variables["filter"].get("updatedAt", {}).get("gte")
        found = [each for at, each in self.shown() if not since or at >= moment(since)]
        found.sort(key=lambda each: (each["createdAt"], each["id"]))
        start = int(variables.get("after") or 0)
        held = self._cut(found, start, self.page)
        held["nodes"] = self.shuffled(map(self._embedded, held["nodes"]))
        return Reply({"data": {"issues": held}})

    def _embedded(self, record: dict[str, Any]) -> dict[str, Any]:
        shown = copy.deepcopy(record)
        for name in ("history", "comments"):
            shown[name] = self._cut(record[name], 0, self.embedded)
        return shown

    def _cut(self, nodes: list[Any], start: int, size: int) -> dict[str, Any]:
        held = nodes[start : start + size]
        cursors = [str(start + number) for number in range(1, len(held) + 1)]
        paging = {"hasNextPage": start + size < len(nodes),
                  "startCursor": cursors[0] if cursors else None,
                  "endCursor": cursors[-1] if cursors else None}  # fmt: skip
        return {"nodes": held, "edges": [{"cursor": each} for each in cursors],
                "pageInfo": paging}  # fmt: skip


def _issue(number: int, updated: str, moves: int) -> dict[str, Any]:
    created = f"2026-03-{number:02d}T08:00:00.000Z"
    person = {"id": "u1", "name": "Ada", "email": "ada@example.test"}
    states = ["Backlog", "Started", "Review", "Done", "Started", "Done"]
    history = [
        {"id": f"h{number}-{n}", "createdAt": f"2026-03-{number:02d}T09:{n:02d}:00.000Z",
         "actor": person, "fromState": {"name": states[n]}, "toState": {"name": states[n + 1]}}
        for n in range(moves)
    ]  # fmt: skip
    return {
        "id": f"id-{number}", "identifier": f"ENG-{number}", "title": f"issue {number}",
        "createdAt": created, "updatedAt": updated, "state": {"name": states[moves]},
        "team": {"key": "ENG"}, "assignee": person, "creator": person, "estimate": 3,
        "labels": {"nodes": [{"id": "l1", "name": "Bug"}]}, "history": history,
        "comments": [{"id": f"c{number}-{n}", "createdAt": created, "user": person}
                     for n in range(number % 4)],
    }  # fmt: skip


def linear_site() -> LinearSite:
    """Return a workspace whose issues come in spring and move until summer."""
    site = LinearSite()
    for number in range(1, 12):
        first, later = f"2026-03-{number:02d}T10:00:00.000Z", f"2026-07-{number:02d}T10:00:00.000Z"
        site.add(str(number), first, _issue(number, first, number % 3))
        if number % 3 == 0:
            site.add(str(number), later, _issue(number, later, 5))
    return site

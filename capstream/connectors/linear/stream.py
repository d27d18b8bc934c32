"""Issues of Linear, in order of creation so that none slips while it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from capstream.connectors.api.asking import Answer, Api
from capstream.connectors.api.paging import by_cursor
from capstream.connectors.api.raw_store import Fetched
from capstream.connectors.api.rest_list import utc
from capstream.connectors.api.streams import Step

PAGE = 50
"""Issues a question: with fifty entries of history each, below the limit of complexity."""

OVERLAP = timedelta(minutes=5)
_USER = "id name displayName email"
_HISTORY = f"""id createdAt actor {{ {_USER} }} botActor {{ name }}
  fromState {{ name }} toState {{ name }} fromAssignee {{ {_USER} }} toAssignee {{ {_USER} }}
  fromParent {{ identifier }} toParent {{ identifier }} fromProject {{ name }} toProject {{ name }}
  fromTeam {{ key }} toTeam {{ key }} addedLabels {{ id name }} removedLabels {{ id name }}"""
_PAGE_INFO = "pageInfo { hasNextPage startCursor endCursor } edges { cursor }"
"""The host tells no totals: what was lost shows in the cursors of the entries beside them."""
_LISTS = {"history": _HISTORY, "comments": f"id createdAt user {{ {_USER} }}"}
_ISSUE = f"""id identifier title url priorityLabel estimate createdAt updatedAt completedAt
  canceledAt archivedAt state {{ name type }} team {{ key }} parent {{ identifier }}
  project {{ name }} cycle {{ number name }} assignee {{ {_USER} }} creator {{ {_USER} }}
  labels(first: 50) {{ nodes {{ id name }} }}"""


@dataclass(frozen=True, slots=True)
class LinearIssues:
    """The issues of a workspace.

    Attributes:
        api: The host.
        teams: Keys of the teams wanted; empty for all.
    """

    api: Api
    teams: Sequence[str]
    name: str = "issues"

    def steps(self, place: Mapping[str, Any]) -> Iterator[Step]:
        """Read issues changed since the place; a killed first load goes on behind its last page."""
        since = datetime.fromisoformat(place["since"]) if place.get("since") else None
        high = datetime.fromisoformat(place["high"]) if place.get("high") else since
        lists = " ".join(f"{name}(first: 50) {{ {_PAGE_INFO} nodes {{ {entry} }} }}"
                         for name, entry in _LISTS.items())  # fmt: skip
        query = (
            "query($filter: IssueFilter, $after: String) { issues(first: "
            f"{PAGE}, after: $after, orderBy: createdAt, includeArchived: true, filter: $filter) "
            f"{{ {_PAGE_INFO} nodes {{ {_ISSUE} {lists} }} }} }}"
        )
        variables = {"filter": self._filter(since), "after": place.get("after")}
        for page in self._pages("data.issues", query, variables):
            found = [
                Fetched(self._whole(node, page), page.origin, page.fetched_at)
                for node in page.items
            ]
            high = self._high(page.items, high)
            here = {"since": place.get("since"), "high": high.isoformat() if high else None,
                    "after": page.body["data"]["issues"]["pageInfo"]["endCursor"]}  # fmt: skip
            yield Step(found, here)
        yield Step([], {"since": high.isoformat() if high else None}, is_last=True)

    def _filter(self, since: datetime | None) -> dict[str, Any]:
        asked: dict[str, Any] = {}
        if since:
            asked["updatedAt"] = {"gte": (since - OVERLAP).isoformat()}
        if self.teams:
            asked["team"] = {"key": {"in": list(self.teams)}}
        return asked

    def _whole(self, node: Mapping[str, Any], answer: Answer) -> dict[str, Any]:
        """Return an issue with its lists fetched to their end."""
        issue = dict(node)
        for name, entry in _LISTS.items():
            held = node.get(name) or {}
            self._refuse_lost(held, answer, name)
            paging = held.get("pageInfo") or {}
            if paging.get("hasNextPage"):
                query = (
                    "query($id: String!, $after: String) { issue(id: $id) { "
                    f"{name}(first: 250, after: $after) {{ {_PAGE_INFO} "
                    f"nodes {{ {entry} }} }} }} }}"
                )
                variables = {"id": node["id"], "after": paging["endCursor"]}
                nodes = list(held["nodes"])
                for page in self._pages(f"data.issue.{name}", query, variables):
                    nodes += page.items
                issue[name] = {"nodes": nodes}
        return {"type": "issue", "issue": issue}

    def _pages(self, place: str, query: str, variables: Mapping[str, Any]) -> Iterator[Answer]:
        paginator = by_cursor(
            f"{place}.pageInfo.endCursor", body="variables.after",
            more=f"{place}.pageInfo.hasNextPage",
        )  # fmt: skip
        pages = self.api.pages(
            "graphql", items=f"{place}.nodes", paginator=paginator,
            body={"query": query, "variables": dict(variables)},
        )  # fmt: skip
        for page in pages:
            held = page.body
            for name in place.split("."):
                held = held[name]
            self._refuse_lost(held, page, place.rpartition(".")[2])
            yield page

    def _refuse_lost(self, held: Mapping[str, Any], answer: Answer, what: str) -> None:
        """Refuse a page whose entries are not as many as their cursors, from first to last.

        Raises:
            SourceError: Some are missing.
        """
        paging, edges = held.get("pageInfo") or {}, held.get("edges")
        if edges is None:
            return
        told = [edges[0]["cursor"], edges[-1]["cursor"]] if edges else [None, None]
        is_framed = told == [paging.get("startCursor"), paging.get("endCursor")]
        if len(edges) != len(held["nodes"]) or not is_framed:
            message = f"a page of {what} does not end where the host says it does"
            raise self.api.failure(answer, message, "run the command again: a page lost some")

    def _high(self, nodes: list[Any], before: datetime | None) -> datetime | None:
        now = self.api.session.server_time
        moments = [utc(node["updatedAt"]) for node in nodes if node.get("updatedAt")]
        if now is not None:
            moments = [min(moment, now) for moment in moments]
        return max([*moments, *([before] if before else [])], default=None)

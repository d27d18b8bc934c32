"""Issues of Jira Data Center: searched by offset in an order that changes do not disturb."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from capstream.connectors.api.asking import Answer, Api
from capstream.connectors.api.paging import by_offset
from capstream.connectors.api.raw_store import Fetched
from capstream.connectors.api.streams import Step
from capstream.connectors.jira.completing import complete_lists
from capstream.connectors.jira.searching import jql, newest

PAGE = 100
OVERLAP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class DataCenterIssues:
    """The issues of a Jira Data Center.

    Offsets need an order that stands still: keys, not times of change. The search says how many
    issues there are, so that one that a page loses is noticed.

    Attributes:
        api: The site.
        scope: What narrows the search, in JQL.
    """

    api: Api
    scope: str
    name: str = "issues"

    def steps(self, place: Mapping[str, Any]) -> Iterator[Step]:
        """Read issues changed since the place, in order of their keys."""
        since = datetime.fromisoformat(place["since"]) if place.get("since") else None
        high = datetime.fromisoformat(place["high"]) if place.get("high") else since
        start = max(0, int(place.get("start", 0)) - PAGE)
        zone = ZoneInfo(self.api.one("rest/api/2/myself").body.get("timeZone") or "UTC")
        query = jql(self.scope, since - OVERLAP if since else None, zone, order="key")
        seen = start
        keys: set[str] = set()
        page: Answer | None = None
        for page in self._pages(query, start):
            records = [self._record(issue, page) for issue in page.items]
            keys |= {str(record.value["id"]) for record in records}
            high = newest(records, high, self.api.session.server_time)
            seen += len(records)
            yield Step(records, self._place(since, high, seen), expected=page.body.get("total"))
        if page is not None and start + len(keys) < page.body.get("total", 0):
            message = f"{start + len(keys)} of {page.body['total']} issues were listed"
            raise self.api.failure(page, message, "run the command again: a page lost an issue")
        yield Step([], {"since": high.isoformat() if high else None}, is_last=True)

    def _pages(self, query: str, start: int) -> Iterator[Answer]:
        paginator = by_offset(
            start="startAt", limit="maxResults", size=PAGE, first=start, total="total",
            in_body=True,
        )  # fmt: skip
        body = {"jql": query, "fields": ["*all"], "expand": ["changelog"]}
        return self.api.pages("rest/api/2/search", items="issues", paginator=paginator, body=body)

    def _record(self, issue: Mapping[str, Any], page: Answer) -> Fetched:
        history = issue.get("changelog") or {}
        if len(history.get("histories") or ()) < (history.get("total") or 0):
            path = f"rest/api/2/issue/{issue['id']}"
            issue = self.api.one(path, params={"expand": "changelog"}).body
        return Fetched(complete_lists(self.api, issue, "rest/api/2"), page.origin, page.fetched_at)

    def _place(
        self, since: datetime | None, high: datetime | None, seen: int
    ) -> dict[str, str | int | None]:
        return {
            "since": since.isoformat() if since else None,
            "high": high.isoformat() if high else None,
            "start": seen,
        }

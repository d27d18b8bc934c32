"""Issues of Jira Cloud: searched in order of change, histories in bulk, cut lists completed.

`search/jql` has no total and pages by an opaque token; dates of JQL are minutes in the zone of
the asking user. An issue that changes while it is paged moves to the end and is seen again, so
that none is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from capstream.connectors.api.asking import Answer, Api
from capstream.connectors.api.paging import by_cursor, groups
from capstream.connectors.api.raw_store import Fetched
from capstream.connectors.api.streams import Step
from capstream.connectors.jira.completing import complete_lists
from capstream.connectors.jira.searching import FIELDS, jql, newest
from capstream.connectors.jira.worklogs import Worklogs

PAGE = 100
PAGES_A_STEP = 10
"""A step is a thousand issues: as many as one bulk request of histories takes."""

HISTORIES = 10_000
OVERLAP = timedelta(minutes=5)
"""Search is eventually consistent: a change may be listed minutes after it was made."""


@dataclass(frozen=True, slots=True)
class CloudIssues:
    """The issues of a Jira Cloud site.

    Attributes:
        api: The site.
        scope: What narrows the search, in JQL; empty for everything the token sees.
    """

    api: Api
    scope: str
    name: str = "issues"

    def steps(self, place: Mapping[str, Any]) -> Iterator[Step]:
        """Read issues changed since the place, oldest change first."""
        since = datetime.fromisoformat(place["since"]) if place.get("since") else None
        zone = ZoneInfo(self.api.one("rest/api/3/myself").body.get("timeZone") or "UTC")
        query = jql(self.scope, since - OVERLAP if since else None, zone, order="updated, key")
        expected = self._count(query) if since is None else None
        pages, worklogs = self._pages(query), Worklogs(self.api)
        for group in groups(pages, PAGES_A_STEP):
            found = [record for page in group for record in self._page(page)]
            whole = worklogs.completed([record.value for record in found])
            found = [replace(record, value=issue)
                     for record, issue in zip(found, whole, strict=True)]  # fmt: skip
            records = self._with_histories(found)
            since = newest(records, since, self.api.session.server_time)
            yield Step(records, {"since": since.isoformat() if since else None}, expected=expected)
        yield Step([], {"since": since.isoformat() if since else None}, is_last=True)

    def _pages(self, query: str) -> Iterator[Answer]:
        custom = [
            field["id"] for field in self.api.one("rest/api/3/field").items if field.get("custom")
        ]
        body = {"jql": query, "maxResults": PAGE, "fields": [*FIELDS, *sorted(custom)]}
        paginator = by_cursor("nextPageToken", body="nextPageToken")
        return self.api.pages(
            "rest/api/3/search/jql", items="issues", paginator=paginator, body=body
        )

    def _page(self, page: Answer) -> Iterator[Fetched]:
        for issue in page.items:
            yield Fetched(issue, page.origin, page.fetched_at)

    def _with_histories(self, found: list[Fetched]) -> list[Fetched]:
        histories = self._histories([str(record.value["id"]) for record in found])
        return [self._complete(record, histories) for record in found]

    def _complete(self, record: Fetched, histories: Mapping[str, list[Any]]) -> Fetched:
        own = histories.get(str(record.value["id"]), [])
        issue = {**record.value, "changelog": {"total": len(own), "histories": own}}
        return replace(record, value=complete_lists(self.api, issue, "rest/api/3"))

    def _histories(self, ids: list[str]) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        if not ids:
            return found
        body = {"issueIdsOrKeys": list(dict.fromkeys(ids)), "maxResults": HISTORIES}
        paginator = by_cursor("nextPageToken", body="nextPageToken")
        pages = self.api.pages(
            "rest/api/3/changelog/bulkfetch", items="issueChangeLogs", paginator=paginator,
            body=body,
        )  # fmt: skip
        for page in pages:
            for log in page.items:
                found.setdefault(str(log["issueId"]), []).extend(log.get("changeHistories") or ())
        return found

    def _count(self, query: str) -> int | None:
        bounded = query.partition(" order by ")[0]
        answer = self.api.one("rest/api/3/search/approximate-count", body={"jql": bounded})
        count = answer.body.get("count") if isinstance(answer.body, dict) else None
        return count if isinstance(count, int) else None

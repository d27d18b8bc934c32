"""Incidents of PagerDuty in windows of time: a question may span half a year at most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from capstream.connectors.api.asking import Answer, Api
from capstream.connectors.api.paging import by_offset
from capstream.connectors.api.raw_store import Fetched
from capstream.connectors.api.streams import Step

WINDOW = timedelta(days=150)
FIRST = timedelta(days=1_100)
OVERLAP = timedelta(days=1)
"""Incidents are listed by creation; what was open is asked for one by one."""


@dataclass(frozen=True, slots=True)
class Incidents:
    """The incidents of an account.

    Attributes:
        api: The host.
        services: Names of the services wanted; empty for all.
    """

    api: Api
    services: Sequence[str]
    name: str = "incidents"

    def steps(self, place: Mapping[str, Any]) -> Iterator[Step]:
        """Read window by window; each closed window is a place to go on from."""
        end = self.api.clock.now()
        known = place.get("since")
        start = datetime.fromisoformat(known) - OVERLAP if known else end - FIRST
        while start < end:
            stop = min(start + WINDOW, end)
            records = list(self._window(start, stop))
            reached = min(stop, self.api.session.server_time or stop)
            yield Step(records, {"since": reached.isoformat()}, is_last=stop >= end)
            start = stop

    def _window(self, start: datetime, stop: datetime) -> Iterator[Fetched]:
        params = {"since": start.isoformat(), "until": stop.isoformat(), "time_zone": "UTC",
                  "sort_by": "created_at:asc"}  # fmt: skip
        for page in self._pages("incidents", "incidents", params):
            for incident in page.items:
                if not self.services or _service(incident) in self.services:
                    yield self._line(incident, page)

    def one(self, incident_id: str) -> Fetched:
        """Ask for an incident by its id."""
        answer = self.api.one(f"incidents/{incident_id}")
        return self._line(answer.body["incident"], answer)

    def _line(self, incident: Mapping[str, Any], answer: Answer) -> Fetched:
        entries = self._entries(str(incident["id"]))
        line = {"type": "incident", "incident": incident, "log_entries": entries}
        return Fetched(line, answer.origin, answer.fetched_at)

    def _entries(self, incident_id: str) -> list[Any]:
        path = f"incidents/{incident_id}/log_entries"
        pages = self._pages(path, "log_entries", {"is_overview": "true"})
        return [entry for page in pages for entry in page.items]

    def _pages(self, path: str, items: str, params: Mapping[str, str]) -> Iterator[Answer]:
        """Ask page by page, with the total that the host tells on demand."""
        paginator = by_offset(start="offset", limit="limit", size=100, total=None)
        seen, page = 0, None
        for page in self.api.pages(
            path, items=items, paginator=paginator, params={**params, "total": "true"}
        ):
            seen += len(page.items)
            yield page
        if page is not None:
            self.api.require_all(page, seen, page.body.get("total"), items)


def _service(incident: Mapping[str, Any]) -> str:
    return str((incident.get("service") or {}).get("summary", ""))

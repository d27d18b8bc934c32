"""Incidents of PagerDuty in windows of time: a question may span half a year at most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from capstream.connectors.api.asking import Api
from capstream.connectors.api.paging import by_offset
from capstream.connectors.api.raw_store import Fetched
from capstream.connectors.api.streams import Step

WINDOW = timedelta(days=150)
FIRST = timedelta(days=1_100)
OVERLAP = timedelta(days=30)
"""Incidents are listed by creation: what was open a month ago is read again."""


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
            yield Step(records, {"since": stop.isoformat()}, is_last=stop >= end)
            start = stop

    def _window(self, start: datetime, stop: datetime) -> Iterator[Fetched]:
        params = {"since": start.isoformat(), "until": stop.isoformat(), "time_zone": "UTC",
                  "sort_by": "created_at:asc"}  # fmt: skip
        paginator = by_offset(start="offset", limit="limit", size=100, total=None)
        for page in self.api.pages(
            "incidents", items="incidents", paginator=paginator, params=params
        ):
            for incident in page.items:
                if not self.services or _service(incident) in self.services:
                    entries = self._entries(str(incident["id"]))
                    line = {"type": "incident", "incident": incident, "log_entries": entries}
                    yield Fetched(line, page.origin, page.fetched_at)

    def _entries(self, incident_id: str) -> list[Any]:
        pages = self.api.pages(
            f"incidents/{incident_id}/log_entries", items="log_entries",
            paginator=by_offset(start="offset", limit="limit", size=100, total=None),
            params={"is_overview": "true"},
        )  # fmt: skip
        return [entry for page in pages for entry in page.items]


def _service(incident: Mapping[str, Any]) -> str:
    return str((incident.get("service") or {}).get("summary", ""))

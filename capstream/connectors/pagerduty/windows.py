"""Incidents of PagerDuty in windows of time, with what was logged of them.

A question may span half a year and reach ten thousand records; a window that holds more is
halved.
"""

from __future__ import annotations

from collections import defaultdict
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
MOST = 10_000
"""Records that the pages of one question reach."""
_BOUNDARY = timedelta(seconds=1)
"""What two halves of a window share, whichever of its ends the host counts in."""

Log = Mapping[str, list[Any]]
"""Entries by the incident that they were logged of."""


@dataclass(frozen=True, slots=True)
class Incidents:
    """The incidents of an account.

    Attributes:
        api: The host.
        services: Names of the services wanted; empty for all.
        most: Records that the pages of one question reach.
    """

    api: Api
    services: Sequence[str]
    most: int = MOST
    name: str = "incidents"

    def steps(self, place: Mapping[str, Any]) -> Iterator[Step]:
        """Read window by window; each closed window is a place to go on from."""
        end = self.api.clock.now()
        known = place.get("since")
        start = datetime.fromisoformat(known) - OVERLAP if known else end - FIRST
        while start < end:
            stop = min(start + WINDOW, end)
            records = list(self._window(start, stop, is_last=stop >= end))
            reached = min(stop, self.api.session.server_time or stop)
            yield Step(records, {"since": reached.isoformat()}, is_last=stop >= end)
            start = stop

    def asked(self, incident_ids: Sequence[str]) -> Iterator[Fetched]:
        """Ask for incidents by their ids, one by one: the host has no list of them."""
        for incident_id in incident_ids:
            answer = self.api.one(f"incidents/{incident_id}")
            yield _line(answer.body["incident"], self._entries(incident_id), answer)

    def _window(self, start: datetime, stop: datetime, *, is_last: bool) -> Iterator[Fetched]:
        """Read the incidents of a window, and the log of the same window for all of them.

        The log of one that went on after the window, or ended while it was read, is asked for
        alone.
        """
        pages = list(self._between("incidents", start, stop, {"sort_by": "created_at:asc"}))
        log = self._log(start, stop) if any(page.items for page in pages) else {}
        for page in pages:
            for incident in page.items:
                if not self.services or _service(incident) in self.services:
                    name = str(incident["id"])
                    held = log.get(name, [])
                    is_whole = _is_ended(held) or (is_last and incident["status"] != "resolved")
                    yield _line(incident, held if is_whole else self._entries(name), page)

    def _log(self, start: datetime, stop: datetime) -> Log:
        held: dict[str, dict[str, Any]] = defaultdict(dict)
        for page in self._between("log_entries", start, stop, {"is_overview": "true"}):
            for entry in page.items:
                incident = (entry.get("incident") or {}).get("id")
                held[str(incident)].setdefault(_identity(entry), entry)
        return {incident: list(entries.values()) for incident, entries in held.items()}

    def _entries(self, incident_id: str) -> list[Any]:
        path = f"incidents/{incident_id}/log_entries"
        pages = self._pages(path, "log_entries", {"is_overview": "true"})
        return [entry for page in pages for entry in page.items]

    def _between(
        self, name: str, start: datetime, stop: datetime, params: Mapping[str, str]
    ) -> Iterator[Answer]:
        """Read a list between two moments, in halves where it is too long for one question."""
        asked = {**params, "since": start.isoformat(), "until": stop.isoformat(),
                 "time_zone": "UTC"}  # fmt: skip
        middle = start + (stop - start) / 2
        for page in self._pages(name, name, asked):
            if int(page.body.get("total") or 0) > self.most and stop - start > 4 * _BOUNDARY:
                yield from self._between(name, start, middle + _BOUNDARY, params)
                yield from self._between(name, middle, stop, params)
                return
            yield page

    def _pages(self, path: str, items: str, params: Mapping[str, str]) -> Iterator[Answer]:
        """Ask page by page, with the total that the host tells on demand; a repeated page shows."""
        paginator = by_offset(start="offset", limit="limit", size=100, total=None)
        seen: set[str] = set()
        page: Answer | None = None
        for page in self.api.pages(
            path, items=items, paginator=paginator, params={**params, "total": "true"}
        ):
            seen |= {_identity(each) for each in page.items}
            yield page
        if page is not None:
            self.api.require_all(page, len(seen), page.body.get("total"), items)


def _line(incident: Mapping[str, Any], entries: list[Any], answer: Answer) -> Fetched:
    line = {"type": "incident", "incident": incident, "log_entries": entries}
    return Fetched(line, answer.origin, answer.fetched_at)


def _is_ended(entries: list[Any]) -> bool:
    return any(str(entry.get("type", "")).startswith("resolve") for entry in entries)


def _identity(record: Mapping[str, Any]) -> str:
    """Name an incident or entry: halves of a window may both list it."""
    incident = (record.get("incident") or {}).get("id")
    return str(record.get("id") or f"{incident} {record.get('type')} {record.get('created_at')}")


def _service(incident: Mapping[str, Any]) -> str:
    return str((incident.get("service") or {}).get("summary", ""))

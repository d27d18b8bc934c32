"""Incidents of PagerDuty in windows of time, with what was logged of them.

A question may span half a year and reach ten thousand records; a window that holds more is
halved. What was open is remembered with its log, and goes on with the log of later windows, whose
entries bring the incident as it is now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
"""Incidents are listed by creation, and a little later than they are created."""
MOST = 10_000
"""Records that the pages of one question reach."""
_OPEN = {"statuses[]": ["triggered", "acknowledged"], "date_range": "all"}
_BOUNDARY = timedelta(seconds=1)
"""What two halves of a window share, whichever of its ends the host counts in."""

Log = Mapping[str, list[Any]]
"""Entries by the incident that they were logged of."""

Open = dict[str, list[Any] | None]
"""Incidents that may still change, with what was logged of them; None where it must be asked."""


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
        end, known = self.api.clock.now(), place.get("since")
        start = datetime.fromisoformat(known) - OVERLAP if known else end - FIRST
        remembered = _remembered(place)
        current: dict[str, Any] = {}
        while start < end:
            stop = min(start + WINDOW, end)
            pages = list(self._between("incidents", start, stop, {"sort_by": "created_at:asc"}))
            is_needed = bool(remembered) or any(page.items for page in pages)
            log = self._log(start, stop, current) if is_needed else {}
            records = list(self._listed(pages, log, is_last=stop >= end))
            seen = {str(each.value["incident"]["id"]) for each in records}
            waiting = {name: _joined(entries, log.get(name, ()))
                       for name, entries in remembered.items() if name not in seen}  # fmt: skip
            if stop >= end and waiting:
                records += self._again(waiting, current)
            remembered = {**waiting, **_still_open(records)}
            for record in records:
                if record.value["incident"].get("status") == "resolved":
                    remembered.pop(str(record.value["incident"]["id"]), None)
            reached = min(stop, self.api.session.server_time or stop)
            here = {"since": reached.isoformat(), "open": remembered}
            yield Step(records, here, is_last=stop >= end)
            start = stop

    def _listed(self, pages: Sequence[Answer], log: Log, *, is_last: bool) -> Iterator[Fetched]:
        """Return the incidents of a window with the log of the same window.

        The log of one that went on after the window, or ended while it was read, is asked for
        alone.
        """
        for page in pages:
            for incident in page.items:
                if not self.services or _service(incident) in self.services:
                    name = str(incident["id"])
                    held = log.get(name, [])
                    is_whole = _is_ended(held) or (is_last and incident["status"] != "resolved")
                    yield _line(incident, held if is_whole else self._entries(name), page)

    def _again(self, waiting: Open, current: Mapping[str, Any]) -> Iterator[Fetched]:
        """Return incidents that were open and that no window listed, as they are now.

        Args:
            waiting: The incidents with what was logged of them.
            current: Incidents as the log brought them: those of which anything was logged.
        """
        found = dict(current)
        if waiting.keys() - found.keys():
            for page in self._pages("incidents", "incidents", _OPEN):
                found |= {str(each["id"]): (each, page) for each in page.items}
        for name, entries in sorted(waiting.items()):
            if name not in found:
                answer = self.api.one(f"incidents/{name}")
                found[name] = (answer.body["incident"], answer)
            incident, answer = found[name]
            yield _line(incident, self._entries(name) if entries is None else entries, answer)

    def _log(self, start: datetime, stop: datetime, current: dict[str, Any]) -> Log:
        """Return what was logged in a window; note the incidents that the entries bring along."""
        held: dict[str, dict[str, Any]] = defaultdict(dict)
        asked = {"is_overview": "true", "include[]": "incidents"}
        for page in self._between("log_entries", start, stop, asked):
            for entry in page.items:
                incident = entry.get("incident") or {}
                name = str(incident.get("id"))
                if incident.get("created_at"):
                    current[name] = (incident, page)
                held[name].setdefault(_identity(entry), {**entry, "incident": {"id": name}})
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

    def _pages(self, path: str, items: str, params: Mapping[str, Any]) -> Iterator[Answer]:
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


def _remembered(place: Mapping[str, Any]) -> Open:
    """Return what was open at a place; places of earlier versions name the incidents alone."""
    held = place.get("open") or {}
    return dict(held) if isinstance(held, Mapping) else dict.fromkeys(held)


def _joined(entries: list[Any] | None, later: Iterable[Any]) -> list[Any] | None:
    """Return a log with what was logged later; windows overlap."""
    if entries is None:
        return None
    return list({_identity(each): each for each in (*entries, *later)}.values())


def _still_open(records: Iterable[Fetched]) -> Open:
    return {
        str(each.value["incident"]["id"]): each.value["log_entries"]
        for each in records
        if each.value["incident"].get("status") != "resolved"
    }


def _is_ended(entries: list[Any]) -> bool:
    return any(str(entry.get("type", "")).startswith("resolve") for entry in entries)


def _identity(record: Mapping[str, Any]) -> str:
    """Name an incident or entry: halves of a window may both list it."""
    incident = (record.get("incident") or {}).get("id")
    return str(record.get("id") or f"{incident} {record.get('type')} {record.get('created_at')}")


def _service(incident: Mapping[str, Any]) -> str:
    return str((incident.get("service") or {}).get("summary", ""))

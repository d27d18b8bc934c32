"""Answers by day: each day once, the last few again until the vendor calls them final."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from capstream.connectors.api.asking import Api
from capstream.connectors.api.raw_store import Fetched
from capstream.connectors.api.streams import Step

BACK = timedelta(days=90)
"""How far the first load reaches where the configuration does not say."""


@dataclass(frozen=True, slots=True)
class DailyAnswers:
    """A report that is asked for day by day, or a few days at a time.

    Attributes:
        api: The host.
        name: Name of the stream.
        ask: Returns what the host says of the days from the first to the last, both included.
        since: First day of the first load.
        open_days: Days that the vendor may still change.
        span: Days that one question covers.
        has_today: The day that is running is asked for too: a snapshot.
    """

    api: Api
    name: str
    ask: Callable[[date, date], Iterator[Fetched]]
    since: date | None
    open_days: int = 4
    span: int = 1
    has_today: bool = False

    def steps(self, place: Mapping[str, Any]) -> Iterator[Step]:
        """Read day by day up to yesterday."""
        last = self.api.clock.now().date() - timedelta(days=0 if self.has_today else 1)
        first = self._first(place.get("next"), last)
        while first <= last:
            until = min(first + timedelta(days=self.span - 1), last)
            records = list(self.ask(first, until))
            first = until + timedelta(days=1)
            yield Step(records, {"next": self._reached(first).isoformat()}, is_last=first > last)

    def _reached(self, following: date) -> date:
        """Return the day to go on with: never beyond the host's own clock."""
        now = self.api.session.server_time
        return following if now is None else min(following, now.date())

    def _first(self, known: str | None, last: date) -> date:
        """Return the day to begin at: never before the first load did; a snapshot is of today."""
        if self.has_today:
            return last
        if known:
            reopened = date.fromisoformat(known) - timedelta(days=self.open_days)
            return max(reopened, self.since or reopened)
        return self.since or last - BACK

"""A REST list that is read from a place on, described by data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from capstream.connectors.api.asking import Answer, Api
from capstream.connectors.api.raw_store import Fetched
from capstream.connectors.api.streams import Step


def plain(record: Mapping[str, Any], _: Answer) -> Mapping[str, Any]:
    """Keep a record as it is."""
    return record


@dataclass(frozen=True, slots=True)
class RestList:
    """One list of a host.

    The list must be in an order that changes do not disturb, such as the time of creation: an
    offset or page number would else skip what moves while it is read.

    Attributes:
        api: The host.
        name: Name of the stream.
        path: Address below the base.
        items: Dotted path of the records in an answer; `$` where the answer is the list.
        paginator: Opens the way the host pages.
        params: Parameters of every request.
        asks_since: Returns the parameters that ask for what changed since a moment.
        stamp: Field of the last change.
        shaped: Completes a record with what belongs to it.
        together: Completes the records of a page at once, in place of `shaped`.
        overlap: How far back an increment reads again.
        total: Header or field that may tell how many there are.
    """

    api: Api
    name: str
    path: str
    items: str
    paginator: Callable[[], Any]
    params: Mapping[str, Any] = field(default_factory=dict)
    asks_since: Callable[[datetime], Mapping[str, Any]] = lambda _: {}
    stamp: str = "updated_at"
    shaped: Callable[[Mapping[str, Any], Answer], Mapping[str, Any]] = plain
    together: Callable[[Sequence[Any], Answer], Iterable[Mapping[str, Any]]] | None = None
    overlap: timedelta = timedelta(minutes=5)
    total: str = "X-Total"

    def steps(self, place: Mapping[str, Any]) -> Iterator[Step]:
        """Read what changed since the place."""
        since = datetime.fromisoformat(place["since"]) if place.get("since") else None
        asked = dict(self.asks_since(since - self.overlap)) if since else {}
        high, seen, page = since, 0, None
        pages = self.api.pages(
            self.path, items=self.items, paginator=self.paginator(), params={**self.params, **asked}
        )
        for page in pages:
            high, seen = self._high(page.items, high), seen + len(page.items)
            records = [Fetched(line, page.origin, page.fetched_at) for line in self._lines(page)]
            yield Step(records, dict(place))
        if page is not None:
            self.api.require_all(page, seen, self._told(page), self.name)
        yield Step([], {"since": high.isoformat()} if high else {}, is_last=True)

    def _lines(self, page: Answer) -> Iterable[Mapping[str, Any]]:
        if self.together is not None:
            return self.together(page.items, page)
        return (self.shaped(record, page) for record in page.items)

    def _told(self, page: Answer) -> object:
        held = page.body.get(self.total) if isinstance(page.body, dict) else None
        return page.headers.get(self.total) if held is None else held

    def _high(self, records: list[Any], before: datetime | None) -> datetime | None:
        """Return up to where changes were read: never beyond the host's own clock."""
        moments = [utc(record[self.stamp]) for record in records if record.get(self.stamp)]
        now = self.api.session.server_time
        if now is not None:
            moments = [min(moment, now) for moment in moments]
        return max([*moments, *([before] if before else [])], default=None)


def utc(text: str) -> datetime:
    """Read a time that an API wrote; without an offset it is UTC."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)

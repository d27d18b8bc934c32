"""Cursor: members, daily usage, spend and usage events; by API or from files of answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from capstream.company.sources import CursorSource
from capstream.connectors.api.asking import Answer, Api
from capstream.connectors.api.authorisation import basic_key
from capstream.connectors.api.daily import DailyAnswers
from capstream.connectors.api.opening import Opening
from capstream.connectors.api.paging import by_body_number
from capstream.connectors.api.raw_store import Fetched
from capstream.connectors.api.secret import read_secret
from capstream.connectors.api.streams import Stream
from capstream.connectors.cursor.answers import cursor_normaliser
from capstream.connectors.envelopes import Envelope
from capstream.connectors.kinds import Kind

HOST = "https://api.cursor.com"


def cursor_streams(source: CursorSource, opening: Opening) -> Iterator[Stream]:
    """Open daily usage and events, a question may span thirty days, members and spend of today."""
    asked = Questions(_api(source, opening))
    yield DailyAnswers(asked.api, "daily", asked.daily, source.since, span=30)
    yield DailyAnswers(asked.api, "events", asked.events, source.since, span=30)
    for name, ask in (("members", asked.members), ("spend", asked.spend)):
        yield DailyAnswers(asked.api, name, ask, None, open_days=0, has_today=True)


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked of a team; each returns native rows with their origin."""

    api: Api

    def daily(self, first: date, last: date) -> Iterator[Fetched]:
        """Ask what people did on each day."""
        answer = self.api.one("teams/daily-usage-data", body=_span(first, last))
        for row in answer.body["data"]:
            yield Fetched({"type": "daily", "daily": row}, answer.origin, answer.fetched_at)

    def events(self, first: date, last: date) -> Iterator[Fetched]:
        """Ask for each use, with its tokens."""
        body = {**_span(first, last), "pageSize": 500}
        for page in self._pages("teams/filtered-usage-events", "usageEvents", body):
            for row in page.items:
                yield Fetched({"type": "event", "event": row}, page.origin, page.fetched_at)

    def members(self, day: date, _: date) -> Iterator[Fetched]:
        """Ask who has a seat today."""
        answer = self.api.one("teams/members")
        for row in answer.body["teamMembers"]:
            line = {"type": "member", "date": day.isoformat(), "member": row}
            yield Fetched(line, answer.origin, answer.fetched_at)

    def spend(self, _: date, __: date) -> Iterator[Fetched]:
        """Ask what members have spent in the running cycle."""
        for page in self._pages("teams/spend", "teamMemberSpend", {"pageSize": 100}):
            cycle = page.body.get("subscriptionCycleStart")
            for row in page.items:
                line = {"type": "spend", "subscriptionCycleStart": cycle, "spend": row}
                yield Fetched(line, page.origin, page.fetched_at)

    def _pages(self, path: str, items: str, body: Mapping[str, Any]) -> Iterator[Answer]:
        """Ask page by page; an answer that says it is another page is refused."""
        pages = self.api.pages(path, items=items, paginator=by_body_number(), body=body)
        for number, page in enumerate(pages, 1):
            told = (page.body.get("pagination") or {}).get("page", number)
            if told != number:
                raise self.api.failure(page, f"page {number} was answered with page {told}")
            yield page


def cursor_findings(source: CursorSource, opening: Opening) -> Iterator[str]:
    """Ask the host how many members the key sees."""
    members = _api(source, opening).one("teams/members").body["teamMembers"]
    yield f"{len(members):,} members are seen"


def _span(first: date, last: date) -> dict[str, Any]:
    end = last + timedelta(days=1)
    return {"startDate": _milliseconds(first), "endDate": _milliseconds(end) - 1}


def _milliseconds(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp() * 1000)


def _api(source: CursorSource, opening: Opening) -> Api:
    key = read_secret(source.name, source.token_env or "")
    return opening.api(source, source.url or HOST, basic_key(key))


CURSOR = Kind(
    cursor_normaliser,
    cursor_streams,
    cursor_findings,
    (
        Envelope("data", "daily"),
        Envelope("usageEvents", "event"),
        Envelope("teamMembers", "member", ("date",)),
        Envelope("teamMemberSpend", "spend", ("subscriptionCycleStart",)),
    ),
)

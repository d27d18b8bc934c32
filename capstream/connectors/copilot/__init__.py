"""GitHub Copilot: usage reports, seats and metered cost, by API or from files of native answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from capstream.company.sources import CopilotSource
from capstream.connectors.api.asking import Api
from capstream.connectors.api.authorisation import bearer
from capstream.connectors.api.daily import DailyAnswers
from capstream.connectors.api.opening import Opening
from capstream.connectors.api.paging import by_link
from capstream.connectors.api.raw_store import Fetched
from capstream.connectors.api.secret import read_secret
from capstream.connectors.api.streams import Stream
from capstream.connectors.copilot.answers import copilot_normaliser
from capstream.connectors.envelopes import Envelope
from capstream.connectors.kinds import Kind
from capstream.errors import SourceError

HOST = "https://api.github.com"


def copilot_streams(source: CopilotSource, opening: Opening) -> Iterator[Stream]:
    """Open usage by person and day, seats of today, and cost by month."""
    api, place = _api(source, opening), _place(source)

    def usage(day: date, _: date) -> Iterator[Fetched]:
        try:
            yield from _report(api, place, day)
        except SourceError:
            # The links are good for a short time: a new envelope holds new ones.
            yield from _report(api, place, day)

    def seats(day: date, _: date) -> Iterator[Fetched]:
        pages = api.pages(
            f"{place}/copilot/billing/seats", items="seats", paginator=by_link(),
            params={"per_page": 100},
        )  # fmt: skip
        seen, page = 0, None
        for page in pages:
            seen += len(page.items)
            for seat in page.items:
                row = {"type": "seat", "date": day.isoformat(), "seat": seat}
                yield Fetched(row, page.origin, page.fetched_at)
        if page is not None:
            api.require_all(page, seen, page.body.get("total_seats"), "seats")

    def cost(day: date, _: date) -> Iterator[Fetched]:
        owner = place.replace("orgs/", "organizations/")
        params = {"year": day.year, "month": day.month, "day": day.day}
        answer = api.one(f"{owner}/settings/billing/ai_credit/usage", params=params)
        row = {"type": "cost", "date": day.isoformat(), "cost": answer.body}
        yield Fetched(row, answer.origin, answer.fetched_at)

    yield DailyAnswers(api, "usage", usage, source.since)
    yield DailyAnswers(api, "seats", seats, None, open_days=0, has_today=True)
    yield DailyAnswers(api, "cost", cost, source.since)


def _report(api: Api, place: str, day: date) -> list[Fetched]:
    """Fetch the report of a day: its links are signed, they are fetched at once and never kept.

    Raises:
        SourceError: The host failed, or a link has expired or holds something else.
    """
    path = f"{place}/copilot/metrics/reports/users-1-day"
    envelope = api.one(path, params={"day": day.isoformat()})
    rows = []
    for link in envelope.body.get("download_links") or ():
        # A day may be empty, a fault may look like one: it does not come twice.
        content = api.download(link) or api.download(link)
        for line in filter(str.strip, content.decode("utf-8", "replace").split("\n")):
            row = _json(line)
            if not isinstance(row, dict) or "day" not in row:
                raise api.failure(envelope, "a line of the report is no person's day")
            told = {"type": "user_day", "user_day": row}
            rows.append(Fetched(told, envelope.origin, envelope.fetched_at))
    return rows


def _json(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def copilot_findings(source: CopilotSource, opening: Opening) -> Iterator[str]:
    """Ask the host how many seats the token sees."""
    billing = _api(source, opening).one(f"{_place(source)}/copilot/billing").body
    seats = (billing.get("seat_breakdown") or {}).get("total")
    yield f"{'some' if seats is None else f'{seats:,}'} seats are seen"


def _place(source: CopilotSource) -> str:
    if source.enterprise:
        return f"enterprises/{source.enterprise}"
    return f"orgs/{source.organization}"


def _api(source: CopilotSource, opening: Opening) -> Api:
    token = bearer(read_secret(source.name, source.token_env or ""))
    headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
    return opening.api(source, source.url or HOST, token, headers=headers)


COPILOT = Kind(copilot_normaliser, copilot_streams, copilot_findings, (Envelope("data"),))

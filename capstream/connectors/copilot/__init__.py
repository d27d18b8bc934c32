"""GitHub Copilot: usage reports, seats and metered cost, by API or from files of native answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

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
from capstream.connectors.kinds import Kind

HOST = "https://api.github.com"


def copilot_streams(source: CopilotSource, opening: Opening) -> Iterator[Stream]:
    """Open usage by person and day, seats of today, and cost by month."""
    api, place = _api(source, opening), _place(source)

    def usage(day: date, _: date) -> Iterator[Fetched]:
        path = f"{place}/copilot/metrics/reports/users-1-day"
        envelope = api.one(path, params={"day": day.isoformat()})
        for link in envelope.body.get("download_links") or ():
            # The links are signed and expire: they are fetched at once and never kept.
            for line in api.download(link).decode().splitlines():
                if line.strip():
                    row = {"type": "user_day", "user_day": json.loads(line)}
                    yield Fetched(row, envelope.origin, envelope.fetched_at)

    def seats(day: date, _: date) -> Iterator[Fetched]:
        pages = api.pages(
            f"{place}/copilot/billing/seats", items="seats", paginator=by_link(),
            params={"per_page": 100},
        )  # fmt: skip
        for page in pages:
            for seat in page.items:
                row = {"type": "seat", "date": day.isoformat(), "seat": seat}
                yield Fetched(row, page.origin, page.fetched_at)

    def cost(day: date, _: date) -> Iterator[Fetched]:
        owner = place.replace("orgs/", "organizations/")
        params = {"year": day.year, "month": day.month, "day": day.day}
        answer = api.one(f"{owner}/settings/billing/ai_credit/usage", params=params)
        row = {"type": "cost", "date": day.isoformat(), "cost": answer.body}
        yield Fetched(row, answer.origin, answer.fetched_at)

    yield DailyAnswers(api, "usage", usage, source.since)
    yield DailyAnswers(api, "seats", seats, None, open_days=0, has_today=True)
    yield DailyAnswers(api, "cost", cost, source.since)


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


COPILOT = Kind(copilot_normaliser, copilot_streams, copilot_findings)

"""Claude Code: analytics by person and day, cost by day; by API or from files of answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from capstream.company.sources import ClaudeCodeSource
from capstream.connectors.api.asking import Answer, Api
from capstream.connectors.api.authorisation import header
from capstream.connectors.api.daily import DailyAnswers
from capstream.connectors.api.opening import Opening
from capstream.connectors.api.paging import by_cursor
from capstream.connectors.api.raw_store import Fetched
from capstream.connectors.api.secret import read_secret
from capstream.connectors.api.streams import Stream
from capstream.connectors.claude_code.answers import claude_code_normaliser
from capstream.connectors.envelopes import Envelope
from capstream.connectors.kinds import Kind

HOST = "https://api.anthropic.com"
_USAGE = "v1/organizations/usage_report/claude_code"
_COST = "v1/organizations/cost_report"


def claude_code_streams(source: ClaudeCodeSource, opening: Opening) -> Iterator[Stream]:
    """Open usage, one UTC day a question, and cost, up to a month of days a question."""
    api = _api(source, opening)

    def usage(day: date, _: date) -> Iterator[Fetched]:
        params = {"starting_at": day.isoformat(), "limit": 1000}
        for page in _pages(api, _USAGE, params):
            for row in page.items:
                line = {"type": "usage", "usage": row}
                yield Fetched(line, page.origin, page.fetched_at)

    def cost(first: date, last: date) -> Iterator[Fetched]:
        params = {
            "starting_at": f"{first}T00:00:00Z", "bucket_width": "1d", "limit": 31,
            "ending_at": f"{last + timedelta(days=1)}T00:00:00Z",
            "group_by[]": ["workspace_id", "description"],
        }  # fmt: skip
        for page in _pages(api, _COST, params):
            for row in page.items:
                line = {"type": "cost", "cost": row}
                yield Fetched(line, page.origin, page.fetched_at)

    yield DailyAnswers(api, "usage", usage, source.since)
    yield DailyAnswers(api, "cost", cost, source.since, span=31)


def claude_code_findings(source: ClaudeCodeSource, opening: Opening) -> Iterator[str]:
    """Ask the host whether the key sees analytics and cost."""
    api = _api(source, opening)
    day = opening.clock.now().date() - timedelta(days=2)
    usage = api.one(_USAGE, params={"starting_at": day.isoformat(), "limit": 1}).body
    yield f"analytics of {day} are {'seen' if usage.get('data') else 'seen, and empty'}"


def _pages(api: Api, path: str, params: Mapping[str, Any]) -> Iterator[Answer]:
    return api.pages(
        path, items="data", params=params,
        paginator=by_cursor("next_page", param="page", more="has_more"),
    )  # fmt: skip


def _api(source: ClaudeCodeSource, opening: Opening) -> Api:
    key = header("x-api-key", read_secret(source.name, source.token_env or ""))
    headers = {"anthropic-version": "2023-06-01"}
    return opening.api(source, source.url or HOST, key, headers=headers)


CLAUDE_CODE = Kind(
    claude_code_normaliser,
    claude_code_streams,
    claude_code_findings,
    (Envelope("data"),),
)

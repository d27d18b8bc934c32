"""Codex of a ChatGPT Enterprise workspace: analytics by user; by API or from files of answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from capstream.company.sources import CodexSource
from capstream.connectors.api.asking import Api
from capstream.connectors.api.authorisation import bearer
from capstream.connectors.api.daily import DailyAnswers
from capstream.connectors.api.opening import Opening
from capstream.connectors.api.paging import by_cursor
from capstream.connectors.api.raw_store import Fetched
from capstream.connectors.api.secret import read_secret
from capstream.connectors.api.streams import Stream
from capstream.connectors.codex.answers import codex_normaliser
from capstream.connectors.envelopes import Envelope
from capstream.connectors.kinds import Kind

HOST = "https://api.chatgpt.com"


def codex_streams(source: CodexSource, opening: Opening) -> Iterator[Stream]:
    """Open usage by user in daily buckets, up to a month of days a question."""
    api = _api(source, opening)

    def usage(first: date, last: date) -> Iterator[Fetched]:
        params = {"start_time": _epoch(first), "end_time": _epoch(last + timedelta(days=1)),
                  "group_by": "day", "limit": 100}  # fmt: skip
        pages = api.pages(
            f"v1/analytics/codex/workspaces/{source.workspace}/usage", items="data", params=params,
            paginator=by_cursor("next_page", param="page", more="has_more"),
        )  # fmt: skip
        for page in pages:
            for row in page.items:
                yield Fetched({"type": "usage", "usage": row}, page.origin, page.fetched_at)

    yield DailyAnswers(api, "usage", usage, source.since, open_days=2, span=30)


def codex_findings(source: CodexSource, opening: Opening) -> Iterator[str]:
    """Ask the host whether the key sees the workspace."""
    day = opening.clock.now().date() - timedelta(days=2)
    path = f"v1/analytics/codex/workspaces/{source.workspace}/usage"
    params = {"start_time": _epoch(day), "end_time": _epoch(day + timedelta(days=1)), "limit": 1}
    _api(source, opening).one(path, params=params)
    yield f"usage of workspace {source.workspace} is seen"


def _epoch(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())


def _api(source: CodexSource, opening: Opening) -> Api:
    token = bearer(read_secret(source.name, source.token_env or ""))
    return opening.api(source, source.url or HOST, token)


CODEX = Kind(
    codex_normaliser,
    codex_streams,
    codex_findings,
    (Envelope("data", "usage"),),
)

"""The OpenAI API: usage by user and model, cost by project; by API or from files of answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from capstream.company.sources import OpenaiSource
from capstream.connectors.api.asking import Api
from capstream.connectors.api.authorisation import bearer
from capstream.connectors.api.daily import DailyAnswers
from capstream.connectors.api.opening import Opening
from capstream.connectors.api.paging import by_cursor
from capstream.connectors.api.raw_store import Fetched
from capstream.connectors.api.secret import read_secret
from capstream.connectors.api.streams import Stream
from capstream.connectors.envelopes import Envelope
from capstream.connectors.kinds import Kind
from capstream.connectors.openai.answers import openai_normaliser

HOST = "https://api.openai.com/v1"
_USAGE = "organization/usage/completions"
_COSTS = "organization/costs"


def openai_streams(source: OpenaiSource, opening: Opening) -> Iterator[Stream]:
    """Open usage and cost in daily buckets, a month of days a question."""
    api = _api(source, opening)
    projects = {"project_ids": list(source.projects)} if source.projects else {}
    usage = {"group_by": ["user_id", "model", "project_id"], **projects}
    costs = {"group_by": ["project_id", "line_item"], **projects}
    yield DailyAnswers(
        api, "usage", lambda first, last: _buckets(api, "usage", _USAGE, usage, first, last),
        source.since, span=31,
    )  # fmt: skip
    yield DailyAnswers(
        api, "cost", lambda first, last: _buckets(api, "cost", _COSTS, costs, first, last),
        source.since, span=31,
    )  # fmt: skip


def openai_findings(source: OpenaiSource, opening: Opening) -> Iterator[str]:
    """Ask the host how many users the key sees."""
    users = _api(source, opening).one("organization/users", params={"limit": 100}).body
    more = " or more" if users.get("has_more") else ""
    yield f"{len(users.get('data') or ()):,}{more} users are seen"


def _buckets(
    api: Api, kind: str, path: str, params: Mapping[str, Any], first: date, last: date
) -> Iterator[Fetched]:
    asked = {
        "start_time": _epoch(first), "end_time": _epoch(last + timedelta(days=1)),
        "bucket_width": "1d", "limit": 31, **params,
    }  # fmt: skip
    pages = api.pages(
        path, items="data", params=asked,
        paginator=by_cursor("next_page", param="page", more="has_more"),
    )  # fmt: skip
    for page in pages:
        for bucket in page.items:
            yield Fetched({"type": kind, kind: bucket}, page.origin, page.fetched_at)


def _epoch(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())


def _api(source: OpenaiSource, opening: Opening) -> Api:
    token = bearer(read_secret(source.name, source.token_env or ""))
    return opening.api(source, source.url or HOST, token)


OPENAI = Kind(
    openai_normaliser,
    openai_streams,
    openai_findings,
    (Envelope("data"),),
)

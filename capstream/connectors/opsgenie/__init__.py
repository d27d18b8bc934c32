"""Opsgenie incidents and alerts, by API or from files of native objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from capstream.company.sources import OpsgenieSource
from capstream.connectors.api.asking import Api
from capstream.connectors.api.authorisation import header
from capstream.connectors.api.open_ones import WithOpenOnes
from capstream.connectors.api.opening import Opening
from capstream.connectors.api.paging import by_json_link
from capstream.connectors.api.raw_store import Fetched
from capstream.connectors.api.rest_list import RestList
from capstream.connectors.api.secret import read_secret
from capstream.connectors.api.streams import Stream
from capstream.connectors.envelopes import Envelope
from capstream.connectors.kinds import Kind
from capstream.connectors.opsgenie.incidents import opsgenie_normaliser

HOST = "https://api.opsgenie.com"
OVERLAP = timedelta(days=1)
"""Incidents are searched by creation; what was open is asked for one by one."""
_FINISHED = frozenset({"resolved", "closed"})


def opsgenie_streams(source: OpsgenieSource, opening: Opening) -> Iterator[Stream]:
    """Open the one stream: incidents, oldest first."""
    api = _api(source, opening)
    listed = RestList(
        api, "incidents", "v1/incidents", "data", lambda: by_json_link("paging.next"),
        {"limit": 100, "sort": "createdAt", "order": "asc"},
        _created_since, "createdAt", overlap=OVERLAP, total="totalCount",
    )  # fmt: skip

    def asked(incident_ids: Sequence[str]) -> Iterator[Fetched]:
        for incident_id in incident_ids:
            answer = api.one(f"v1/incidents/{incident_id}")
            yield Fetched(answer.body["data"], answer.origin, answer.fetched_at)

    yield WithOpenOnes(
        listed,
        identity=lambda incident: str(incident["id"]),
        is_open=lambda incident: str(incident.get("status")).lower() not in _FINISHED,
        ask=asked,
    )


def opsgenie_findings(source: OpsgenieSource, opening: Opening) -> Iterator[str]:
    """Ask the host how many incidents the key sees."""
    answer = _api(source, opening).one("v1/incidents", params={"limit": 1})
    count = answer.body.get("totalCount")
    yield f"{'some' if count is None else f'{count:,}'} incidents are in scope"


def _created_since(since: datetime) -> dict[str, Any]:
    return {"query": f"createdAt >= {int(since.timestamp() * 1000)}"}


def _api(source: OpsgenieSource, opening: Opening) -> Api:
    token = read_secret(source.name, source.token_env or "")
    key = header("Authorization", token, prefix="GenieKey ")
    return opening.api(source, source.url or HOST, key)


OPSGENIE = Kind(
    opsgenie_normaliser,
    opsgenie_streams,
    opsgenie_findings,
    (Envelope("data"),),
)

"""Opsgenie incidents and alerts, by API or from files of native objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from capstream.company.sources import OpsgenieSource
from capstream.connectors.api.asking import Api
from capstream.connectors.api.authorisation import header
from capstream.connectors.api.open_ones import WithOpenOnes
from capstream.connectors.api.opening import Opening
from capstream.connectors.api.paging import by_json_link
from capstream.connectors.api.raw_store import Fetched
from capstream.connectors.api.rest_list import RestList, utc
from capstream.connectors.api.secret import read_secret
from capstream.connectors.api.streams import Stream
from capstream.connectors.envelopes import Envelope
from capstream.connectors.kinds import Kind
from capstream.connectors.opsgenie.incidents import opsgenie_normaliser

HOST = "https://api.opsgenie.com"
OVERLAP = timedelta(days=1)
"""Incidents are searched by creation; what was open is asked for again."""
FEW = 8
"""Incidents that are asked for one by one; more are read from the list."""
_ASCENDING = {"limit": 100, "sort": "createdAt", "order": "asc"}
_FINISHED = frozenset({"resolved", "closed"})


def opsgenie_streams(source: OpsgenieSource, opening: Opening) -> Iterator[Stream]:
    """Open the one stream: incidents, oldest first."""
    api = _api(source, opening)
    listed = RestList(
        api, "incidents", "v1/incidents", "data", lambda: by_json_link("paging.next"), _ASCENDING,
        _created_since, "createdAt", overlap=OVERLAP, total="totalCount",
    )  # fmt: skip
    yield WithOpenOnes(
        listed,
        identity=lambda incident: f"{incident['createdAt']} {incident['id']}",
        is_open=lambda incident: str(incident.get("status")).lower() not in _FINISHED,
        ask=lambda names: _asked(api, names),
    )


def _asked(api: Api, names: Sequence[str]) -> Iterator[Fetched]:
    """Ask for incidents that were open: many by the list from the oldest on, few one by one.

    Args:
        api: The host.
        names: Creation and id of each, oldest first; places of earlier versions name ids alone.
    """
    waiting = {name.rpartition(" ")[2] for name in names}
    dated = [name.partition(" ")[0] for name in names if " " in name]
    if len(dated) > FEW:
        pages = api.pages("v1/incidents", items="data", paginator=by_json_link("paging.next"),
                          params={**_ASCENDING, **_created_since(utc(dated[0]))})  # fmt: skip
        for page in islice(pages, len(dated)):
            for incident in page.items:
                if incident["id"] in waiting:
                    waiting.discard(incident["id"])
                    yield Fetched(incident, page.origin, page.fetched_at)
            if not waiting:
                return
    for incident_id in sorted(waiting):
        answer = api.one(f"v1/incidents/{incident_id}")
        yield Fetched(answer.body["data"], answer.origin, answer.fetched_at)


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

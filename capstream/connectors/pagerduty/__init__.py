"""PagerDuty incidents, by API or from files of native objects."""

from __future__ import annotations

from collections.abc import Iterator

from capstream.company.sources import PagerdutySource
from capstream.connectors.api.asking import Api
from capstream.connectors.api.authorisation import header
from capstream.connectors.api.opening import Opening
from capstream.connectors.api.paging import by_offset
from capstream.connectors.api.secret import read_secret
from capstream.connectors.api.streams import Stream
from capstream.connectors.envelopes import Envelope
from capstream.connectors.kinds import Kind
from capstream.connectors.pagerduty.incidents import pagerduty_normaliser
from capstream.connectors.pagerduty.windows import Incidents

HOST = "https://api.pagerduty.com"


def pagerduty_streams(source: PagerdutySource, opening: Opening) -> Iterator[Stream]:
    """Open the one stream: incidents with what was logged of them."""
    yield Incidents(_api(source, opening), source.services)


def pagerduty_findings(source: PagerdutySource, opening: Opening) -> Iterator[str]:
    """Ask the host which services the token sees."""
    pages = _api(source, opening).pages(
        "services", items="services",
        paginator=by_offset(start="offset", limit="limit", size=100, total=None),
    )  # fmt: skip
    names = [service["name"] for page in pages for service in page.items]
    yield f"{len(names):,} services are seen"
    unseen = sorted(set(source.services) - set(names))
    if unseen:
        yield f"services that the token cannot see: {', '.join(unseen)}"


def _api(source: PagerdutySource, opening: Opening) -> Api:
    token = header(
        "Authorization", read_secret(source.name, source.token_env or ""), prefix="Token token="
    )
    return opening.api(source, source.url or HOST, token)


PAGERDUTY = Kind(
    pagerduty_normaliser,
    pagerduty_streams,
    pagerduty_findings,
    (Envelope("incidents", "incident"),),
)

"""Linear: issues with history and comments, by GraphQL or from files of native issues."""

from __future__ import annotations

from collections.abc import Iterator

from capstream.company.sources import LinearSource
from capstream.connectors.api.asking import Api
from capstream.connectors.api.authorisation import header
from capstream.connectors.api.opening import Opening
from capstream.connectors.api.secret import read_secret
from capstream.connectors.api.streams import Stream
from capstream.connectors.envelopes import Envelope
from capstream.connectors.kinds import Kind
from capstream.connectors.linear.issues import linear_normaliser
from capstream.connectors.linear.stream import LinearIssues

HOST = "https://api.linear.app"


def linear_streams(source: LinearSource, opening: Opening) -> Iterator[Stream]:
    """Open the one stream: issues with all that belongs to them."""
    yield LinearIssues(_api(source, opening), source.teams)


def linear_findings(source: LinearSource, opening: Opening) -> Iterator[str]:
    """Ask the host which teams the key sees."""
    query = "query { teams(first: 250) { nodes { key issueCount } } }"
    answer = _api(source, opening).graphql(query, {}, path="graphql")
    teams = {
        team["key"]: team.get("issueCount") or 0 for team in answer.body["data"]["teams"]["nodes"]
    }
    wanted = source.teams or tuple(sorted(teams))
    unseen = sorted(set(wanted) - set(teams))
    if unseen:
        yield f"teams that the key cannot see: {', '.join(unseen)}"
    count = sum(teams.get(key, 0) for key in wanted)
    yield (
        f"{count:,} issues of {len(wanted):,} teams are in scope: "
        f"about {count // 50 + 1:,} requests"
    )


def _api(source: LinearSource, opening: Opening) -> Api:
    key = header("Authorization", read_secret(source.name, source.token_env or ""))
    return opening.api(source, source.url or HOST, key)


LINEAR = Kind(
    linear_normaliser,
    linear_streams,
    linear_findings,
    (Envelope("issues.nodes", "issue"),),
)

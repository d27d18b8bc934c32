"""Native rows of Codex analytics as rows of the AI tables; the vendor counts no lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field

from capstream.company.sources import CodexSource
from capstream.connectors.ai_rows import add_account, add_usage, day_of
from capstream.connectors.native import Native
from capstream.connectors.records import UnusableValueError
from capstream.connectors.times import TimeReader
from capstream.connectors.typed_records import Reader, Told, TypedNormaliser

TOOL = "codex"


class Totals(Native):
    """What was counted, in all or for one client."""

    threads: int | None = None
    turns: int | None = None
    text_input_tokens: int | None = None
    cached_input_tokens: int | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None


class Client(Totals):
    """The part of one client, such as the terminal."""

    client_id: str | None = None
    client: str | None = None


class Row(Totals):
    """A user's day."""

    start_time: int | str
    user_id: str | None = None
    email: str | None = None
    totals: Totals | None = None
    clients: list[Client] = Field(default_factory=list)


def codex_normaliser(_: CodexSource, times: TimeReader) -> TypedNormaliser:
    """Open the normaliser of a configured source."""
    return TypedNormaliser(times, {"usage": Reader(_key, _add, ())}, _guess)


def _guess(value: Mapping[str, Any]) -> str | None:
    return "usage" if "start_time" in value else None


def _key(native: Mapping[str, Any], _: Mapping[str, Any]) -> str:
    who = native.get("user_id") or native.get("email")
    return f"{day_of(native['start_time']).isoformat()}:{who}"


def _add(told: Told) -> None:
    row = Row.model_validate(told.native)
    account = row.email or row.user_id
    if not account:
        raise UnusableValueError("the row names nobody", "ask for usage by user, not by workspace")
    parts: Sequence[Totals] = row.clients or [row.totals or row]
    for part in parts:
        surface = (part.client_id or part.client) if isinstance(part, Client) else None
        add_usage(
            told, TOOL, account, row.start_time, surface=surface, sessions=part.threads,
            interactions=part.turns, tokens_in=_tokens_in(part), tokens_out=part.output_tokens,
        )  # fmt: skip
    add_account(told, account, email=row.email)


def _tokens_in(part: Totals) -> int | None:
    """Return the whole where it is told, else the parts that there are."""
    if part.input_tokens is not None:
        return part.input_tokens
    parts = (part.text_input_tokens, part.cached_input_tokens)
    found = [count for count in parts if count is not None]
    return sum(found) if found else None

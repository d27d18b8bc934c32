"""Native rows of Cursor's Admin API as rows of the AI tables; money is in cents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from capstream.company.sources import CursorSource
from capstream.connectors.ai_rows import (
    CENTS,
    add_account,
    add_cost,
    add_seat,
    add_usage,
    amount_of,
    day_of,
    summed,
)
from capstream.connectors.native import Native
from capstream.connectors.records import UnusableValueError
from capstream.connectors.times import TimeReader
from capstream.connectors.typed_records import Reader, Told, TypedNormaliser

TOOL = "cursor"
_SHOWN_BY = {
    "timestamp": "event", "spendCents": "spend", "mostUsedModel": "daily", "date": "daily",
    "day": "daily",
}  # fmt: skip
"""Fields that only records of one type have."""


class Tokens(Native):
    """Tokens of an event and what they cost, in cents."""

    read: int = Field(0, alias="inputTokens")
    written: int = Field(0, alias="outputTokens")
    cache_write: int = Field(0, alias="cacheWriteTokens")
    cache_read: int = Field(0, alias="cacheReadTokens")
    cents: str | None = Field(None, alias="totalCents")


class Event(Native):
    """One use."""

    timestamp: str
    user: str | None = Field(None, alias="userEmail")
    service_account: str | None = Field(None, alias="serviceAccountId")
    model: str | None = None
    kind: str | None = None
    tokens: Tokens | None = Field(None, alias="tokenUsage")
    charged: str | None = Field(None, alias="chargedCents")


def cursor_normaliser(source: CursorSource, times: TimeReader) -> TypedNormaliser:
    """Open the normaliser of a configured source."""

    def spend(told: Told) -> None:
        _add_spend(told, source)

    readers = {
        "daily": Reader(_daily_key, _add_daily, ()),
        "event": Reader(_event_key, _add_event, ()),
        "member": Reader(_member_key, _add_member, ()),
        "spend": Reader(_spend_key, spend, ()),
    }
    return TypedNormaliser(times, readers, _guess)


def _guess(value: Mapping[str, Any]) -> str | None:
    for field, kind in _SHOWN_BY.items():
        if field in value:
            return kind
    return None


def _daily_key(native: Mapping[str, Any], _: Mapping[str, Any]) -> str:
    return f"{day_of(native.get('day') or native['date'])}:{native['email']}"


def _add_daily(told: Told) -> None:
    row = told.native
    add_usage(
        told, TOOL, str(row["email"]), row.get("day") or row["date"],
        model=row.get("mostUsedModel") or None,
        interactions=summed(row, "composerRequests", "chatRequests", "agentRequests", "cmdkUsages"),
        acceptances=summed(row, "totalAccepts", "totalTabsAccepted"),
        lines_added=summed(row, "acceptedLinesAdded"),
    )  # fmt: skip
    add_account(told, str(row["email"]), email=str(row["email"]))


def _event_key(native: Mapping[str, Any], _: Mapping[str, Any]) -> str:
    named = ("timestamp", "userEmail", "serviceAccountId", "conversationId", "model", "kind")
    tokens = native.get("tokenUsage") or {}
    return ":".join([*(str(native.get(name) or "") for name in named), str(sorted(tokens.items()))])


def _add_event(told: Told) -> None:
    event = Event.model_validate(told.native)
    account = event.user or event.service_account or "unknown"
    tokens = event.tokens
    cents = event.charged or (tokens.cents if tokens else None)
    add_usage(
        told, TOOL, account, event.timestamp, model=event.model,
        tokens_in=tokens.read + tokens.cache_write + tokens.cache_read if tokens else None,
        tokens_out=tokens.written if tokens else None,
        estimated_amount=amount_of(cents) / CENTS if cents else None,
        currency="USD" if cents else None,
    )  # fmt: skip


def _member_key(native: Mapping[str, Any], line: Mapping[str, Any]) -> str:
    if not line.get("date"):
        raise UnusableValueError("the list of members names no day", "write its day as date beside")
    return f"{day_of(line['date'])}:{native['email']}"


def _add_member(told: Told) -> None:
    row = told.native
    add_seat(told, TOOL, str(row["email"]), told.line["date"], str(row.get("role") or "member"))
    add_account(told, str(row["email"]), name=row.get("name"), email=str(row["email"]))


def _spend_key(native: Mapping[str, Any], line: Mapping[str, Any]) -> str:
    return f"{day_of(line['subscriptionCycleStart'])}:{native['email']}"


def _add_spend(told: Told, source: CursorSource) -> None:
    """Add what goes beyond the plan: the included part is paid with the seats."""
    row = told.native
    included = amount_of(row.get("includedSpendCents") or 0)
    add_cost(
        told, source, "cursor", line="overage", day=told.line["subscriptionCycleStart"],
        net=max(amount_of(row["spendCents"]) - included, amount_of(0)) / CENTS,
        sku="overage", account=str(row["email"]).lower(),
    )  # fmt: skip

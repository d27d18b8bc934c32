"""Native answers about GitHub Copilot as rows of the AI tables."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from capstream.company.sources import CopilotSource
from capstream.connectors.ai_rows import (
    add_account,
    add_cost,
    add_seat,
    add_usage,
    amount_of,
    day_of,
    summed,
)
from capstream.connectors.native import Native
from capstream.connectors.times import TimeReader
from capstream.connectors.typed_records import Reader, Told, TypedNormaliser

TOOL = "copilot"


class Assignee(Native):
    """Who holds a seat."""

    login: str
    email: str | None = None


class Seat(Native):
    """A seat as the billing endpoint lists it."""

    assignee: Assignee
    created_at: str | None = None
    last_activity_at: str | None = None
    plan_type: str | None = None


def copilot_normaliser(source: CopilotSource, times: TimeReader) -> TypedNormaliser:
    """Open the normaliser of a configured source."""

    def cost(told: Told) -> None:
        _add_cost(told, source)

    readers = {
        "user_day": Reader(_user_day_key, _add_user_day, ()),
        "seat": Reader(_seat_key, lambda told: _add_seat(told, told.native), ()),
        "seats": Reader(lambda _, line: _snapshot(line), _add_seats, ()),
        "cost": Reader(_cost_key, cost, ()),
    }
    return TypedNormaliser(times, readers, _guess)


def _guess(value: Mapping[str, Any]) -> str | None:
    if "assignee" in value or "seat" in value:
        return "seat"
    if "seats" in value:
        return "seats"
    if "usageItems" in value:
        return "cost"
    return "user_day" if "user_login" in value or "user_id" in value else None


def _user_day_key(native: Mapping[str, Any], _: Mapping[str, Any]) -> str:
    return f"{native['day']}:{native.get('user_id') or native['user_login']}"


def _add_user_day(told: Told) -> None:
    """Add a person's day; the terminal counts its own sessions and tokens."""
    row = told.native
    terminal = row.get("totals_by_cli") or {}
    tokens = terminal.get("token_usage") or {}
    account = str(row.get("user_login") or row["user_id"])
    add_usage(
        told, TOOL, account, row["day"],
        interactions=summed(row, "user_initiated_interaction_count"),
        acceptances=summed(row, "code_acceptance_activity_count"),
        lines_added=summed(row, "loc_added_sum"),
        sessions=summed(terminal, "session_count"),
        tokens_in=summed(tokens, "prompt_tokens_sum"),
        tokens_out=summed(tokens, "output_tokens_sum"),
    )  # fmt: skip
    add_account(told, account)


def _snapshot(line: Mapping[str, Any]) -> str:
    """Return the day of a snapshot, which the vendor's answer does not name."""
    return day_of(line["date"]).isoformat()


def _seat_key(native: Mapping[str, Any], line: Mapping[str, Any]) -> str:
    return f"{_snapshot(line)}:{native['assignee']['login']}"


def _add_seats(told: Told) -> None:
    for seat in told.line["seats"]:
        _add_seat(told, seat)


def _add_seat(told: Told, native: Mapping[str, Any]) -> None:
    seat = Seat.model_validate(native)
    add_seat(
        told, TOOL, seat.assignee.login, told.line["date"], seat.plan_type or "unknown",
        assigned_from=day_of(seat.created_at) if seat.created_at else None,
        last_activity_at=told.times.read_optional(seat.last_activity_at),
    )  # fmt: skip
    add_account(told, seat.assignee.login, email=seat.assignee.email)


def _cost_key(native: Mapping[str, Any], line: Mapping[str, Any]) -> str:
    return str(line.get("date") or _period(native))


def _period(native: Mapping[str, Any]) -> str:
    period = native["timePeriod"]
    return f"{period['year']}-{period.get('month', 1):02d}-{period.get('day') or 1:02d}"


def _add_cost(told: Told, source: CopilotSource) -> None:
    day = told.line.get("date") or _period(told.native)
    for number, item in enumerate(told.native.get("usageItems") or ()):
        sku = ":".join(str(item[name]) for name in ("sku", "model") if item.get(name))
        add_cost(
            told, source, "github", line=str(number), day=item.get("date") or day,
            net=amount_of(item["netAmount"]), sku=sku or None,
            quantity=_optional(item.get("netQuantity", item.get("quantity"))),
            gross_amount=_optional(item.get("grossAmount")),
            discount_amount=_optional(item.get("discountAmount")),
            account=item.get("username") or item.get("user"),
        )  # fmt: skip


def _optional(value: Any) -> Decimal | None:
    return None if value is None else amount_of(value)

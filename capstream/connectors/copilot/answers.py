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
    line_ids,
    summed,
)
from capstream.connectors.native import Native
from capstream.connectors.records import UnusableValueError
from capstream.connectors.times import TimeReader
from capstream.connectors.typed_records import Reader, Told, TypedNormaliser

TOOL = "copilot"
_TOTALS = frozenset({"daily_active_users", "total_active_users", "total_engaged_users"})
"""Fields of rows about a whole organisation or team; they name no person."""
_SEAT_TIMES = ("updated_at", "last_activity_at", "created_at")
_OWNERS = ("enterprise_id", "organization_id")


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
        # Kept as they came; nobody's usage is in them.
        "total": Reader(_total_key, lambda _: None, ()),
        "user_team": Reader(_team_key, lambda _: None, ()),
    }
    return TypedNormaliser(times, readers, _guess)


def _guess(value: Mapping[str, Any]) -> str | None:
    if _TOTALS & value.keys():
        return "total"
    if {"team_id", "team_slug"} & value.keys():
        return "user_team"
    if "assignee" in value or "seat" in value:
        return "seat"
    if "seats" in value:
        return "seats"
    if "usageItems" in value:
        return "cost"
    return "user_day" if "user_login" in value or "user_id" in value else None


def _user_day_key(native: Mapping[str, Any], _: Mapping[str, Any]) -> str:
    """Tell the rows of a day apart: a person of two organisations has one in each."""
    who = native.get("user_id") or native["user_login"]
    owners = [str(native[name]) for name in _OWNERS if native.get(name)]
    return ":".join([str(native["day"]), str(who), *owners])


def _total_key(native: Mapping[str, Any], _: Mapping[str, Any]) -> str:
    day = native.get("day") or native.get("date")
    return ":".join([str(day), *(str(native[name]) for name in _OWNERS if native.get(name))])


def _team_key(native: Mapping[str, Any], _: Mapping[str, Any]) -> str:
    named = ("day", "user_id", "team_id", "team_slug")
    return ":".join(str(native[name]) for name in named if native.get(name))


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
    """Return the day of a snapshot: as it stands beside it, else the newest that it tells."""
    if line.get("date"):
        return day_of(line["date"]).isoformat()
    told = [
        seat[name] for seat in line.get("seats") or () for name in _SEAT_TIMES if seat.get(name)
    ]
    if not told:
        raise UnusableValueError("the snapshot names no day", "write its day as date beside it")
    return max(map(day_of, told)).isoformat()


def _seat_key(native: Mapping[str, Any], line: Mapping[str, Any]) -> str:
    return f"{_snapshot(line)}:{native['assignee']['login']}"


def _add_seats(told: Told) -> None:
    for seat in told.line["seats"]:
        _add_seat(told, seat)


def _add_seat(told: Told, native: Mapping[str, Any]) -> None:
    seat = Seat.model_validate(native)
    add_seat(
        told, TOOL, seat.assignee.login, _snapshot(told.line), seat.plan_type or "unknown",
        assigned_from=day_of(seat.created_at) if seat.created_at else None,
        last_activity_at=told.times.read_optional(seat.last_activity_at),
    )  # fmt: skip
    add_account(told, seat.assignee.login, email=seat.assignee.email)


def _cost_key(native: Mapping[str, Any], line: Mapping[str, Any]) -> str:
    """Tell the answer for a month from that for its first day, and owners apart."""
    period = native.get("timePeriod") or {}
    asked = [str(period[name]) for name in ("year", "month", "day") if period.get(name)]
    owners = [str(native[name]) for name in ("enterprise", "organization", "user", "costCenter")
              if native.get(name) and not isinstance(native[name], dict)]  # fmt: skip
    return ":".join([str(line.get("date") or "-".join(asked) or _period(native)), *owners])


def _period(native: Mapping[str, Any]) -> str:
    period = native["timePeriod"]
    return f"{period['year']}-{period.get('month', 1):02d}-{period.get('day') or 1:02d}"


def _add_cost(told: Told, source: CopilotSource) -> None:
    day = told.line.get("date") or _period(told.native)
    items = told.native.get("usageItems") or ()
    lines = line_ids(items, "date", "product", "sku", "model", "organizationName",
                     "repositoryName", "username", "user")  # fmt: skip
    for line, item in zip(lines, items, strict=True):
        sku = ":".join(str(item[name]) for name in ("sku", "model") if item.get(name))
        add_cost(
            told, source, "github", line=line, day=item.get("date") or day,
            net=amount_of(item["netAmount"]), sku=sku or None,
            quantity=_optional(item.get("netQuantity", item.get("quantity"))),
            gross_amount=_optional(item.get("grossAmount")),
            discount_amount=_optional(item.get("discountAmount")),
            account=item.get("username") or item.get("user"),
        )  # fmt: skip


def _optional(value: Any) -> Decimal | None:
    return None if value is None else amount_of(value)

"""Rows of AI tools: seats, usage and amounts, the same for every vendor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from capstream.company.sources import AiSource
from capstream.connectors.accounts import actor_row
from capstream.connectors.records import UnusableValueError
from capstream.connectors.typed_records import Told

CENTS = Decimal(100)


def day_of(value: Any) -> date:
    """Return the UTC day of a date, a time, or an epoch in seconds or milliseconds.

    Raises:
        UnusableValueError: It is none of them.
    """
    try:
        if isinstance(value, (int, float)) or (isinstance(value, str) and value.isdecimal()):
            number = float(value)
            return datetime.fromtimestamp(number / (1000 if number > 1e11 else 1), UTC).date()
        moment = datetime.fromisoformat(str(value))
    except (ValueError, OverflowError):
        raise UnusableValueError(f"{value!r} is not a day", "write 2026-01-31") from None
    return (moment.astimezone(UTC) if moment.tzinfo else moment).date()


def amount_of(value: Any) -> Decimal:
    """Return an amount exactly as it is written.

    Raises:
        UnusableValueError: It is no amount.
    """
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        raise UnusableValueError(f"{value!r} is not an amount", "write 12.34") from None
    if not amount.is_finite():
        raise UnusableValueError(f"{value!r} is not an amount", "write 12.34")
    return amount


def summed(values: Mapping[str, Any], *names: str) -> int | None:
    """Add the counts that are there; None where none is."""
    found = [int(values[name]) for name in names if values.get(name) is not None]
    return sum(found) if found else None


def add_usage(told: Told, tool: str, account: str, day: Any, **counts: Any) -> None:
    """Add what an account did on a day."""
    told.add("ai_usage", date=day_of(day), account=account.lower(), tool=tool, **counts)


def add_seat(told: Told, tool: str, account: str, day: Any, plan: str, **more: Any) -> None:
    """Add a seat as it stood on a day."""
    told.add("ai_seats", date=day_of(day), account=account.lower(), tool=tool, plan=plan, **more)


def add_account(
    told: Told, account: str, *, name: str | None = None, email: str | None = None
) -> None:
    """Add an account with what the vendor says of it."""
    row = actor_row(account.lower(), display_name=name, email=email)
    told.record.rows.append(("actors", row))


def line_ids(items: Iterable[Mapping[str, Any]], *names: str) -> list[str]:
    """Name each amount of a record by what it is for, so that no order of theirs matters.

    Args:
        items: The amounts.
        names: Fields that say what an amount is for; of equal ones the later are numbered.
    """
    taken: Counter[str] = Counter()
    found = []
    for item in items:
        name = "/".join(str(item.get(field) or "") for field in names)
        taken[name] += 1
        found.append(name if taken[name] == 1 else f"{name}#{taken[name]}")
    return found


def add_cost(
    told: Told, source: AiSource, vendor: str, *, line: str, day: Any, net: Decimal, **more: Any
) -> None:
    """Add an amount; the source's configuration says whether it is the invoice's.

    Args:
        told: The record.
        source: Its configuration: entity and price basis.
        vendor: Who charges.
        line: What makes the amount unique in the record.
        day: A day of the month it belongs to.
        net: The amount in whole units of its currency.
        more: Further columns.
    """
    values = {"tool": source.kind, "currency": "USD", "charge_type": "metered", **more}
    told.add(
        "ai_costs",
        cost_line_id=f"{told.record.record_type}:{told.record.record_key}:{line}",
        month=day_of(day).strftime("%Y-%m"),
        vendor=vendor,
        entity=source.entity,
        net_amount=net,
        price_basis=source.price_basis,
        **values,
    )

"""Amortisation re-computed in plain Decimal, month by month, from rulings 15 and 16 alone.

Written from the words of the rulings, not from the SQL: charges are differences of a cumulative
amount that is rounded half away from zero; an impairment follows the charge of its month; a
change of life holds from its month on; a disposal follows the charge of its month.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Event:
    """What happens to an asset in service: `impairment`, `life_change` or `disposal`."""

    kind: str
    on: date
    amount: Decimal = Decimal(0)
    remaining_months: int = 0


@dataclass(frozen=True)
class Life:
    """An asset from the day it is ready: its cost, convention and events in order of date."""

    cost: Decimal
    ready: date
    months: int
    convention: str
    fiscal_start: int = 1
    digits: int = 2
    events: Sequence[Event] = ()


def charges(life: Life) -> dict[str, Decimal]:
    """Return the charge of every month, `YYYY-MM`, until nothing is left."""
    consumed = curve(life.ready, life.months, life.convention, life.fiscal_start)
    base, before = life.cost, Fraction(0)
    month = life.ready.replace(day=1)
    booked: dict[str, Decimal] = {}
    charged = Decimal(0)
    while base > charged or not booked:
        for event in _of_month(life, month, "life_change"):
            base, charged, before = base - charged, Decimal(0), Fraction(0)
            consumed = curve(month, event.remaining_months, "full_month", life.fiscal_start)
        share = (consumed(month) - before) / (1 - before)
        total = _rounded(base, share, life.digits)
        booked[f"{month:%Y-%m}"] = total - charged
        charged = total
        for event in _of_month(life, month, "impairment"):
            left = base - charged
            base, charged, before = left - min(event.amount, left), Decimal(0), consumed(month)
        if _of_month(life, month, "disposal"):
            break
        month = plus_months(month, 1)
    return booked


def impairments(life: Life) -> Decimal:
    """Return what the impairments have taken, never more than was left."""
    before = sum(charges(life).values())
    return life.cost - before if not _disposed(life) else Decimal(0)


def _disposed(life: Life) -> bool:
    return any(event.kind == "disposal" for event in life.events)


def _of_month(life: Life, month: date, kind: str) -> list[Event]:
    return [e for e in life.events if e.kind == kind and e.on.replace(day=1) == month]


def _rounded(base: Decimal, share: Fraction, digits: int) -> Decimal:
    exact = Fraction(base) * share
    scaled = abs(exact) * 10**digits
    whole = int(Decimal(scaled.numerator * 2 // scaled.denominator + 1) // 2)
    sign = -1 if exact < 0 else 1
    return (Decimal(sign * whole).scaleb(-digits)).quantize(
        Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP
    )


def curve(
    start: date, months: int, convention: str, fiscal_start: int
) -> Callable[[date], Fraction]:
    """Return the function from a month to the share of the life consumed at its end."""
    first = start.replace(day=1)
    left_in_year = (fiscal_start - first.month - 1) % 12 + 1

    def full_month(count: int, _: date) -> Fraction:
        return Fraction(count, months)

    def next_month(count: int, _: date) -> Fraction:
        return Fraction(count - 1, months)

    def mid_month(count: int, _: date) -> Fraction:
        return (Fraction(count) - Fraction(1, 2)) / months

    def daily_actual(_: int, month: date) -> Fraction:
        end = plus_months(start, months)
        return Fraction((plus_months(month, 1) - start).days, (end - start).days)

    def half_year(count: int, _: date) -> Fraction:
        in_first_year = min(count, left_in_year)
        half_charge = Fraction(6, months) * Fraction(in_first_year, left_in_year)
        return half_charge + Fraction(max(count - left_in_year, 0), months)

    chosen = {
        "full_month": full_month,
        "next_month": next_month,
        "mid_month": mid_month,
        "daily_actual": daily_actual,
        "half_year": half_year,
    }[convention]

    def consumed(month: date) -> Fraction:
        count = (month.year - first.year) * 12 + month.month - first.month + 1
        return max(Fraction(0), min(Fraction(1), chosen(count, month)))

    return consumed


def plus_months(day: date, months: int) -> date:
    """Return the same day so many months later, the month's last where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, number = divmod(index, 12)
    return date(year, number + 1, min(day.day, monthrange(year, number + 1)[1]))


def last_day(day: date) -> date:
    """Return the last day of the month."""
    return plus_months(day.replace(day=1), 1) - timedelta(days=1)

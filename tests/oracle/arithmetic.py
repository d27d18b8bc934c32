"""Exact arithmetic of the rulings: rounding half away from zero, shares by largest remainder."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Number = int | Decimal | Fraction


def rounded(value: Number) -> int:
    """Round to an integer, half away from zero (ruling 1)."""
    exact = Fraction(value)
    whole = int(abs(exact) + Fraction(1, 2))
    return whole if exact >= 0 else -whole


def shared(total: int, weights: Mapping[Key, Number]) -> dict[Key, int]:
    """Split an integer by weights: floors, then one each to the largest remainders.

    Ties go to the lesser key; a negative total is split by its absolute value (ruling 1). Without
    a positive weight nothing is split.
    """
    exact = {key: Fraction(weight) for key, weight in weights.items() if weight > 0}
    whole = sum(exact.values())
    if not whole:
        return {}
    quotas = {key: abs(total) * weight / whole for key, weight in exact.items()}
    parts = {key: int(quota) for key, quota in quotas.items()}
    left = abs(total) - sum(parts.values())
    for key in sorted(quotas, key=lambda key: (parts[key] - quotas[key], _ordered(key)))[:left]:
        parts[key] += 1
    return {key: part if total >= 0 else -part for key, part in parts.items()}


def _ordered(key: Hashable) -> tuple[str, ...]:
    parts = key if isinstance(key, tuple) else (key,)
    return tuple("" if part is None else str(part) for part in parts)

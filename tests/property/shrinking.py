"""Make a failing company small: drop rows while it still fails, halves first, then one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Given = dict[str, list[dict[str, Any]]]
Place = tuple[str, int]
# Without these a company is none.
KEPT = {
    "company.settings",
    "company.months",
    "company.entities",
    "company.currencies",
    "company.sources",
}


def smallest(given: Given, fails: Callable[[Given], bool]) -> Given:
    """Return a company that still fails and from which no single row can go.

    Args:
        given: Rows by relation of a company that fails.
        fails: Says whether a company fails; a company that cannot be run does not count.
    """
    rows = [(name, n) for name in given if name not in KEPT for n in range(len(given[name]))]
    size = max(len(rows) // 2, 1)
    while True:
        before = len(rows)
        for start in range(0, len(rows), size)[::-1]:
            fewer = rows[:start] + rows[start + size :]
            if _still_fails(given, fewer, fails):
                rows = fewer
        if size == 1 and len(rows) == before:
            return _only(given, rows)
        size = max(size // 2, 1)


def readable(given: Given) -> str:
    """Return the rows of a company as text, one a line, fields without value left out."""
    return "\n".join(
        f"{relation}: " + ", ".join(f"{k}={v}" for k, v in row.items() if v not in (None, [], {}))
        for relation, rows in given.items()
        if relation not in KEPT or relation == "company.settings"
        for row in rows
    )


def _still_fails(given: Given, rows: list[Place], fails: Callable[[Given], bool]) -> bool:
    try:
        return fails(_only(given, rows))
    except (AssertionError, LookupError, ValueError):
        return False


def _only(given: Given, rows: list[Place]) -> Given:
    kept = set(rows)
    return {
        name: [row for n, row in enumerate(given[name]) if name in KEPT or (name, n) in kept]
        for name in given
    }

"""Records that change over time: a site shows each as it was at its own moment."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

END = datetime(2026, 10, 31, tzinfo=UTC)


def moment(text: str) -> datetime:
    """Read a time; without an offset it is UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@dataclass
class Versions:
    """Versions of records by key: the moment of each and what it says.

    `now` hides what has not happened yet; `seed` shuffles lists that have no order of their own.
    """

    stamped: dict[str, list[tuple[datetime, dict[str, Any]]]] = field(default_factory=dict)
    now: datetime = END
    seed: int | None = None

    def add(self, key: str, at: str, record: dict[str, Any]) -> None:
        self.stamped.setdefault(key, []).append((moment(at), record))

    def shown(self) -> list[tuple[datetime, dict[str, Any]]]:
        """Return each record as it is now, in order of change."""
        found = []
        for versions in self.stamped.values():
            seen = [each for each in versions if each[0] <= self.now]
            if seen:
                found.append(max(seen, key=lambda each: each[0]))
        return sorted(found, key=lambda each: each[0])

    def shuffled(self, items: Iterable[Any]) -> list[Any]:
        listed = list(items)
        if self.seed is not None:
            random.Random(self.seed).shuffle(listed)  # noqa: S311 -- an order, not a secret
        return listed

"""What every part of a random company shares: months, people and items so far, odds and days."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.dbt.ledger_world import World

MONTHS = ("2026-02", "2026-03", "2026-04", "2026-05")
STRANGE_ACCOUNTS = (
    "desk", "robot", "stranger", "P0", "p1.alt", "p0@example.org",
    "7+P1@users.noreply.github.com",
)  # fmt: skip


class Draw:
    """A company under way."""

    def __init__(self, random: Random) -> None:
        self.random = random
        first = random.randrange(len(MONTHS) - 1)
        self.world = World(months=MONTHS[first : first + random.choice((1, 1, 2))])
        self.first = date.fromisoformat(f"{self.world.months[0]}-01")
        self.length = 31 * len(self.world.months)
        self.people: list[str] = []
        self.items: list[str] = []
        self.former_keys: list[str] = []
        self.pulls: list[tuple[str, int]] = []
        self.shas: list[tuple[str, str]] = []

    def may(self, odds: float) -> bool:
        return self.random.random() < odds

    def day(self, before: int = 0) -> date:
        return self.first + timedelta(days=self.random.randrange(-before, self.length))

    def at(self, before: int = 20) -> str:
        time = self.random.choice(("00:30:00", "04:30:00", "09:00:00", "12:15:30", "23:30:00"))
        return f"{self.day(before)} {time}"

    def some(self, values: Any, most: int) -> list[Any]:
        return self.random.sample(list(values), self.random.randint(0, min(most, len(values))))

    def account(self) -> str:
        if self.may(0.08):
            return self.random.choice(STRANGE_ACCOUNTS)
        return self.random.choice(self.people)

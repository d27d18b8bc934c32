"""What the sample company is: its entities, teams and value streams.

Northlight Works sells a shop system. Eight teams of seven or eight people work in two entities
and three countries; a larger company repeats the eight with a number behind the name, and draws
anew which of each eight starts with the AI tools when: else every team that builds the same
things at the same time would start together, and what they build would look like the tools.

The planted effect of the AI tools is here too: from the day a team starts, work goes faster and
waits longer for review, and changes grow. Two of eight teams never start.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from capstream.sample.chance import stream
from capstream.types import Month

FIRST_MONTH = Month(2025, 9)
COMPANY_ZONE = "America/New_York"
ORGANIZATION = "northlight"
MAIL_DOMAIN = "northlight.example"
CURRENCIES = {"US01": "USD", "DE01": "EUR"}

AI_SPEED = 1.18
"""Planted: work per hour after the start, reached over four weeks."""
AI_REVIEW_WAIT = 1.6
"""Planted: waiting time before the first review after the start."""
AI_CHANGE_SIZE = 1.25
"""Planted: lines per commit after the start."""
AI_RAMP = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Team:
    """A team and where it works.

    Attributes:
        index: Position in the company; the first eight are hand-made.
        prefix: Tracker project key, also the beginning of its component ids.
        service: Name of its repository and of what it deploys.
        merge_method: How pull requests are merged: `squash` or `merge` (with a merge commit).
        ai_start: Day on which the team's AI seats were switched on; None is never.
    """

    index: int
    name: str
    entity: str
    country: str
    calendar: str
    zone: str
    prefix: str
    service: str
    value_stream: str
    size: int
    merge_method: str
    ai_start: date | None

    @property
    def repository(self) -> str:
        """Full name of the repository, `owner/name`."""
        return f"{ORGANIZATION}/{self.service}"

    @property
    def cost_center(self) -> str:
        """Cost centre of the team's people."""
        return f"CC-{self.prefix}"

    def ai_effect(self, day: date) -> float:
        """Return how far the AI effect is reached on a day, 0 to 1."""
        if self.ai_start is None or day < self.ai_start:
            return 0.0
        return min(1.0, (day - self.ai_start) / AI_RAMP)


_EAST, _WEST, _MID = "America/New_York", "America/Los_Angeles", "America/Chicago"
_FEB, _APR, _JUN = date(2026, 2, 2), date(2026, 4, 1), date(2026, 6, 1)
_TEAMS = (
    Team(
        0, "Checkout", "US01", "US", "US-MA", _EAST,
        "CHK", "checkout", "checkout", 8, "squash", _FEB,
    ),
    Team(
        1, "Payments", "US01", "US", "US-NY", _EAST,
        "PAY", "payments", "payments", 7, "squash", _JUN,
    ),
    Team(
        2, "Catalog", "US01", "US", "US-CA", _WEST,
        "CAT", "catalog", "catalog", 8, "merge", _APR,
    ),
    Team(
        3, "Shipping", "DE01", "DE", "DE-BE", "Europe/Berlin",
        "SHP", "shipping", "fulfilment", 7, "merge", _FEB,
    ),
    Team(
        4, "Warehouse", "DE01", "PL", "PL", "Europe/Warsaw",
        "WHS", "warehouse", "fulfilment", 8, "merge", _APR,
    ),
    Team(
        5, "Insight", "US01", "US", "US-IL", _MID,
        "INS", "insight", "insight", 7, "merge", _JUN,
    ),
    Team(
        6, "Platform", "DE01", "DE", "DE-BY", "Europe/Berlin",
        "PLT", "platform", "platform", 8, "merge", None,
    ),
    Team(
        7, "Mobile", "US01", "US", "US-NY", _EAST,
        "MOB", "mobile", "checkout", 7, "squash", None,
    ),
)  # fmt: skip
VALUE_STREAMS = {
    "checkout": ("Checkout", "Checkout team"),
    "payments": ("Payments", "Payments team"),
    "catalog": ("Catalog", "Catalog team"),
    "fulfilment": ("Fulfilment", "Shipping and Warehouse teams"),
    "insight": ("Insight", "Insight team"),
    "platform": ("Platform", "Platform team"),
}


def plan_teams(people: int, seed: int = 0) -> list[Team]:
    """Return as many teams as that many people fill; the last one may be small."""
    teams: list[Team] = []
    left = people
    while left > 0:
        team = _repeated(len(teams), seed)
        teams.append(replace(team, size=min(team.size, left)))
        left -= team.size
    return teams


def _repeated(index: int, seed: int) -> Team:
    first, turn = _TEAMS[index % len(_TEAMS)], index // len(_TEAMS) + 1
    if turn == 1:
        return first
    return replace(
        first,
        index=index,
        name=f"{first.name} {turn}",
        prefix=f"{first.prefix}{turn}",
        service=f"{first.service}-{turn}",
        ai_start=_drawn_starts(turn, seed)[index % len(_TEAMS)],
    )


def _drawn_starts(turn: int, seed: int) -> list[date | None]:
    """Draw the eight starts anew for a further eight teams."""
    starts = [team.ai_start for team in _TEAMS]
    stream(seed, "rollout", turn).shuffle(starts)
    return starts

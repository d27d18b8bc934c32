"""Numbers bounded by other cells: declarations, targets, survey answers, levers of the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from capstream.company.cross_checks.facts import CrossFacts
from capstream.company.cross_checks.rows import Place, Roster, rows_of
from capstream.errors import Problem
from capstream.types import Month


@dataclass(slots=True)
class _Sum:
    """Shares that belong together, and where the last of them stands."""

    shares: list[Decimal] = field(default_factory=list)
    last: Place | None = None

    def add(self, place: Place, share: Decimal) -> None:
        self.shares.append(share)
        if self.last is None or place.row > self.last.row:
            self.last = place

    @property
    def total(self) -> Decimal:
        return sum(self.shares, Decimal(0))


def plan_problems(roster: Roster, _facts: CrossFacts) -> Iterator[Problem]:
    """Yield shares above the whole, scores outside their scale and impossible levers."""
    yield from _declared_above_one(roster)
    yield from _targets_above_one(roster)
    yield from _scores_off_scale(roster)
    yield from _impossible_levers(roster)


def _declared_above_one(roster: Roster) -> Iterator[Problem]:
    """Sum what a person declares with what the person's teams declare for the same month."""
    persons: dict[tuple[str, str], _Sum] = defaultdict(_Sum)
    teams: dict[tuple[str, str], _Sum] = defaultdict(_Sum)
    columns = ("month", "person_id", "team", "share")
    for place, row in rows_of(roster.inputs, "declared_allocations", *columns):
        month, person, team, share = row
        if month and share is not None:
            if person:
                persons[month, person].add(place, share)
            elif team:
                teams[month, team].add(place, share)
    for (month, team), declared in teams.items():
        yield from _above_one(declared, f"team {team} in {month}")
    for (month, person), declared in persons.items():
        for team in _teams(roster, person, month):
            declared.shares.extend(teams[month, team].shares if (month, team) in teams else [])
        yield from _above_one(declared, f"{person} in {month}")


def _teams(roster: Roster, person: str, month_key: str) -> set[str]:
    return {spell.team for spell in roster.spells_of(person, Month.parse(month_key))}


def _above_one(declared: _Sum, whose: str) -> Iterator[Problem]:
    if declared.total > 1 and declared.last is not None:
        total = declared.total.normalize()
        yield declared.last.problem(
            "share", f"the shares of {whose} sum to {total:f}", "lower them to at most 1"
        )


def _targets_above_one(roster: Roster) -> Iterator[Problem]:
    targets: dict[tuple[str | None, object], _Sum] = defaultdict(_Sum)
    columns = ("value_stream_id", "from", "share")
    for place, (stream, day, share) in rows_of(roster.inputs, "investment_targets", *columns):
        if day and share is not None:
            targets[stream, day].add(place, share)
    for (stream, day), declared in targets.items():
        yield from _above_one(declared, f"{stream or 'the company'} from {day}")


def _scores_off_scale(roster: Roster) -> Iterator[Problem]:
    scales = {
        item: (least, most)
        for _, (item, least, most) in rows_of(
            roster.inputs, "survey_items", "item", "scale_min", "scale_max"
        )
        if item and least is not None and most is not None
    }
    for place, (item, score) in rows_of(roster.inputs, "survey_responses", "item", "score"):
        if item in scales and score is not None:
            least, most = scales[item]
            if not least <= score <= most:
                message = f"score {score.normalize():f} is outside {least} to {most} of {item}"
                yield place.problem("score", message, "correct the score or the item's scale")


_LEVER_BOUNDS = {
    "wait": (Decimal(-1), None, "a relative change of at least -1, such as -0.7"),
    "process_time": (Decimal(-1), None, "a relative change of at least -1, such as -0.2"),
    "complete_accurate": (Decimal(0), Decimal(1), "the new ratio, above 0 and at most 1"),
    "wip_limit": (Decimal(0), None, "the items allowed in the step, above 0"),
}
"""Lowest and highest change of each lever of the plan, and what stands there in words."""


def _impossible_levers(roster: Roster) -> Iterator[Problem]:
    for place, (lever, change) in rows_of(roster.inputs, "improvements", "lever", "change"):
        if lever not in _LEVER_BOUNDS or change is None:
            continue
        least, most, words = _LEVER_BOUNDS[lever]
        is_above = change >= least if least < 0 else change > least
        if not is_above or (most is not None and change > most):
            message = f"change {change.normalize():f} is impossible for lever {lever}"
            yield place.problem("change", message, f"write {words}")

"""Time off and what is left of every day: holidays, vacation, sick days, long leave."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from capstream.sample.chance import stream
from capstream.sample.roster import Person
from capstream.sample.working_time import days_between, public_holidays

CLOSURES = {"DE-BE": (12, 24), "DE-BY": (12, 24), "US-MA": (12, 24)}
"""Calendars with a company closure on that month and day of every year."""
_LONG_LEAVE = {(1, 6): (date(2026, 4, 6), date(2026, 6, 30), "paid")}
_UNPAID = {(7, 4): (date(2026, 7, 6), date(2026, 7, 17), "unpaid")}


@dataclass(frozen=True, slots=True)
class Absence:
    """Days off; share is the part of each day, kind paid or unpaid."""

    person_id: str
    first: date
    last: date
    share: str = "1"
    kind: str = "paid"


def plan_absences(seed: int, people: list[Person], first: date, last: date) -> list[Absence]:
    """Return everybody's absences that start between the two days."""
    absences: list[Absence] = []
    for person in people:
        absences.extend(_absences_of(seed, person, first, last))
    return absences


def fill_capacity(people: list[Person], absences: list[Absence], first: date, last: date) -> None:
    """Set each person's hours left per day, from a little before to three months after."""
    off: dict[tuple[str, date], float] = {}
    for absence in absences:
        for day in days_between(absence.first, absence.last):
            key = (absence.person_id, day)
            off[key] = min(1.0, off.get(key, 0.0) + float(absence.share))
    for person in people:
        for spell in person.spells:
            until = min(spell.last or last + timedelta(days=92), last + timedelta(days=92))
            for day in days_between(max(spell.first, first), until):
                hours = spell.hours(day) * (1 - off.get((person.person_id, day), 0.0))
                if hours > 0 and not is_closed(spell.team.calendar, day):
                    person.capacity[day] = hours


def is_closed(calendar: str, day: date) -> bool:
    """Whether the day is a public holiday or a company closure in that calendar."""
    if CLOSURES.get(calendar) == (day.month, day.day):
        return True
    return day in public_holidays(calendar, day.year)


def _absences_of(seed: int, person: Person, first: date, last: date) -> list[Absence]:
    chance = stream(seed, "leave", person.person_id)
    found: list[Absence] = []
    for year in range(first.year, last.year + 1):
        found += _year_of_vacation(chance, person, year)
    found += _short_absences(chance, person, first)
    key = (person.spells[0].team.index % 8, person.place)
    for special in (_LONG_LEAVE.get(key), _UNPAID.get(key)):
        if special is not None:
            found.append(Absence(person.person_id, special[0], special[1], "1", special[2]))
    return [a for a in found if first <= a.first and a.last <= last and _is_there(person, a)]


def _year_of_vacation(chance: random.Random, person: Person, year: int) -> list[Absence]:
    blocks = (
        (date(year, 2, 2) + timedelta(weeks=chance.randrange(10)), 5),
        (date(year, 6, 29) + timedelta(weeks=chance.randrange(8)), chance.choice((5, 10, 10, 15))),
        (date(year, 10, 5) + timedelta(weeks=chance.randrange(5)), chance.choice((2, 3, 5))),
        (date(year, 12, 24), chance.choice((3, 5, 6))),
    )
    found = []
    for start, days in blocks:
        monday = start - timedelta(days=start.weekday()) if start.month != 12 else start
        end = monday + timedelta(days=days + 2 * ((days - 1) // 5) - 1)
        found.append(Absence(person.person_id, monday, end))
    return found


def _short_absences(chance: random.Random, person: Person, first: date) -> list[Absence]:
    """Return sick days, free days and free halves, in an even trickle over five years."""
    found, day = [], first
    while day < first + timedelta(days=5 * 365):
        day += timedelta(days=chance.randrange(18, 70))
        share, length = chance.choice((("1", 1), ("1", 2), ("0.5", 1), ("0.5", 1), ("1", 1)))
        if day.weekday() < 4:
            end = day + timedelta(days=length - 1)
            found.append(Absence(person.person_id, day, end, share))
    return found


def _is_there(person: Person, absence: Absence) -> bool:
    spell = person.spell(absence.first)
    return spell.covers(absence.first) and spell.covers(absence.last)

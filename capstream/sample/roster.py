"""Who works at the sample company, when, where and how much.

A person's place in the team decides the role; a table of exceptions plants part-time patterns,
joiners, leavers, movers, contractors. Names are invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from capstream.sample import names
from capstream.sample.chance import hex_id, stream
from capstream.sample.company_plan import MAIL_DOMAIN, Team
from capstream.sample.working_time import DAY_ENDS, DAY_STARTS, local_day, local_hour, moment

LONG_AGO = date(2022, 1, 3)
_ROLES = (
    ("Engineering manager", "manager", "M2"),
    ("Product manager", "product", "P2"),
    ("Staff engineer", "engineer", "E5"),
    ("Senior engineer", "engineer", "E4"),
    ("Engineer", "engineer", "E3"),
    ("Engineer", "engineer", "E3"),
    ("Test engineer", "qa", "Q2"),
    ("Product designer", "designer", "D2"),
)
ANALYST = "Analyst"
"""Role whose work shows in tickets only."""
# (team, place) → another role than the place's
_OTHER_ROLES = {(5, 5): (ANALYST, "engineer", "E3")}
# (team, place) → weekday hours, full-time equivalent
_PATTERNS = {
    (0, 3): ("8;8;8;8;0;0;0", "0.8"),
    (3, 3): ("8;8;8;0;0;0;0", "0.6"),
    (5, 2): ("", "0.5"),
    (6, 7): ("", "0.8"),
}
_CONTRACTORS = frozenset({(0, 5), (4, 4), (4, 5), (6, 5)})
_JOINS = {(2, 4): date(2026, 1, 15), (6, 4): date(2026, 5, 4), (7, 3): date(2026, 3, 16)}
_LEAVES = {(1, 4): date(2026, 3, 20), (4, 3): date(2026, 8, 14)}
# (team, place) → first day in the other team, position of that team among its eight
_MOVES = {(0, 4): (date(2026, 3, 1), 7), (3, 4): (date(2026, 6, 16), 1)}


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of time in one team, entity and pattern; last is None while it lasts."""

    team: Team
    first: date
    last: date | None = None
    weekday_hours: str = ""
    fte: str = "1"

    def covers(self, day: date) -> bool:
        """Whether the day lies in the spell."""
        return self.first <= day and (self.last is None or day <= self.last)

    def hours(self, day: date) -> float:
        """Return the hours planned for that weekday, before holidays and leave."""
        if self.weekday_hours:
            return float(self.weekday_hours.split(";")[day.weekday()])
        return 8 * float(self.fte) if day.weekday() < 5 else 0.0


@dataclass(slots=True)
class Person:
    """A member of the company with accounts in every tool.

    Attributes:
        capacity: Hours left to work per day after holidays and leave; missing is none.
    """

    person_id: str
    name: str
    role: str
    role_class: str
    band: str
    worker_type: str
    spells: list[Spell]
    place: int
    manager_id: str = ""
    capacity: dict[date, float] = field(default_factory=dict)

    @property
    def writes_code(self) -> bool:
        """Whether the person's work ends in commits."""
        return self.role_class == "engineer" and self.role != ANALYST

    @property
    def email(self) -> str:
        """Address at work."""
        return f"{self.login}@{MAIL_DOMAIN}"

    @property
    def login(self) -> str:
        """Account at the code forge."""
        return f"nl-{self.person_id.lower()}"

    @property
    def tracker_account(self) -> str:
        """Account id at the tracker."""
        return "5f" + hex_id("tracker", self.person_id, length=22)

    @property
    def number(self) -> int:
        """Number behind the P."""
        return int(self.person_id[1:])

    def spell(self, day: date) -> Spell:
        """Return the spell of a day, else the nearest one."""
        for spell in self.spells:
            if spell.covers(day):
                return spell
        return self.spells[0] if day < self.spells[0].first else self.spells[-1]

    def is_in(self, team: Team, day: date) -> bool:
        """Whether the person belongs to the team that day."""
        return any(s.covers(day) and s.team.index == team.index for s in self.spells)

    def zone(self, day: date) -> str:
        """Return the time zone of that day."""
        return self.spell(day).team.zone

    def at(self, day: date, hour: float) -> datetime:
        """Return the UTC time of that hour on the person's clock."""
        return moment(day, hour, self.zone(day))

    def after(self, start: datetime, hours: float) -> datetime:
        """Return the time so many of the person's working hours after a start.

        After a year without a working day (somebody who left) the year's end is returned.
        """
        zone = self.zone(start.date())
        day, hour = local_day(start, zone), max(DAY_STARTS, local_hour(start, zone))
        for _ in range(365):
            if self.capacity.get(day, 0.0) > 0 and hour < DAY_ENDS:
                if hours <= DAY_ENDS - hour:
                    return max(start, self.at(day, hour + hours))
                hours -= DAY_ENDS - hour
            day, hour = day + timedelta(days=1), DAY_STARTS
        return self.at(day, hour)


def build_roster(seed: int, teams: list[Team], last_day: date) -> list[Person]:
    """Return the people of all teams who started by the last day."""
    people: list[Person] = []
    taken: set[str] = set()
    for team in teams:
        first_number = sum(other.size for other in teams[: team.index]) + 1
        manager_id = f"P{first_number:03d}"
        for place in range(team.size):
            person = _person(seed, teams, team, first_number + place)
            person.name = _name(seed, team.country, person.person_id, taken)
            taken.add(person.name)
            boss = "P001" if place == 0 else manager_id
            person.manager_id = "" if person.person_id == boss else boss
            person.spells = [_as_known(s, last_day) for s in person.spells if s.first <= last_day]
            if person.spells:
                people.append(person)
    return people


def _person(seed: int, teams: list[Team], team: Team, number: int) -> Person:
    place = number - sum(other.size for other in teams[: team.index]) - 1
    role, role_class, band = _OTHER_ROLES.get((team.index % 8, place), _ROLES[place])
    person_id = f"P{number:03d}"
    is_contractor = (team.index % 8, place) in _CONTRACTORS
    return Person(
        person_id=person_id,
        name="",
        role=role,
        role_class=role_class,
        band="" if is_contractor else band,
        worker_type="contractor" if is_contractor else "employee",
        spells=_spells(teams, team, place),
        place=place,
    )


def _name(seed: int, country: str, person_id: str, taken: set[str]) -> str:
    chance = stream(seed, "name", person_id)
    first = last = ""
    for initial in ("", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        first = chance.choice(names.FIRST_NAMES[country])
        last = chance.choice(names.LAST_NAMES[country])
        name = f"{first} {initial}. {last}" if initial else f"{first} {last}"
        if name not in taken:
            return name
    return f"{first} {last} {person_id}"


def _spells(teams: list[Team], team: Team, place: int) -> list[Spell]:
    key = (team.index % 8, place)
    weekday_hours, fte = _PATTERNS.get(key, ("", "1"))
    first = _JOINS.get(key, LONG_AGO + timedelta(days=7 * ((team.index * 5 + place * 11) % 90)))
    spell = Spell(team, first, _LEAVES.get(key), weekday_hours, fte)
    if key not in _MOVES:
        return [spell]
    moved, offset = _MOVES[key]
    target = team.index - team.index % 8 + offset
    if target >= len(teams):
        return [spell]
    earlier = replace(spell, last=moved - timedelta(days=1))
    return [earlier, replace(spell, team=teams[target], first=moved)]


def _as_known(spell: Spell, last_day: date) -> Spell:
    is_later = spell.last is not None and spell.last > last_day
    return replace(spell, last=None) if is_later else spell

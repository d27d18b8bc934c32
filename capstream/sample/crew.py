"""A team's people, desks and chance, shared by everything that happens to its work."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date

from capstream.sample.chance import stream
from capstream.sample.company_plan import Team
from capstream.sample.records import Commit, Traces, WorkItem
from capstream.sample.roster import Person


@dataclass(eq=False, slots=True)
class Job:
    """An item on an engineer's desk.

    Attributes:
        slice_left: Days of work until the next pull request.
        slices_left: Pull requests still to come, this one included.
        is_linked: Whether the code names the item.
        moves: Whether the engineer moves the ticket at all.
        is_quiet: Whether nothing is to be seen of the work until it is done.
        not_before: Day from which the work can go on.
    """

    item: WorkItem
    owner: Person
    slice_left: float
    slices_left: int
    is_linked: bool = True
    moves: bool = True
    has_code: bool = True
    is_rework: bool = False
    is_quiet: bool = False
    not_before: date = date.min
    commits: list[Commit] = field(default_factory=list)


class Crew:
    """One team as its work sees it.

    Args:
        seed: Seed of the company.
        team: The team.
        people: Everybody in the company; who belongs to the team depends on the day.
    """

    def __init__(self, seed: int, team: Team, people: list[Person]) -> None:
        self.seed = seed
        self.team = team
        self.traces = Traces(team)
        self.chance: random.Random = stream(seed, "work", team.name)
        self.desks: dict[str, list[Job]] = {}
        self._people = [p for p in people if any(s.team.index == team.index for s in p.spells)]
        self._serial = 0

    def members(self, day: date, *role_classes: str) -> list[Person]:
        """Return the team's people of those role classes (of all, when none is named)."""
        return [
            person
            for person in self._people
            if person.is_in(self.team, day)
            and (not role_classes or person.role_class in role_classes)
        ]

    def at_work(self, day: date, *role_classes: str) -> list[Person]:
        """Return those members who have hours that day."""
        return [p for p in self.members(day, *role_classes) if p.capacity.get(day, 0.0) > 0]

    def desk(self, person: Person) -> list[Job]:
        """Return the jobs on a person's desk, to be changed in place."""
        return self.desks.setdefault(person.person_id, [])

    def return_for_rework(self, job: Job, day: date) -> None:
        """Put an item that failed its test back on its owner's desk."""
        again = Job(job.item, job.owner, 0.5, 1, is_rework=True, not_before=day)
        again.is_linked = job.is_linked
        self.desk(job.owner).insert(0, again)

    def next_serial(self) -> int:
        """Return the next number of the team, for identifiers."""
        self._serial += 1
        return self._serial

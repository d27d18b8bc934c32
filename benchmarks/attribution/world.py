"""A simulated company: what everybody really did, and the traces that it left.

Truth comes first: each person-day is divided over items in minutes. Traces follow from it with
the gaps of `Mess`. No method sees the truth; all see the same traces.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from benchmarks.attribution.settings import Mess

DAY_MINUTES = 480
TEAM_SIZE = 8
FIRST_DAY, LAST_DAY = date(2026, 1, 1), date(2026, 3, 31)
TYPES = (("Story", 0.55), ("Bug", 0.25), ("Chore", 0.20))
CAPITAL_TYPE = "Story"


@dataclass
class Item:
    """A work item; `true_type` is its nature while it was worked on."""

    key: str
    team: str
    true_type: str
    effort_minutes: int
    assignee: str
    created_at: datetime
    left_minutes: int = 0
    closed_type: str = ""


@dataclass(frozen=True)
class Person:
    """A person of a team; `commits` says whether the role leaves code."""

    person_id: str
    team: str
    commits: bool


@dataclass(frozen=True)
class Trace:
    """One record that a tool kept: commit, opened, review, merge, comment, status, assign, type."""

    kind: str
    at: datetime
    person: str
    item: str
    linked: bool = True
    before: str = ""
    after: str = ""


@dataclass
class World:
    """Truth and traces of one company over the months of `FIRST_DAY` to `LAST_DAY`."""

    mess: Mess
    people: list[Person] = field(default_factory=list)
    items: dict[str, Item] = field(default_factory=dict)
    leave: set[tuple[str, date]] = field(default_factory=set)
    truth: dict[tuple[str, date, str], int] = field(default_factory=dict)
    traces: list[Trace] = field(default_factory=list)


def working_days() -> list[date]:
    """Monday to Friday; the worlds know no public holidays."""
    span = (LAST_DAY - FIRST_DAY).days + 1
    days = (FIRST_DAY + timedelta(days=offset) for offset in range(span))
    return [day for day in days if day.weekday() < 5]


def simulate(mess: Mess, seed: int) -> World:
    """Simulate one company; the same seed gives the same company."""
    chance = random.Random(seed)  # noqa: S311 - a simulation, not a secret
    world = World(mess)
    _hire(world, chance)
    _grant_leave(world, chance)
    for team in sorted({person.team for person in world.people}):
        _TeamWork(world, team, chance).run()
    _relabel(world, chance)
    world.traces.sort(key=lambda trace: (trace.at, trace.kind, trace.person, trace.item))
    return world


def _hire(world: World, chance: random.Random) -> None:
    count = world.mess.people
    silent = set(chance.sample(range(count), round(count * world.mess.without_commits)))
    world.people = [
        Person(f"p{number:03d}", f"team{number // TEAM_SIZE}", number not in silent)
        for number in range(count)
    ]


def _grant_leave(world: World, chance: random.Random) -> None:
    """Blocks of two to ten days until the share of leave is reached."""
    days = working_days()
    for person in world.people:
        wanted = round(len(days) * world.mess.leave * chance.uniform(0.3, 1.7))
        taken: set[date] = set()
        while len(taken) < wanted:
            start = chance.randrange(len(days))
            taken.update(days[start : start + min(chance.randint(2, 10), wanted)])
        world.leave.update((person.person_id, day) for day in sorted(taken)[:wanted])


def _relabel(world: World, chance: random.Random) -> None:
    """Types that somebody changes long after the work: the state at the close is not the truth."""
    late = datetime.combine(LAST_DAY, time(20), UTC)
    for item in world.items.values():
        item.closed_type = item.true_type
        if chance.random() < world.mess.relabelled:
            item.closed_type = "Bug" if item.true_type == CAPITAL_TYPE else CAPITAL_TYPE
            world.traces.append(
                Trace(
                    "type",
                    late,
                    item.assignee,
                    item.key,
                    before=item.true_type,
                    after=item.closed_type,
                )
            )


class _TeamWork:
    """One team working through its backlog, day by day."""

    def __init__(self, world: World, team: str, chance: random.Random) -> None:
        self.world, self.team, self.chance = world, team, chance
        self.habits = world.mess.habits
        self.people = [person for person in world.people if person.team == team]
        self.open: dict[str, list[Item]] = {person.person_id: [] for person in self.people}
        self.started: set[str] = set()

    def run(self) -> None:
        for day in working_days():
            present = [
                person for person in self.people if (person.person_id, day) not in self.world.leave
            ]
            for person in present:
                self._work(person, day)

    def _work(self, person: Person, day: date) -> None:
        shares = self._plan(person, day)
        for item, minutes in shares:
            self._book(person, day, item, minutes)
            own = item.assignee == person.person_id
            if own:
                self._trace_own(person, day, item)
            else:
                self._trace("review", person, day, item)
            if own and item.left_minutes <= 0:
                self._finish(person, day, item)

    def _plan(self, person: Person, day: date) -> list[tuple[Item, int]]:
        """Own items by unequal shares; on some days a part goes to a colleague's item."""
        own = self.open[person.person_id]
        while not own or (len(own) < 2 and self.chance.random() < self.habits.second_item):
            own.append(self._new_item(person, day))
        minutes = DAY_MINUTES
        planned: list[tuple[Item, int]] = []
        others = [
            item
            for other, items in self.open.items()
            if other != person.person_id
            for item in items
        ]
        if others and self.chance.random() < 0.35:
            helped = round(DAY_MINUTES * self.world.mess.helped * self.chance.uniform(0.4, 1.6))
            planned.append((self.chance.choice(others), helped))
            minutes -= helped
        if len(own) == 1 or self.chance.random() < self.habits.undivided:
            return [*planned, (own[0], minutes)]
        first = round(minutes * self.chance.uniform(0.4, 0.8))
        return [*planned, (own[0], first), (own[1], minutes - first)]

    def _new_item(self, person: Person, day: date) -> Item:
        kinds, weights = zip(*TYPES, strict=True)
        number = len(self.world.items) + 1
        item = Item(
            key=f"{self.team.upper()}-{number}",
            team=self.team,
            true_type=self.chance.choices(kinds, weights)[0],
            effort_minutes=round(
                DAY_MINUTES * self.chance.lognormvariate(self.habits.item_log_days, 0.7)
            ),
            assignee=person.person_id,
            created_at=_at(day, 7, 0),
        )
        item.left_minutes = item.effort_minutes
        self.world.items[item.key] = item
        return item

    def _book(self, person: Person, day: date, item: Item, minutes: int) -> None:
        key = (person.person_id, day, item.key)
        self.world.truth[key] = self.world.truth.get(key, 0) + minutes
        item.left_minutes -= minutes

    def _trace_own(self, person: Person, day: date, item: Item) -> None:
        mess = self.world.mess
        if item.key not in self.started:
            self.started.add(item.key)
            if self.chance.random() >= mess.unmoved:
                self._trace("status", person, day, item, before="To Do", after="In Progress")
        if person.commits and self.chance.random() < mess.commit_days:
            linked = self.chance.random() < mess.linked
            chatty = 4 if item.true_type == "Bug" else 2
            for _ in range(self.chance.randint(1, chatty)):
                self._trace("commit", person, day, item, linked=linked)
        if self.chance.random() < mess.touches * (1 if person.commits else 1.6):
            self._trace("comment", person, day, item)

    def _finish(self, person: Person, day: date, item: Item) -> None:
        self.open[person.person_id].remove(item)
        if person.commits:
            linked = self.chance.random() < self.world.mess.linked
            self._trace("opened", person, day, item, linked=linked)
        if self.chance.random() >= self.world.mess.stale:
            self._trace("status", person, day, item, before="In Progress", after="Done")

    def _trace(
        self,
        kind: str,
        person: Person,
        day: date,
        item: Item,
        *,
        linked: bool = True,
        before: str = "",
        after: str = "",
    ) -> None:
        moment = _at(day, self.chance.randint(9, 16), self.chance.randint(0, 59))
        self.world.traces.append(
            Trace(kind, moment, person.person_id, item.key, linked, before, after)
        )


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC)

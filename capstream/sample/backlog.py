"""What a team has to do: epics, and the items that planning puts before the engineers."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from capstream.sample.chance import lognormal
from capstream.sample.company_plan import Team
from capstream.sample.component_plan import Component, components_of
from capstream.sample.records import Actor, WorkItem
from capstream.sample.wording import epic_titles, item_title

# type, weight, median days of work, labels
_NEW_WORK = (
    ("Story", 62, 5.2, ()),
    ("Task", 22, 3.4, ()),
    ("Spike", 6, 2.4, ()),
    ("Task", 10, 3.0, ("refactoring",)),
)
_UPKEEP = (
    ("Task", 46, 2.4, ("maintenance",)),
    ("Bug", 34, 1.8, ()),
    ("Task", 10, 1.6, ("training",)),
    ("Story", 10, 3.4, ()),
)
_NEW_WORK_SHARE = 0.68
_ORPHAN_SHARE = 0.03


class Backlog:
    """The items of one team that nobody has started, and its epics.

    Args:
        team: Whose work it is.
        chance: The team's stream of chance for planning.
    """

    def __init__(self, team: Team, chance: random.Random) -> None:
        self.team = team
        self.components = components_of(team)
        self.items: list[WorkItem] = []
        self.waiting: list[WorkItem] = []
        self._chance = chance
        self._epics: dict[str, list[WorkItem]] = {}

    def open_epics(self, day: date, author: Actor, at: datetime) -> None:
        """Create the epics of components whose work begins, and the one that never ends."""
        self._open("", None, author, at)
        for component in self.components:
            if component.is_under_construction(day) or component.is_in_service(day):
                self._open(component.component_id, component, author, at)
            if component.is_in_service(day) and not component.is_live_from_start:
                for epic in self._epics[component.component_id]:
                    epic.change(at, author, "status", "Done")
                    epic.change(at, author, "resolution", "Done")

    def plan(self, day: date, author: Actor, at: datetime, wanted: int) -> None:
        """Top the waiting items up to the wanted number and make the next ones ready."""
        self.open_epics(day, author, at)
        while len(self.waiting) < wanted:
            self.add(day, author, at)
            at += timedelta(seconds=self._chance.randrange(90, 900))
        for item in self.waiting[: max(2, wanted // 2)]:
            if item.first["status"] == "Backlog":
                item.change(
                    at + timedelta(seconds=self._chance.randrange(60, 20_000)),
                    author, "status", "Ready",
                )  # fmt: skip

    def add(self, day: date, author: Actor, at: datetime, kind: str = "") -> WorkItem:
        """Create one item; a given kind is a bug in what is in service, to be done soon."""
        building = [c for c in self.components if c.is_under_construction(day)]
        serving = [c for c in self.components if c.is_in_service(day)]
        is_new = bool(building) and self._chance.random() < _NEW_WORK_SHARE and not kind
        component = self._pick(building if is_new else serving)
        choices = _NEW_WORK if is_new else _UPKEEP
        item_type, _, median, labels = self._chance.choices(choices, [c[1] for c in choices])[0]
        if kind:
            item_type, median, labels = kind, 1.5, ()
        if is_new and component and component.authorised and day < component.authorised:
            item_type, median = self._chance.choice((("Spike", 2.2), ("Story", 3.5)))
        effort = min(16.0, lognormal(self._chance, median, 0.55))
        item = self._item(item_type, component, author, at, effort, labels)
        position = 0 if kind else len(self.waiting)
        self.waiting.insert(position, item)
        return item

    def add_part(self, whole: WorkItem, author: Actor, at: datetime, title: str) -> WorkItem:
        """Create a sub-task of an item, first in the queue."""
        effort = lognormal(self._chance, 1.5, 0.4)
        part = self._item("Sub-task", whole.component, author, at, effort, ())
        part.parent, part.title = whole, title
        part.first["parent"] = whole
        self.waiting.insert(0, part)
        return part

    def _open(
        self, name: str, component: Component | None, author: Actor, at: datetime
    ) -> list[WorkItem]:
        if name not in self._epics:
            service = self.team.service
            self._epics[name] = [
                self._item("Epic", component, author, at, 0.0, (), title)
                for title in epic_titles(component.name if component else "", service)
            ]
            for epic in self._epics[name]:
                epic.change(at + timedelta(minutes=6), author, "status", "In Progress")
        return self._epics[name]

    def _pick(self, components: list[Component]) -> Component | None:
        return self._chance.choice(components) if components else None

    def _item(
        self, item_type: str, component: Component | None, author: Actor, at: datetime,
        effort: float, labels: tuple[str, ...], title: str = "",
    ) -> WorkItem:  # fmt: skip
        item = WorkItem(
            team=self.team,
            component=component,
            title=title or item_title(self._chance, item_type, component, labels),
            created=at,
            reporter=author,
            first={
                "status": "Backlog",
                "item_type": item_type,
                "assignee": None,
                "labels": labels,
                "components": (self.team.service,),
                "parent": None,
                "resolution": None,
                "field": None,
            },
            effort=effort,
            points=min((1, 2, 3, 5, 8), key=lambda p: abs(p - effort)),
        )
        self._link(item, item_type)
        self.items.append(item)
        return item

    def _link(self, item: WorkItem, item_type: str) -> None:
        """Let the item show its component the way the component is found."""
        if item_type == "Epic":
            return
        component = item.component
        kind = "epic" if component is None else component.link_kind
        labels = item.first["labels"]
        if self._chance.random() < _ORPHAN_SHARE:
            return
        if component is None or kind == "epic" or self._chance.random() < 0.08:
            name = "" if component is None else component.component_id
            item.first["parent"] = self._chance.choice(self._epics.get(name) or self._epics[""])
        elif kind == "component":
            item.first["components"] = (self.team.service, component.link)
        elif kind == "field":
            item.first["field"] = component.link
        elif isinstance(labels, tuple):
            item.first["labels"] = (*labels, component.link)

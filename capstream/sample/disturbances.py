"""What makes real trackers hard: late labels, moved parents, changed types, bulk rewrites."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from capstream.sample.chance import stream
from capstream.sample.crew import Crew
from capstream.sample.records import WorkItem
from capstream.sample.roster import Person
from capstream.sample.wording import FORMULA_TITLE
from capstream.sample.working_time import moment

BULK_TEAM = 1
"""Position of the team whose finished tickets are rewritten in one go."""
_BULK_LIMIT = 50


def disturb(crew: Crew, first: date, last: date) -> None:
    """Plant later changes into the tickets of one team."""
    chance = stream(crew.seed, "disturbances", crew.team.name)
    done = [(at, item) for item in crew.traces.items if (at := _done_at(item)) is not None]
    done.sort(key=lambda pair: (pair[0], pair[1].title))
    editors = crew.members(last, "product", "manager") or crew.members(last)
    if not editors or not done:
        return
    editor = editors[-1]
    _relabel(chance, editor, done)
    _move_to_other_parent(chance, editor, crew.traces.items, done)
    _retype(chance, editor, done)
    _reopen(chance, crew, done)
    if crew.team.index % 8 == BULK_TEAM:
        _rewrite_in_bulk(editor, done, first)
    if crew.team.index == 0:
        _plant_formula(done, last)


def _done_at(item: WorkItem) -> datetime | None:
    times = [c.at for c in item.changes if c.field == "status" and c.value == "Done"]
    return times[0] if times and item.first["item_type"] != "Epic" else None


def _relabel(chance: random.Random, editor: Person, done: list[tuple[datetime, WorkItem]]) -> None:
    """Label items in the month after they were finished."""
    for at, item in chance.sample(done, min(3, len(done))):
        labels = item.first["labels"]
        if isinstance(labels, tuple):
            later = editor.after(_fifth_of_next_month(at), 2.0)
            item.change(later, editor, "labels", (*labels, chance.choice(("maintenance", "audit"))))


def _move_to_other_parent(
    chance: random.Random,
    editor: Person,
    items: list[WorkItem],
    done: list[tuple[datetime, WorkItem]],
) -> None:
    """Move finished stories under another epic in the month after."""
    epics = [item for item in items if item.first["item_type"] == "Epic"]
    stories = [pair for pair in done if pair[1].first["parent"] in epics]
    for at, item in chance.sample(stories, min(2, len(stories))):
        later = editor.after(_fifth_of_next_month(at), 3.0)
        others = [e for e in epics if e.component is not item.component and e.created < at]
        if others:
            item.change(later, editor, "parent", chance.choice(others))


def _retype(chance: random.Random, editor: Person, done: list[tuple[datetime, WorkItem]]) -> None:
    """Turn a task into a bug while it is being worked on."""
    tasks = [pair for pair in done if pair[1].first["item_type"] == "Task"]
    for at, item in chance.sample(tasks, min(2, len(tasks))):
        item.change(at - timedelta(hours=5), editor, "item_type", "Bug")


def _reopen(chance: random.Random, crew: Crew, done: list[tuple[datetime, WorkItem]]) -> None:
    """Reopen a few finished items and finish them again some days later."""
    for at, item in chance.sample(done, min(len(done), 1 + len(done) // 60)):
        testers = crew.members(at.date(), "qa", "product")
        owner = item.value_at(at, "assignee")
        if testers and isinstance(owner, Person):
            back = testers[0].after(at, 12.0 + chance.random() * 30)
            item.change(back, testers[0], "status", "Reopened")
            item.change(back, testers[0], "resolution", None)
            again = owner.after(back, 9.0 + chance.random() * 12)
            item.change(again, owner, "status", "Done")
            item.change(again, owner, "resolution", "Done")


def _rewrite_in_bulk(editor: Person, done: list[tuple[datetime, WorkItem]], first: date) -> None:
    """Let an administrator move finished tickets to another word for done, seconds apart."""
    night = moment(first + timedelta(days=140), 22.0, editor.spells[0].team.zone)
    finished = [item for at, item in done if at < night - timedelta(days=30)]
    still = [item for item in finished if item.value_at(night, "status") == "Done"]
    for position, item in enumerate(still[:_BULK_LIMIT]):
        item.change(night + timedelta(seconds=4 * position), editor, "status", "Closed")


def _plant_formula(done: list[tuple[datetime, WorkItem]], last: date) -> None:
    """Name an item of the last month like a spreadsheet formula."""
    for at, item in reversed(done):
        if at.date() <= last and item.component is not None:
            item.title = FORMULA_TITLE
            return


def _fifth_of_next_month(at: datetime) -> datetime:
    month = date(at.year + at.month // 12, at.month % 12 + 1, 5)
    return moment(month, 9.0, "UTC")

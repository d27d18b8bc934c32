"""Commits as engineers write them: files, sizes, messages with and without keys."""

from __future__ import annotations

from datetime import date

from capstream.sample.chance import hex_id, lognormal
from capstream.sample.company_plan import AI_CHANGE_SIZE
from capstream.sample.crew import Crew, Job
from capstream.sample.records import Commit, FileChange, WorkItem
from capstream.sample.roster import Person
from capstream.sample.wording import CHORES, commit_subject

AI_TRAILER = "Co-Authored-By: Claude <noreply@anthropic.com>"
_AI_MARKED = 0.35
_TWO_ITEMS = 0.04
_KEY_IN_MESSAGE = 0.85
_FOLDERS = ("api", "domain", "storage", "web", "jobs")
_FILES = ("handler", "model", "query", "view", "schema", "client", "rules")
OLD_MAIL = frozenset({3})
"""Places in a team whose code carries the forge's no-reply address."""


def write_commit(crew: Crew, job: Job, day: date, hour: float, other: WorkItem | None) -> Commit:
    """Return a commit of a job at an hour of the owner's day.

    Args:
        crew: The team.
        job: What is worked on.
        day: Day of the author's calendar.
        hour: Hour on the author's clock.
        other: Another open item of the author, now and then named as well.
    """
    chance, effect = crew.chance, crew.team.ai_effect(day)
    items: tuple[WorkItem, ...] = ()
    if job.is_linked and chance.random() < _KEY_IN_MESSAGE:
        items = (job.item,)
        if other is not None and chance.random() < _TWO_ITEMS:
            items = (job.item, other)
    commit = Commit(
        sha=hex_id(crew.seed, crew.team.repository, crew.next_serial()),
        author=job.owner,
        zone=job.owner.zone(day),
        authored=job.owner.at(day, hour),
        subject=commit_subject(chance) if job.is_linked else chance.choice(CHORES),
        files=_files(crew, job.item, 1 + (AI_CHANGE_SIZE - 1) * effect),
        items=items,
        email=mail_of(job.owner),
    )
    if chance.random() < _AI_MARKED * effect:
        commit.trailer = AI_TRAILER
    return commit


def mail_of(person: Person) -> str:
    """Return the address that the person's code carries."""
    if person.place in OLD_MAIL:
        return f"{4_100_000 + person.number}+{person.login}@users.noreply.github.com"
    return person.email


def _files(crew: Crew, item: WorkItem, growth: float) -> list[FileChange]:
    chance = crew.chance
    component = item.component
    area = "core" if component is None else component.suffix.lower()
    paths = {
        f"services/{area}/{chance.choice(_FOLDERS)}/{chance.choice(_FILES)}.py"
        for _ in range(chance.choice((1, 1, 2, 2, 3)))
    }
    return [
        FileChange(
            path,
            max(1, round(lognormal(chance, 18 * growth, 1.0))),
            round(lognormal(chance, 6 * growth, 1.1)),
        )
        for path in sorted(paths)
    ]

"""What deployments mean for tickets and tags, and how deployments and incidents are numbered."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from capstream.sample.chance import stream
from capstream.sample.main_line import MainLine
from capstream.sample.records import AUTOMATION, Actor, Traces, WorkItem
from capstream.sample.roster import Person

_CLOSED_BY_AUTOMATION = 0.6


def ship_items(seed: int, traces: Traces, owners: list[Person]) -> None:
    """Finish every item with the first successful deployment after it was ready.

    Args:
        seed: Seed of the company.
        traces: The team's items and deployments.
        owners: Product people who finish by hand what the automation leaves.
    """
    chance = stream(seed, "shipping", traces.team.name)
    finished = sorted(
        d.finished
        for d in traces.deployments
        if d.environment == "production" and d.states[2][0] == "success"
    )
    for item in traces.items:
        ready = item.ready_to_ship
        shipped = next((at for at in finished if ready and at >= ready), None)
        if shipped is not None:
            _finish(item, shipped, chance, owners)


def _finish(item: WorkItem, at: datetime, chance: random.Random, owners: list[Person]) -> None:
    author: Actor = AUTOMATION
    if owners and chance.random() > _CLOSED_BY_AUTOMATION:
        author = chance.choice(owners)
        at = author.after(at, 0.5 + 3 * chance.random())
    done = at + timedelta(minutes=1)
    item.change(done, author, "status", "Done")
    item.change(done, author, "resolution", "Done")


def number_deployments(traces: list[Traces]) -> None:
    """Number deployments and incidents of all teams in order of time."""
    deployments = [d for t in traces for d in t.deployments]
    for position, deployment in enumerate(
        sorted(deployments, key=lambda d: (d.created, d.team.index))
    ):
        deployment.number = 810_000_000 + position * 7
    incidents = [i for t in traces for i in t.incidents]
    for position, incident in enumerate(sorted(incidents, key=lambda i: (i.created, i.team.index))):
        incident.number = position + 1


def release_tags(line: MainLine) -> list[tuple[str, str, datetime]]:
    """Return the release tags as (name, commit, time of tagging)."""
    return [
        (f"v{commit.subject.removeprefix('Release ')}", commit.sha, commit.committed)
        for commit in line.commits
        if commit.subject.startswith("Release ") and commit.committed is not None
    ]

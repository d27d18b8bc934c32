"""Weekend emergencies: an incident, a fix straight to the main branch, a bug to explain it."""

from __future__ import annotations

from datetime import date, timedelta

from capstream.sample.backlog import Backlog
from capstream.sample.chance import hex_id, stream
from capstream.sample.crew import Crew
from capstream.sample.records import Commit, FileChange, Incident
from capstream.sample.roster import Person
from capstream.sample.working_time import days_between
from capstream.sample.writing_code import mail_of

_EMERGENCY = 0.035
"""Chance of an emergency on a Saturday or Sunday, per team."""


def fight_fires(crew: Crew, backlog: Backlog, first: date, last: date) -> None:
    """Plant weekend emergencies into a team's traces."""
    chance = stream(crew.seed, "emergencies", crew.team.name)
    for day in days_between(first + timedelta(days=14), last):
        if day.weekday() >= 5 and chance.random() < _EMERGENCY:
            engineers = [p for p in crew.members(day, "engineer") if p.writes_code]
            if engineers:
                _emergency(crew, backlog, chance.choice(engineers), day, 8 + chance.random() * 10)


def _emergency(crew: Crew, backlog: Backlog, engineer: Person, day: date, hour: float) -> None:
    began, fixed = engineer.at(day, hour), engineer.at(day, hour + 1.6)
    item = backlog.add(day, engineer, began + timedelta(minutes=10), kind="Bug")
    backlog.waiting.remove(item)
    item.title = f"Outage: {item.title}"
    item.change(began + timedelta(minutes=12), engineer, "assignee", engineer)
    item.change(began + timedelta(minutes=13), engineer, "status", "In Progress")
    serial = crew.next_serial()
    crew.traces.direct_commits.append(
        Commit(
            sha=hex_id(crew.seed, crew.team.repository, "hotfix", serial),
            author=engineer,
            zone=engineer.zone(day),
            authored=fixed,
            subject="Hotfix: stop the bleeding",
            files=[FileChange("services/core/domain/rules.py", 9, 3)],
            items=(item,),
            email=mail_of(engineer),
        )
    )
    item.ready_to_ship = fixed + timedelta(minutes=5)
    crew.traces.incidents.append(
        Incident(
            number=serial,
            team=crew.team,
            severity="critical",
            created=began,
            acknowledged=began + timedelta(minutes=6),
            resolved=fixed + timedelta(minutes=40),
            item=item,
        )
    )

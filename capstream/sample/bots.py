"""Bots in the repository: dependency updates every second week, and release commits."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from capstream.sample.chance import hex_id, stream
from capstream.sample.crew import Crew
from capstream.sample.records import BUILD_BOT, DEPENDENCY_BOT, Commit, FileChange, PullRequest
from capstream.sample.working_time import days_between, moment

_PACKAGES = ("http-client", "date-picker", "json-schema", "queue-driver", "test-runner", "yaml")


def run_bots(crew: Crew, first: date, last: date) -> None:
    """Add what the bots of a repository do between two days."""
    chance = stream(crew.seed, "bots", crew.team.name)
    imported = moment(first - timedelta(days=30), 12.0, "UTC")
    crew.traces.direct_commits.append(_commit(crew, "import", "Import from the old host", imported))
    for day in days_between(first, last):
        is_second_week = (day - first).days // 7 % 2 == crew.team.index % 2
        if day.weekday() == 0 and is_second_week:
            package = chance.choice(_PACKAGES)
            at = moment(day, 5 + chance.random(), "UTC")
            _update(crew, package, f"{chance.randrange(1, 9)}.{chance.randrange(20)}", at)
        if day.weekday() == 2 and is_second_week:
            _release(crew, moment(day, 3.5, "UTC"), 1 + (day - first).days // 14)


def _update(crew: Crew, package: str, version: str, at: datetime) -> None:
    subject = f"Bump {package} to {version}"
    commit = _commit(crew, DEPENDENCY_BOT.login, subject, at)
    commit.author, commit.email = DEPENDENCY_BOT, DEPENDENCY_BOT.email
    pull = PullRequest(
        team=crew.team,
        author=DEPENDENCY_BOT,
        title=subject,
        item=None,
        commits=[commit],
        opened=at + timedelta(minutes=1),
        ready=at + timedelta(minutes=1),
        branch=f"dependabot/pip/{package}-{version}",
        labels=("dependencies",),
    )
    crew.traces.pulls.append(pull)
    engineers = [p for p in crew.at_work(at.date(), "engineer") if p.writes_code]
    if not engineers:
        return
    who = engineers[len(crew.traces.pulls) % len(engineers)]
    pull.closed = who.after(at, 3.0 + len(crew.traces.pulls) % 17)
    if len(crew.traces.pulls) % 6:
        pull.merged, pull.merged_by = pull.closed, who
        pull.merge_sha = hex_id(crew.seed, crew.team.repository, "merge", crew.next_serial())


def _release(crew: Crew, at: datetime, number: int) -> None:
    commit = _commit(crew, "release", f"Release 1.{number}", at)
    crew.traces.direct_commits.append(commit)


def _commit(crew: Crew, kind: str, subject: str, at: datetime) -> Commit:
    return Commit(
        sha=hex_id(crew.seed, crew.team.repository, kind, crew.next_serial()),
        author=BUILD_BOT,
        zone="UTC",
        authored=at,
        subject=subject,
        files=[FileChange("requirements.txt", 1, 1)],
        email=BUILD_BOT.email,
    )

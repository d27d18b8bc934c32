"""Deployments, what goes wrong with them, and the items that they bring to customers."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from capstream.sample.chance import stream
from capstream.sample.main_line import MainLine
from capstream.sample.records import (
    Deployment,
    Incident,
    Machine,
    Traces,
)
from capstream.sample.roster import Person
from capstream.sample.working_time import days_between, moment

RELEASE_DESK = Machine("nl-release-desk", "Release desk", "", is_bot=False)
"""One account that two persons use, one after the other."""
_WEEKDAY_CHANCE = (0.6, 0.7, 0.7, 0.6, 0.12, 0.0, 0.0)
_FAILS = 0.04
_BREAKS = 0.05
_EXPLICIT_LINK = 0.7


class Releases:
    """The deployments of one service.

    Args:
        seed: Seed of the company.
        traces: The team's traces; deployments and incidents are added to them.
        line: The main branch that is deployed.
    """

    def __init__(self, seed: int, traces: Traces, line: MainLine) -> None:
        self._seed = seed
        self._traces = traces
        self._line = line
        self._chance: random.Random = stream(seed, "delivery", traces.team.name)
        self._live = ""
        self._live_deployment: Deployment | None = None

    def run(self, first: date, last: date) -> None:
        """Deploy through all days, emergencies first come, first served."""
        zone = self._traces.team.zone
        times = [
            (moment(day, 13.5 + 2.5 * self._chance.random(), zone), True)
            for day in days_between(first, last)
            if self._chance.random() < _WEEKDAY_CHANCE[day.weekday()]
        ]
        times += [
            (commit.authored + timedelta(minutes=22), False)
            for commit in self._traces.direct_commits
            if isinstance(commit.author, Person)
        ]
        free = moment(first, 0.0, "UTC")
        for at, is_planned in sorted(times):
            head = self._line.head_at(at)
            if at > free and head and head != self._live:
                free = self._deploy(head, at, is_planned=is_planned)
        self._other_incidents(first, last)

    def _deploy(self, sha: str, at: datetime, *, is_planned: bool) -> datetime:
        """Deploy to staging and production; return the time from which the service is free."""
        self._add(sha, at - timedelta(minutes=70), "staging", "success")
        luck = self._chance.random()
        if luck < _FAILS and is_planned:
            failed = self._add(sha, at, "production", "failure")
            at = failed.finished + timedelta(minutes=50)
        before = self._live
        done = self._add(sha, at, "production", "success", is_planned=is_planned)
        if _FAILS <= luck < _FAILS + _BREAKS and is_planned and before:
            return self._break(done, before)
        return done.finished

    def _break(self, done: Deployment, before: str) -> datetime:
        """Let a deployment break the service: incident, then rollback or another attempt."""
        opened = done.finished + timedelta(minutes=self._chance.randrange(10, 200))
        answer = opened + timedelta(minutes=self._chance.randrange(25, 90))
        if self._chance.random() < 0.6:
            repair = self._add(
                before, answer, "production", "success", task="rollback", is_planned=False
            )
        else:
            repair = self._add(done.sha, answer, "production", "success", is_planned=False)
        self._incident(opened, repair.finished + timedelta(minutes=5), done)
        return repair.finished

    def _add(
        self,
        sha: str,
        at: datetime,
        environment: str,
        result: str,
        *,
        task: str = "deploy",
        is_planned: bool = True,
    ) -> Deployment:
        end = at + timedelta(seconds=self._chance.randrange(320, 900))
        deployment = Deployment(
            team=self._traces.team,
            number=0,
            environment=environment,
            sha=sha,
            actor=RELEASE_DESK,
            created=at,
            states=[("queued", at), ("in_progress", at + timedelta(seconds=25)), (result, end)],
            task=task,
            is_planned=is_planned,
        )
        self._traces.deployments.append(deployment)
        if environment == "production" and result == "success":
            if self._live_deployment is not None:
                self._live_deployment.states.append(("inactive", end))
            self._live, self._live_deployment = sha, deployment
        return deployment

    def _incident(self, opened: datetime, resolved: datetime, cause: Deployment | None) -> None:
        is_linked = cause is not None and self._chance.random() < _EXPLICIT_LINK
        self._traces.incidents.append(
            Incident(
                number=0,
                team=self._traces.team,
                severity=self._chance.choice(("major", "major", "minor")),
                created=opened,
                acknowledged=opened + timedelta(minutes=self._chance.randrange(2, 15)),
                resolved=max(resolved, opened + timedelta(minutes=20)),
                deployment=cause if is_linked else None,
            )
        )

    def _other_incidents(self, first: date, last: date) -> None:
        """Add outages that no deployment caused, about one in ten weeks."""
        for day in days_between(first, last):
            if self._chance.random() < 1 / 70:
                opened = moment(day, 24 * self._chance.random(), "UTC")
                self._incident(opened, opened + timedelta(hours=1.5), None)

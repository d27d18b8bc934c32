"""The simulated company from beginning to end: everything that happened, numbered and cut."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from capstream.sample.bots import run_bots
from capstream.sample.company_plan import COMPANY_ZONE, FIRST_MONTH, Team, plan_teams
from capstream.sample.conversations import hold_conversations
from capstream.sample.delivery import Releases
from capstream.sample.disturbances import disturb
from capstream.sample.engineering import TeamWork
from capstream.sample.firefighting import fight_fires
from capstream.sample.leave import Absence, fill_capacity, plan_absences
from capstream.sample.main_line import MainLine, build_main_line, chain_branch
from capstream.sample.records import Traces, WorkItem
from capstream.sample.roster import Person, build_roster
from capstream.sample.shipping import number_deployments, ship_items
from capstream.sample.working_time import moment
from capstream.types import Month


@dataclass(frozen=True, slots=True)
class World:
    """Everything that happened at the sample company within its months.

    Attributes:
        horizon: The end of the last month; nothing later is in any record.
        lines: The main branch of each team's repository, in the order of `traces`.
    """

    seed: int
    months: list[Month]
    horizon: datetime
    teams: list[Team]
    people: list[Person]
    absences: list[Absence]
    traces: list[Traces]
    lines: list[MainLine]

    @property
    def first_day(self) -> date:
        """First day of the records."""
        return self.months[0].first_day

    @property
    def last_day(self) -> date:
        """Last day of the records."""
        return self.months[-1].last_day


def simulate(seed: int, people: int, months: int) -> World:
    """Live through the company's months."""
    window = FIRST_MONTH.through(FIRST_MONTH.plus(months - 1))
    first, last = window[0].first_day, window[-1].last_day
    horizon = moment(last + timedelta(days=1), 0.0, COMPANY_ZONE)
    teams = plan_teams(people, seed)
    roster = build_roster(seed, teams, last)
    absences = plan_absences(seed, roster, first, last)
    fill_capacity(roster, absences, first - timedelta(days=7), last)
    works = [TeamWork(seed, team, roster, first) for team in teams]
    lines = [_live(work, first, last, horizon) for work in works]
    traces = [work.crew.traces for work in works]
    number_deployments(traces)
    return World(seed, window, horizon, teams, roster, absences, traces, lines)


def _live(work: TeamWork, first: date, last: date, horizon: datetime) -> MainLine:
    crew = work.crew
    traces = work.run(last)
    fight_fires(crew, work.backlog, first, last)
    run_bots(crew, first, last)
    _cut_work(traces, horizon)
    _number_work(traces)
    line = build_main_line(traces)
    releases = Releases(crew.seed, traces, line)
    releases.run(first, last)
    ship_items(crew.seed, traces, crew.members(last, "product"))
    hold_conversations(crew, traces.items, first, last)
    disturb(crew, first, last)
    _cut_rest(traces, horizon)
    return line


def _cut_work(traces: Traces, horizon: datetime) -> None:
    """Forget code that was written, opened or merged after the horizon."""
    traces.items = [item for item in traces.items if item.created < horizon]
    traces.pulls = [pull for pull in traces.pulls if pull.opened < horizon]
    for pull in traces.pulls:
        pull.commits = [c for c in pull.commits if c.authored < horizon]
        pull.reviews = [r for r in pull.reviews if r.at < horizon]
        if pull.closed is not None and pull.closed >= horizon:
            pull.merged = pull.merged_by = pull.closed = None
        if pull.ready is not None and pull.ready >= horizon:
            pull.ready = None
    traces.direct_commits = [c for c in traces.direct_commits if c.authored < horizon]


def _cut_rest(traces: Traces, horizon: datetime) -> None:
    """Forget everything else that happened after the horizon."""
    for item in traces.items:
        item.changes = sorted((c for c in item.changes if c.at < horizon), key=lambda c: c.at)
        item.remarks = sorted((r for r in item.remarks if r.at < horizon), key=lambda r: r.at)
        item.time_entries = sorted(
            (t for t in item.time_entries if t.at < horizon), key=lambda t: t.at
        )
    traces.deployments = [d for d in traces.deployments if d.finished < horizon]
    for deployment in traces.deployments:
        deployment.states = [s for s in deployment.states if s[1] < horizon]
    traces.incidents = [i for i in traces.incidents if i.resolved < horizon]


def _number_work(traces: Traces) -> None:
    """Give items their keys and pull requests their numbers, in order of appearance."""
    position: dict[int, int] = {id(item): at for at, item in enumerate(traces.items)}
    items: list[WorkItem] = sorted(traces.items, key=lambda i: (i.created, position[id(i)]))
    for number, item in enumerate(items, start=1):
        item.key = f"{traces.team.prefix}-{number}"
        item.number = 10_000 + 100_000 * traces.team.index + number
    traces.items = items
    traces.pulls.sort(key=lambda p: (p.opened, p.branch))
    for number, pull in enumerate(traces.pulls, start=1):
        pull.number = number
        if not pull.merged:
            chain_branch(pull, "")
        if pull.item is not None:
            pull.branch = pull.branch.format(key=pull.item.key)

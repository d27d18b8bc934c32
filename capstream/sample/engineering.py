"""The working day of a team: who picks what up, what it leaves behind, and when it is handed on.

A day of work becomes commits on most days, nothing visible on some. Items come in slices, each
ending in a pull request; the last one sends the item to review, test and deployment.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from capstream.sample.backlog import Backlog
from capstream.sample.chance import stream
from capstream.sample.company_plan import AI_SPEED, Team
from capstream.sample.crew import Crew, Job
from capstream.sample.records import TimeEntry, Traces, WorkItem
from capstream.sample.review import NEWCOMER, close_without_code, open_pull_request
from capstream.sample.roster import Person
from capstream.sample.wording import part_titles
from capstream.sample.working_time import days_between
from capstream.sample.writing_code import write_commit

_INVISIBLE_DAY = 0.28
_STALE = 0.045
_NEVER_MOVED = 0.04
_UNLINKED = 0.10
_SPLIT = 0.1
_QUIET_DAYS, _QUIET, _QUIET_NEWCOMER = 5.0, 0.15, 0.75
"""Share of the items above so many days whose code appears only at the end; newcomers wait."""
_STUDY_LENGTH = 3.0
"""Days of an analyst for one of an engineer: the tickets are left alone for long stretches."""
_BUGS_PER_ENGINEER_DAY = 0.02


class TeamWork:
    """One team at work from the first to the last day.

    Args:
        seed: Seed of the company.
        team: The team.
        people: Everybody in the company; who belongs to the team depends on the day.
        first: First day of the records.
    """

    def __init__(self, seed: int, team: Team, people: list[Person], first: date) -> None:
        self.crew = Crew(seed, team, people)
        self.backlog = Backlog(team, stream(seed, "planning", team.name))
        self._chance = self.crew.chance
        self._first = first

    def run(self, last: date) -> Traces:
        """Live through every day and return what is left behind."""
        for day in days_between(self._first, last):
            if day.weekday() == 0 or day == self._first:
                self._plan(day)
            self._find_bugs(day)
            for engineer in self.crew.at_work(day, "engineer"):
                self._work(engineer, day)
        self.crew.traces.items = self.backlog.items
        return self.crew.traces

    def _plan(self, day: date) -> None:
        planners = self.crew.at_work(day, "product", "manager") or self.crew.members(day)
        if not planners:
            return
        planner = planners[0] if len(planners) == 1 else planners[1]
        engineers = self.crew.members(day, "engineer")
        at = planner.at(day, 9.5 + self._chance.random() * 2)
        self.backlog.plan(day, planner, at, wanted=2 * len(engineers) + 3)
        self._hand_over(day, at, planner, engineers)

    def _hand_over(self, day: date, at: datetime, planner: Person, engineers: list[Person]) -> None:
        """Give the open work of people who left to those who stayed."""
        staying = {person.person_id for person in engineers}
        heirs = [person for person in engineers if person.writes_code]
        desks = self.crew.desks
        for person_id in [p for p in desks if p not in staying]:
            for job in desks.pop(person_id):
                if heirs:
                    job.owner = self._chance.choice(heirs)
                    job.commits = []
                    job.item.change(at, planner, "assignee", job.owner)
                    self.crew.desk(job.owner).append(job)

    def _find_bugs(self, day: date) -> None:
        finders = self.crew.at_work(day, "qa", "product") or self.crew.at_work(day, "engineer")
        engineers = len(self.crew.at_work(day, "engineer"))
        if finders and self._chance.random() < _BUGS_PER_ENGINEER_DAY * engineers:
            finder = self._chance.choice(finders)
            at = finder.at(day, 9.2 + self._chance.random() * 7)
            self.backlog.add(day, finder, at, kind="Bug")

    def _work(self, engineer: Person, day: date) -> None:
        effect = self.crew.team.ai_effect(day)
        speed = 1 + (AI_SPEED - 1) * effect
        budget = engineer.capacity[day] / 8
        hour = 9.1 + self._chance.random() * 0.8
        for _ in range(3):
            job = self._next_job(engineer, day, hour)
            if job is None or budget < 0.12:
                return
            used = min(budget, job.slice_left / speed)
            end = min(17.4, hour + used * 7.2)
            job.slice_left -= used * speed
            is_done = job.slice_left < 0.05
            self._leave_traces(job, day, hour, end, is_done=is_done)
            if is_done:
                self._finish_slice(job, day, end)
            budget, hour = budget - used, min(17.2, end + 0.2)

    def _next_job(self, engineer: Person, day: date, hour: float) -> Job | None:
        desk = self.crew.desk(engineer)
        ready = [job for job in desk if job.not_before <= day]
        if not ready or (len(ready) == 1 and self._chance.random() < 0.05):
            started = self._start(engineer, day, hour)
            return started or (ready[0] if ready else None)
        is_switching = len(ready) > 1 and self._chance.random() < 0.15
        return ready[1] if is_switching and not ready[0].is_rework else ready[0]

    def _start(self, engineer: Person, day: date, hour: float) -> Job | None:
        for item in list(self.backlog.waiting[:4]):
            at = engineer.at(day, max(9.05, hour - 0.05))
            if item.created >= at or any(change.at > at for change in item.changes):
                continue
            self.backlog.waiting.remove(item)
            if self._chance.random() < _STALE and item.first["item_type"] != "Bug":
                self._park(item, engineer, at)
                continue
            return self._begin(item, engineer, at)
        return None

    def _park(self, item: WorkItem, engineer: Person, at: datetime) -> None:
        """Start a ticket and forget it; some are cancelled months later."""
        item.change(at, engineer, "assignee", engineer)
        item.change(at + timedelta(minutes=1), engineer, "status", "In Progress")
        if self._chance.random() < 0.6:
            later = engineer.after(at + timedelta(days=self._chance.randrange(30, 120)), 1.0)
            item.change(later, engineer, "status", "Won't Do")
            item.change(later, engineer, "resolution", "Won't Do")

    def _begin(self, item: WorkItem, engineer: Person, at: datetime) -> Job:
        slices = 1 + (item.effort > 4.5) + (item.effort > 9) + (self._chance.random() < 0.15)
        labels = item.first["labels"]
        is_course = isinstance(labels, tuple) and "training" in labels
        is_codeless = (
            not engineer.writes_code
            or is_course
            or (item.first["item_type"] == "Spike" and self._chance.random() < 0.5)
        )
        habit = _QUIET_NEWCOMER if engineer.place == NEWCOMER else _QUIET
        is_quiet = item.effort > _QUIET_DAYS and self._chance.random() < habit
        if is_codeless or is_quiet:
            slices = 1
        job = Job(item, engineer, item.effort / slices, slices, has_code=not is_codeless)
        if not engineer.writes_code:
            job.slice_left *= _STUDY_LENGTH
        job.is_quiet = is_quiet
        job.is_linked = self._chance.random() >= _UNLINKED
        job.moves = self._chance.random() >= _NEVER_MOVED or is_codeless
        if job.moves:
            item.change(at, engineer, "assignee", engineer)
            item.change(at + timedelta(seconds=20), engineer, "status", "In Progress")
        self._split(item, engineer, at)
        self.crew.desk(engineer).append(job)
        return job

    def _split(self, item: WorkItem, engineer: Person, at: datetime) -> None:
        if item.first["item_type"] == "Story" and self._chance.random() < _SPLIT:
            for number, title in enumerate(part_titles(self._chance, item.title)):
                self.backlog.add_part(item, engineer, at + timedelta(minutes=4 + number), title)

    def _leave_traces(self, job: Job, day: date, hour: float, end: float, *, is_done: bool) -> None:
        if job.owner.worker_type == "contractor" and len(job.item.time_entries) < 12:
            self._log_time(job, day, hour, end)
        if job.is_quiet and not is_done:
            return
        must_show = is_done and not job.commits
        if not job.has_code or (self._chance.random() < _INVISIBLE_DAY and not must_show):
            return
        other = next((j.item for j in self.crew.desk(job.owner) if j is not job), None)
        for _ in range(self._chance.choice((1, 1, 1, 1, 1, 1, 2))):
            hour += (end - hour) * (0.3 + 0.65 * self._chance.random())
            job.commits.append(write_commit(self.crew, job, day, hour, other))

    def _log_time(self, job: Job, day: date, hour: float, end: float) -> None:
        seconds = max(900, round((end - hour) * 4) * 900)
        entry = TimeEntry(job.owner.at(day, hour), job.owner, seconds)
        job.item.time_entries.append(entry)

    def _finish_slice(self, job: Job, day: date, hour: float) -> None:
        desk = self.crew.desk(job.owner)
        job.slices_left -= 1
        is_last = job.slices_left <= 0
        if is_last:
            desk.remove(job)
        if job.has_code:
            open_pull_request(self.crew, job, job.owner.at(day, hour), is_last=is_last)
        else:
            close_without_code(self.crew, job, job.owner.at(day, hour))
        if not is_last:
            job.slice_left = job.item.effort / max(2, job.slices_left + 1)
            job.commits = []

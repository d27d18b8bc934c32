"""From the pull request to the tested item: review, changes, merge, test, handing on.

Waiting for the first review is where the planted cost of the AI tools sits.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from capstream.sample.chance import hex_id, lognormal
from capstream.sample.company_plan import AI_REVIEW_WAIT
from capstream.sample.crew import Crew, Job
from capstream.sample.records import CODING_AGENT, TIME_APP, PullRequest, Remark, Review, TimeEntry
from capstream.sample.roster import Person
from capstream.sample.wording import commit_subject
from capstream.sample.working_time import local_day, local_hour
from capstream.sample.writing_code import AI_TRAILER, write_commit

_UNREVIEWED = 0.04
_CHANGES_REQUESTED = 0.2
_DRAFTS = 0.2
_TEST_FAILS = 0.09
_AGENT_SHARE = 0.05
NEWCOMER = 4
"""The place in every team whose engineer does not review yet."""


def open_pull_request(crew: Crew, job: Job, ready: datetime, *, is_last: bool) -> None:
    """Open the pull request of a finished slice and follow it to its merge and beyond."""
    chance, item = crew.chance, job.item
    day = local_day(ready, job.owner.zone(ready.date()))
    pull = PullRequest(
        team=crew.team,
        author=job.owner,
        title=item.title if is_last and job.is_linked else commit_subject(chance),
        item=item if job.is_linked else None,
        commits=job.commits,
        opened=ready,
        ready=ready,
        branch=f"work/{hex_id(crew.seed, item.title, crew.next_serial(), length=6)}",
    )
    if job.is_linked:
        pull.branch = "feature/{key}-" + pull.branch.removeprefix("work/")
    if len(job.commits) > 1 and chance.random() < _DRAFTS:
        pull.opened = job.commits[0].authored + timedelta(minutes=20)
    if job.is_linked and chance.random() < _AGENT_SHARE * crew.team.ai_effect(day):
        _hand_to_agent(pull)
    crew.traces.pulls.append(pull)
    merged = _review(crew, job, pull, is_last=is_last)
    if is_last:
        _test(crew, job, merged)


def close_without_code(crew: Crew, job: Job, at: datetime) -> None:
    """Finish an item that leaves no code: a note and the move to done."""
    remark(crew, job, job.owner, at, "Notes are in the team's pages.")
    job.item.change(at + timedelta(minutes=3), job.owner, "status", "Done")
    job.item.change(at + timedelta(minutes=3), job.owner, "resolution", "Done")


def remark(crew: Crew, job: Job, author: Person, at: datetime, text: str) -> None:
    """Comment on an item; the time app then logs ten minutes that nobody worked."""
    job.item.remarks.append(Remark(at, author, text))
    if crew.chance.random() < 0.6 and len(job.item.time_entries) < 16:
        job.item.time_entries.append(TimeEntry(at, TIME_APP, 600))


def _hand_to_agent(pull: PullRequest) -> None:
    """Let the coding agent have written it at the owner's request."""
    for commit in pull.commits:
        commit.author, commit.email = CODING_AGENT, CODING_AGENT.email
        commit.trailer = f"Co-authored-by: {pull.author.name} <{pull.author.email}>"
    pull.author = CODING_AGENT
    pull.branch = "copilot/" + pull.branch.removeprefix("feature/")


def _reviewer(crew: Crew, job: Job, at: datetime) -> Person | None:
    day = at.date()
    others = [p for p in crew.at_work(day, "engineer") if p is not job.owner and _reviews(p)]
    staying = [p for p in others if p.is_in(crew.team, day + timedelta(days=7))]
    return crew.chance.choice(staying) if staying else None


def _reviews(person: Person) -> bool:
    return person.place != NEWCOMER and person.writes_code


def _review(crew: Crew, job: Job, pull: PullRequest, *, is_last: bool) -> datetime:
    """Review and merge; return the time of the merge."""
    ready = pull.ready or pull.opened
    reviewer = _reviewer(crew, job, ready)
    if is_last and job.moves:
        job.item.change(ready + timedelta(minutes=2), job.owner, "status", "In Review")
    if reviewer is None or crew.chance.random() < _UNREVIEWED:
        return _merge(crew, job, pull, job.owner, ready)
    wait = 1 + (AI_REVIEW_WAIT - 1) * crew.team.ai_effect(ready.date())
    first = reviewer.after(ready, lognormal(crew.chance, 3.2 * wait, 0.85))
    if crew.chance.random() < _CHANGES_REQUESTED:
        approved = _ask_for_changes(crew, job, pull, reviewer, first, is_last=is_last)
    else:
        approved = first
        if crew.chance.random() < 0.3:
            pull.reviews.append(Review(first, reviewer, "commented"))
            approved = reviewer.after(first, lognormal(crew.chance, 0.8, 0.6))
    pull.reviews.append(Review(approved, reviewer, "approved"))
    who = job.owner if crew.chance.random() < 0.8 else reviewer
    return _merge(crew, job, pull, who, approved)


def _ask_for_changes(
    crew: Crew, job: Job, pull: PullRequest, reviewer: Person, at: datetime, *, is_last: bool
) -> datetime:
    """Request changes, let the owner make them, and return the time of the approval."""
    pull.reviews.append(Review(at, reviewer, "changes_requested"))
    begun = job.owner.after(at, 0.3)
    fixed = job.owner.after(begun, lognormal(crew.chance, 2.2, 0.6))
    if is_last and job.moves:
        job.item.change(begun, job.owner, "status", "In Progress")
        job.item.change(fixed + timedelta(minutes=2), job.owner, "status", "In Review")
    zone = job.owner.zone(fixed.date())
    day, hour = local_day(fixed, zone), local_hour(fixed, zone)
    fix = write_commit(crew, job, day, hour, None)
    if pull.author is CODING_AGENT:
        fix.trailer = AI_TRAILER
    pull.commits.append(fix)
    return reviewer.after(fixed, lognormal(crew.chance, 1.6, 0.7))


def _merge(crew: Crew, job: Job, pull: PullRequest, who: Person, at: datetime) -> datetime:
    merged = who.after(at, lognormal(crew.chance, 0.8, 0.9)) + timedelta(seconds=11)
    pull.merged = pull.closed = merged
    pull.merged_by = who
    pull.merge_sha = hex_id(crew.seed, crew.team.repository, "merge", crew.next_serial())
    return merged


def _test(crew: Crew, job: Job, merged: datetime) -> None:
    """Test a merged item: ready to deploy, or back to its owner."""
    if not job.moves:
        job.item.ready_to_ship = merged
        return
    item = job.item
    item.change(merged + timedelta(minutes=4), job.owner, "status", "Testing")
    testers = crew.at_work(merged.date(), "qa") or crew.at_work(merged.date(), "engineer")
    tester = crew.chance.choice(testers) if testers else job.owner
    tested = tester.after(merged + timedelta(minutes=9), lognormal(crew.chance, 3.5, 0.8))
    if crew.chance.random() < _TEST_FAILS and not job.is_rework:
        remark(crew, job, tester, tested, "Does not hold with an empty basket.")
        item.change(tested + timedelta(minutes=2), tester, "status", "In Progress")
        crew.return_for_rework(job, local_day(tested, tester.zone(tested.date())) + timedelta(1))
        return
    if crew.chance.random() < 0.5:
        remark(crew, job, tester, tested, "Tested with the usual orders.")
    item.change(tested + timedelta(minutes=2), tester, "status", "Ready to Deploy")
    item.ready_to_ship = tested + timedelta(minutes=3)

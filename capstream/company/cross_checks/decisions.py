"""What people decided about assets: gates, events, overrides, balances brought forward."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from capstream.company.cross_checks.facts import CrossFacts
from capstream.company.cross_checks.rows import Roster, rows_of
from capstream.errors import Problem


def decision_problems(roster: Roster, facts: CrossFacts) -> Iterator[Problem]:
    """Yield decisions that lack their counterpart, their second person or their month."""
    yield from _disposals_without_event(roster)
    yield from _resolutions_without_question(roster)
    yield from _lonely_overrides(roster)
    yield from _misplaced_openings(roster, facts)
    yield from _contradictory_openings(roster)


def _disposals_without_event(roster: Roster) -> Iterator[Problem]:
    columns = ("component_id", "event", "effective_date")
    disposals = {
        (component, day)
        for _, (component, event, day) in rows_of(roster.inputs, "asset_events", *columns)
        if event == "disposal"
    }
    columns = ("component_id", "gate", "effective_date")
    for place, (component, gate, day) in rows_of(roster.inputs, "gates", *columns):
        if gate == "disposed" and component and day and (component, day) not in disposals:
            message = f"{component} is disposed on {day}, but asset_events has no such disposal"
            remedy = "add an event `disposal` of that date to asset_events"
            yield place.problem("gate", message, remedy)


def _resolutions_without_question(roster: Roster) -> Iterator[Problem]:
    columns = ("component_id", "subject", "gate", "effective_date")
    opened: dict[tuple[str, str], list[date]] = defaultdict(list)
    for _, (component, subject, gate, day) in rows_of(roster.inputs, "gates", *columns):
        if gate == "uncertainty_opened" and day:
            opened[component, subject].append(day)
    for place, (component, subject, gate, day) in rows_of(roster.inputs, "gates", *columns):
        is_resolution = gate == "uncertainty_resolved" and subject and day
        if is_resolution and not any(start <= day for start in opened[component, subject]):
            message = f"{subject} is resolved on {day}, but was not opened before"
            remedy = "add `uncertainty_opened` with the same subject, or correct the subject"
            yield place.problem("subject", message, remedy)


def _lonely_overrides(roster: Roster) -> Iterator[Problem]:
    columns = ("override_id", "requested_by", "approved_by")
    for place, (override, requester, approver) in rows_of(roster.inputs, "overrides", *columns):
        if requester and approver and requester.casefold() == approver.casefold():
            message = f"{override} is requested and approved by {approver}"
            yield place.problem("approved_by", message, "have another person approve it")


def _misplaced_openings(roster: Roster, facts: CrossFacts) -> Iterator[Problem]:
    for place, (month,) in rows_of(roster.inputs, "opening_balances", "month"):
        if month and month != str(facts.first_month):
            message = f"the balance is of {month}, the books start in {facts.first_month}"
            yield place.problem(
                "month", message, f"bring it forward to {facts.first_month}, or delete it"
            )


def _contradictory_openings(roster: Roster) -> Iterator[Problem]:
    columns = ("gross_amount", "accumulated_amount", "ready_date")
    for place, (gross, accumulated, ready) in rows_of(roster.inputs, "opening_balances", *columns):
        if (accumulated or 0) > (gross or 0):
            message = f"accumulated {accumulated} is above gross {gross or 0}"
            yield place.problem("accumulated_amount", message, "correct one of the amounts")
        if gross and ready is None:
            message = "an asset in service has no ready_date"
            yield place.problem("ready_date", message, "fill in the day of readiness")

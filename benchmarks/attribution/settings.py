"""How messy a simulated company is, and how its people work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log


@dataclass(frozen=True)
class Habits:
    """How people work: no gap of the records, but it decides how much a gap costs.

    Attributes:
        item_log_days: Natural logarithm of the median of an item's working days.
        second_item: Chance of a day that a person with one open item begins another.
        undivided: Share of days on which own time goes to the older of two open items alone.
    """

    item_log_days: float = 0.9
    second_item: float = 0.35
    undivided: float = 0.55


@dataclass(frozen=True)
class Mess:
    """What a company's records leave out or get wrong, all shares 0 to 1.

    Attributes:
        people: Number of persons.
        without_commits: Share of persons who never commit (design, product, test).
        linked: Share of commits and pull requests that name their item.
        stale: Share of finished items that stay assigned and in progress.
        unmoved: Share of items that are worked on without ever being moved to a work status.
        leave: Share of working days on leave.
        commit_days: Share of an author's days on an item that leave a commit.
        touches: Share of days on an item that leave a comment or a status move.
        relabelled: Share of items whose type is changed after the work was done.
        helped: Share of a day that goes to a colleague's item, on days with a review.
        habits: How its people work.
    """

    people: int = 40
    without_commits: float = 0.25
    linked: float = 0.75
    stale: float = 0.15
    unmoved: float = 0.10
    leave: float = 0.10
    commit_days: float = 0.70
    touches: float = 0.25
    relabelled: float = 0.05
    helped: float = 0.12
    habits: Habits = Habits()


LEVELS = {
    "clean": Mess(without_commits=0.10, linked=0.95, stale=0.03, unmoved=0.02, relabelled=0.01),
    "typical": Mess(),
    "dirty": Mess(
        without_commits=0.40,
        linked=0.50,
        stale=0.35,
        unmoved=0.25,
        commit_days=0.55,
        touches=0.15,
        relabelled=0.12,
    ),
}

WITHOUT_COMMITS = {
    f"{share:.0%} without commits": replace(Mess(), without_commits=share)
    for share in (0.0, 0.25, 0.5, 0.75)
}

# The typical company's records over other ways to work: what the targets leave open.
WAYS_TO_WORK = {
    "typical": Mess(),
    "items take twice as long": replace(Mess(), habits=Habits(item_log_days=0.9 + log(2))),
    "items take four times as long": replace(Mess(), habits=Habits(item_log_days=0.9 + log(4))),
    "one item at a time": replace(Mess(), habits=Habits(second_item=0)),
    "always two items, every day divided": replace(
        Mess(), habits=Habits(second_item=1, undivided=0)
    ),
}

# The typical company with one gap of its records closed at a time, then all that leave a trace.
GAPS_CLOSED = {
    "typical": Mess(),
    "every commit names its item": replace(Mess(), linked=1.0),
    "no ticket is left in progress": replace(Mess(), stale=0.0),
    "every item is moved when work begins": replace(Mess(), unmoved=0.0),
    "every day on an item leaves a commit": replace(Mess(), commit_days=1.0),
    "no type is changed after the work": replace(Mess(), relabelled=0.0),
    "all of these": replace(
        Mess(),
        linked=1.0,
        stale=0.0,
        unmoved=0.0,
        commit_days=1.0,
        relabelled=0.0,
        without_commits=0.0,
    ),
}

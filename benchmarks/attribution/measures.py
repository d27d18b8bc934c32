"""How far a method is from the truth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import mean

from benchmarks.attribution.rivals import Weights
from benchmarks.attribution.world import CAPITAL_TYPE, World

PersonMonth = tuple[str, str]
REVIEW = 0.15


@dataclass(frozen=True)
class Errors:
    """Errors of one method in one world.

    Attributes:
        share_error: Mean absolute error of a person-month's capex share (0 to 1).
        bias: The organisation's capex share less the true one.
        distance: Mean total-variation distance between estimated and true mix over items.
    """

    share_error: float
    bias: float
    distance: float


def true_minutes(world: World) -> Weights:
    """The truth by person, month and item."""
    minutes: Weights = defaultdict(float)
    for (person, day, item), value in world.truth.items():
        minutes[person, f"{day:%Y-%m}", item] += value
    return minutes


def measure(world: World, estimated: Weights, capital_share: Mapping[PersonMonth, float]) -> Errors:
    """Compare a method's mix and its capex shares with the truth.

    Args:
        world: The company.
        estimated: The method's weights per person, month and item.
        capital_share: The method's capex share per person-month; missing means none capitalised.
    """
    truth = true_minutes(world)
    worked = _totals(truth)
    real = _shares(
        truth, {key: item.true_type == CAPITAL_TYPE for key, item in world.items.items()}
    )
    errors = [abs(capital_share.get(key, 0.0) - real.get(key, 0.0)) for key in worked]
    booked = sum(capital_share.get(key, 0.0) * minutes for key, minutes in worked.items())
    actual = sum(real.get(key, 0.0) * minutes for key, minutes in worked.items())
    return Errors(
        share_error=mean(errors),
        bias=(booked - actual) / sum(worked.values()),
        distance=mean(_distance(truth, estimated, key) for key in worked),
    )


def shares_at_close(world: World, weights: Weights) -> dict[PersonMonth, float]:
    """Capex shares of a rival: by the item's type at the close."""
    return _shares(
        weights, {key: item.closed_type == CAPITAL_TYPE for key, item in world.items.items()}
    )


def shares_in_truth(world: World, weights: Weights) -> dict[PersonMonth, float]:
    """Capex shares by what the items were while they were worked on."""
    return _shares(
        weights, {key: item.true_type == CAPITAL_TYPE for key, item in world.items.items()}
    )


def equal_parts_of_known_days(world: World) -> Weights:
    """What would be left of the error if it were known which items each day went to.

    A person's own items of a day get equal parts, a colleague's item the part of a review.
    """
    days: dict[tuple[str, date], list[str]] = defaultdict(list)
    for person, day, item in world.truth:
        days[person, day].append(item)
    weights: Weights = defaultdict(float)
    for (person, day), items in days.items():
        parts = {item: 1.0 if world.items[item].assignee == person else REVIEW for item in items}
        for item, part in parts.items():
            weights[person, f"{day:%Y-%m}", item] += part / sum(parts.values())
    return weights


def _totals(weights: Weights) -> dict[PersonMonth, float]:
    totals: dict[PersonMonth, float] = defaultdict(float)
    for (person, month, _), value in weights.items():
        totals[person, month] += value
    return totals


def _shares(weights: Weights, is_capital: Mapping[str, bool]) -> dict[PersonMonth, float]:
    totals = _totals(weights)
    capital: dict[PersonMonth, float] = defaultdict(float)
    for (person, month, item), value in weights.items():
        capital[person, month] += value * is_capital.get(item, False)
    return {key: capital[key] / total for key, total in totals.items() if total}


def _distance(truth: Weights, estimated: Weights, key: PersonMonth) -> float:
    real, other = _mix(truth, key), _mix(estimated, key)
    if not other:
        return 1.0
    return sum(abs(real.get(item, 0) - other.get(item, 0)) for item in {*real, *other}) / 2


def _mix(weights: Weights, key: PersonMonth) -> dict[str, float]:
    chosen = {
        item: value for (person, month, item), value in weights.items() if (person, month) == key
    }
    total = sum(chosen.values())
    return {item: value / total for item, value in chosen.items()} if total else {}

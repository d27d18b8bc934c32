"""Error and bias of compared months by group, the bias with a bootstrap interval over persons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from capstream.close.backtest.comparison import ComparedMonth

DRAWS = 2000
THIN_PERSONS = 10


@dataclass(frozen=True, slots=True)
class GroupError:
    """How far the ledger is from the sample in a group.

    Attributes:
        group: `all`, `role_class` or `team`.
        name: The role class or team.
        person_count: Persons compared.
        month_count: Person-months compared.
        share_error: Mean absolute error of a person-month's capex share, 0 to 1.
        bias: Capex share of the ledger less that of the sample, weighted by minutes.
        bias_low: Lower end of the interval (2.5 %); None with a single person.
        bias_high: Upper end (97.5 %).
        distance: Mean total-variation distance of the mixes; None where only treatments are given.
        is_thin: Under ten persons: the interval is too narrow to be relied on.
    """

    group: str
    name: str
    person_count: int
    month_count: int
    share_error: float
    bias: float
    bias_low: float | None
    bias_high: float | None
    distance: float | None
    is_thin: bool


def group_errors(months: Sequence[ComparedMonth], *, seed: int) -> list[GroupError]:
    """Measure the comparable months, in all, by role class and by team.

    Args:
        months: Person-months; those without a share on either side are left out.
        seed: The same seed draws the same persons (percentile bootstrap, Efron 1979, persons as
            the unit because months of one person are alike).
    """
    comparable = [month for month in months if month.is_comparable]
    return [_measured(group, name, members, seed) for group, name, members in _groups(comparable)]


def _groups(
    months: Sequence[ComparedMonth],
) -> Iterator[tuple[str, str, list[ComparedMonth]]]:
    if months:
        yield "all", "all", list(months)
    for group in ("role_class", "team"):
        for name in sorted({getattr(month, group) for month in months}):
            yield group, name, [month for month in months if getattr(month, group) == name]


def _measured(group: str, name: str, months: list[ComparedMonth], seed: int) -> GroupError:
    persons = sorted({month.person_id for month in months})
    differences = [month.difference or 0.0 for month in months]
    distances = [month.distance for month in months if month.distance is not None]
    low, high = _interval(persons, months, differences, seed)
    minutes = [month.minutes for month in months]
    return GroupError(
        group=group,
        name=name,
        person_count=len(persons),
        month_count=len(months),
        share_error=float(np.mean(np.abs(differences))),
        bias=float(np.average(differences, weights=minutes)),
        bias_low=low,
        bias_high=high,
        distance=float(np.mean(distances)) if distances else None,
        is_thin=len(persons) < THIN_PERSONS,
    )


def _interval(
    persons: Sequence[str],
    months: Sequence[ComparedMonth],
    differences: Sequence[float],
    seed: int,
) -> tuple[float | None, float | None]:
    """Draw whole persons with replacement and take the middle 95 % of the biases."""
    if len(persons) < 2:
        return None, None
    place = {person: number for number, person in enumerate(persons)}
    capital, minutes = np.zeros(len(persons)), np.zeros(len(persons))
    for month, difference in zip(months, differences, strict=True):
        capital[place[month.person_id]] += difference * month.minutes
        minutes[place[month.person_id]] += month.minutes
    chosen = np.random.default_rng(seed).integers(len(persons), size=(DRAWS, len(persons)))
    biases = capital[chosen].sum(axis=1) / minutes[chosen].sum(axis=1)
    low, high = np.percentile(biases, [2.5, 97.5])
    return float(low), float(high)

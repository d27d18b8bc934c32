"""Randomisation inference over rollout assignments, for fewer than ten clusters a side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import permutations
from math import factorial

import numpy as np
import numpy.typing as npt

from capstream.effects.aggregation import AggregateKind, aggregate_cells
from capstream.effects.cells import Comparison, estimate_cells
from capstream.effects.panel import Panel

_EXACT_UP_TO = 5_000


@dataclass(frozen=True)
class RandomisationTest:
    """How often another assignment of the same cohorts gives an effect at least as large.

    Attributes:
        estimate: The effect under the assignment that happened.
        p_value: Share of assignments with |effect| at least as large, the real one included.
        assignments: Number of distinct assignments, or of draws.
        is_exact: Whether all assignments were enumerated.
    """

    estimate: float
    p_value: float
    assignments: int
    is_exact: bool


def randomisation_test(
    panel: Panel,
    *,
    kind: AggregateKind = "group",
    comparison: Comparison | None = None,
    draws: int = 999,
    seed: int = 0,
) -> RandomisationTest:
    """Re-assign the cohorts to the units and compare the aggregate with the real one.

    Source: Fisher's exact test under the sharp null that the tool changes nothing; with few
    clusters a normal interval would claim precision that does not exist.
    """
    chosen = _assignments(panel.cohort, draws, seed)
    exact = _distinct_count(panel.cohort) <= _EXACT_UP_TO

    def effect(cohort: npt.NDArray[np.int64]) -> float:
        shuffled = replace(panel, cohort=cohort)
        cells = estimate_cells(shuffled, comparison or Comparison())
        return aggregate_cells(shuffled, cells, kind).estimate

    real = effect(panel.cohort)
    others = np.array([effect(cohort) for cohort in chosen])
    as_large = int((np.abs(others) >= abs(real) - 1e-12).sum())
    if exact:
        return RandomisationTest(real, as_large / len(others), len(others), is_exact=True)
    p_value = (as_large + 1) / (len(others) + 1)
    return RandomisationTest(real, p_value, len(others), is_exact=False)


def _distinct_count(cohort: npt.NDArray[np.int64]) -> int:
    count = factorial(len(cohort))
    for size in np.unique(cohort, return_counts=True)[1]:
        count //= factorial(int(size))
    return count


def _assignments(
    cohort: npt.NDArray[np.int64], draws: int, seed: int
) -> Iterator[npt.NDArray[np.int64]]:
    if _distinct_count(cohort) <= _EXACT_UP_TO:
        yield from (np.array(order) for order in _distinct_orders(cohort))
        return
    generator = np.random.default_rng(seed)
    for _ in range(draws):
        yield generator.permutation(cohort)


def _distinct_orders(cohort: npt.NDArray[np.int64]) -> Iterator[tuple[int, ...]]:
    """Distinct orders of a multiset, without walking through its repetitions."""
    if len(np.unique(cohort)) == len(cohort):
        yield from permutations(int(value) for value in cohort)
        return
    values, counts = np.unique(cohort, return_counts=True)
    remaining = {int(value): int(count) for value, count in zip(values, counts, strict=True)}

    def extend(prefix: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if len(prefix) == len(cohort):
            yield prefix
            return
        for value in remaining:
            if remaining[value]:
                remaining[value] -= 1
                yield from extend((*prefix, value))
                remaining[value] += 1

    yield from extend(())

"""Randomisation inference over rollout assignments, for fewer than ten clusters a side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from math import factorial

import numpy as np
import numpy.typing as npt

from capstream.effects.aggregation import AggregateKind
from capstream.effects.cells import Comparison
from capstream.effects.panel import Panel
from capstream.effects.reassignment import reassigned_effects
from capstream.errors import UsageError

_EXACT_UP_TO = 5_000
_ROUNDING = 1e-9
"""Effects that differ by less are ties: sums in another order."""


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
    chosen = comparison or Comparison()
    count = distinct_assignments(panel)
    orders = (
        _distinct_orders(panel.cohort)
        if count <= _EXACT_UP_TO
        else _drawn_orders(panel.cohort, draws, seed)
    )
    effects = reassigned_effects(panel, np.array(list(orders)), chosen, kind)
    real = float(reassigned_effects(panel, panel.cohort[None, :], chosen, kind)[0])
    others = effects[np.isfinite(effects)]
    if not np.isfinite(real):
        raise UsageError("no cell lies after a first treated period: nothing to permute")
    as_large = int((np.abs(others) >= abs(real) - _ROUNDING * max(1.0, abs(real))).sum())
    if count <= _EXACT_UP_TO:
        return RandomisationTest(real, as_large / len(others), len(others), is_exact=True)
    p_value = (as_large + 1) / (len(others) + 1)
    return RandomisationTest(real, p_value, len(others), is_exact=False)


def distinct_assignments(panel: Panel) -> int:
    """Number of ways to give the same cohorts to the units; its inverse bounds the p-value."""
    count = factorial(panel.unit_count)
    for size in np.unique(panel.cohort, return_counts=True)[1]:
        count //= factorial(int(size))
    return count


def _drawn_orders(
    cohort: npt.NDArray[np.int64], draws: int, seed: int
) -> Iterator[npt.NDArray[np.int64]]:
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

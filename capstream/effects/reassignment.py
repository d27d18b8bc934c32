"""Aggregates under many assignments of the same cohorts at once, by products of matrices.

A randomisation test asks for the same estimate under thousands of assignments. Sums of changes
over the units of a cohort are a product of its indicator matrix with the changes, so that all
assignments cost as much as one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from capstream.effects.aggregation import AggregateKind
from capstream.effects.cells import Comparison, base_window
from capstream.effects.panel import NEVER, Floats, Panel, row_means

Cohorts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Cells:
    """Effects after treatment, one column per cohort and period; NaN where nobody compares."""

    cohort: Cohorts
    period: Cohorts
    effect: Floats


def reassigned_effects(
    panel: Panel, assignments: Cohorts, comparison: Comparison, kind: AggregateKind
) -> Floats:
    """Estimate one aggregate under every assignment.

    Args:
        panel: The panel; its own cohorts only say which cohorts there are and how large.
        assignments: Shape (assignments, units): the cohort of each unit.
        comparison: With whom and with when treated cells are compared.
        kind: The aggregate.

    Returns:
        Shape (assignments,); NaN where an assignment leaves nothing to compare.
    """
    cells = _post_cells(panel, assignments, comparison)
    share = np.array([float(np.mean(panel.cohort == cohort)) for cohort in cells.cohort])
    if kind == "simple":
        return _weighted(cells.effect, share)
    if kind == "group":
        keys, weights = np.unique(cells.cohort), None
        parts = [_weighted(cells.effect[:, cells.cohort == key], None) for key in keys]
        weights = np.array([float(np.mean(panel.cohort == key)) for key in keys])
        return _weighted(np.column_stack(parts), weights)
    labels = cells.period - cells.cohort if kind == "dynamic" else cells.period
    parts = [
        _weighted(cells.effect[:, labels == key], share[labels == key]) for key in np.unique(labels)
    ]
    return _weighted(np.column_stack(parts), None)


def _post_cells(panel: Panel, assignments: Cohorts, comparison: Comparison) -> _Cells:
    names = [NEVER, *panel.treated_cohorts]
    members = {name: (assignments == name).astype(np.float64) for name in names}
    cohorts, periods, effects = [], [], []
    for cohort in panel.treated_cohorts:
        after = panel.periods >= cohort
        shown = panel.periods[after]
        cohorts.append(np.full(len(shown), cohort))
        periods.append(shown)
        effects.append(_cohort_effects(panel, members, cohort, after, comparison))
    return _Cells(np.concatenate(cohorts), np.concatenate(periods), np.hstack(effects))


def _cohort_effects(
    panel: Panel,
    members: dict[int, Floats],
    cohort: int,
    after: npt.NDArray[np.bool_],
    comparison: Comparison,
) -> Floats:
    base = row_means(panel.outcome[:, base_window(panel, cohort, comparison)])
    change = panel.outcome[:, after] - base[:, None]
    observed = np.isfinite(change)
    change = np.where(observed, change, 0.0)
    sums = {name: matrix @ change for name, matrix in members.items()}
    counts = {name: matrix @ observed.astype(np.float64) for name, matrix in members.items()}
    latest = panel.periods[after] + comparison.anticipation
    control_sum, control_count = sums[NEVER].copy(), counts[NEVER].copy()
    for other in () if comparison.never_only else members:
        if other not in (NEVER, cohort):
            untreated = other > latest
            control_sum += sums[other] * untreated
            control_count += counts[other] * untreated
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(sums[cohort] / counts[cohort] - control_sum / control_count)


def _weighted(effects: Floats, weights: Floats | None) -> Floats:
    """Mean over the columns that exist in a row, weighted where weights are given."""
    known = np.isfinite(effects)
    weight = known * (np.ones(effects.shape[1]) if weights is None else weights)
    with np.errstate(invalid="ignore"):
        return np.asarray((np.where(known, effects, 0.0) * weight).sum(axis=1) / weight.sum(axis=1))

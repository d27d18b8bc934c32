"""Imputation estimator: the cross-check that shares no cell with the primary estimator.

Source: Borusyak, Jaravel and Spiess (2024), Review of Economic Studies 91. Unit and period
effects are fitted on untreated observations only and imputed for the treated ones.
"""

from __future__ import annotations

import numpy as np

from capstream.effects.cells import Mask
from capstream.effects.panel import NEVER, Floats, Panel
from capstream.errors import UsageError


def imputed_effect(panel: Panel, *, anticipation: int = 0) -> float:
    """Mean effect over all treated unit-periods whose counterfactual can be imputed.

    Raises:
        UsageError: No treated unit-period has an untreated past and a period seen untreated.
    """
    treated = _treated_cells(panel, anticipation)
    observed = np.isfinite(panel.outcome)
    effects = panel.outcome - _counterfactual(panel.outcome, observed & ~treated)
    started = _treated_cells(panel, anticipation=0)
    usable = started & np.isfinite(effects)
    if not usable.any():
        raise UsageError(
            "no treated unit-period can be imputed: untreated observations are missing"
        )
    return float(effects[usable].mean())


def _treated_cells(panel: Panel, anticipation: int) -> Mask:
    starts = np.where(panel.cohort == NEVER, np.iinfo(np.int64).max, panel.cohort - anticipation)
    cells: Mask = panel.periods[None, :] >= starts[:, None]
    return cells


def _counterfactual(outcome: Floats, untreated: Mask) -> Floats:
    """Two-way fit on the untreated cells; NaN where unit or period was never seen untreated."""
    units, periods = outcome.shape
    rows, columns = np.nonzero(untreated)
    design = np.zeros((len(rows), units + periods))
    design[np.arange(len(rows)), rows] = 1
    design[np.arange(len(rows)), units + columns] = 1
    normal = design.T @ design
    solution = np.linalg.lstsq(normal, design.T @ outcome[rows, columns], rcond=None)[0]
    fitted = solution[:units, None] + solution[None, units:]
    known = np.logical_and.outer(untreated.any(axis=1), untreated.any(axis=0))
    return np.where(known, fitted, np.nan)

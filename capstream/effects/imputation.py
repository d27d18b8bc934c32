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
    seen = untreated.astype(np.float64)
    values = np.where(untreated, outcome, 0.0)
    per_unit, per_period = seen.sum(axis=1), seen.sum(axis=0)
    share = np.divide(seen, per_unit[:, None], out=np.zeros_like(seen), where=per_unit[:, None] > 0)
    # The unit effects are eliminated first: what is left to solve has one row a period.
    reduced = np.diag(per_period) - seen.T @ share
    pull = values.sum(axis=0) - share.T @ values.sum(axis=1)
    period_effect = np.linalg.lstsq(reduced, pull, rcond=None)[0]
    rest = np.where(untreated, outcome - period_effect, 0.0).sum(axis=1)
    unit_effect = np.divide(rest, per_unit, out=np.zeros_like(rest), where=per_unit > 0)
    fitted = unit_effect[:, None] + period_effect[None, :]
    known = np.logical_and.outer(per_unit > 0, per_period > 0)
    return np.where(known, fitted, np.nan)


def imputed_unit_effects(panel: Panel) -> tuple[Floats, Floats]:
    """Mean effect of every treated unit with an error from its own past.

    The error is the spread of the unit's residuals before treatment over the root of the number
    of treated periods, with the unit's own level estimated from its past.

    Returns:
        Effects and standard errors, of the treated units that have at least two periods before.
    """
    treated = _treated_cells(panel, anticipation=0)
    observed = np.isfinite(panel.outcome)
    residual = panel.outcome - _counterfactual(panel.outcome, observed & ~treated)
    effects, errors = [], []
    for place in np.flatnonzero(panel.cohort != NEVER):
        before = residual[place][observed[place] & ~treated[place]]
        after = residual[place][np.isfinite(residual[place]) & treated[place]]
        if len(before) > 1 and len(after) > 0 and before.std(ddof=1) > 0:
            effects.append(after.mean())
            errors.append(before.std(ddof=1) * np.sqrt(1 / len(after) + 1 / len(before)))
    return np.array(effects), np.array(errors)

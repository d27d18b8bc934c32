"""Two numbers that are often printed and never used here, so that a reader can see the distance."""

from __future__ import annotations

import numpy as np

from capstream.effects.panel import NEVER, Panel


def naive_change(panel: Panel) -> float:
    """Mean of treated units after their start less before it: the calendar is inside the effect."""
    treated = panel.cohort != NEVER
    after = panel.periods[None, :] >= panel.cohort[:, None]
    observed = np.isfinite(panel.outcome) & treated[:, None]
    if not (observed & after).any() or not (observed & ~after).any():
        return float("nan")
    return float(panel.outcome[observed & after].mean() - panel.outcome[observed & ~after].mean())


def two_way_effect(panel: Panel) -> float:
    """Coefficient of treatment in a regression with unit and period effects.

    With starts at different times it compares treated units with units that are treated
    already, with weights that may be negative.

    Source: Goodman-Bacon (2021), Journal of Econometrics 225(2).
    """
    started = (panel.cohort[:, None] != NEVER) & (panel.periods[None, :] >= panel.cohort[:, None])
    rows, columns = np.nonzero(np.isfinite(panel.outcome))
    units, periods = panel.outcome.shape
    design = np.zeros((len(rows), units + periods + 1))
    places = np.arange(len(rows))
    design[places, rows] = 1
    design[places, units + columns] = 1
    design[:, -1] = started[rows, columns]
    gram = design.T @ design
    solved = np.linalg.lstsq(gram, design.T @ panel.outcome[rows, columns], rcond=None)[0]
    return float(solved[-1])

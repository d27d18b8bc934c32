"""The relative effect on output, weighted by the people who worked: what money is counted with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from capstream.effects.bootstrap import sampled_means
from capstream.effects.panel import NEVER, Floats
from capstream.effects.staggered import StaggeredEffects
from capstream.errors import UsageError


@dataclass(frozen=True)
class RelativeEffect:
    """θ = extra output / counterfactual output of the treated unit-periods.

    Attributes:
        theta: The relative effect.
        extra: Sum of effect × size over treated unit-periods.
        actual: Output of the same unit-periods.
        draws: Draws of θ by the cluster bootstrap; empty without draws.
    """

    theta: float
    extra: float
    actual: float
    draws: Floats

    @property
    def counterfactual(self) -> float:
        """Output that the same unit-periods would have had."""
        return self.actual - self.extra


def relative_effect(
    effects: StaggeredEffects,
    frame: pd.DataFrame,
    *,
    unit: str,
    period: str,
    outcome: str,
    size: str,
    draws: int = 0,
    seed: int = 0,
) -> RelativeEffect:
    """Weigh each cohort-period effect by the size of the treated units in that period.

    Args:
        effects: Effects on the outcome per unit of size (items per developer-week).
        frame: The panel that they were estimated on.
        unit: Column of the unit.
        period: Column of the period.
        outcome: Column of the outcome per unit of size.
        size: Column of the size (developer-weeks).
        draws: Draws of the multiplier bootstrap over units.
        seed: Seed of the draws.

    Raises:
        UsageError: The counterfactual output is not positive: a relative effect has no meaning.
    """
    panel, cells = effects.panel, effects.cells
    sizes = _wide(frame, unit, period, size, effects)
    output = np.nan_to_num(panel.outcome * sizes)
    weights = np.zeros(len(cells.estimate))
    actual = 0.0
    column = {int(value): index for index, value in enumerate(panel.periods)}
    for index in np.flatnonzero(cells.is_post):
        members = panel.cohort == cells.cohort[index]
        at = column[int(cells.period[index])]
        counted = members & np.isfinite(panel.outcome[:, at])
        weights[index] = sizes[counted, at].sum()
        actual += float(output[counted, at].sum())
    extra = float(cells.estimate @ weights)
    if actual - extra <= 0:
        raise UsageError("the counterfactual output is not positive: no relative effect")
    sampled = np.empty(0)
    if draws:
        means = sampled_means((cells.influence @ weights)[:, None], draws=draws, seed=seed)[:, 0]
        sampled = _theta(extra + means, actual)
    return RelativeEffect(extra / (actual - extra), extra, actual, sampled)


def _theta(extra: Floats, actual: float) -> Floats:
    """θ of drawn extra output; a draw that leaves no counterfactual is the largest that does."""
    most = actual * (1 - 1e-6)
    bounded = np.minimum(extra, most)
    return np.asarray(bounded / (actual - bounded))


def _wide(
    frame: pd.DataFrame, unit: str, period: str, size: str, effects: StaggeredEffects
) -> Floats:
    panel = effects.panel
    treated = [
        name for name, cohort in zip(panel.units, panel.cohort, strict=True) if cohort != NEVER
    ]
    if not treated:
        raise UsageError("no unit is treated: there is no relative effect")
    wide = frame.pivot(index=unit, columns=period, values=size)
    wide = wide.reindex(index=list(panel.units), columns=list(panel.periods))
    return np.asarray(np.nan_to_num(wide.to_numpy(dtype=np.float64)))

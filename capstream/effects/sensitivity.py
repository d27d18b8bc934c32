"""How large a violation of parallel trends the conclusion survives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from capstream.effects.distributions import normal_quantile
from capstream.effects.staggered import StaggeredEffects
from capstream.errors import UsageError

MULTIPLES = (0.5, 1.0, 2.0)


@dataclass(frozen=True)
class TrendSensitivity:
    """Bounds of an effect when trends may differ as much as they did before, or more.

    Attributes:
        largest_step: Largest change between neighbouring periods before treatment, in units of
            the outcome: what the two groups drifted apart without any treatment.
        bounds: One row per multiple of it: multiple, low, high (95 %, sampling error included).
        breakdown: Multiple at which the bounds begin to hold zero; 0 where they always do.
    """

    largest_step: float
    bounds: pd.DataFrame
    breakdown: float


def trend_sensitivity(
    effects: StaggeredEffects, *, multiples: Sequence[float] = MULTIPLES, last: int | None = None
) -> TrendSensitivity:
    """Bound the dynamic effect under drifts of up to a multiple of the largest one seen before.

    A drift of at most m times the largest step before adds at most m × step × (e + 1) to the
    effect e periods after the start; the bounds add that to the confidence interval. They hold
    the interval of Rambachan and Roth's relative magnitudes, and are wider where it optimises
    over weights.

    Source: after Rambachan and Roth (2023), Review of Economic Studies 90(5).

    Args:
        effects: The estimated effects.
        multiples: Multiples of the largest step.
        last: Last event time that counts; all by default.

    Raises:
        UsageError: There are fewer than two periods before or none after treatment.
    """
    dynamic = effects.aggregate("dynamic")
    event_time = dynamic.rows["key"].to_numpy()
    estimate = dynamic.rows["estimate"].to_numpy(dtype=np.float64)
    step = _largest_step(effects, event_time, estimate)
    counted = (event_time >= 0) & (event_time <= (event_time.max() if last is None else last))
    if not counted.any():
        raise UsageError("no event time after the start counts: raise `last`")
    mean = float(estimate[counted].mean())
    influence = dynamic.row_influence[:, counted].mean(axis=1)
    error = float(np.sqrt((influence**2).sum()) / len(influence))
    reach = normal_quantile(0.975) * error
    growth = step * float((event_time[counted] + 1).mean())
    chosen = np.asarray(multiples, dtype=np.float64)
    bounds = pd.DataFrame(
        {
            "multiple": chosen,
            "low": mean - reach - chosen * growth,
            "high": mean + reach + chosen * growth,
        }
    )
    room = max(0.0, abs(mean) - reach)
    return TrendSensitivity(step, bounds, room / growth if growth > 0 else np.inf)


def _largest_step(effects: StaggeredEffects, event_time: np.ndarray, estimate: np.ndarray) -> float:
    """Return the largest drift of one period; a varying base has taken differences already."""
    before = estimate[event_time < 0]
    if effects.is_universal:
        before = np.diff(before)
    if len(before) == 0:
        raise UsageError("no change between two periods before treatment: nothing to compare with")
    return float(np.abs(before).max())

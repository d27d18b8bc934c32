"""What an experiment of this size could have seen, from its own noise before the rollout."""

from __future__ import annotations

import numpy as np

from capstream.effects.distributions import normal_quantile
from capstream.effects.panel import Floats, row_means

# Two-sided 5 % with power 80 %: z(0.975) + z(0.8) = 2.8016.
DETECTION_FACTOR = normal_quantile(0.975) + normal_quantile(0.8)


def minimum_detectable_effect(deviation: float, treated: int, control: int) -> float:
    """Smallest effect found 80 times in 100 at a two-sided 5 % level.

    Args:
        deviation: Standard deviation across clusters of (mean after - mean before).
        treated: Number of treated clusters.
        control: Number of control clusters.
    """
    return DETECTION_FACTOR * deviation * float(np.sqrt(1 / treated + 1 / control))


def placebo_deviation(
    before: Floats, *, later_periods: int | None = None, base_periods: int | None = None
) -> float:
    """Spread across clusters of the change over a rollout that did not happen.

    Every point of the pre-period is taken in turn for the start of a rollout: mean of the
    periods after it less mean of the periods before it, per cluster. The spread over clusters
    is what a rollout without effect would show.

    Args:
        before: Outcomes before any treatment, shape (clusters, periods); NaN where unknown.
        later_periods: How many periods after the cut count; all by default.
        base_periods: How many periods before the cut count; all by default. The staggered
            estimator compares with one.

    Returns:
        The root of the mean variance over all cuts that leave enough periods on both sides
        (over all cuts where none does); NaN with fewer than two clusters or periods.
    """
    periods = before.shape[1]
    later = min(later_periods or 1, periods - 1)
    base = min(base_periods or 1, periods - 1)
    cuts = [cut for cut in range(base, periods) if periods - cut >= later] or range(1, periods)
    changes = [_change(before, cut, later_periods, base_periods) for cut in cuts]
    variances = [change.var(ddof=1) for change in changes if len(change) > 1]
    return float(np.sqrt(np.mean(variances))) if variances else float("nan")


def _change(before: Floats, cut: int, later: int | None, base: int | None) -> Floats:
    after = before[:, cut:] if later is None else before[:, cut : cut + later]
    earlier = before[:, :cut] if base is None else before[:, max(0, cut - base) : cut]
    change = row_means(after) - row_means(earlier)
    return np.asarray(change[np.isfinite(change)])

"""What an experiment of this size could have seen, from its own noise before the rollout."""

from __future__ import annotations

import numpy as np

from capstream.effects.distributions import normal_quantile
from capstream.effects.panel import Floats

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


def placebo_deviation(before: Floats, *, splits: int = 200, seed: int = 0) -> float:
    """Spread of mean differences between two halves of the pre-period, per cluster.

    Each placebo split cuts the pre-period at a random point and takes later mean less earlier
    mean per cluster; the spread across clusters is what a rollout without effect would show.

    Args:
        before: Outcomes before any treatment, shape (clusters, periods).
        splits: Number of placebo splits.
        seed: Seed of the split points.
    """
    periods = before.shape[1]
    generator = np.random.default_rng(seed)
    cuts = generator.integers(1, periods, size=splits)
    spreads = [
        np.std(np.nanmean(before[:, cut:], axis=1) - np.nanmean(before[:, :cut], axis=1), ddof=1)
        for cut in np.unique(cuts)
    ]
    return float(np.mean(spreads))

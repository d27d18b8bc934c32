"""Team effects pulled towards the mean by as much as their noise deserves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from capstream.effects.panel import Floats


@dataclass(frozen=True)
class TeamEffects:
    """Empirical-Bayes effects.

    Attributes:
        mean: Precision-weighted mean effect.
        deviation: Standard deviation of the true effects (DerSimonian-Laird tau); 0 where the
            teams differ by no more than their noise.
        shrunk: Shrunk effect per team.
        std_error: Posterior standard deviation per team.
    """

    mean: float
    deviation: float
    shrunk: Floats
    std_error: Floats


def shrink_team_effects(estimate: Floats, std_error: Floats) -> TeamEffects:
    """Shrink team estimates to their common mean.

    Source: DerSimonian and Laird (1986), Controlled Clinical Trials 7.

    Args:
        estimate: Effect per team.
        std_error: Its standard error, positive.
    """
    precision = 1 / std_error**2
    fixed = float((precision * estimate).sum() / precision.sum())
    excess = float((precision * (estimate - fixed) ** 2).sum()) - (len(estimate) - 1)
    scale = float(precision.sum() - (precision**2).sum() / precision.sum())
    variance = max(0.0, excess / scale) if scale > 0 else 0.0
    weights = 1 / (variance + std_error**2)
    mean = float((weights * estimate).sum() / weights.sum())
    kept = variance / (variance + std_error**2)
    return TeamEffects(
        mean=mean,
        deviation=float(np.sqrt(variance)),
        shrunk=np.asarray(mean + kept * (estimate - mean)),
        std_error=np.asarray(np.sqrt(kept) * std_error),
    )

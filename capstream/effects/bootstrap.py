"""Multiplier bootstrap over influence functions: simultaneous bands at the cost of a product."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from capstream.effects.distributions import normal_quantile
from capstream.effects.panel import Floats

LEVEL = 0.95


@dataclass(frozen=True)
class Bands:
    """Bootstrap standard errors and the critical value of a simultaneous 95 % band.

    Attributes:
        std_error: Shape (k,), from the interquartile range of the draws, NaN where degenerate.
        critical_value: Half-width of the band in standard errors, the same for all k.
        draws: Number of draws.
    """

    std_error: Floats
    critical_value: float
    draws: int


def multiplier_bands(influence: Floats, *, draws: int, seed: int) -> Bands:
    """Draw Rademacher multipliers per cluster and read bands off the studentised maximum.

    Args:
        influence: Shape (n, k), one column per estimate.
        draws: Number of draws.
        seed: Seed; the same seed gives the same bands.
    """
    sampled = sampled_means(influence, draws=draws, seed=seed)
    upper, lower = np.quantile(sampled, [0.75, 0.25], axis=0)
    spread = normal_quantile(0.75) - normal_quantile(0.25)
    errors = (upper - lower) / spread
    usable = errors > np.sqrt(np.finfo(float).eps) * 10
    if not usable.any():
        return Bands(np.full(influence.shape[1], np.nan), np.nan, draws)
    largest = np.abs(sampled[:, usable] / errors[usable]).max(axis=1)
    critical = max(float(np.quantile(largest, LEVEL)), normal_quantile((1 + LEVEL) / 2))
    return Bands(np.where(usable, errors, np.nan), critical, draws)


def sampled_means(influence: Floats, *, draws: int, seed: int) -> Floats:
    """Deviations of estimates under Rademacher multipliers per cluster, shape (draws, k)."""
    generator = np.random.default_rng(seed)
    units = len(influence)
    signs = generator.integers(0, 2, size=(draws, units), dtype=np.int8).astype(np.float64) * 2 - 1
    return np.asarray(signs @ influence / units)

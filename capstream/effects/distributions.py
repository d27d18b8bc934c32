"""The few distribution functions that the estimators need, without a further dependency."""

from __future__ import annotations

import math
from statistics import NormalDist

_PRECISION = 1e-15
_TINY = 1e-300
_MAX_TERMS = 100_000


def chi_square_survival(statistic: float, df: int) -> float:
    """Upper tail probability of the chi-square distribution.

    Source: regularised upper incomplete gamma function Q(df/2, x/2) by its power series below
    the mode and by Legendre's continued fraction (Lentz's algorithm) above it.
    """
    if statistic <= 0:
        return 1.0
    shape, value = df / 2, statistic / 2
    scale = math.exp(shape * math.log(value) - value - math.lgamma(shape))
    if value < shape + 1:
        return 1 - scale * _lower_series(shape, value)
    return scale * _upper_fraction(shape, value)


def _lower_series(shape: float, value: float) -> float:
    term = total = 1 / shape
    for step in range(1, _MAX_TERMS):
        term *= value / (shape + step)
        total += term
        if term < total * _PRECISION:
            break
    return total


def _upper_fraction(shape: float, value: float) -> float:
    numerator_shift = value + 1 - shape
    above = 1 / _TINY
    below = 1 / numerator_shift
    result = below
    for step in range(1, _MAX_TERMS):
        factor = -step * (step - shape)
        numerator_shift += 2
        below = 1 / _away_from_zero(factor * below + numerator_shift)
        above = _away_from_zero(numerator_shift + factor / above)
        change = below * above
        result *= change
        if abs(change - 1) < _PRECISION:
            break
    return result


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def normal_quantile(probability: float) -> float:
    """Quantile of the standard normal distribution."""
    return NormalDist().inv_cdf(probability)


def two_sided_p_value(z: float) -> float:
    """Two-sided p-value of a standard normal statistic."""
    return math.erfc(abs(z) / math.sqrt(2))

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


def f_survival(statistic: float, numerator_df: int, denominator_df: int) -> float:
    """Upper tail probability of the F distribution.

    Source: regularised incomplete beta function by its continued fraction (Lentz's algorithm),
    on the side of its mean where that converges fast.
    """
    if statistic <= 0:
        return 1.0
    upper, lower = denominator_df / 2, numerator_df / 2
    value = denominator_df / (denominator_df + numerator_df * statistic)
    log_scale = (
        math.lgamma(upper + lower)
        - math.lgamma(upper)
        - math.lgamma(lower)
        + upper * math.log(value)
        + lower * math.log1p(-value)
    )
    scale = math.exp(log_scale)
    if value < (upper + 1) / (upper + lower + 2):
        return scale * _beta_fraction(upper, lower, value) / upper
    return 1 - scale * _beta_fraction(lower, upper, 1 - value) / lower


def _beta_fraction(first: float, second: float, value: float) -> float:
    above = 1.0
    below = 1 / _away_from_zero(1 - (first + second) * value / (first + 1))
    result = below
    for step in range(1, _MAX_TERMS):
        reach = first + 2 * step
        factors = (
            step * (second - step) * value / ((reach - 1) * reach),
            -(first + step) * (first + second + step) * value / (reach * (reach + 1)),
        )
        for factor in factors:
            below = 1 / _away_from_zero(1 + factor * below)
            above = _away_from_zero(1 + factor / above)
            result *= below * above
        if abs(below * above - 1) < _PRECISION:
            break
    return result


def normal_quantile(probability: float) -> float:
    """Quantile of the standard normal distribution."""
    return NormalDist().inv_cdf(probability)


def two_sided_p_value(z: float) -> float:
    """Two-sided p-value of a standard normal statistic."""
    return math.erfc(abs(z) / math.sqrt(2))

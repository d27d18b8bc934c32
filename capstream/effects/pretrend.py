"""The joint test that effects before treatment are zero, and how much it could have missed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from capstream.effects.cells import CellTable
from capstream.effects.distributions import chi_square_survival


@dataclass(frozen=True)
class PretrendTest:
    """Wald test over all cells before treatment.

    Attributes:
        statistic: n a' V⁻¹ a; NaN where the covariance of the cells is singular (few clusters).
        df: Number of pre-treatment cells.
        p_value: Upper tail of the chi-square distribution; NaN with the statistic.
        reason: Why there is no statistic, empty otherwise.
    """

    statistic: float
    df: int
    p_value: float
    reason: str = ""


def pretrend_test(cells: CellTable) -> PretrendTest:
    """Test all pre-treatment cells jointly; reference cells take no part."""
    chosen = ~cells.is_post & ~cells.is_reference
    count = int(chosen.sum())
    if count == 0:
        return PretrendTest(np.nan, 0, np.nan, "there is no period before treatment to test")
    influence = cells.influence[:, chosen]
    units = len(influence)
    covariance = influence.T @ influence / units
    if np.linalg.matrix_rank(covariance, hermitian=True) < count:
        reason = f"{count} pre-treatment cells, too few independent clusters: not estimable"
        return PretrendTest(np.nan, count, np.nan, reason)
    estimate = cells.estimate[chosen]
    statistic = float(units * estimate @ np.linalg.solve(covariance, estimate))
    return PretrendTest(statistic, count, chi_square_survival(statistic, count))

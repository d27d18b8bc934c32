"""The joint test that effects before treatment are zero, and how much it could have missed.

Where there are more cells before treatment than clusters (weeks, as a rule), their joint
covariance cannot be estimated; then each cohort's drift from the first to the last half of its
periods before is tested, one number a cohort.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from capstream.effects.cells import (
    THIN_BELOW,
    CellTable,
    Comparison,
    change_cell,
    controls_of,
    standard_errors,
)
from capstream.effects.distributions import chi_square_survival, f_survival
from capstream.effects.guards import inference_for
from capstream.effects.panel import Floats, Panel, row_means
from capstream.effects.power import DETECTION_FACTOR


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


@dataclass(frozen=True)
class DriftTest:
    """Test of each cohort's drift before its start, against its controls.

    Attributes:
        statistic: F, Hotelling's scaling of the Wald statistic; NaN where it is not estimable.
        df: Cohorts that were tested.
        p_value: Upper tail of F(df, clusters - df); NaN with the statistic.
        drift: Drifts weighted by cohort size, in units of the outcome.
        detectable: Drift of that size that would be found 80 times in 100.
        reason: Why there is no statistic, empty otherwise.
    """

    statistic: float
    df: int
    p_value: float
    drift: float
    detectable: float
    reason: str = ""


def drift_test(panel: Panel, comparison: Comparison) -> DriftTest:
    """Test whether cohorts moved against their controls before their start.

    A drift is the mean of the last half of a cohort's periods before treatment less the mean of
    the first half, less the same of its controls. Few numbers, each over many periods: the test
    stays estimable with weeks, and the wobble of one week does not decide it.

    Source: Hotelling (1931), Annals of Mathematical Statistics 2, for the scaling.
    """
    cohorts = [c for c in panel.treated_cohorts if (panel.cohort == c).sum() >= THIN_BELOW]
    cells = [
        (int((panel.cohort == cohort).sum()), *found)
        for cohort in cohorts
        if (found := _drift(panel, cohort, comparison)) is not None
    ]
    count, units = len(cells), panel.unit_count
    if count == 0 or inference_for(panel) == "randomisation":
        reason = "under ten teams a side, or under two periods or three teams before a start"
        return DriftTest(np.nan, 0, np.nan, np.nan, np.nan, reason)
    sizes = np.array([cell[0] for cell in cells], dtype=np.float64)
    estimate = np.array([cell[1] for cell in cells])
    influence = np.column_stack([cell[2] for cell in cells])
    weights = sizes / sizes.sum()
    drift = float(estimate @ weights)
    error = float(standard_errors((influence @ weights)[:, None])[0])
    covariance = influence.T @ influence / units
    if units <= count or np.linalg.matrix_rank(covariance, hermitian=True) < count:
        reason = f"{count} drifts, too few independent clusters: not estimable"
        return DriftTest(np.nan, count, np.nan, drift, np.nan, reason)
    wald = float(units * estimate @ np.linalg.solve(covariance, estimate))
    statistic = wald * (units - count) / (count * (units - 1))
    p_value = f_survival(statistic, count, units - count)
    return DriftTest(statistic, count, p_value, drift, DETECTION_FACTOR * error)


def _drift(panel: Panel, cohort: int, comparison: Comparison) -> tuple[float, Floats] | None:
    before = panel.outcome[:, panel.periods + comparison.anticipation < cohort]
    half = before.shape[1] // 2
    if half == 0:
        return None
    change = row_means(before[:, -half:]) - row_means(before[:, :half])
    controls = controls_of(panel, cohort, cohort - 1, comparison)
    found = change_cell(change, panel.cohort == cohort, controls)
    if found is None:
        return None
    # A side of few clusters is fitted too closely by its own mean: n / (n - 1), as for a variance.
    count = np.where(panel.cohort == cohort, (panel.cohort == cohort).sum(), controls.sum())
    return found[0], found[1] * np.sqrt(count / np.maximum(count - 1, 1))

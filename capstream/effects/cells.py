"""Group-time average treatment effects and their influence functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from capstream.effects.panel import NEVER, Floats, Panel, row_means
from capstream.errors import UsageError

THIN_BELOW = 3

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class CellTable:
    """One row per cohort and period; `influence` is (n, cells), zero where a unit has no part.

    A reference cell (the base period itself) has estimate 0 and no influence.
    """

    cohort: npt.NDArray[np.int64]
    period: npt.NDArray[np.int64]
    estimate: Floats
    treated_count: npt.NDArray[np.int64]
    control_count: npt.NDArray[np.int64]
    is_reference: Mask
    influence: Floats

    @property
    def is_post(self) -> Mask:
        """Cells at or after the first treated period."""
        return self.period >= self.cohort

    @property
    def std_error(self) -> Floats:
        """Analytic standard errors: sqrt(sum of squared influence) / n; NaN at references."""
        errors = standard_errors(self.influence)
        return np.where(self.is_reference, np.nan, errors)

    def frame(self) -> pd.DataFrame:
        """The cells as a data frame, cohorts and periods ascending."""
        thin = (self.treated_count < THIN_BELOW) | (self.control_count < THIN_BELOW)
        return pd.DataFrame(
            {
                "cohort": self.cohort,
                "period": self.period,
                "estimate": self.estimate,
                "std_error": self.std_error,
                "treated_count": self.treated_count,
                "control_count": self.control_count,
                "is_post": self.is_post,
                "is_thin": thin,
            }
        )


def standard_errors(influence: Floats) -> Floats:
    """Standard errors of estimates with the influence functions in the columns of (n, k)."""
    return np.asarray(np.sqrt((influence**2).sum(axis=0)) / len(influence))


@dataclass(frozen=True)
class Comparison:
    """With whom and with when a treated cell is compared.

    Attributes:
        never_only: Controls are never treated units; otherwise also those not yet treated.
        universal: Pre-periods are compared with the last period before treatment; otherwise
            with the period before.
        anticipation: Periods before the start in which units may already react.
        base_periods: How many periods before treatment make the base of treated cells: their
            mean. One is the published estimator.
    """

    never_only: bool = True
    universal: bool = False
    anticipation: int = 0
    base_periods: int = 1


@dataclass(frozen=True)
class _Cell:
    cohort: int
    period: int
    is_reference: bool
    estimate: float
    treated: int
    control: int
    influence: Floats


def estimate_cells(panel: Panel, comparison: Comparison) -> CellTable:
    """Estimate every cohort-period cell that has treated and control units.

    Raises:
        UsageError: No cell can be estimated.
    """
    cells = [
        cell
        for cohort in panel.treated_cohorts
        for cell in _cohort_cells(panel, cohort, comparison)
    ]
    if not cells:
        raise UsageError(
            "no cohort has treated and control units with a base period: nothing to estimate"
        )
    return CellTable(
        cohort=np.array([cell.cohort for cell in cells], dtype=np.int64),
        period=np.array([cell.period for cell in cells], dtype=np.int64),
        estimate=np.array([cell.estimate for cell in cells]),
        treated_count=np.array([cell.treated for cell in cells], dtype=np.int64),
        control_count=np.array([cell.control for cell in cells], dtype=np.int64),
        is_reference=np.array([cell.is_reference for cell in cells]),
        influence=np.column_stack([cell.influence for cell in cells]),
    )


def _cohort_cells(panel: Panel, cohort: int, comparison: Comparison) -> Iterator[_Cell]:
    window = base_window(panel, cohort, comparison)
    treated = panel.cohort == cohort
    for index, period in enumerate(panel.periods):
        base = window if comparison.universal or period >= cohort else [index - 1]
        if base[0] < 0:
            continue
        latest = int(max(period, panel.periods[base[-1]])) + comparison.anticipation
        control = controls_of(panel, cohort, latest, comparison)
        cell = _estimate(panel, treated, control, index, base, cohort)
        if cell is not None:
            yield cell


def base_window(panel: Panel, cohort: int, comparison: Comparison) -> list[int]:
    """Return the places of the periods that treated cells of a cohort are compared with."""
    before = np.flatnonzero(panel.periods + comparison.anticipation < cohort)
    return [int(place) for place in before[-comparison.base_periods :]]


def controls_of(panel: Panel, cohort: int, latest: int, comparison: Comparison) -> Mask:
    """Units that may be compared with a cohort up to a period: untreated until then."""
    never: Mask = panel.cohort == NEVER
    if comparison.never_only:
        return never
    later: Mask = (panel.cohort > latest) & (panel.cohort != cohort)
    return never | later


def _estimate(
    panel: Panel, treated: Mask, control: Mask, index: int, base: list[int], cohort: int
) -> _Cell | None:
    change = panel.outcome[:, index] - row_means(panel.outcome[:, base])
    found = change_cell(change, treated, control)
    if found is None:
        return None
    observed = np.isfinite(change)
    return _Cell(
        cohort=cohort,
        period=int(panel.periods[index]),
        is_reference=base == [index],
        estimate=found[0],
        treated=int((treated & observed).sum()),
        control=int((control & observed).sum()),
        influence=found[1],
    )


def change_cell(change: Floats, treated: Mask, control: Mask) -> tuple[float, Floats] | None:
    """Compare the mean change of treated units with that of controls.

    Args:
        change: Change of every unit, shape (n,); NaN where it was not observed.
        treated: Treated units.
        control: Control units.

    Returns:
        The estimate and its influence function, shape (n,); None where a side is empty.
    """
    observed = np.isfinite(change)
    treated, control = treated & observed, control & observed
    if not treated.any() or not control.any():
        return None
    treated_mean, control_mean = change[treated].mean(), change[control].mean()
    influence = np.zeros(len(change))
    influence[treated] = (change[treated] - treated_mean) * len(change) / treated.sum()
    influence[control] = -(change[control] - control_mean) * len(change) / control.sum()
    return float(treated_mean - control_mean), influence

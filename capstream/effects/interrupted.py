"""Interrupted time series with autocorrelation-robust errors: before and after, no control.

Source: segmented regression (Wagner et al. 2002, J Clin Pharm Ther 27) with Newey-West errors
(1987, Econometrica 55) at lag floor(4 (n/100)^(2/9)).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from capstream.effects.panel import Floats
from capstream.errors import UsageError

MINIMUM_POINTS = 12
_NAMES = ("intercept", "trend", "level_change", "slope_change")


@dataclass(frozen=True)
class InterruptedSeries:
    """A segmented regression of one series.

    Attributes:
        coefficients: intercept (at time 0), trend, level_change, slope_change (per unit of
            time - start), and season_<value> dummies against the first season.
        std_errors: Newey-West errors by the same names; NaN where no residual freedom is left.
        lag: Lag of the errors.
        flags: Why the estimate should not be relied upon; empty when there is no reason.
    """

    coefficients: dict[str, float]
    std_errors: dict[str, float]
    lag: int
    flags: tuple[str, ...]


def interrupted_time_series(
    frame: pd.DataFrame,
    *,
    time: str,
    outcome: str,
    start: float,
    season: str | None = None,
    lag: int | None = None,
) -> InterruptedSeries:
    """Fit level and slope change at `start`; short series are computed and flagged.

    Args:
        frame: One row per point of time.
        time: Column of numeric time.
        outcome: Column of the outcome.
        start: First time of the period after.
        season: Column of a season (month, week of year) that enters as dummies.
        lag: Lag of the Newey-West errors; by default floor(4 (n/100)^(2/9)).

    Raises:
        UsageError: A column is missing, or one side of `start` is empty.
    """
    wanted = [time, outcome, *([season] if season else [])]
    missing = [name for name in wanted if name not in frame.columns]
    if missing:
        raise UsageError(f"the series has no column {', '.join(missing)}: name existing columns")
    points = frame.loc[frame[outcome].notna()].sort_values(time)
    clock = points[time].to_numpy(dtype=np.float64)
    after = clock >= start
    if after.all() or not after.any():
        raise UsageError(f"all points lie on one side of start {start}: give points on both sides")
    names, design = _design(points, clock, after, start, season)
    values = points[outcome].to_numpy(dtype=np.float64)
    solution, _, rank, _ = np.linalg.lstsq(design, values, rcond=None)
    chosen_lag = int(np.floor(4 * (len(values) / 100) ** (2 / 9))) if lag is None else lag
    flags = _flags(after, rank, design)
    errors = _newey_west(design, values - design @ solution, chosen_lag, rank)
    return InterruptedSeries(
        coefficients=dict(zip(names, (float(value) for value in solution), strict=True)),
        std_errors=dict(zip(names, (float(value) for value in errors), strict=True)),
        lag=chosen_lag,
        flags=flags,
    )


def _design(
    points: pd.DataFrame,
    clock: Floats,
    after: npt.NDArray[np.bool_],
    start: float,
    season: str | None,
) -> tuple[list[str], Floats]:
    columns = [np.ones_like(clock), clock, after.astype(np.float64), (clock - start) * after]
    names = list(_NAMES)
    if season is not None:
        for value in sorted(points[season].unique())[1:]:
            names.append(f"season_{value}")
            columns.append((points[season] == value).to_numpy(dtype=np.float64))
    return names, np.column_stack(columns)


def _flags(after: npt.NDArray[np.bool_], rank: int, design: Floats) -> tuple[str, ...]:
    flags = []
    before_count, after_count = int((~after).sum()), int(after.sum())
    if min(before_count, after_count) < MINIMUM_POINTS:
        flags.append(
            f"{before_count} points before and {after_count} after: "
            f"fewer than {MINIMUM_POINTS} a side"
        )
    if rank < design.shape[1]:
        flags.append("the columns are collinear: coefficients are not unique")
    return tuple(flags)


def _newey_west(design: Floats, residual: Floats, lag: int, rank: int) -> Floats:
    """Heteroskedasticity and autocorrelation consistent errors, without a small-sample factor."""
    count, width = design.shape
    if rank < width or count <= width:
        return np.full(width, np.nan)
    scores = design * residual[:, None]
    meat = scores.T @ scores
    for step in range(1, min(lag, count - 1) + 1):
        cross = scores[step:].T @ scores[:-step]
        meat += (1 - step / (lag + 1)) * (cross + cross.T)
    bread = np.linalg.inv(design.T @ design)
    return np.asarray(np.sqrt(np.clip(np.diag(bread @ meat @ bread), 0, None)))

"""A panel of units and periods with the period in which each unit was first treated."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from capstream.errors import UsageError

Floats = npt.NDArray[np.float64]

NEVER = 0


@dataclass(frozen=True)
class Panel:
    """Outcomes of n units over T periods.

    Attributes:
        outcome: Array (n, T); NaN where a unit was not observed.
        cohort: Array (n,) with the first treated period, `NEVER` for never-treated units.
        periods: Array (T,) of the period values, ascending.
        notes: What was left out and why, in plain words.
        units: Names of the units, in the order of the rows.
    """

    outcome: Floats
    cohort: npt.NDArray[np.int64]
    periods: npt.NDArray[np.int64]
    notes: tuple[str, ...] = field(default=())
    units: tuple[object, ...] = field(default=())

    @property
    def unit_count(self) -> int:
        """Number of units in the estimation sample."""
        return len(self.cohort)

    @property
    def treated_cohorts(self) -> list[int]:
        """The cohorts that are treated inside the sample, ascending."""
        return [int(value) for value in np.unique(self.cohort) if value != NEVER]


def read_panel(
    frame: pd.DataFrame, *, unit: str, period: str, cohort: str, outcome: str, anticipation: int = 0
) -> Panel:
    """Turn a long frame (one row per unit and period) into a panel.

    Rows are ordered by what the units did, not by what they are called, so that draws with a
    seed do not depend on names.

    Units that are treated before a base period exists are left out with a note, because they
    can be neither treated nor control: comparing with already treated units is forbidden.

    Raises:
        UsageError: A column is missing, a unit-period stands twice, or a unit changes cohort.
    """
    missing = [name for name in (unit, period, cohort, outcome) if name not in frame.columns]
    if missing:
        raise UsageError(f"the panel has no column {', '.join(missing)}: name existing columns")
    if frame.empty:
        raise UsageError("the panel has no rows: nothing was measured")
    if frame.duplicated([unit, period]).any():
        raise UsageError(f"a {unit} stands twice in one {period}: aggregate to one row each")
    cohorts = frame.assign(**{cohort: frame[cohort].fillna(NEVER)}).groupby(unit)[cohort]
    if (cohorts.nunique() > 1).any():
        raise UsageError(f"a {unit} has two values of {cohort}: one first treated period each")
    wide = frame.pivot(index=unit, columns=period, values=outcome)
    first_treated = cohorts.first().reindex(wide.index).replace([np.inf], NEVER)
    periods = np.asarray(wide.columns, dtype=np.int64)
    values = wide.to_numpy(dtype=np.float64)
    group = first_treated.to_numpy(dtype=np.int64)
    group = np.where(group > periods[-1], NEVER, group)
    early = (group != NEVER) & (group - anticipation <= periods[0])
    notes = (f"{int(early.sum())} units treated before a base period exists are left out",)
    names = np.asarray(wide.index, dtype=object)
    order = np.flatnonzero(~early)
    order = order[np.lexsort((*values[order].T[::-1], group[order]))]
    return Panel(
        values[order], group[order], periods, notes if early.any() else (), tuple(names[order])
    )


def row_means(values: Floats) -> Floats:
    """Mean of the known values of each row; NaN where none is known."""
    known = np.isfinite(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    return np.asarray(np.divide(total, count, out=np.full(len(values), np.nan), where=count > 0))

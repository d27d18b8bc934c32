"""What stands between an estimate and its use: thin cells, moving teams, treated controls."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from capstream.effects.cells import CellTable
from capstream.effects.panel import NEVER, Panel
from capstream.errors import UsageError

Inference = Literal["analytic", "bootstrap", "randomisation"]

ANALYTIC_FROM = 40
BOOTSTRAP_FROM = 10
COMPOSITION_LIMIT = 0.25
CONTAMINATION_LIMIT = 0.10


def inference_for(panel: Panel) -> Inference:
    """Choose the inference by the number of clusters; below ten a side, no interval.

    A unit that is treated later counts as a control until then, so controls are the never
    treated ones and those of every cohort but the first.
    """
    treated = int((panel.cohort != NEVER).sum())
    control = control_clusters(panel)
    if min(treated, control) < BOOTSTRAP_FROM:
        return "randomisation"
    return "analytic" if panel.unit_count >= ANALYTIC_FROM else "bootstrap"


def control_clusters(panel: Panel) -> int:
    """Number of units that are a control in some period after the first start."""
    starts = panel.treated_cohorts
    if not starts:
        return panel.unit_count
    return int((panel.cohort == NEVER).sum() + (panel.cohort > starts[0]).sum())


def thin_cells(cells: CellTable) -> int:
    """Number of cells after treatment with fewer than three treated or three control units."""
    table = cells.frame()
    return int((table["is_thin"] & table["is_post"]).sum())


def composition_change(
    frame: pd.DataFrame, *, unit: str, period: str, cohort: str, size: str
) -> tuple[str, ...]:
    """Units whose mean size after their start differs by more than a quarter from before.

    Never treated units are cut at the middle of the panel.

    Raises:
        UsageError: A column is missing.
    """
    _require(frame, unit, period, cohort, size)
    middle = float(frame[period].median())
    found = []
    for name, rows in frame.groupby(unit):
        start = rows[cohort].fillna(NEVER).iloc[0] or middle
        before = rows.loc[rows[period] < start, size].mean()
        after = rows.loc[rows[period] >= start, size].mean()
        if before > 0 and np.isfinite(after) and abs(after / before - 1) > COMPOSITION_LIMIT:
            found.append(str(name))
    return tuple(sorted(found))


def contaminated_controls(
    frame: pd.DataFrame, *, unit: str, period: str, cohort: str, active_share: str
) -> tuple[str, ...]:
    """Units with more than a tenth of active users in some period before they were treated.

    Raises:
        UsageError: A column is missing.
    """
    _require(frame, unit, period, cohort, active_share)
    start = frame[cohort].fillna(NEVER).replace(NEVER, np.inf)
    used = frame.loc[(frame[period] < start) & (frame[active_share] > CONTAMINATION_LIMIT), unit]
    return tuple(sorted({str(name) for name in used}))


def _require(frame: pd.DataFrame, *columns: str) -> None:
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise UsageError(f"the panel has no column {', '.join(missing)}: name existing columns")

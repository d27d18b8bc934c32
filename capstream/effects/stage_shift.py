"""Where time went: the same estimator on every stage, so that the stages add up to the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from capstream.effects.aggregation import AggregateKind
from capstream.effects.staggered import staggered_did

TOTAL = "total"


@dataclass(frozen=True)
class StageShift:
    """Effects on the mean time in each stage.

    Attributes:
        rows: One row per stage, the total last: stage, estimate, std_error (hours per change,
            or whatever unit the columns have).
        shifted_share: Increase after the first stage per hour that the first stage lost; None
            where the first stage did not fall.
    """

    rows: pd.DataFrame
    shifted_share: float | None


def stage_shift(
    frame: pd.DataFrame,
    *,
    unit: str,
    period: str,
    cohort: str,
    stages: Sequence[str],
    kind: AggregateKind = "group",
    **options: Any,
) -> StageShift:
    """Estimate the effect on each stage and on their sum, over the same complete rows.

    Args:
        frame: One row per unit and period; a row in which a stage is missing is left out.
        unit: Column of the unit.
        period: Column of the period.
        cohort: Column of the first treated period.
        stages: Columns of the mean time per stage, in order; the first is the work itself.
        kind: The aggregate.
        options: Further options of `staggered_did`.
    """
    complete = frame.dropna(subset=list(stages))
    complete = complete.assign(**{TOTAL: complete[list(stages)].sum(axis=1)})
    found = []
    for stage in (*stages, TOTAL):
        fitted = staggered_did(
            complete, unit=unit, period=period, cohort=cohort, outcome=stage, **options
        ).aggregate(kind)
        found.append({"stage": stage, "estimate": fitted.estimate, "std_error": fitted.std_error})
    rows = pd.DataFrame(found)
    first = float(rows["estimate"].iloc[0])
    later = float(rows["estimate"].iloc[1:-1].sum())
    return StageShift(rows, later / -first if first < 0 else None)

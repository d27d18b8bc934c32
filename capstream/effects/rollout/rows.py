"""One estimate as a row of `analysis.ai_effects`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from capstream.effects.bootstrap import LEVEL, sampled_means
from capstream.effects.distributions import normal_quantile, two_sided_p_value
from capstream.effects.guards import Inference
from capstream.effects.panel import Floats

DRAWS = 999
SEED = 20260101
"""The same draws in every run."""


@dataclass(frozen=True)
class EffectRow:
    """An estimate, in units of its outcome; None is not estimable, never zero.

    Attributes:
        outcome: Outcome.
        unit: Its unit in words.
        estimator: staggered_did, imputation, synthetic_control, synthetic_did,
            interrupted_time_series, trend_sensitivity, empirical_bayes, descriptive or not_used.
        aggregate: Which number of the estimator.
        cohort: Key of the first treated period; empty for all.
        period: Key of the period; empty for all.
        event_time: Periods since the start; None for all.
        estimate: The estimate.
        std_error: Its standard error.
        low: Lower bound, 95 %.
        high: Upper bound, 95 %.
        p_value: Two-sided.
        p_value_adjusted: After Holm, over the secondary outcomes.
        mde: Smallest effect that would be found 80 times in 100.
        treated_count: Treated teams behind it.
        control_count: Control teams behind it.
        is_thin: Fewer than three of either.
        note: What a reader must know.
    """

    outcome: str
    unit: str
    estimator: str
    aggregate: str
    cohort: str = ""
    period: str = ""
    event_time: int | None = None
    estimate: float | None = None
    std_error: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    p_value_adjusted: float | None = None
    mde: float | None = None
    treated_count: int | None = None
    control_count: int | None = None
    is_thin: bool = False
    note: str = ""

    @property
    def key(self) -> str:
        """What names the estimate inside a month."""
        at = "" if self.event_time is None else str(self.event_time)
        parts = (self.outcome, self.estimator, self.aggregate, self.cohort, self.period, at)
        return ":".join(parts)

    def record(self) -> dict[str, Any]:
        """Return the row as a record, with NaN as nothing."""
        return {
            name: None if isinstance(value, float) and not np.isfinite(value) else value
            for name, value in asdict(self).items()
        }


def inferred(row: EffectRow, influence: Floats, inference: Inference) -> EffectRow:
    """Add standard error, interval and p-value as the number of clusters allows."""
    units = len(influence)
    error = float(np.sqrt((influence**2).sum()) / units)
    if inference == "randomisation" or row.estimate is None or error == 0:
        return row
    if inference == "analytic":
        reach = normal_quantile((1 + LEVEL) / 2) * error
        p_value = two_sided_p_value(row.estimate / error)
    else:
        sampled = np.abs(sampled_means(influence[:, None], draws=DRAWS, seed=SEED)[:, 0]) / error
        reach = float(np.quantile(sampled, LEVEL)) * error
        as_large = int((sampled >= abs(row.estimate) / error).sum())
        p_value = (as_large + 1) / (DRAWS + 1)
    return replace(
        row,
        std_error=error,
        low=row.estimate - reach,
        high=row.estimate + reach,
        p_value=p_value,
    )


def holm_adjusted(rows: list[EffectRow]) -> list[EffectRow]:
    """Adjust the p-values of several outcomes for their number (Holm 1979)."""
    order = sorted(
        (place for place, row in enumerate(rows) if row.p_value is not None),
        key=lambda place: rows[place].p_value or 0.0,
    )
    adjusted = list(rows)
    largest = 0.0
    for rank, place in enumerate(order):
        largest = max(largest, min(1.0, (len(order) - rank) * (rows[place].p_value or 0.0)))
        adjusted[place] = replace(rows[place], p_value_adjusted=largest)
    return adjusted

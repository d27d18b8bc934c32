"""Rows that need no staggered estimate: means before and after, one series, one block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from capstream.effects.distributions import normal_quantile, two_sided_p_value
from capstream.effects.interrupted import InterruptedSeries, interrupted_time_series
from capstream.effects.panel import NEVER
from capstream.effects.rollout.design import Design
from capstream.effects.rollout.measures import OUTCOMES, UNIT_COLUMNS, Measures
from capstream.effects.rollout.rows import EffectRow
from capstream.effects.synthetic import synthetic_control, synthetic_did
from capstream.errors import UsageError

_BLOCK_ESTIMATORS = {"synthetic_did": synthetic_did, "synthetic_control": synthetic_control}
_SERIES = {
    "level_change": "level change at the start",
    "slope_change": "change of slope per period",
    "trend": "trend before, per period",
}


def before_after_rows(measures: Measures, outcome: str, design: Design) -> Iterator[EffectRow]:
    """Yield means over the window, before and after, of treated teams and of the others.

    Treated teams are cut at their own start, the others at the first one; every team and period
    counts once, as in the estimator. With one start, never treated controls and no gap, the means
    of the base (the last periods before the start, anticipation left out) are given too: only
    they give the estimate as a difference of differences.
    """
    frame = measures.of(outcome).dropna(subset=["value"])
    treated = frame["cohort"] != NEVER
    if not treated.any():
        return
    first = int(frame.loc[treated, "cohort"].min())
    start = frame["cohort"].where(treated, first)
    after = frame["period_number"] >= start
    cells = {
        "treated_before": treated & ~after,
        "treated_after": treated & after,
        "control_before": ~treated & ~after,
        "control_after": ~treated & after,
    }
    if _is_plain_difference(frame, treated):
        last = first - 1 - design.anticipation
        base = frame["period_number"].between(last - design.base_periods + 1, last)
        cells |= {"treated_base": treated & base, "control_base": ~treated & base}
    for name, chosen in cells.items():
        rows = frame.loc[chosen]
        yield EffectRow(
            outcome,
            OUTCOMES[outcome],
            "descriptive",
            name,
            estimate=float(rows["value"].mean()) if len(rows) else None,
            treated_count=int(rows["team"].nunique()),
        )


def _is_plain_difference(frame: pd.DataFrame, treated: pd.Series[bool]) -> bool:
    """Whether the four cells with the base period give the estimate: one start, no gap."""
    is_balanced = len(frame) == frame["team"].nunique() * frame["period_number"].nunique()
    one_start = frame.loc[treated, "cohort"].nunique() == 1
    return bool(is_balanced and one_start and (~treated).any())


def series_rows(measures: Measures, outcome: str) -> Iterator[EffectRow]:
    """Yield level and slope of the company's own series; short ones say so and show no number."""
    base = EffectRow(outcome, OUTCOMES[outcome], "interrupted_time_series", "level_change")
    frame = measures.of(outcome)
    summed = frame.groupby("period_number")[["numerator", "denominator"]].sum().reset_index()
    series = summed.assign(value=summed["numerator"] / summed["denominator"].replace(0, np.nan))
    start = frame.loc[frame["cohort"] != NEVER, "cohort"]
    try:
        fit = interrupted_time_series(
            series, time="period_number", outcome="value", start=float(start.min())
        )
    except UsageError as reason:
        yield replace(base, note=str(reason))
        return
    yield from (_series_row(base, fit, name) for name in _SERIES)


def _series_row(base: EffectRow, fit: InterruptedSeries, name: str) -> EffectRow:
    row = replace(base, aggregate=name, note="; ".join((_SERIES[name], *fit.flags)))
    if fit.flags:
        return row
    estimate, error = fit.coefficients[name], fit.std_errors[name]
    reach = normal_quantile(0.975) * error
    return replace(
        row,
        estimate=estimate,
        std_error=error,
        low=estimate - reach,
        high=estimate + reach,
        p_value=two_sided_p_value(estimate / error) if error > 0 else None,
    )


def block_rows(measures: Measures, outcome: str) -> Iterator[EffectRow]:
    """Yield the effect on one small block against weighted donors."""
    frame: pd.DataFrame = measures.of(outcome)
    for name, estimate in (
        ("synthetic_did", synthetic_did),
        ("synthetic_control", synthetic_control),
    ):
        row = EffectRow(outcome, OUTCOMES[outcome], name, "block")
        try:
            found = estimate(frame, **UNIT_COLUMNS, outcome="value")
        except UsageError as reason:
            yield replace(row, note=str(reason))
            continue
        yield replace(
            row,
            estimate=found.estimate,
            p_value=found.p_value,
            treated_count=int(frame.loc[frame["cohort"] != NEVER, "team"].nunique()),
            control_count=int(frame.loc[frame["cohort"] == NEVER, "team"].nunique()),
            note="; ".join((f"gap before the start {found.pre_rmspe:.3g}", *found.flags)),
        )

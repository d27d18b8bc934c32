"""Few treated units with many donors: synthetic control and synthetic difference-in-differences.

Sources: Abadie, Diamond and Hainmueller (2010), Journal of the American Statistical Association
105; Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021), American Economic Review 111(12).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from capstream.effects.panel import NEVER, Floats, Panel, read_panel
from capstream.effects.simplex import simplex_weights
from capstream.errors import UsageError

MINIMUM_DONORS = 10
MINIMUM_PRE_PERIODS = 20


@dataclass(frozen=True)
class SyntheticEffect:
    """The effect on one treated block against a weighted donor.

    Attributes:
        estimate: Mean effect over the periods after the start, in units of the outcome.
        path: One row per period: period, treated, synthetic, effect.
        weights: Donor → weight, those above zero.
        pre_rmspe: Root mean squared gap before the start: how well the donor fits.
        p_value: Rank of the treated block among placebos / (donors + 1).
        flags: Why the estimate should not be relied upon; empty when there is no reason.
    """

    estimate: float
    path: pd.DataFrame
    weights: dict[str, float]
    pre_rmspe: float
    p_value: float
    flags: tuple[str, ...]


@dataclass(frozen=True)
class _Fit:
    """Weights of donors, and the gap that is left: treated less synthetic, shape (periods,)."""

    weights: Floats
    synthetic: Floats
    estimate: float


_Fitter = Callable[[Floats, Floats, int, int], _Fit]


def synthetic_control(
    frame: pd.DataFrame, *, unit: str, period: str, cohort: str, outcome: str
) -> SyntheticEffect:
    """Compare the mean of one treated block with donors weighted to its path before the start.

    The p-value ranks the ratio of the gaps after and before the start among all donors.

    Raises:
        UsageError: There is more than one cohort, no donor, or a period without an outcome.
    """
    return _estimate(frame, _control_fit, unit, period, cohort, outcome, by_ratio=True)


def synthetic_did(
    frame: pd.DataFrame, *, unit: str, period: str, cohort: str, outcome: str
) -> SyntheticEffect:
    """Weigh donors and periods before the start, and difference out their levels.

    The p-value ranks the size of the effect among all donors treated in its place.

    Raises:
        UsageError: There is more than one cohort, no donor, or a period without an outcome.
    """
    return _estimate(frame, _difference_fit, unit, period, cohort, outcome, by_ratio=False)


def _estimate(
    frame: pd.DataFrame,
    fit: _Fitter,
    unit: str,
    period: str,
    cohort: str,
    outcome: str,
    *,
    by_ratio: bool,
) -> SyntheticEffect:
    panel = read_panel(frame, unit=unit, period=period, cohort=cohort, outcome=outcome)
    start = _one_start(panel)
    treated = panel.cohort != NEVER
    block, donors = panel.outcome[treated].mean(axis=0), panel.outcome[~treated]
    before = int((panel.periods < start).sum())
    real = fit(block, donors, before, int(treated.sum()))
    placebos = [
        (donor, fit(donor, np.delete(donors, place, axis=0), before, 1))
        for place, donor in enumerate(donors)
        if len(donors) > 1
    ]
    size = _ratio if by_ratio else _magnitude
    own = size(block, real, before)
    as_large = sum(size(donor, placebo, before) >= own for donor, placebo in placebos)
    names = [name for name, is_treated in zip(panel.units, treated, strict=True) if not is_treated]
    gap = block - real.synthetic
    return SyntheticEffect(
        estimate=real.estimate,
        path=pd.DataFrame(
            {
                "period": panel.periods,
                "treated": block,
                "synthetic": real.synthetic,
                "effect": gap,
            }
        ),
        weights={
            str(name): float(weight)
            for name, weight in sorted(
                zip(names, real.weights, strict=True), key=lambda pair: str(pair[0])
            )
            if weight > 0
        },
        pre_rmspe=float(np.sqrt((gap[:before] ** 2).mean())),
        p_value=(as_large + 1) / (len(donors) + 1),
        flags=_flags(len(donors), before),
    )


def _one_start(panel: Panel) -> int:
    starts = panel.treated_cohorts
    if len(starts) != 1 or not (panel.cohort == NEVER).any():
        raise UsageError(
            "a synthetic control needs one treated cohort and never treated donors: use "
            "staggered_did for several cohorts"
        )
    if not np.isfinite(panel.outcome).all():
        raise UsageError("a unit has a period without an outcome: give a balanced panel")
    return starts[0]


def _control_fit(block: Floats, donors: Floats, before: int, _: int) -> _Fit:
    weights = simplex_weights(donors[:, :before].T, block[:before])
    synthetic = weights @ donors
    return _Fit(weights, synthetic, float((block - synthetic)[before:].mean()))


def _difference_fit(block: Floats, donors: Floats, before: int, treated: int) -> _Fit:
    past, later = donors[:, :before], donors[:, before:].mean(axis=1)
    noise = float(np.diff(past, axis=1).std(ddof=1))
    after = donors.shape[1] - before
    ridge = (treated * after) ** 0.5 * noise**2 * before
    weights = simplex_weights(
        (past - past.mean(axis=1, keepdims=True)).T,
        block[:before] - block[:before].mean(),
        ridge=ridge,
    )
    times = simplex_weights(
        past - past.mean(axis=0), later - later.mean(), ridge=1e-12 * noise**2 * len(donors)
    )
    level = float(times @ block[:before] - weights @ past @ times)
    synthetic = weights @ donors + level
    return _Fit(weights, synthetic, float((block - synthetic)[before:].mean()))


def _ratio(unit: Floats, fit: _Fit, before: int) -> float:
    gap = (unit - fit.synthetic) ** 2
    fitted = float(gap[:before].mean())
    return float(gap[before:].mean()) / fitted if fitted > 0 else np.inf


def _magnitude(_: Floats, fit: _Fit, __: int) -> float:
    return abs(fit.estimate)


def _flags(donors: int, before: int) -> tuple[str, ...]:
    flags = []
    if donors < MINIMUM_DONORS:
        flags.append(f"{donors} donors: fewer than {MINIMUM_DONORS}")
    if before < MINIMUM_PRE_PERIODS:
        flags.append(f"{before} periods before the start: fewer than {MINIMUM_PRE_PERIODS}")
    return tuple(flags)

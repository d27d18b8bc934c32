"""The future state of a value stream: measured items drawn whole, levers pulled, nothing assumed.

Whole items are resampled (Efron, 1979), which keeps the correlation between their steps. With
all levers at rest the measured map comes back exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from capstream.errors import UsageError

Hours = NDArray[np.float64]
PERCENTILES = (50.0, 85.0, 95.0)
_CELLS_AT_ONCE = 4_000_000


class LeverKind(StrEnum):
    """What a change acts on, as `improvements` names it."""

    WAIT = "wait"
    PROCESS_TIME = "process_time"
    COMPLETE_ACCURATE = "complete_accurate"
    WIP_LIMIT = "wip_limit"


@dataclass(frozen=True, slots=True)
class Lever:
    """One change of the plan.

    Attributes:
        step: Step of the stream.
        kind: What the change acts on.
        change: Relative change of wait and process time (−0.7); the new visit-based ratio of
            complete and accurate work (0..1]; items in the step for a limit of work in progress.
    """

    step: str
    kind: LeverKind
    change: float


@dataclass(frozen=True, slots=True)
class FlowHistory:
    """Finished items of a stream, measured.

    Attributes:
        steps: Names of the steps, in order.
        process_hours: Process time, items × steps, working hours over all visits.
        wait_hours: Lead less process time, the same shape.
        complete_accurate: Visit-based share of complete and accurate work per step, in (0, 1].
        items_per_hour: Items finished per working hour, for limits of work in progress.
    """

    steps: tuple[str, ...]
    process_hours: Hours
    wait_hours: Hours
    complete_accurate: Hours
    items_per_hour: float = 0.0


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the levers would have done to the measured items.

    Attributes:
        mean_now: Measured mean lead time, working hours.
        mean_after: Mean lead time with the levers.
        percentiles_now: P50, P85 and P95 of the items drawn, without the levers.
        percentiles_after: The same with the levers.
        difference_low: 2.5 % point of the bootstrapped difference of means (after − now).
        difference_high: 97.5 % point of it.
        target_chance: Share of items drawn that meet the target; None without one.
        item_count: Measured items.
    """

    mean_now: float
    mean_after: float
    percentiles_now: tuple[float, float, float]
    percentiles_after: tuple[float, float, float]
    difference_low: float
    difference_high: float
    target_chance: float | None
    item_count: int


def lead_hours_after(history: FlowHistory, levers: Sequence[Lever]) -> Hours:
    """Return each item's lead time in working hours with the levers pulled.

    `Σ_s (PT_s × (1 − p_s) + wait_s × (1 − w_s)) × C_s / C'_s`, with C the visit-based share of
    complete and accurate work.

    Raises:
        UsageError: A lever names an unknown step or an impossible change.
    """
    process, wait, repeat = _factors(history, levers)
    hours: Hours = ((history.process_hours * process + history.wait_hours * wait) * repeat).sum(
        axis=1
    )
    return hours


def simulate(
    history: FlowHistory,
    levers: Sequence[Lever],
    *,
    target_hours: float | None = None,
    draws: int = 10_000,
    seed: int = 0,
) -> Forecast:
    """Draw items whole and compare them with and without the levers.

    Args:
        history: The measured items.
        levers: Changes; none gives the measured map back.
        target_hours: Lead time to meet, working hours.
        draws: Items drawn, and resamples of the difference of means.
        seed: Seed of the draws: the same inputs give the same forecast.

    Raises:
        UsageError: No item was measured, or a lever is impossible.
    """
    now = (history.process_hours + history.wait_hours).sum(axis=1)
    if now.size == 0:
        raise UsageError("no finished item was measured: a future state needs a measured one")
    after = lead_hours_after(history, levers)
    random = np.random.default_rng(seed)
    drawn = random.integers(0, now.size, size=draws)
    low, high = np.percentile(_resampled_means(after - now, draws, random), (2.5, 97.5))
    met = None if target_hours is None else float(np.mean(after[drawn] <= target_hours))
    return Forecast(
        mean_now=float(now.mean()),
        mean_after=float(after.mean()),
        percentiles_now=_percentiles(now[drawn]),
        percentiles_after=_percentiles(after[drawn]),
        difference_low=float(low),
        difference_high=float(high),
        target_chance=met,
        item_count=int(now.size),
    )


def _factors(history: FlowHistory, levers: Sequence[Lever]) -> tuple[Hours, Hours, Hours]:
    """Return what process time, wait and visits of each step are multiplied by."""
    process = np.ones(len(history.steps))
    wait = np.ones(len(history.steps))
    repeat = np.ones(len(history.steps))
    for lever in levers:
        place = _place(history, lever)
        if lever.kind is LeverKind.PROCESS_TIME:
            process[place] *= 1 + lever.change
        elif lever.kind is LeverKind.WAIT:
            wait[place] *= 1 + lever.change
        elif lever.kind is LeverKind.COMPLETE_ACCURATE:
            repeat[place] = history.complete_accurate[place] / lever.change
        else:
            wait[place] *= _limited_wait(history, place, lever.change)
    return process, wait, repeat


def _place(history: FlowHistory, lever: Lever) -> int:
    if lever.step not in history.steps:
        raise UsageError(f"step {lever.step!r} is not in the stream: {', '.join(history.steps)}")
    is_ratio = lever.kind is LeverKind.COMPLETE_ACCURATE
    is_relative = lever.kind in {LeverKind.WAIT, LeverKind.PROCESS_TIME}
    if (is_ratio and not 0 < lever.change <= 1) or (is_relative and lever.change < -1):
        raise UsageError(f"{lever.kind} of {lever.step} cannot become {lever.change}")
    if lever.kind is LeverKind.WIP_LIMIT and lever.change <= 0:
        raise UsageError(f"a limit of {lever.change} items stops {lever.step}: allow at least one")
    return history.steps.index(lever.step)


def _limited_wait(history: FlowHistory, place: int, limit: float) -> float:
    """Return the factor on waiting that a limit leaves: by Little's law LT' = limit / λ at most."""
    wait = float(history.wait_hours[:, place].mean())
    if wait == 0 or history.items_per_hour == 0:
        return 1.0
    allowed = limit / history.items_per_hour - float(history.process_hours[:, place].mean())
    return min(1.0, max(0.0, allowed) / wait)


def _percentiles(hours: Hours) -> tuple[float, float, float]:
    p50, p85, p95 = np.percentile(hours, PERCENTILES)
    return float(p50), float(p85), float(p95)


def _resampled_means(values: Hours, draws: int, random: np.random.Generator) -> Hours:
    """Return means of resamples, in blocks that fit in memory."""
    block = max(1, _CELLS_AT_ONCE // values.size)
    means = []
    for start in range(0, draws, block):
        size = (min(block, draws - start), values.size)
        means.append(values[random.integers(0, values.size, size=size)].mean(axis=1))
    return np.concatenate(means)

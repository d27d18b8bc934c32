"""Return on an investment in tools: capacity, redeployed and cash, never added.

Hours saved at constant output are S = H·θ/(1+θ), with H the in-scope delivery hours of the
treated team-months and θ the relative effect on throughput. Capacity is S at a loaded rate and
is not cash; redeployed is the share of it that allocation evidence shows on other work; cash is
spend that actually stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from capstream.effects.panel import Floats
from capstream.errors import UsageError

Range = tuple[float, float, float]
Uncertain = float | Range


@dataclass(frozen=True)
class ReturnLine:
    """One of the three lines.

    Attributes:
        benefit: Money over the window.
        roi: (benefit - cost) / cost; negative is allowed.
        interval: 2.5 and 97.5 percentiles of roi over the joint draws; None without draws.
    """

    benefit: float
    roi: float
    interval: tuple[float, float] | None


@dataclass(frozen=True)
class Return:
    """The three lines side by side, the break-even effect and the payback.

    Attributes:
        capacity: Value of freed hours at the loaded rate: not cash.
        redeployed: The part of it that is evidenced on other work.
        cash: Spend that stopped.
        cost: Total cost of the window.
        hours_saved: S, hours over the window.
        break_even_theta: The effect at which capacity pays the cost; None when no effect can.
        payback_months: One-off cost over the month's capacity benefit less recurring cost;
            None when that is not positive.
        probability_positive: Share of the draws with a positive capacity roi; None without draws.
    """

    capacity: ReturnLine
    redeployed: ReturnLine
    cash: ReturnLine
    cost: float
    hours_saved: float
    break_even_theta: float | None
    payback_months: float | None
    probability_positive: float | None


def hours_saved(hours: float | Floats, theta: float | Floats) -> Floats:
    """Hours saved at constant output: H·θ/(1+θ)."""
    return np.asarray(np.asarray(hours) * theta / (1 + np.asarray(theta)))


def return_on_investment(
    *,
    hours: float,
    theta: float,
    rate: Uncertain,
    costs: Mapping[str, float],
    one_off: Iterable[str] = (),
    months: float = 1,
    redeployed_share: Uncertain = 0,
    cash: float = 0,
    draws: npt.ArrayLike | None = None,
    seed: int = 0,
) -> Return:
    """Compute the return of a window of `months`.

    Args:
        hours: In-scope delivery hours of treated team-months in the window.
        theta: Relative effect on throughput (0.25 = a quarter more); above -1.
        rate: Loaded rate per hour, or (low, mode, high).
        costs: Names to amounts of the whole window.
        one_off: Names of the costs that are paid once.
        months: Length of the window.
        redeployed_share: Share of freed time evidenced on other work, or (low, mode, high).
        cash: Spend that stopped in the window.
        draws: Draws of theta; rate and share are drawn triangular beside them.
        seed: Seed of those draws.

    Raises:
        UsageError: A cost named as one-off is not there, costs are not positive, theta is at or
            below -1, or a range is not ordered.
    """
    unknown = [name for name in one_off if name not in costs]
    if unknown:
        raise UsageError(f"one_off names no cost {', '.join(unknown)}: use names of `costs`")
    total = float(sum(costs.values()))
    if total <= 0:
        raise UsageError("costs sum to nothing: a return on no cost has no meaning")
    if theta <= -1:
        raise UsageError(
            f"theta {theta} is not above -1: a relative effect cannot lose more than all"
        )
    saved = float(hours_saved(hours, theta))
    capacity = saved * _mode(rate)
    sampled = _sample(hours, rate, redeployed_share, draws, seed)
    return Return(
        capacity=_line(capacity, total, sampled[0] if sampled else None),
        redeployed=_line(
            capacity * _mode(redeployed_share), total, sampled[1] if sampled else None
        ),
        cash=_line(cash, total, np.full_like(sampled[0], cash) if sampled else None),
        cost=total,
        hours_saved=saved,
        break_even_theta=_break_even(total, _mode(rate), hours),
        payback_months=_payback(capacity, total, costs, one_off, months),
        probability_positive=float((sampled[0] > total).mean()) if sampled else None,
    )


def _mode(value: Uncertain) -> float:
    return float(value[1]) if isinstance(value, tuple) else float(value)


def _sample(
    hours: float, rate: Uncertain, share: Uncertain, draws: npt.ArrayLike | None, seed: int
) -> tuple[Floats, Floats] | None:
    if draws is None:
        return None
    theta = np.asarray(draws, dtype=np.float64)
    generator = np.random.default_rng(seed)
    capacity = hours_saved(hours, theta) * _draw(rate, len(theta), generator)
    return capacity, capacity * _draw(share, len(theta), generator)


def _draw(value: Uncertain, count: int, generator: np.random.Generator) -> Floats:
    if not isinstance(value, tuple):
        return np.full(count, float(value))
    low, mode, high = value
    if not low <= mode <= high:
        raise UsageError(f"range {value} is not ordered: give (low, mode, high)")
    if low == high:
        return np.full(count, float(low))
    return generator.triangular(low, mode, high, count)


def _line(benefit: float, cost: float, sampled: Floats | None) -> ReturnLine:
    interval = None
    if sampled is not None:
        low, high = np.percentile((sampled - cost) / cost, [2.5, 97.5])
        interval = (float(low), float(high))
    return ReturnLine(benefit, (benefit - cost) / cost, interval)


def _break_even(cost: float, rate: float, hours: float) -> float | None:
    """Effect whose saved hours pay the cost; none when even all hours saved would not."""
    if rate <= 0 or hours <= 0:
        return None
    share = cost / rate / hours
    return share / (1 - share) if share < 1 else None


def _payback(
    capacity: float, cost: float, costs: Mapping[str, float], one_off: Iterable[str], months: float
) -> float | None:
    once = float(sum(costs[name] for name in one_off))
    monthly = (capacity - (cost - once)) / months
    return once / monthly if monthly > 0 else None

"""Whether a shorter wait is feasible: Kingman's approximation and Little's law."""

from __future__ import annotations

from dataclasses import dataclass

from capstream.errors import UsageError


@dataclass(frozen=True, slots=True)
class Feasibility:
    """What a change of waiting asks of a step's capacity.

    Attributes:
        utilisation: Load of the step now, demand ÷ capacity.
        utilisation_needed: Load at which the wait is as asked; None where the step is unstable.
        capacity_change: Relative change of capacity that gives that load; None where unstable.
        state: `stable`, or `unstable` where the load passes one and no wait exists.
    """

    utilisation: float
    utilisation_needed: float | None
    capacity_change: float | None
    state: str


def expected_wait_hours(
    *, utilisation: float, arrival_variation: float, service_variation: float, service_hours: float
) -> float | None:
    """Return Kingman's wait `ρ/(1−ρ) × (ca²+cs²)/2 × τ` (J. F. C. Kingman, 1961), None at ρ ≥ 1.

    Args:
        utilisation: ρ, demand ÷ capacity.
        arrival_variation: Squared coefficient of variation of the times between arrivals.
        service_variation: Squared coefficient of variation of the process time.
        service_hours: Mean process time τ in hours.
    """
    if utilisation >= 1:
        return None
    variation = (arrival_variation + service_variation) / 2
    return utilisation / (1 - utilisation) * variation * service_hours


def wait_feasibility(*, utilisation: float, wait_change: float) -> Feasibility:
    """Say which capacity a relative change of the wait needs, variation and work unchanged.

    Args:
        utilisation: Load now, demand ÷ capacity.
        wait_change: Relative change of the mean wait, such as −0.7.

    Raises:
        UsageError: The load is not positive or the change is below −1.
    """
    if utilisation <= 0 or wait_change < -1:
        raise UsageError("feasibility needs a load above zero and a change of at least -1")
    if utilisation >= 1:
        return Feasibility(utilisation, None, None, "unstable")
    ratio = utilisation / (1 - utilisation) * (1 + wait_change)
    needed = ratio / (1 + ratio)
    change = None if needed == 0 else utilisation / needed - 1
    return Feasibility(utilisation, needed, change, "stable")


def work_in_progress_limit(*, items_per_hour: float, lead_hours: float) -> float:
    """Return the items in progress that go with a lead time: `λ × LT'` (J. D. C. Little, 1961)."""
    return items_per_hour * lead_hours

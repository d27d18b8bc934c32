"""The open return calculator of the DORA programme as a function: an outside view, never ours.

Source: DORA, "ROI of AI-assisted software development" (2026) and the calculator's published
code (Apache-2.0), whose structure is re-expressed here. Features and downtime are modelled
values and never cash.
"""

from __future__ import annotations

from dataclasses import dataclass

_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class DoraInputs:
    """Inputs of a year, with the calculator's defaults; money in one currency."""

    staff: float = 500
    salary: float = 176_000
    revenue: float = 100_000_000
    downtime_cost_per_hour: float = 100_000
    deployments_before: float = 50
    deployments_after: float = 56
    idea_success: float = 0.33
    revenue_impact: float = 0.005
    change_fail_before: float = 0.05
    change_fail_after: float = 0.06
    recovery_hours: float = 4
    time_saved: float = 0.125
    licence_per_person: float = 250
    extra_per_person: float = 80
    training_per_person: float = 9_600
    infrastructure: float = 100_000
    dip: float = 0.15
    dip_months: float = 3


@dataclass(frozen=True)
class DoraReturn:
    """What the calculator prints: modelled values of the first year.

    Attributes:
        hard_cost: Licences, extras, training and infrastructure.
        dip_cost: Pay of the output lost while people learn.
        investment: Both together.
        capacity: Pay of the time saved: freed, not cash.
        features: Revenue of additional successful features.
        downtime: Cost of failures avoided; negative where failures rise.
        value: The three together.
        roi: (value - investment) / investment.
        payback_years: investment / value; None where there is no value.
        cash_like: Features and downtime alone.
        cash_like_roi: (cash_like - investment) / investment.
    """

    hard_cost: float
    dip_cost: float
    investment: float
    capacity: float
    features: float
    downtime: float
    value: float
    roi: float
    payback_years: float | None
    cash_like: float
    cash_like_roi: float

    @property
    def net(self) -> float:
        """Value less investment."""
        return self.value - self.investment


def dora_return(inputs: DoraInputs | None = None) -> DoraReturn:
    """Compute the calculator's outputs."""
    given = inputs or DoraInputs()
    per_person = given.licence_per_person + given.extra_per_person + given.training_per_person
    hard_cost = per_person * given.staff + given.infrastructure
    dip_cost = given.staff * given.salary * given.dip * given.dip_months / _MONTHS
    capacity = given.staff * given.salary * given.time_saved
    features = (
        (given.deployments_after - given.deployments_before)
        * given.idea_success
        * given.revenue_impact
        * given.revenue
    )
    failures_before = given.deployments_before * given.change_fail_before
    failures_after = given.deployments_after * given.change_fail_after
    outage = given.recovery_hours * given.downtime_cost_per_hour
    downtime = (failures_before - failures_after) * outage
    investment, value = hard_cost + dip_cost, capacity + features + downtime
    return DoraReturn(
        hard_cost=hard_cost,
        dip_cost=dip_cost,
        investment=investment,
        capacity=capacity,
        features=features,
        downtime=downtime,
        value=value,
        roi=(value - investment) / investment,
        payback_years=investment / value if value > 0 else None,
        cash_like=features + downtime,
        cash_like_roi=(features + downtime - investment) / investment,
    )

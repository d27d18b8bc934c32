"""The future state: levers on the worked example, identities at rest, the same draws twice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from capstream.errors import UsageError
from capstream.flow import (
    FlowHistory,
    Lever,
    LeverKind,
    lead_hours_after,
    simulate,
    wait_feasibility,
    work_in_progress_limit,
)
from capstream.flow.queueing import expected_wait_hours

# Items A to D of the worked example, Ready, Dev, Review, Test, Deploy.
LEAD = np.array([[4, 12, 6, 3, 2], [8, 16, 11, 6, 1], [2, 7, 11, 11, 1], [8, 8, 0, 2, 1]], float)
PROCESS = np.array([[0, 12, 2, 1, 2], [0, 16, 2, 1, 1], [0, 7, 2, 3, 1], [0, 8, 0, 2, 1]], float)
EXAMPLE = FlowHistory(
    steps=("Ready", "Dev", "Review", "Test", "Deploy"),
    process_hours=PROCESS,
    wait_hours=LEAD - PROCESS,
    complete_accurate=np.array([1, 2 / 3, 1, 1, 1]),
    items_per_hour=4 / 176,
)


def lever(step: str, kind: LeverKind, change: float) -> Lever:
    return Lever(step=step, kind=kind, change=change)


def test_levers_at_rest_give_the_measured_map() -> None:
    assert lead_hours_after(EXAMPLE, []).tolist() == LEAD.sum(axis=1).tolist()
    rest = [
        lever("Review", LeverKind.WAIT, 0),
        lever("Dev", LeverKind.PROCESS_TIME, 0),
        lever("Dev", LeverKind.COMPLETE_ACCURATE, 2 / 3),
    ]
    forecast = simulate(EXAMPLE, rest)
    assert forecast.mean_after == forecast.mean_now == 30
    assert forecast.percentiles_after == forecast.percentiles_now
    assert forecast.difference_low == forecast.difference_high == 0


def test_shorter_review_wait_of_the_example() -> None:
    after = lead_hours_after(EXAMPLE, [lever("Review", LeverKind.WAIT, -0.7)])
    assert after.tolist() == pytest.approx([24.2, 35.7, 25.7, 19.0])
    assert after.mean() == pytest.approx(26.15)
    assert PROCESS.sum() / after.sum() == pytest.approx(0.5832, abs=5e-5)


def test_better_work_lowers_visits() -> None:
    after = lead_hours_after(EXAMPLE, [lever("Dev", LeverKind.COMPLETE_ACCURATE, 1.0)])
    assert after.mean() == pytest.approx(30 - 10.75 / 3)


def test_limit_caps_the_wait_by_littles_law() -> None:
    now = EXAMPLE.wait_hours[:, 2].mean() + PROCESS[:, 2].mean()
    limit = EXAMPLE.items_per_hour * now / 2
    after = lead_hours_after(EXAMPLE, [lever("Review", LeverKind.WIP_LIMIT, limit)])
    assert after.mean() == pytest.approx(30 - now / 2)
    loose = [lever("Review", LeverKind.WIP_LIMIT, 100)]
    assert lead_hours_after(EXAMPLE, loose).mean() == 30


def test_draws_repeat_with_their_seed() -> None:
    levers = [lever("Review", LeverKind.WAIT, -0.7)]
    first = simulate(EXAMPLE, levers, target_hours=30, seed=3)
    assert first == simulate(EXAMPLE, levers, target_hours=30, seed=3)
    assert first.target_chance == pytest.approx(0.75, abs=0.02)
    assert first.difference_low < -3.85 < first.difference_high < 0
    assert first.percentiles_after[0] <= first.percentiles_after[1] <= first.percentiles_after[2]


def test_impossible_levers_are_refused() -> None:
    for bad in (
        lever("Nowhere", LeverKind.WAIT, 0),
        lever("Dev", LeverKind.WAIT, -1.1),
        lever("Dev", LeverKind.COMPLETE_ACCURATE, 1.2),
        lever("Dev", LeverKind.WIP_LIMIT, 0),
    ):
        with pytest.raises(UsageError):
            lead_hours_after(EXAMPLE, [bad])


def test_nothing_measured_is_no_forecast() -> None:
    empty = replace(EXAMPLE, process_hours=np.zeros((0, 5)), wait_hours=np.zeros((0, 5)))
    with pytest.raises(UsageError, match="no finished item"):
        simulate(empty, [])


def test_feasibility_of_the_design() -> None:
    found = wait_feasibility(utilisation=0.9, wait_change=-0.7)
    assert found.utilisation_needed == pytest.approx(0.7297, abs=1e-4)
    assert found.capacity_change == pytest.approx(0.2333, abs=1e-4)
    overloaded = wait_feasibility(utilisation=1.05, wait_change=-0.1)
    assert (overloaded.state, overloaded.utilisation_needed) == ("unstable", None)


def test_kingman_and_little() -> None:
    waits = [
        expected_wait_hours(
            utilisation=load, arrival_variation=1, service_variation=1, service_hours=2
        )
        for load in (0.5, 0.9, 1.0)
    ]
    assert waits == [2, pytest.approx(18), None]
    assert work_in_progress_limit(items_per_hour=0.5, lead_hours=30) == 15

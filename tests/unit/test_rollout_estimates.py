"""From the panel of teams to graded rows: the hand-made company, and what each grade may print."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from capstream.effects import return_on_investment
from capstream.effects.rollout.design import Design
from capstream.effects.rollout.draws import draw_records
from capstream.effects.rollout.estimation import RolloutEstimates, estimate_rollout
from capstream.effects.rollout.measures import OUTCOMES, Measures
from tests.unit.test_effects import COSTS, TOY

DESIGN = Design(control="never", is_recorded_before=True, assignment="planned_order")
NOBODY = pd.DataFrame({"team": [], "month_number": [], "cohort": [], "active_share": []})


def measures_of(panel: dict[str, tuple[int, list[float]]], *, hours: float = 600) -> Measures:
    """Every outcome has the same values; ten developers a team, twelve tenths of that in hours."""
    rows = [
        {
            "team": team,
            "outcome": outcome,
            "period_key": f"2026-{period:02d}",
            "period_number": period,
            "cohort": cohort,
            "value": value,
            "numerator": value * 10,
            "denominator": 10.0,
            "developer_weeks": 10.0,
            "delivery_hours": hours,
        }
        for outcome in OUTCOMES
        for team, (cohort, values) in panel.items()
        for period, value in enumerate(values, start=1)
    ]
    last = max(len(values) for _, values in panel.values())
    return Measures(pd.DataFrame(rows), {n: f"2026-{n:02d}" for n in range(1, last + 1)})


def found(panel, design: Design = DESIGN) -> RolloutEstimates:
    return estimate_rollout(measures_of(panel), design, NOBODY)


def estimates(result: RolloutEstimates, outcome: str = "accepted_items") -> dict[str, float]:
    return {
        f"{row.estimator}:{row.aggregate}": row.estimate
        for row in result.rows
        if row.outcome == outcome and row.event_time is None and not row.cohort
    }


def noisy(cohorts: list[int], *, periods: int = 24, effect: float = 0.0, seed: int = 1):
    generator = np.random.default_rng(seed)
    season = generator.normal(0, 0.3, periods)
    return {
        f"T{number:02d}": (
            cohort,
            list(
                5
                + season
                + generator.normal(0, 0.2, periods)
                + effect * (np.arange(1, periods + 1) >= cohort) * (cohort > 0)
            ),
        )
        for number, cohort in enumerate(cohorts)
    }


def test_three_teams_are_an_illustration_without_interval_or_return():
    result = found(TOY)
    assert result.verdict.grade == "illustration"
    assert (result.verdict.treated_count, result.verdict.control_count) == (2, 2)
    assert result.verdict.theta is None
    assert len(result.theta_draws) == 0
    assert all(row.low is None and row.std_error is None for row in result.rows)


def test_the_hand_made_panel_comes_out_with_the_two_wrong_numbers_beside_it():
    numbers = estimates(found(TOY))
    assert numbers["staggered_did:simple"] == pytest.approx(7 / 6)
    assert numbers["staggered_did:group"] == pytest.approx(1)
    assert numbers["staggered_did:dynamic"] == pytest.approx(1.375)
    assert numbers["staggered_did:calendar"] == pytest.approx(1.125)
    assert numbers["not_used:naive_before_after"] == pytest.approx(35 / 6 - 24 / 6)
    assert numbers["not_used:two_way_fixed_effects"] == pytest.approx(0.75)


def test_money_follows_from_the_same_panel():
    """Nine teams like the three: enough to be graded, and the same relative effect."""
    panel = {f"{name}{n}": TOY[name] for name in TOY for n in range(3)}
    verdict = found(panel).verdict
    assert verdict.grade == "B"
    assert verdict.theta == pytest.approx(0.25)
    assert (verdict.extra_output, verdict.actual_output) == (
        pytest.approx(210),
        pytest.approx(1050),
    )
    assert verdict.delivery_hours == pytest.approx(3 * 6 * 600)
    money = return_on_investment(
        hours=7_200, theta=verdict.theta, rate=100, costs=COSTS, redeployed_share=0.5
    )
    assert (money.capacity.roi, money.redeployed.roi, money.cash.roi) == (
        pytest.approx(1.88),
        pytest.approx(0.44),
        pytest.approx(-1),
    )


def test_few_teams_get_a_randomisation_p_value_and_no_interval():
    result = found(noisy([0, 0, 8, 8, 12, 12, 16, 16], effect=1.0), replace(DESIGN))
    headline = result.rows[0]
    assert result.verdict.inference == "randomisation"
    assert (headline.low, headline.std_error) == (None, None)
    assert headline.p_value < 0.05
    assert headline.mde is not None
    assert len(result.theta_draws) == 0


def test_many_teams_get_intervals_bands_and_draws():
    cohorts = [0] * 14 + [10] * 13 + [14] * 13
    result = found(noisy(cohorts, effect=1.0), replace(DESIGN, assignment="randomised_order"))
    headline = result.rows[0]
    assert (result.verdict.grade, result.verdict.inference) == ("A", "analytic")
    assert headline.low < 1 < headline.high
    events = [row for row in result.rows if row.aggregate == "event" and row.event_time >= 0]
    assert all(row.low < 1.2 and row.high > 0.8 for row in events)
    assert len(result.theta_draws) == 5_000
    assert np.median(result.theta_draws) == pytest.approx(result.verdict.theta, rel=0.05)


def test_a_lot_that_was_not_recorded_before_is_no_lot():
    cohorts = [0, 0, 8, 8, 12, 12, 16, 16]
    late = replace(DESIGN, assignment="randomised_order", is_recorded_before=False)
    assert found(noisy(cohorts, effect=1.0), late).verdict.grade in {"B", "C"}


def test_without_anybody_to_compare_with_there_is_a_series_and_no_return():
    result = found(noisy([13] * 6, effect=1.0, periods=26))
    numbers = estimates(result)
    assert result.verdict.grade == "D"
    assert result.verdict.theta is None
    assert numbers["interrupted_time_series:level_change"] == pytest.approx(1, abs=0.5)
    assert not any(name.startswith("staggered") for name in numbers)


def test_a_short_series_is_named_and_shows_no_number():
    result = found(noisy([5] * 6, periods=9))
    row = next(row for row in result.rows if row.estimator == "interrupted_time_series")
    assert row.estimate is None
    assert "fewer than 12" in row.note


def test_one_team_with_many_donors_is_a_block():
    result = found(noisy([21] + [0] * 12, effect=2.0, periods=30))
    numbers = estimates(result)
    assert result.verdict.grade == "C"
    assert numbers["synthetic_did:block"] == pytest.approx(2, abs=0.4)
    assert numbers["synthetic_control:block"] == pytest.approx(2, abs=0.4)


def test_nobody_treated_is_grade_e_and_nothing_is_estimated():
    result = found(noisy([0] * 8))
    assert (result.verdict.grade, result.rows) == ("E", ())


def test_stages_and_lead_time_add_up_in_means():
    panel = noisy([0, 0, 8, 8, 12, 12, 16, 16])
    measures = measures_of(panel)
    frame = measures.frame.copy()
    stages = ["coding_hours", "pickup_hours", "review_hours", "merge_hours", "deploy_hours"]
    generator = np.random.default_rng(3)
    for stage in stages:
        frame.loc[frame["outcome"] == stage, "value"] = generator.normal(10, 1, 8 * 24)
    total = sum(frame.loc[frame["outcome"] == stage, "value"].to_numpy() for stage in stages)
    frame.loc[frame["outcome"] == "lead_hours", "value"] = total
    result = estimate_rollout(replace(measures, frame=frame), DESIGN, NOBODY)
    effects = {row.outcome: row.estimate for row in result.rows if row.aggregate == "group"}
    assert sum(effects[stage] for stage in stages) == pytest.approx(effects["lead_hours"])


def test_two_chance_numbers_make_a_triangular_one():
    """Low + (high - mode) × lesser + (mode - low) × greater: compared with the drawn function."""
    low, mode, high = 80.0, 100.0, 160.0
    rows = pd.DataFrame(draw_records(np.zeros(20_000), seed=3))
    drawn = low + (high - mode) * rows["rate_lesser"] + (mode - low) * rows["rate_greater"]
    expected = np.random.default_rng(1).triangular(low, mode, high, 200_000)
    shares = [0.025, 0.25, 0.5, 0.75, 0.975]
    assert np.quantile(drawn, shares) == pytest.approx(np.quantile(expected, shares), rel=0.01)
    assert rows["draw_number"].iloc[-1] == 20_000
    assert abs(rows["rate_lesser"].corr(rows["share_lesser"])) < 0.03


def test_weeks_compare_with_twelve_and_show_the_one_beside_it():
    cohorts = [0] * 14 + [16] * 13 + [20] * 13
    panel = noisy(cohorts, effect=1.0, periods=30)
    long = found(panel, replace(DESIGN, base_periods=12))
    numbers = estimates(long)
    assert numbers["staggered_did:one_base_period"] == pytest.approx(
        estimates(found(panel))["staggered_did:group"]
    )
    assert "staggered_did:one_base_period" not in estimates(found(panel))
    assert numbers["staggered_did:group"] == pytest.approx(1, abs=0.15)
    assert long.rows[0].mde < found(panel).rows[0].mde


def test_estimates_on_opposite_sides_of_zero_claim_nothing():
    """The only base period before the start is out of line, so that the two estimators part."""
    panel = noisy([0] * 14 + [12] * 26, effect=1.0)
    for number, (cohort, values) in enumerate(panel.values()):
        for period in (0, 10) if cohort else ():
            values[period] += 2.0 + 0.1 * (number % 3)
    result = found(panel, replace(DESIGN, assignment="randomised_order"))
    assert result.verdict.is_sign_opposed
    assert result.verdict.grade == "C"
    assert result.verdict.theta is None
    assert "differ in sign" in result.verdict.grade_reason


def test_trends_that_differ_before_cost_a_grade_and_fall_to_a_series():
    panel = noisy([0] * 14 + [13] * 26, effect=0.5, periods=30)
    for cohort, values in panel.values():
        if cohort:
            values[:] = [value + 0.1 * at for at, value in enumerate(values)]
    result = found(panel)
    assert result.verdict.drift_p_value < 0.05
    assert result.verdict.grade in {"C", "D"}
    assert "moved apart" in result.verdict.grade_reason


def test_secondary_outcomes_are_adjusted_for_their_number():
    result = found(noisy([0, 0, 8, 8, 12, 12, 16, 16], effect=0.3))
    others = [
        row for row in result.rows if row.aggregate == "group" and row.p_value_adjusted is not None
    ]
    assert len(others) == len(OUTCOMES) - 1
    assert all(row.p_value_adjusted >= row.p_value for row in others)
    assert result.rows[0].p_value_adjusted is None


def test_one_start_and_constant_controls_leave_a_difference_of_differences():
    """Then, and only then, the four cells with the base period give the estimate."""
    result = found(noisy([0] * 4 + [9] * 4))
    cells = estimates(result)
    names = ("treated_after", "treated_base", "control_after", "control_base")
    after, base, control_after, control_base = (cells[f"descriptive:{name}"] for name in names)
    assert (after - base) - (control_after - control_base) == pytest.approx(
        cells["staggered_did:group"]
    )
    assert "descriptive:treated_base" not in estimates(found(noisy([0] * 4 + [9] * 2 + [12] * 2)))

"""Few treated units, drifting trends, stages, guards, grades, relative effects, the calculator."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from capstream.effects import (
    DoraInputs,
    composition_change,
    contaminated_controls,
    control_clusters,
    dora_return,
    evidence_grade,
    inference_for,
    placebo_deviation,
    read_panel,
    relative_effect,
    stage_shift,
    staggered_did,
    synthetic_control,
    synthetic_did,
    thin_cells,
    trend_sensitivity,
)
from capstream.effects.cells import Comparison
from capstream.effects.distributions import f_survival
from capstream.effects.grading import Doubts
from capstream.effects.panel import Panel
from capstream.effects.pretrend import drift_test
from capstream.effects.simplex import simplex_weights
from capstream.errors import UsageError
from tests.unit.test_effects import estimate, random_panel, toy

COLUMNS = {"unit": "team", "period": "week", "cohort": "start", "outcome": "items"}


def long(values: np.ndarray, cohorts) -> pd.DataFrame:
    rows, columns = np.indices(values.shape)
    return pd.DataFrame(
        {
            "team": rows.ravel(),
            "week": columns.ravel() + 1,
            "start": np.repeat(np.asarray(cohorts), values.shape[1]),
            "items": values.ravel(),
        }
    )


def factor_panel(seed: int, *, donors: int = 14, treated: int = 2, effect: float = 1.5):
    generator = np.random.default_rng(seed)
    units = donors + treated
    values = generator.normal(size=(units, 2)) @ generator.normal(size=(2, 40)).cumsum(axis=1)
    values = 5 + 0.3 * values + generator.normal(0, 0.4, (units, 40))
    values[:treated, 28:] += effect
    return long(values, [29] * treated + [0] * donors)


def test_weights_on_the_simplex_meet_their_optimality_conditions():
    generator = np.random.default_rng(2)
    for _ in range(20):
        design, target = generator.normal(size=(12, 30)), generator.normal(size=12)
        weights = simplex_weights(design, target, ridge=0.1)
        gradient = design.T @ (design @ weights - target) + 0.1 * weights
        assert weights.sum() == pytest.approx(1)
        assert weights.min() >= 0
        assert gradient[weights > 0] == pytest.approx(gradient.min(), abs=1e-6)


def test_a_donor_that_equals_the_treated_unit_takes_all_weight():
    values = np.random.default_rng(3).normal(size=(12, 30))
    values[0] = values[5] + 2 * (np.arange(30) >= 22)
    found = synthetic_control(long(values, [23] + [0] * 11), **COLUMNS)
    assert found.weights["5"] == pytest.approx(1, abs=1e-6)
    assert found.estimate == pytest.approx(2, abs=1e-6)
    assert found.pre_rmspe < 1e-6
    assert found.p_value == pytest.approx(1 / 12)
    assert not found.flags


@pytest.mark.parametrize("seed", range(3))
def test_synthetic_differences_agree_with_an_independent_implementation(seed):
    from diff_diff import SyntheticDiD

    frame = factor_panel(seed)
    marked = frame.assign(treated=(frame["start"] > 0).astype(int))
    other = SyntheticDiD(seed=1, n_bootstrap=20).fit(
        marked,
        outcome="items",
        treatment="treated",
        unit="team",
        time="week",
        post_periods=list(range(29, 41)),
    )
    # The other implementation stops its descent early, some thousandths away from the optimum.
    assert synthetic_did(frame, **COLUMNS).estimate == pytest.approx(other.att, abs=5e-3)


def test_few_donors_and_short_pasts_are_flagged_and_bad_panels_refused():
    short = factor_panel(1, donors=5).query("week > 15")
    assert len(synthetic_did(short, **COLUMNS).flags) == 2
    two = factor_panel(1)
    two.loc[two["team"] == 0, "start"] = 30
    with pytest.raises(UsageError, match="one treated cohort"):
        synthetic_control(two, **COLUMNS)
    gap = factor_panel(1).query("not (team == 3 and week == 4)")
    with pytest.raises(UsageError, match="balanced"):
        synthetic_did(gap, **COLUMNS)


def test_a_drift_before_the_start_widens_the_bounds_by_what_it_was():
    frame = random_panel(3, units=80)
    for base in ("varying", "universal"):
        found = trend_sensitivity(estimate(frame, base=base))
        assert found.bounds["low"].is_monotonic_decreasing
        assert found.bounds["high"].is_monotonic_increasing
    first = trend_sensitivity(estimate(frame, base="varying"), last=0)
    dynamic = estimate(frame).aggregate("dynamic").rows.set_index("key")
    assert first.largest_step == pytest.approx(dynamic.loc[:-1, "estimate"].abs().max())
    half, whole = first.bounds.set_index("multiple")["high"].loc[[0.5, 1.0]]
    assert whole - half == pytest.approx(first.largest_step / 2)


def test_parallel_trends_to_the_letter_leave_nothing_to_widen():
    found = trend_sensitivity(estimate(toy()))
    assert found.largest_step == 0
    assert found.breakdown == np.inf


def test_stages_add_up_to_the_whole_exactly():
    generator = np.random.default_rng(8)
    frame = random_panel(8).assign(
        coding=lambda rows: 40 - 4 * rows["items"],
        review=lambda rows: 10 + 2 * rows["items"] + generator.normal(size=len(rows)),
        deploy=lambda rows: 5 + generator.normal(size=len(rows)),
    )
    frame.loc[7, "deploy"] = np.nan
    found = stage_shift(
        frame,
        unit="team",
        period="month",
        cohort="start",
        stages=["coding", "review", "deploy"],
        control="not_yet",
    )
    effects = found.rows.set_index("stage")["estimate"]
    assert effects[["coding", "review", "deploy"]].sum() == pytest.approx(effects["total"])
    assert found.shifted_share == pytest.approx(
        (effects["review"] + effects["deploy"]) / -effects["coding"]
    )


def test_the_relative_effect_of_the_money_example():
    frame = toy().assign(developers=10)
    found = relative_effect(
        estimate(frame),
        frame,
        unit="team",
        period="month",
        outcome="items",
        size="developers",
        draws=200,
    )
    assert (found.extra, found.actual) == (pytest.approx(70), pytest.approx(350))
    assert found.counterfactual == pytest.approx(280)
    assert found.theta == pytest.approx(0.25)
    assert len(found.draws) == 200


def test_draws_of_the_relative_effect_spread_as_its_standard_error_says():
    frame = random_panel(4, units=300).assign(size=1.0, items=lambda rows: rows["items"] + 10)
    result = estimate(frame)
    options = {"unit": "team", "period": "month", "outcome": "items", "size": "size"}
    found = relative_effect(result, frame, **options, draws=4000, seed=1)
    cells = result.cells
    weights = [
        (result.panel.cohort == cohort).sum() if post else 0
        for cohort, post in zip(cells.cohort, cells.is_post, strict=True)
    ]
    error = np.sqrt(((cells.influence @ weights) ** 2).sum()) / result.panel.unit_count
    expected = error * found.actual / found.counterfactual**2
    assert found.draws.std() == pytest.approx(expected, rel=0.1)


def test_a_whole_output_that_is_effect_has_no_counterfactual():
    frame = toy().assign(size=1.0, items=lambda rows: rows["items"] - 8)
    with pytest.raises(UsageError, match="counterfactual"):
        relative_effect(
            estimate(frame), frame, unit="team", period="month", outcome="items", size="size"
        )


def test_the_number_of_clusters_chooses_the_inference():
    def chosen(*cohorts):
        frame = random_panel(1, units=len(cohorts)).assign(start=np.repeat(cohorts, 8))
        panel = read_panel(frame, unit="team", period="month", cohort="start", outcome="items")
        return inference_for(panel), control_clusters(panel)

    assert chosen(*([0] * 20 + [4] * 20)) == ("analytic", 20)
    assert chosen(*([0] * 10 + [4] * 10)) == ("bootstrap", 10)
    assert chosen(*([0] * 9 + [4] * 30)) == ("randomisation", 9)
    assert chosen(*([0] * 2 + [4] * 10 + [6] * 10)) == ("bootstrap", 12)


def test_grades_follow_the_design():
    def graded(cohorts, **options):
        frame = random_panel(2, units=len(cohorts), periods=24).assign(start=np.repeat(cohorts, 24))
        panel = read_panel(frame, unit="team", period="month", cohort="start", outcome="items")
        return evidence_grade(panel, **options)

    staggered = [0, 0, 6, 6, 10, 10, 14, 14]
    assert graded(staggered) == "B"
    assert graded(staggered, is_randomised=True) == "A"
    assert graded(staggered, is_randomised=True, estimators_disagree=True) == "B"
    assert graded(staggered, estimators_disagree=True) == "C"
    assert graded([0] * 12 + [22]) == "C"
    assert graded([0] * 6 + [22]) == "illustration"
    assert graded([0, 6, 10]) == "illustration"
    assert graded([0, 0, 0, 0, 9, 9, 9, 9]) == "B"
    assert graded([9] * 8) == "D"
    assert graded([0] * 8) == "E"


def test_doubts_lower_the_grade_and_a_drift_leaves_nobody_to_compare_with():
    frame = random_panel(2, units=8, periods=24)
    frame = frame.assign(start=np.repeat([0, 0, 6, 6, 10, 10, 14, 14], 24))
    panel = read_panel(frame, unit="team", period="month", cohort="start", outcome="items")

    def graded(*, is_randomised=False, **doubts):
        return evidence_grade(panel, is_randomised=is_randomised, doubts=Doubts(**doubts))

    apart = {"estimators_disagree": True, "signs_differ": True}
    assert graded(is_randomised=True, **apart) == "C"
    assert graded(**apart) == "C"
    assert graded(trends_differ=True) == "C"
    assert graded(**apart, trends_differ=True) == "D"
    assert graded(is_randomised=True, trends_differ=True) == "B"


@pytest.mark.parametrize("seed", range(3))
def test_a_drift_before_the_start_is_found_and_its_absence_is_not(seed):
    generator = np.random.default_rng(seed)
    cohorts = np.array([0] * 14 + [24] * 13 + [30] * 13)
    noise = generator.normal(0, 0.5, (40, 40)) + generator.normal(size=(40, 1))
    drift = 0.05 * np.arange(40) * (cohorts > 0)[:, None]
    periods = np.arange(1, 41)

    def tested(values):
        return drift_test(Panel(values, cohorts, periods), Comparison(never_only=True))

    assert tested(noise).p_value > 0.01
    assert tested(noise + drift).p_value < 1e-6
    assert tested(noise + drift).drift == pytest.approx(0.05 * 12.8, abs=0.2)
    assert tested(noise).detectable < 0.05 * 12.8


def test_few_teams_leave_no_test_of_a_drift():
    few = Panel(np.ones((8, 20)), np.array([0] * 4 + [12] * 4), np.arange(1, 21))
    found = drift_test(few, Comparison())
    assert np.isnan(found.p_value)
    assert "under ten teams" in found.reason


@pytest.mark.parametrize("statistic", [0.01, 0.4, 1.0, 3.2, 40.0])
@pytest.mark.parametrize(("first", "second"), [(1, 3), (3, 37), (20, 20), (2, 400)])
def test_the_tail_of_f_equals_a_library(statistic, first, second):
    expected = stats.f.sf(statistic, first, second)
    assert f_survival(statistic, first, second) == pytest.approx(expected, rel=1e-9, abs=1e-300)


def test_a_longer_base_is_the_mean_of_its_periods_and_less_noisy():
    frame = random_panel(3, units=30, periods=24).assign(
        start=np.repeat([0] * 10 + [14] * 10 + [18] * 10, 24)
    )
    names = {"unit": "team", "period": "month", "cohort": "start", "outcome": "items"}
    one, six = (staggered_did(frame, **names, base_periods=n) for n in (1, 6))
    wide = frame.pivot(index="team", columns="month", values="items")
    start = frame.groupby("team")["start"].first()
    change = wide[14] - wide[[8, 9, 10, 11, 12, 13]].mean(axis=1)
    expected = change[start == 14].mean() - change[start == 0].mean()
    cell = six.att[(six.att["cohort"] == 14) & (six.att["period"] == 14)]
    assert cell["estimate"].iloc[0] == pytest.approx(expected)
    assert six.aggregate("group").std_error < one.aggregate("group").std_error
    assert one.att.equals(staggered_did(frame, **names).att)
    with pytest.raises(UsageError, match="base_periods"):
        staggered_did(frame, **names, base_periods=0)


def test_thin_cells_moving_teams_and_treated_controls_are_named():
    assert thin_cells(estimate(toy()).cells) == 6
    frame = toy().assign(size=10.0, active=0.0)
    frame.loc[(frame["team"] == "A") & (frame["month"] >= 3), "size"] = 13
    frame.loc[(frame["team"] == "C") & (frame["month"] == 5), "active"] = 0.2
    frame.loc[(frame["team"] == "B") & (frame["month"] == 5), "active"] = 0.9
    columns = {"unit": "team", "period": "month", "cohort": "start"}
    assert composition_change(frame, **columns, size="size") == ("A",)
    assert contaminated_controls(frame, **columns, active_share="active") == ("C",)
    with pytest.raises(UsageError, match="no column"):
        composition_change(frame, **columns, size="heads")


def test_event_bands_hold_all_event_times_at_once():
    result = estimate(random_panel(1), draws=500, seed=4)
    bands = result.aggregate_bands("dynamic")
    assert len(bands.std_error) == len(result.aggregate("dynamic").rows)
    assert bands.critical_value > 1.96


def test_the_spread_of_placebos_counts_the_periods_that_the_estimator_compares():
    noise = np.random.default_rng(5).normal(size=(4000, 30))
    assert placebo_deviation(noise, later_periods=10, base_periods=1) == pytest.approx(
        np.sqrt(1.1), rel=0.03
    )
    assert placebo_deviation(noise, later_periods=10, base_periods=10) == pytest.approx(
        np.sqrt(0.2), rel=0.03
    )
    assert np.isnan(placebo_deviation(noise[:1]))


def test_the_calculator_gives_its_published_defaults():
    found = dora_return()
    assert found.hard_cost == pytest.approx(5_065_000)
    assert found.dip_cost == pytest.approx(3_300_000)
    assert found.investment == pytest.approx(8_365_000)
    assert found.capacity == pytest.approx(11_000_000)
    assert found.features == pytest.approx(990_000)
    assert found.downtime == pytest.approx(-344_000)
    assert found.value == pytest.approx(11_646_000)
    assert found.net == pytest.approx(3_281_000)
    assert found.roi == pytest.approx(0.3922, abs=5e-5)
    assert found.payback_years == pytest.approx(0.7183, abs=5e-5)
    assert found.cash_like == pytest.approx(646_000)
    assert found.cash_like_roi == pytest.approx(-0.923, abs=5e-4)
    assert dora_return(DoraInputs(time_saved=0, deployments_after=40)).payback_years is None


def test_the_two_wrong_numbers_of_the_toy_panel_are_other_numbers():
    frame = toy()
    treated = frame.query("start > 0")
    after = treated["month"] >= treated["start"]
    naive = treated.loc[after, "items"].mean() - treated.loc[~after, "items"].mean()
    demeaned = frame["items"]
    switched = ((frame["start"] > 0) & (frame["month"] >= frame["start"])).astype(float)
    columns = []
    for values in (demeaned, switched):
        within = values - values.groupby(frame["team"]).transform("mean")
        columns.append(within - values.groupby(frame["month"]).transform("mean") + values.mean())
    two_way = (columns[1] * columns[0]).sum() / (columns[1] ** 2).sum()
    right = [estimate(frame).aggregate(k).estimate for k in ("simple", "group", "dynamic")]
    assert naive == pytest.approx(35 / 6 - 24 / 6)
    assert two_way == pytest.approx(0.75)
    assert min(abs(value - wrong) for value in right for wrong in (naive, two_way)) > 0.1


def test_staggered_did_takes_missing_and_zero_cohorts_as_never_treated():
    frame = toy().astype({"start": float})
    frame.loc[frame["team"] == "C", "start"] = np.nan
    found = staggered_did(frame, unit="team", period="month", cohort="start", outcome="items")
    assert found.aggregate("group").estimate == pytest.approx(1.0)

"""The worked examples of the AI page, exactly, and agreement with independent implementations."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from capstream.effects import (
    imputed_effect,
    interrupted_time_series,
    minimum_detectable_effect,
    placebo_deviation,
    randomisation_test,
    read_panel,
    return_on_investment,
    shrink_team_effects,
    staggered_did,
)
from capstream.effects.distributions import chi_square_survival
from capstream.errors import UsageError

TOY = {"A": (3, [5, 5, 7, 7, 7, 7]), "B": (5, [3, 3, 4, 4, 3, 4]), "C": (0, [4, 4, 5, 5, 4, 4])}


def toy() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"team": team, "month": month + 1, "start": start, "items": value}
            for team, (start, values) in TOY.items()
            for month, value in enumerate(values)
        ]
    )


def estimate(frame: pd.DataFrame, **options):
    return staggered_did(
        frame, unit="team", period="month", cohort="start", outcome="items", **options
    )


def random_panel(seed: int, *, units: int = 60, periods: int = 8) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    cohorts = generator.choice([0, 3, 4, 6], size=units)
    level = generator.normal(size=units)
    rows = []
    for unit in range(units):
        for period in range(1, periods + 1):
            effect = 0.5 * (cohorts[unit] != 0 and period >= cohorts[unit])
            rows.append(
                {
                    "team": unit,
                    "month": period,
                    "start": cohorts[unit],
                    "items": level[unit] + 0.1 * period + effect + generator.normal(),
                }
            )
    return pd.DataFrame(rows)


def test_toy_cells_are_the_hand_computed_ones():
    att = estimate(toy()).att.set_index(["cohort", "period"])["estimate"]
    expected = {(3, 3): 1, (3, 4): 1, (3, 5): 2, (3, 6): 2, (5, 5): 0, (5, 6): 1}
    assert {cell: att[cell] for cell in expected} == expected
    before = [cell for cell in att.index if cell[1] < cell[0]]
    assert before == [(3, 2), (5, 2), (5, 3), (5, 4)]
    assert (att[before] == 0).all()


@pytest.mark.parametrize(
    ("kind", "overall", "rows"),
    [
        ("simple", 7 / 6, [7 / 6]),
        ("group", 1.0, [1.5, 0.5]),
        ("dynamic", 1.375, [0, 0, 0, 0.5, 1, 2, 2]),
        ("calendar", 1.125, [1, 1, 1, 1.5]),
    ],
)
def test_toy_aggregates_are_four_different_numbers(kind, overall, rows):
    aggregate = estimate(toy()).aggregate(kind)
    assert aggregate.estimate == pytest.approx(overall)
    assert aggregate.rows["estimate"].tolist() == pytest.approx(rows)


def test_toy_cells_are_flagged_thin_and_its_pretest_says_why_it_has_no_number():
    result = estimate(toy())
    assert result.att["is_thin"].all()
    assert np.isnan(result.pretest.statistic)
    assert "not estimable" in result.pretest.reason


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("base", ["varying", "universal"])
@pytest.mark.parametrize("control", ["never", "not_yet"])
def test_estimates_and_errors_agree_with_an_independent_implementation(seed, base, control):
    from diff_diff import CallawaySantAnna

    frame = random_panel(seed)
    ours = estimate(frame, base=base, control=control)
    other = CallawaySantAnna(
        control_group="never_treated" if control == "never" else "not_yet_treated",
        base_period=base,
        estimation_method="reg",
    ).fit(frame, outcome="items", unit="team", time="month", first_treat="start")
    cells = ours.att.set_index(["cohort", "period"])
    for cell, effect in other.group_time_effects.items():
        assert cells.loc[cell, "estimate"] == pytest.approx(effect["effect"], abs=1e-8)
        if effect["se"] and np.isfinite(effect["se"]):
            assert cells.loc[cell, "std_error"] == pytest.approx(effect["se"], abs=1e-8)
    simple = ours.aggregate("simple")
    assert simple.estimate == pytest.approx(other.overall_att, abs=1e-8)
    assert simple.std_error == pytest.approx(other.overall_se, abs=1e-8)
    for kind, theirs in (("dynamic", "event_study"), ("group", "group")):
        assert_rows_agree(ours.aggregate(kind).rows, other.aggregate(theirs).to_dataframe())


def assert_rows_agree(ours: pd.DataFrame, theirs: pd.DataFrame) -> None:
    key = next(name for name in ("event_time", "label") if name in theirs)
    by_key = ours.set_index("key")
    for _, row in theirs.iterrows():
        assert by_key.loc[int(row[key]), "estimate"] == pytest.approx(row["att"], abs=1e-8)
        if row["se"] and np.isfinite(row["se"]):
            assert by_key.loc[int(row[key]), "std_error"] == pytest.approx(row["se"], abs=1e-8)


def test_shuffled_rows_and_renamed_teams_change_nothing():
    frame = random_panel(7)
    renamed = frame.sample(frac=1, random_state=3).assign(team=lambda rows: rows["team"] * 31 % 61)
    for kind in ("simple", "group", "dynamic", "calendar"):
        first, second = estimate(frame).aggregate(kind), estimate(renamed).aggregate(kind)
        assert first.estimate == pytest.approx(second.estimate, abs=1e-12)
        assert first.std_error == pytest.approx(second.std_error, abs=1e-12)


def test_bands_are_wider_than_pointwise_and_repeat_with_the_seed():
    result = estimate(random_panel(1), draws=500, seed=4)
    again = estimate(random_panel(1), draws=500, seed=4)
    assert result.bands.critical_value > 1.96
    assert result.bands.critical_value == again.bands.critical_value
    with pytest.raises(UsageError, match="draws"):
        _ = estimate(random_panel(1)).bands


def test_always_treated_units_are_left_out_with_a_note():
    frame = random_panel(2)
    frame.loc[frame["team"] < 5, "start"] = 1
    result = estimate(frame)
    assert result.panel.unit_count == 55
    assert "5 units" in result.notes[0]


def test_bad_panels_are_refused_by_name():
    with pytest.raises(UsageError, match="no column"):
        staggered_did(toy(), unit="x", period="month", cohort="start", outcome="items")
    with pytest.raises(UsageError, match="stands twice"):
        estimate(pd.concat([toy(), toy().head(1)]))
    with pytest.raises(UsageError, match="two values"):
        estimate(toy().assign(start=range(18)))
    with pytest.raises(UsageError, match="control"):
        estimate(toy(), control="already")


def test_imputation_agrees_where_effects_are_constant():
    frame = random_panel(5, units=400)
    panel = read_panel(frame, unit="team", period="month", cohort="start", outcome="items")
    simple = estimate(frame).aggregate("simple")
    assert abs(imputed_effect(panel) - 0.5) < 0.1
    assert abs(imputed_effect(panel) - simple.estimate) < 2 * simple.std_error


def test_randomisation_enumerates_small_rollouts_exactly():
    panel = read_panel(toy(), unit="team", period="month", cohort="start", outcome="items")
    test = randomisation_test(panel)
    assert (test.assignments, test.is_exact) == (6, True)
    assert test.estimate == pytest.approx(1.0)
    assert test.p_value >= 1 / 6


@pytest.mark.parametrize(
    ("statistic", "df"), [(0.1, 1), (3.84, 1), (12.0, 5), (80.0, 60), (30.0, 90)]
)
def test_chi_square_tail_equals_a_library(statistic, df):
    assert chi_square_survival(statistic, df) == pytest.approx(
        stats.chi2.sf(statistic, df), rel=1e-10
    )


def test_exact_interrupted_series():
    values = [10.5, 11, 11.5, 12, 12.5, 13, 15.5, 16.25, 17, 17.75, 18.5, 19.25]
    frame = pd.DataFrame({"t": range(1, 13), "y": values})
    fit = interrupted_time_series(frame, time="t", outcome="y", start=7)
    assert fit.coefficients == pytest.approx(
        {"intercept": 10, "trend": 0.5, "level_change": 2, "slope_change": 0.25}
    )
    assert "fewer than 12" in fit.flags[0]


@pytest.mark.parametrize("lag", [None, 0, 3])
def test_interrupted_series_errors_equal_a_library(lag):
    import statsmodels.api as sm

    generator = np.random.default_rng(11)
    clock = np.arange(40)
    frame = pd.DataFrame({"t": clock, "y": 3 + 0.2 * clock + generator.normal(size=40).cumsum()})
    fit = interrupted_time_series(frame, time="t", outcome="y", start=25, lag=lag)
    after = clock >= 25
    design = np.column_stack([np.ones(40), clock, after, (clock - 25) * after]).astype(float)
    reference = sm.OLS(frame["y"], design).fit(
        cov_type="HAC", cov_kwds={"maxlags": fit.lag, "use_correction": False}
    )
    assert list(fit.coefficients.values()) == pytest.approx(list(reference.params))
    assert list(fit.std_errors.values()) == pytest.approx(list(reference.bse))
    assert not fit.flags


COSTS = {
    "seats": 2_340,
    "usage": 9_000,
    "training": 16_000,
    "enablement": 6_000,
    "review": 12_000,
    "gateway": 4_660,
}


def test_money_example():
    result = return_on_investment(
        hours=7_200, theta=0.25, rate=100, costs=COSTS, redeployed_share=0.5
    )
    assert result.hours_saved == pytest.approx(1_440)
    assert result.capacity.benefit == pytest.approx(144_000)
    assert result.capacity.roi == pytest.approx(1.88)
    assert result.redeployed.roi == pytest.approx(0.44)
    assert result.cash.roi == pytest.approx(-1.0)
    assert result.break_even_theta == pytest.approx(0.07463, abs=1e-5)
    assert result.capacity.interval is None


def test_money_example_interval_from_draws():
    draws = np.array([0.05] * 500 + [0.45] * 500)
    result = return_on_investment(hours=7_200, theta=0.25, rate=100, costs=COSTS, draws=draws)
    assert result.capacity.interval == pytest.approx((-0.3143, 3.469), abs=1e-3)
    assert result.probability_positive == pytest.approx(0.5)


@pytest.mark.parametrize(("theta", "months"), [(0.25, 0.663), (0.05, 7.31)])
def test_payback_example(theta, months):
    costs = {"once": 26_660, "monthly": 20 * 389}
    result = return_on_investment(
        hours=20 * 120, theta=theta, rate=100, costs=costs, one_off=["once"]
    )
    # The page rounds 2,400 × 0.25/1.25 × 100 / 20 developers to 2,400 a developer-month.
    assert result.payback_months == pytest.approx(months, abs=5e-3)


def test_payback_is_none_when_the_month_never_pays():
    result = return_on_investment(
        hours=10, theta=0.01, rate=1, costs={"once": 1, "monthly": 5}, one_off=["once"]
    )
    assert result.payback_months is None
    with pytest.raises(UsageError, match="one_off"):
        return_on_investment(hours=1, theta=0, rate=1, costs={"a": 1}, one_off=["b"])


def test_detection_limit_of_the_page():
    assert minimum_detectable_effect(0.20, 6, 6) == pytest.approx(0.3235, abs=1e-4)
    assert minimum_detectable_effect(0.20, 50, 50) == pytest.approx(0.1121, abs=1e-4)


def test_placebo_deviation_grows_with_noise():
    generator = np.random.default_rng(1)
    calm, wild = generator.normal(0, 1, (50, 20)), generator.normal(0, 3, (50, 20))
    assert placebo_deviation(wild) > 2 * placebo_deviation(calm)


def test_shrinkage_pulls_equal_teams_together_and_leaves_different_ones_apart():
    noise = np.full(8, 1.0)
    together = shrink_team_effects(np.linspace(-0.5, 0.5, 8), noise)
    assert together.deviation == 0
    assert np.allclose(together.shrunk, together.mean)
    apart = shrink_team_effects(np.linspace(-20, 20, 8), noise)
    assert apart.deviation > 10
    assert np.allclose(apart.shrunk, np.linspace(-20, 20, 8), atol=0.5)

"""What the estimators do over many simulated rollouts, and that names and order do not matter."""

from __future__ import annotations

import os

import numpy as np
import pandas as pd
import pytest

from capstream.effects import (
    imputed_effect,
    minimum_detectable_effect,
    placebo_deviation,
    randomisation_test,
    read_panel,
    staggered_did,
)
from capstream.effects.distributions import two_sided_p_value

ROLLOUTS = int(os.environ.get("CAPSTREAM_ROLLOUTS", "500"))
"""Simulated rollouts a test; the bounds hold for 500 and more."""
STAGGERED = np.repeat([0, 27, 31, 35], 10)
BLOCK = np.repeat([0, 27], 20)
COLUMNS = {"unit": "team", "period": "week", "cohort": "start", "outcome": "items"}


def rollout(seed: int, cohorts: np.ndarray, *, effect: float = 0.0, weeks: int = 38):
    """Weekly items per developer of teams that differ, with a season that they share."""
    generator = np.random.default_rng(seed)
    teams = len(cohorts)
    week = np.arange(1, weeks + 1)
    items = generator.normal(3, 1, teams)[:, None] + 0.3 * np.sin(week / 8)
    items = items + generator.normal(0, 0.8, (teams, weeks))
    treated = (cohorts[:, None] > 0) & (week >= cohorts[:, None])
    items = items + effect * treated
    rows, columns = np.indices(items.shape)
    return pd.DataFrame(
        {
            "team": [f"team {row}" for row in rows.ravel()],
            "week": columns.ravel() + 1,
            "start": np.repeat(cohorts, weeks),
            "items": items.ravel(),
        }
    )


def is_called(frame: pd.DataFrame) -> dict[str, bool]:
    fitted = staggered_did(frame, **COLUMNS, control="not_yet")
    found = {kind: fitted.aggregate(kind) for kind in ("group", "simple")}
    return {
        kind: two_sided_p_value(one.estimate / one.std_error) < 0.05 for kind, one in found.items()
    }


def test_rollouts_without_effect_are_called_one_about_one_time_in_twenty():
    found = pd.DataFrame([is_called(rollout(seed, STAGGERED)) for seed in range(ROLLOUTS)])
    assert found.mean().between(0.025, 0.08).all(), found.mean().to_dict()


def test_an_effect_of_the_detectable_size_is_found_four_times_in_five():
    found = []
    for seed in range(ROLLOUTS):
        quiet = rollout(seed, BLOCK)
        before = quiet.pivot(index="team", columns="week", values="items").to_numpy()[:, :26]
        spread = placebo_deviation(before, later_periods=12, base_periods=1)
        size = minimum_detectable_effect(spread, treated=20, control=20)
        found.append(is_called(rollout(seed, BLOCK, effect=size))["group"])
    assert 0.70 <= np.mean(found) <= 0.90


@pytest.mark.parametrize("seed", range(5))
def test_a_randomisation_test_of_eight_teams_keeps_its_level(seed):
    """The exact test over a design's own assignments rejects at most at its level."""
    cohorts = np.repeat([0, 7, 9, 11], 2)
    p_values = []
    for draw in range(40):
        frame = rollout(1000 * seed + draw, cohorts, weeks=14)
        p_values.append(randomisation_test(read_panel(frame, **COLUMNS)).p_value)
    assert np.mean(np.array(p_values) <= 0.05) <= 0.15


def test_order_of_rows_and_names_of_teams_change_nothing_to_the_last_bit():
    frame = rollout(4, STAGGERED, effect=0.3)
    names = {name: f"{chr(97 + hash_of(name) % 26)}{name}" for name in frame["team"].unique()}
    other = frame.assign(team=frame["team"].map(names)).sample(frac=1, random_state=5)
    first = staggered_did(frame, **COLUMNS, control="not_yet", draws=99, seed=3)
    second = staggered_did(other, **COLUMNS, control="not_yet", draws=99, seed=3)
    for kind in ("simple", "group", "dynamic", "calendar"):
        one, two = first.aggregate(kind), second.aggregate(kind)
        assert (one.estimate, one.std_error) == (two.estimate, two.std_error)
    assert first.bands.critical_value == second.bands.critical_value
    assert imputed_effect(first.panel) == imputed_effect(second.panel)
    one, two = (randomisation_test(result.panel, seed=2) for result in (first, second))
    assert one == two


def hash_of(name: str) -> int:
    return sum(map(ord, name)) * 7

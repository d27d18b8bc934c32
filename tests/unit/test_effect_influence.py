"""Standard errors of all four aggregates against the derivative of the estimate itself.

An influence function is the derivative of the estimator by the weight of a unit. The estimator
is written down once more here, with a weight a unit, and differentiated by a complex step:
exact to machine precision, and sharing no line with the product.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from capstream.effects import staggered_did

STEP = 1e-30
KINDS = ("simple", "group", "dynamic", "calendar")


def drawn(seed: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    cohorts = np.concatenate([[0, 0, 0, 4, 4, 6, 6, 7], generator.choice([0, 4, 6, 7], 22)])
    return cohorts, generator.normal(size=(30, 9)).cumsum(axis=1)


def weighted_mean(weights: np.ndarray, members: np.ndarray, values: np.ndarray):
    return (weights[members] * values[members]).sum() / weights[members].sum()


def weighted_estimate(cohorts, outcome, weights, *, kind, control, base):
    cells = {}
    periods = range(1, outcome.shape[1] + 1)
    for cohort in sorted({int(value) for value in cohorts if value}):
        for period in periods:
            before = cohort - 1 if base == "universal" or period >= cohort else period - 1
            if before < 1 or period == before:
                continue
            change = outcome[:, period - 1] - outcome[:, before - 1]
            untreated = cohorts == 0
            if control == "not_yet":
                untreated |= (cohorts > max(period, before)) & (cohorts != cohort)
            if untreated.any():
                treated = weighted_mean(weights, cohorts == cohort, change)
                cells[cohort, period] = treated - weighted_mean(weights, untreated, change)
    share = {cohort: weights[cohorts == cohort].sum() / weights.sum() for cohort, _ in cells}
    post = {cell: effect for cell, effect in cells.items() if cell[1] >= cell[0]}

    def mixed(chosen):
        total = sum(share[cohort] for cohort, _ in chosen)
        return sum(share[cell[0]] * post[cell] for cell in chosen) / total

    if kind == "simple":
        return mixed(list(post))
    if kind == "group":
        means = {
            cohort: np.mean([effect for cell, effect in post.items() if cell[0] == cohort])
            for cohort, _ in post
        }
        total = sum(share[cohort] for cohort in means)
        return sum(share[cohort] * effect for cohort, effect in means.items()) / total
    label = (lambda cell: cell[1] - cell[0]) if kind == "dynamic" else (lambda cell: cell[1])
    keys = {label(cell) for cell in post}
    return np.mean([mixed([cell for cell in post if label(cell) == key]) for key in sorted(keys)])


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("base", ["varying", "universal"])
@pytest.mark.parametrize("control", ["never", "not_yet"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_aggregate_and_its_error_equal_the_estimator_and_its_derivative(
    kind, control, base, seed
):
    cohorts, outcome = drawn(seed)
    rows, columns = np.indices(outcome.shape)
    frame = pd.DataFrame(
        {
            "team": rows.ravel(),
            "month": columns.ravel() + 1,
            "start": np.repeat(cohorts, outcome.shape[1]),
            "items": outcome.ravel(),
        }
    )
    ours = staggered_did(
        frame,
        unit="team",
        period="month",
        cohort="start",
        outcome="items",
        control=control,
        base=base,
    ).aggregate(kind)
    units = len(cohorts)
    options = {"kind": kind, "control": control, "base": base}
    derivative = []
    for unit in range(units):
        weights = np.ones(units, dtype=complex)
        weights[unit] += 1j * STEP
        value = weighted_estimate(cohorts, outcome, weights, **options)
        derivative.append(value.imag / STEP)
    plain = weighted_estimate(cohorts, outcome, np.ones(units), **options)
    assert ours.estimate == pytest.approx(plain, abs=1e-10)
    error = np.sqrt((np.array(derivative) ** 2).sum())
    assert ours.std_error == pytest.approx(error, abs=1e-10)

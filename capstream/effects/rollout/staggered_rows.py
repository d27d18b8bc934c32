"""Rows of the primary estimator: aggregates, event study, cells, and what questions them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from capstream.effects.aggregation import Aggregate, AggregateKind, aggregate_cells
from capstream.effects.cells import estimate_cells
from capstream.effects.distributions import normal_quantile
from capstream.effects.guards import Inference, control_clusters, inference_for
from capstream.effects.imputation import imputed_effect, imputed_unit_effects
from capstream.effects.not_used import naive_change, two_way_effect
from capstream.effects.panel import NEVER
from capstream.effects.power import minimum_detectable_effect, placebo_deviation
from capstream.effects.randomisation import RandomisationTest, randomisation_test
from capstream.effects.rollout.design import Design
from capstream.effects.rollout.measures import OUTCOMES, UNIT_COLUMNS, Measures
from capstream.effects.rollout.rows import DRAWS, SEED, EffectRow, inferred
from capstream.effects.sensitivity import trend_sensitivity
from capstream.effects.shrinkage import shrink_team_effects
from capstream.effects.staggered import StaggeredEffects, staggered_did
from capstream.errors import UsageError

HEADLINE: AggregateKind = "group"
"""Average effect per team ever treated: the number that is reported."""


@dataclass(frozen=True)
class Fit:
    """One outcome, estimated.

    Attributes:
        outcome: The outcome.
        effects: Group-time effects.
        inference: What the number of clusters allows.
        headline: The group aggregate.
        randomisation: Re-assignment test of the headline, where there are few clusters.
        mde: Smallest effect that such teams could have shown.
    """

    outcome: str
    effects: StaggeredEffects
    inference: Inference
    headline: Aggregate
    randomisation: RandomisationTest | None
    mde: float


def fit_outcome(measures: Measures, design: Design, outcome: str) -> Fit:
    """Estimate one outcome.

    Raises:
        UsageError: Nobody can be compared.
    """
    frame = measures.of(outcome)
    control = design.control if (frame["cohort"] == NEVER).any() else "not_yet"
    effects = staggered_did(
        frame,
        unit=UNIT_COLUMNS["unit"],
        period=UNIT_COLUMNS["period"],
        cohort=UNIT_COLUMNS["cohort"],
        outcome="value",
        control=control,
        anticipation=design.anticipation,
        base_periods=design.base_periods,
        draws=DRAWS,
        seed=SEED,
    )
    inference = inference_for(effects.panel)
    test = None
    if inference == "randomisation":
        test = randomisation_test(
            effects.panel, kind=HEADLINE, comparison=effects.comparison, draws=DRAWS, seed=SEED
        )
    headline = effects.aggregate(HEADLINE)
    return Fit(outcome, effects, inference, headline, test, _detectable(effects))


def _detectable(effects: StaggeredEffects) -> float:
    """Smallest effect of the estimator's own comparison, by placebos before the first start."""
    panel = effects.panel
    first = panel.treated_cohorts[0] - effects.comparison.anticipation
    before = panel.outcome[:, panel.periods < first]
    if before.shape[1] < 2:
        return float("nan")
    base = min(effects.comparison.base_periods, before.shape[1] // 2)
    later = min(int((panel.periods >= first).sum()), before.shape[1] - base)
    spread = placebo_deviation(before, later_periods=max(1, later), base_periods=base)
    treated = int((panel.cohort != NEVER).sum())
    return minimum_detectable_effect(spread, treated, max(1, control_clusters(panel)))


def headline_row(fit: Fit) -> EffectRow:
    """Return the group aggregate with the inference that the clusters allow."""
    panel = fit.effects.panel
    row = _row(fit, "staggered_did", HEADLINE)
    row = replace(
        row,
        estimate=fit.headline.estimate,
        mde=fit.mde,
        treated_count=int((panel.cohort != NEVER).sum()),
        control_count=control_clusters(panel),
        note="; ".join(fit.effects.notes),
    )
    if fit.randomisation is not None:
        return replace(row, p_value=fit.randomisation.p_value)
    return inferred(row, fit.headline.influence, fit.inference)


def detail_rows(fit: Fit, keys: dict[int, str]) -> Iterator[EffectRow]:
    """Yield everything else that is said of the primary outcome."""
    for kind in ("simple", "dynamic", "calendar"):
        overall = fit.effects.aggregate(kind)
        row = replace(_row(fit, "staggered_did", kind), estimate=overall.estimate)
        yield inferred(row, overall.influence, fit.inference)
    yield from _published_row(fit)
    yield from _cohort_rows(fit, keys)
    yield from _event_rows(fit)
    yield from _cell_rows(fit, keys)
    yield replace(_row(fit, "imputation", "simple"), estimate=imputed_effect(fit.effects.panel))
    yield from _sensitivity_rows(fit)
    yield from _team_rows(fit)
    panel = fit.effects.panel
    row = _row(fit, "not_used", "naive_before_after")
    yield replace(row, estimate=naive_change(panel), note="the calendar is inside it")
    row = replace(row, aggregate="two_way_fixed_effects", estimate=two_way_effect(panel))
    yield replace(row, note="compares with teams that have the tools already")


def _published_row(fit: Fit) -> Iterator[EffectRow]:
    """Yield the same estimate with one base period, where the design takes more."""
    if fit.effects.comparison.base_periods == 1:
        return
    comparison = replace(fit.effects.comparison, base_periods=1)
    cells = estimate_cells(fit.effects.panel, comparison)
    found = aggregate_cells(fit.effects.panel, cells, HEADLINE)
    row = replace(_row(fit, "staggered_did", "one_base_period"), estimate=found.estimate)
    yield inferred(row, found.influence, fit.inference)


def _cohort_rows(fit: Fit, keys: dict[int, str]) -> Iterator[EffectRow]:
    for place, found in enumerate(fit.headline.rows.to_dict("records")):
        row = replace(
            _row(fit, "staggered_did", "cohort"),
            cohort=keys[int(found["key"])],
            estimate=float(found["estimate"]),
        )
        yield inferred(row, fit.headline.row_influence[:, place], fit.inference)


def _event_rows(fit: Fit) -> Iterator[EffectRow]:
    """Yield effects by periods since the start, with bands that hold for all of them at once."""
    dynamic = fit.effects.aggregate("dynamic")
    bands = None if fit.inference == "randomisation" else fit.effects.aggregate_bands("dynamic")
    for place, found in enumerate(dynamic.rows.to_dict("records")):
        row = replace(
            _row(fit, "staggered_did", "event"),
            event_time=int(found["key"]),
            estimate=float(found["estimate"]),
        )
        if bands is not None and np.isfinite(bands.std_error[place]):
            reach = bands.critical_value * float(bands.std_error[place])
            row = replace(
                row,
                std_error=float(bands.std_error[place]),
                low=float(found["estimate"]) - reach,
                high=float(found["estimate"]) + reach,
            )
        yield row


def _cell_rows(fit: Fit, keys: dict[int, str]) -> Iterator[EffectRow]:
    for found in fit.effects.att.to_dict("records"):
        yield replace(
            _row(fit, "staggered_did", "cell"),
            cohort=keys[int(found["cohort"])],
            period=keys[int(found["period"])],
            event_time=int(found["period"]) - int(found["cohort"]),
            estimate=float(found["estimate"]),
            std_error=None if fit.inference == "randomisation" else float(found["std_error"]),
            treated_count=int(found["treated_count"]),
            control_count=int(found["control_count"]),
            is_thin=bool(found["is_thin"]),
        )


def _sensitivity_rows(fit: Fit) -> Iterator[EffectRow]:
    """Yield bounds under drifting trends; with few clusters there is no interval to widen."""
    if fit.inference == "randomisation":
        return
    try:
        found = trend_sensitivity(fit.effects)
    except UsageError as reason:
        yield replace(_row(fit, "trend_sensitivity", "bounds"), note=str(reason))
        return
    for bound in found.bounds.to_dict("records"):
        yield replace(
            _row(fit, "trend_sensitivity", f"{bound['multiple']:g} times the largest drift before"),
            low=float(bound["low"]),
            high=float(bound["high"]),
        )


def _team_rows(fit: Fit) -> Iterator[EffectRow]:
    """Yield how much teams differ; no team is named."""
    effects, errors = imputed_unit_effects(fit.effects.panel)
    if len(effects) < 3:
        return
    shrunk = shrink_team_effects(effects, errors)
    reach = normal_quantile(0.9) * shrunk.deviation
    row = _row(fit, "empirical_bayes", "team_effect")
    yield replace(row, aggregate="team_mean", estimate=shrunk.mean, treated_count=len(effects))
    yield replace(row, aggregate="team_deviation", estimate=shrunk.deviation)
    yield replace(row, aggregate="team_p10", estimate=shrunk.mean - reach)
    yield replace(row, aggregate="team_p90", estimate=shrunk.mean + reach)


def _row(fit: Fit, estimator: str, aggregate: str) -> EffectRow:
    return EffectRow(fit.outcome, OUTCOMES[fit.outcome], estimator, aggregate)

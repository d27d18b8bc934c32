"""From the panel of teams to graded estimates: which estimator serves which design."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from capstream.effects.grading import CAUSAL, LEVEL, Doubts, Grade, evidence_grade
from capstream.effects.guards import (
    composition_change,
    contaminated_controls,
    control_clusters,
    thin_cells,
)
from capstream.effects.imputation import imputed_effect
from capstream.effects.panel import NEVER, Floats, Panel, read_panel
from capstream.effects.pretrend import DriftTest, drift_test
from capstream.effects.relative import RelativeEffect, relative_effect
from capstream.effects.rollout.design import Design
from capstream.effects.rollout.draws import RETURN_DRAWS
from capstream.effects.rollout.measures import OUTCOMES, UNIT_COLUMNS, Measures
from capstream.effects.rollout.plain_rows import before_after_rows, block_rows, series_rows
from capstream.effects.rollout.rows import SEED, EffectRow, holm_adjusted
from capstream.effects.rollout.staggered_rows import Fit, detail_rows, fit_outcome, headline_row
from capstream.effects.rollout.verdict import (
    REASONS,
    SIGNS_DIFFER,
    Verdict,
    reason,
)
from capstream.errors import UsageError

NO_DRAWS: Floats = np.empty(0)


@dataclass(frozen=True)
class RolloutEstimates:
    """Everything that is estimated of a rollout.

    Attributes:
        verdict: The rollout in one record.
        rows: Estimates, the primary outcome first.
        theta_draws: Draws of the relative effect; empty without an interval.
    """

    verdict: Verdict
    rows: tuple[EffectRow, ...]
    theta_draws: Floats


def estimate_rollout(measures: Measures, design: Design, active: pd.DataFrame) -> RolloutEstimates:
    """Grade the design and estimate what it can carry.

    Args:
        measures: Outcomes of all teams.
        design: How it is to be judged.
        active: One row per team and month: team, month_number, cohort (the month of the start,
            0 never), active_share.
    """
    primary = measures.of(design.outcome)
    if not (primary["cohort"] != NEVER).any():
        return RolloutEstimates(Verdict("E", REASONS["E"]), (), NO_DRAWS)
    panel = read_panel(primary, **UNIT_COLUMNS, outcome="value", anticipation=design.anticipation)
    grade = evidence_grade(panel, is_randomised=design.is_randomised)
    known = _known(measures, panel, primary, active)
    plain = [row for outcome in OUTCOMES for row in before_after_rows(measures, outcome, design)]
    if grade in ("D", "E"):
        series = [row for outcome in OUTCOMES for row in series_rows(measures, outcome)]
        verdict = replace(known, grade=grade, grade_reason=REASONS[grade])
        return RolloutEstimates(verdict, (*(series if grade == "D" else ()), *plain), NO_DRAWS)
    return _compared(measures, design, primary, known, grade, plain)


def _compared(
    measures: Measures,
    design: Design,
    primary: pd.DataFrame,
    known: Verdict,
    grade: Grade,
    plain: list[EffectRow],
) -> RolloutEstimates:
    fits = {outcome: _fitted(measures, design, outcome) for outcome in OUTCOMES}
    first = fits[design.outcome]
    if isinstance(first, EffectRow):
        verdict = replace(known, grade="E", grade_reason=first.note)
        return RolloutEstimates(verdict, (first, *plain), NO_DRAWS)
    cross_check = imputed_effect(first.effects.panel, anticipation=design.anticipation)
    trend = drift_test(first.effects.panel, first.effects.comparison)
    doubts = _doubts(first, cross_check, trend)
    final = evidence_grade(first.effects.panel, is_randomised=design.is_randomised, doubts=doubts)
    relative, theta_note = _relative(first, primary, doubts) if final in CAUSAL else (None, "")
    headline = headline_row(first)
    others = holm_adjusted(
        [
            fit if isinstance(fit, EffectRow) else headline_row(fit)
            for outcome, fit in fits.items()
            if outcome != design.outcome
        ]
    )
    blocks = [
        row
        for outcome in OUTCOMES
        for row in (block_rows(measures, outcome) if _is_block(grade, first) else ())
    ]
    if final == "D":
        blocks = [row for outcome in OUTCOMES for row in series_rows(measures, outcome)]
    verdict = replace(
        known,
        grade=final,
        grade_reason=reason(doubts, final, grade),
        inference=first.inference,
        cross_check=cross_check,
        is_disagreement=doubts.estimators_disagree,
        is_sign_opposed=doubts.signs_differ,
        thin_count=thin_cells(first.effects.cells),
        **_pretest(first, trend),
        theta_note=theta_note,
        **_theta(relative),
    )
    rows = (headline, *detail_rows(first, dict(measures.period_keys)), *others, *blocks, *plain)
    return RolloutEstimates(verdict, rows, _drawn(relative))


def _fitted(measures: Measures, design: Design, outcome: str) -> Fit | EffectRow:
    """Estimate an outcome; where nobody can be compared, a row that says why."""
    try:
        return fit_outcome(measures, design, outcome)
    except UsageError as reason:
        row = EffectRow(outcome, OUTCOMES[outcome], "staggered_did", "group")
        return replace(row, note=str(reason))


def _is_block(grade: Grade, fit: Fit) -> bool:
    return grade == "C" and len(fit.effects.panel.treated_cohorts) == 1


def _doubts(fit: Fit, cross_check: float, trend: DriftTest) -> Doubts:
    """Compare like with like: the imputation estimate averages as the simple aggregate does.

    Trends are judged by drift: a joint test of many cells rejects far too often where clusters
    are few.
    """
    simple = fit.effects.aggregate("simple")
    error = simple.std_error
    differ = bool(abs(simple.estimate - cross_check) > error)
    are_clear = bool(min(abs(simple.estimate), abs(cross_check)) > error)
    return Doubts(
        estimators_disagree=differ,
        signs_differ=are_clear and simple.estimate * cross_check < 0,
        trends_differ=trend.p_value < LEVEL,
    )


def _relative(fit: Fit, primary: pd.DataFrame, doubts: Doubts) -> tuple[RelativeEffect | None, str]:
    """Return the relative effect on output, or why there is none."""
    if doubts.signs_differ:
        return None, SIGNS_DIFFER
    draws = 0 if fit.inference == "randomisation" else RETURN_DRAWS
    try:
        found = relative_effect(
            fit.effects,
            primary,
            unit="team",
            period="period_number",
            outcome="value",
            size="developer_weeks",
            draws=draws,
            seed=SEED,
        )
    except UsageError as reason:
        return None, str(reason)
    return found, ""


def _theta(found: RelativeEffect | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {
        "theta": found.theta,
        "extra_output": found.extra,
        "actual_output": found.actual,
        "draw_count": len(found.draws),
        "seed": SEED if len(found.draws) else 0,
    }


def _drawn(found: RelativeEffect | None) -> Floats:
    return NO_DRAWS if found is None else found.draws


def _pretest(fit: Fit, trend: DriftTest) -> dict[str, Any]:
    """Say what the trends before were, cell by cell and by drift."""
    test = fit.effects.pretest
    return {
        "pretest_statistic": test.statistic,
        "pretest_df": test.df,
        "pretest_p_value": test.p_value,
        "pretest_note": test.reason,
        "drift": trend.drift,
        "drift_p_value": trend.p_value,
        "drift_detectable": trend.detectable,
        "drift_note": trend.reason,
    }


def _known(
    measures: Measures, panel: Panel, primary: pd.DataFrame, active: pd.DataFrame
) -> Verdict:
    """Return what holds whatever the grade turns out to be."""
    starts = panel.treated_cohorts
    first = starts[0] if starts else int(primary.loc[primary["cohort"] != NEVER, "cohort"].min())
    keys = measures.period_keys
    treated = primary.loc[
        (primary["cohort"] != NEVER) & (primary["period_number"] >= primary["cohort"])
    ]
    columns = {"unit": "team", "cohort": "cohort"}
    moved = composition_change(primary, period="period_number", size="developer_weeks", **columns)
    used = contaminated_controls(
        active, period="month_number", active_share="active_share", **columns
    )
    return Verdict(
        "E",
        "",
        treated_count=int((panel.cohort != NEVER).sum()),
        control_count=control_clusters(panel),
        cohort_count=len(starts),
        before_count=int((panel.periods < first).sum()),
        after_count=int((panel.periods >= first).sum()),
        first_period=keys[int(panel.periods[0])],
        last_period=keys[int(panel.periods[-1])],
        developer_weeks=float(treated["developer_weeks"].sum()),
        delivery_hours=float(treated["delivery_hours"].sum()),
        moved_teams=", ".join(moved),
        contaminated_teams=", ".join(used),
    )

"""What is said of the rollout as a whole, in one record."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from capstream.effects.grading import Doubts, Grade
from capstream.effects.rollout.design import Design


@dataclass(frozen=True)
class Verdict:
    """The rollout in one row; None is not known, never zero.

    Attributes:
        grade: Evidence grade.
        grade_reason: Why, in words.
        inference: analytic, bootstrap, randomisation, or none.
        treated_count: Treated teams.
        control_count: Teams that are a control in some period.
        cohort_count: Distinct starts.
        before_count: Periods before the first start.
        after_count: Periods from the first start on.
        first_period: Key of the first period that counts.
        last_period: Key of the last one.
        cross_check: The imputation estimate of the primary outcome.
        is_disagreement: Both estimates differ by more than a standard error.
        is_sign_opposed: They stand clearly on opposite sides of zero, so that no effect is claimed.
        pretest_statistic: Wald statistic over the cells before treatment.
        pretest_df: Its degrees of freedom.
        pretest_p_value: Its p-value.
        pretest_note: Why there is none.
        drift: How far cohorts moved against their controls before their start.
        drift_p_value: P-value of all cohorts' drifts together.
        drift_detectable: A drift of this size would be found 80 times in 100.
        drift_note: Why there is none.
        theta: Relative effect on output, weighted by developer-weeks.
        theta_note: Why there is none, where an effect was estimated.
        extra_output: Output more than without the tools.
        actual_output: Output of the treated team-periods.
        developer_weeks: Developer-weeks of the treated team-periods.
        delivery_hours: Hours on work items in them.
        thin_count: Cells after treatment with fewer than three teams on a side.
        moved_teams: Teams whose size changed by more than a quarter.
        contaminated_teams: Control teams with more than a tenth of active users.
        draw_count: Draws behind intervals; 0 without.
        seed: Their seed.
    """

    grade: Grade
    grade_reason: str
    inference: str = "none"
    treated_count: int = 0
    control_count: int = 0
    cohort_count: int = 0
    before_count: int = 0
    after_count: int = 0
    first_period: str = ""
    last_period: str = ""
    cross_check: float | None = None
    is_disagreement: bool = False
    is_sign_opposed: bool = False
    pretest_statistic: float | None = None
    pretest_df: int | None = None
    pretest_p_value: float | None = None
    pretest_note: str = ""
    drift: float | None = None
    drift_p_value: float | None = None
    drift_detectable: float | None = None
    drift_note: str = ""
    theta: float | None = None
    theta_note: str = ""
    extra_output: float | None = None
    actual_output: float | None = None
    developer_weeks: float | None = None
    delivery_hours: float | None = None
    thin_count: int = 0
    moved_teams: str = ""
    contaminated_teams: str = ""
    draw_count: int = 0
    seed: int = 0

    def record(self, design: Design) -> dict[str, Any]:
        """Return the row with the design that it cites."""
        own = {
            name: None if isinstance(value, float) and not np.isfinite(value) else value
            for name, value in asdict(self).items()
        }
        return own | {
            "design_id": design.design_id,
            "design_recorded_on": design.recorded_on,
            "is_recorded_before": design.is_recorded_before,
            "outcome": design.outcome,
            "assignment": design.assignment,
            "period_type": design.period_type,
            "control": design.control,
            "anticipation_periods": design.anticipation,
            "base_periods": design.base_periods,
            "detectable_effect": design.detectable,
        }


REASONS: dict[Grade, str] = {
    "A": "the order of the starts was drawn by lot, by a record made before them",
    "B": "starts at different times or in a block, compared with teams that had no tools yet",
    "C": "few treated teams, compared with many that had no tools",
    "D": "before and after only: nobody was left to compare with",
    "E": "no team was treated while its outcomes were measured",
    "illustration": "too few teams for any result to be rare",
}
SIGNS_DIFFER = "the primary estimate and its cross-check differ in sign"
DISAGREE = "the primary estimate and its cross-check differ by more than a standard error"
APART = "treated teams and controls moved apart before the start"


def reason(doubts: Doubts, final: Grade, planned: Grade) -> str:
    """Say why the grade is what it is: the design, and what the estimates say against it."""
    found = [
        words
        for words, is_so in (
            (SIGNS_DIFFER, doubts.signs_differ),
            (DISAGREE, doubts.estimators_disagree and not doubts.signs_differ),
            (APART, doubts.trends_differ),
        )
        if is_so
    ]
    if final == planned or not found:
        return REASONS[final]
    return f"{REASONS[planned]}; lowered from {planned}: {', and '.join(found)}"

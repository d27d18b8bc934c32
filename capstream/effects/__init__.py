"""Estimation of effects: staggered rollouts, single series, power and return.

A small, stable interface for analysts; every function takes plain frames and arrays.
"""

from capstream.effects.dora_calculator import DoraInputs, DoraReturn, dora_return
from capstream.effects.grading import CAUSAL, Grade, evidence_grade
from capstream.effects.guards import (
    composition_change,
    contaminated_controls,
    control_clusters,
    inference_for,
    thin_cells,
)
from capstream.effects.imputation import imputed_effect
from capstream.effects.interrupted import InterruptedSeries, interrupted_time_series
from capstream.effects.panel import Panel, read_panel
from capstream.effects.power import minimum_detectable_effect, placebo_deviation
from capstream.effects.randomisation import (
    RandomisationTest,
    distinct_assignments,
    randomisation_test,
)
from capstream.effects.relative import RelativeEffect, relative_effect
from capstream.effects.returns import Return, ReturnLine, return_on_investment
from capstream.effects.sensitivity import TrendSensitivity, trend_sensitivity
from capstream.effects.shrinkage import TeamEffects, shrink_team_effects
from capstream.effects.stage_shift import StageShift, stage_shift
from capstream.effects.staggered import StaggeredEffects, staggered_did
from capstream.effects.synthetic import SyntheticEffect, synthetic_control, synthetic_did

__all__ = [
    "CAUSAL",
    "DoraInputs",
    "DoraReturn",
    "Grade",
    "InterruptedSeries",
    "Panel",
    "RandomisationTest",
    "RelativeEffect",
    "Return",
    "ReturnLine",
    "StageShift",
    "StaggeredEffects",
    "SyntheticEffect",
    "TeamEffects",
    "TrendSensitivity",
    "composition_change",
    "contaminated_controls",
    "control_clusters",
    "distinct_assignments",
    "dora_return",
    "evidence_grade",
    "imputed_effect",
    "inference_for",
    "interrupted_time_series",
    "minimum_detectable_effect",
    "placebo_deviation",
    "randomisation_test",
    "read_panel",
    "relative_effect",
    "return_on_investment",
    "shrink_team_effects",
    "stage_shift",
    "staggered_did",
    "synthetic_control",
    "synthetic_did",
    "thin_cells",
    "trend_sensitivity",
]

"""Estimation of effects: staggered rollouts, single series, power and return.

A small, stable interface for analysts; every function takes plain frames and arrays.
"""

from capstream.effects.imputation import imputed_effect
from capstream.effects.interrupted import InterruptedSeries, interrupted_time_series
from capstream.effects.panel import Panel, read_panel
from capstream.effects.power import minimum_detectable_effect, placebo_deviation
from capstream.effects.randomisation import RandomisationTest, randomisation_test
from capstream.effects.returns import Return, ReturnLine, return_on_investment
from capstream.effects.shrinkage import TeamEffects, shrink_team_effects
from capstream.effects.staggered import StaggeredEffects, staggered_did

__all__ = [
    "InterruptedSeries",
    "Panel",
    "RandomisationTest",
    "Return",
    "ReturnLine",
    "StaggeredEffects",
    "TeamEffects",
    "imputed_effect",
    "interrupted_time_series",
    "minimum_detectable_effect",
    "placebo_deviation",
    "randomisation_test",
    "read_panel",
    "return_on_investment",
    "shrink_team_effects",
    "staggered_did",
]

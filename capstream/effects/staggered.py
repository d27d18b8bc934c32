"""Staggered difference-in-differences without covariates.

Source: Callaway and Sant'Anna (2021), "Difference-in-Differences with multiple time periods",
Journal of Econometrics 225(2). Group-time effects, analytic influence functions, four
aggregates whose standard errors include the uncertainty of the estimated weights, a pre-trend
test and a multiplier bootstrap with simultaneous bands.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import pandas as pd

from capstream.effects.aggregation import Aggregate, AggregateKind, aggregate_cells
from capstream.effects.bootstrap import Bands, multiplier_bands
from capstream.effects.cells import CellTable, Comparison, estimate_cells
from capstream.effects.panel import Floats, Panel, read_panel
from capstream.effects.pretrend import PretrendTest, pretrend_test
from capstream.errors import UsageError

Control = Literal["never", "not_yet"]
Base = Literal["varying", "universal"]


@dataclass(frozen=True)
class StaggeredEffects:
    """Group-time effects of a staggered rollout and what follows from them.

    Attributes:
        panel: The estimation sample.
        cells: One row per cohort and period, with the influence functions.
        comparison: With whom and with when treated cells were compared.
        draws: Number of bootstrap draws; 0 means analytic errors only.
        seed: Seed of the draws.
    """

    panel: Panel
    cells: CellTable
    comparison: Comparison
    draws: int = 0
    seed: int = 0

    @cached_property
    def att(self) -> pd.DataFrame:
        """Effects by cohort and period, in units of the outcome.

        Columns: cohort, period, estimate, std_error, treated_count, control_count, is_post,
        is_thin (fewer than three treated or control units: flagged, never dropped).
        """
        return self.cells.frame()

    @property
    def notes(self) -> tuple[str, ...]:
        """What the sample leaves out, in plain words."""
        return self.panel.notes

    @property
    def is_universal(self) -> bool:
        """Whether all periods are compared with the last one before treatment."""
        return self.comparison.universal

    def aggregate(self, kind: AggregateKind) -> Aggregate:
        """Aggregate the effects: simple, group, dynamic or calendar.

        `group` is the headline: the average effect per unit ever treated.
        """
        return aggregate_cells(self.panel, self.cells, kind)

    @cached_property
    def pretest(self) -> PretrendTest:
        """Wald test that all effects before treatment are zero; a pass is no proof."""
        return pretrend_test(self.cells)

    @cached_property
    def bands(self) -> Bands:
        """Simultaneous 95 % bands over all cells by the multiplier bootstrap.

        Raises:
            UsageError: The estimate was made without draws.
        """
        return self._bands(self.cells.influence)

    def aggregate_bands(self, kind: AggregateKind) -> Bands:
        """Simultaneous 95 % bands over the rows of an aggregate: for event studies.

        Raises:
            UsageError: The estimate was made without draws.
        """
        return self._bands(self.aggregate(kind).row_influence)

    def _bands(self, influence: Floats) -> Bands:
        if self.draws == 0:
            raise UsageError("bands need draws: call staggered_did(..., draws=999)")
        return multiplier_bands(influence, draws=self.draws, seed=self.seed)


def staggered_did(
    frame: pd.DataFrame,
    *,
    unit: str,
    period: str,
    cohort: str,
    outcome: str,
    control: Control = "never",
    base: Base = "varying",
    anticipation: int = 0,
    base_periods: int = 1,
    draws: int = 0,
    seed: int = 0,
) -> StaggeredEffects:
    """Estimate the effect of a staggered rollout on a panel.

    Args:
        frame: One row per unit and period.
        unit: Column of the cluster that is treated as a whole (a team).
        period: Column of integer periods, consecutive.
        cohort: Column of the first treated period; 0 or missing = never treated.
        outcome: Column of the outcome.
        control: `never` treated units, or those `not_yet` treated by the later of the two periods.
        base: `varying` compares pre-periods with the period before, `universal` with the last
            period before treatment; the two are not interchangeable.
        anticipation: Periods before the start in which units may already react.
        base_periods: How many of the last periods before treatment make the base, as their mean.
            One is the published estimator; short periods are noisy, and the noise of a single
            base period stands in every effect of its cohort.
        draws: Bootstrap draws for `bands`.
        seed: Seed of the draws.

    Raises:
        UsageError: The frame is not a panel, an option is unknown, or nothing can be compared.
    """
    if control not in ("never", "not_yet"):
        raise UsageError(f"control {control!r} is unknown: use 'never' or 'not_yet'")
    if base not in ("varying", "universal"):
        raise UsageError(f"base {base!r} is unknown: use 'varying' or 'universal'")
    if base_periods < 1:
        raise UsageError(f"base_periods {base_periods} is not positive: give one or more")
    panel = read_panel(
        frame, unit=unit, period=period, cohort=cohort, outcome=outcome, anticipation=anticipation
    )
    comparison = Comparison(control == "never", base == "universal", anticipation, base_periods)
    cells = estimate_cells(panel, comparison)
    return StaggeredEffects(panel, cells, comparison, draws, seed)

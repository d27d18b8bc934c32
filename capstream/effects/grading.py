"""How strong the evidence of an effect is: what its design can carry, not what it found."""

from __future__ import annotations

from typing import Literal

import numpy as np

from capstream.effects.guards import control_clusters
from capstream.effects.panel import NEVER, Panel
from capstream.effects.randomisation import distinct_assignments
from capstream.effects.synthetic import MINIMUM_DONORS, MINIMUM_PRE_PERIODS

Grade = Literal["A", "B", "C", "D", "E", "illustration"]

LEVEL = 0.05
FEW_TREATED = 3
CAUSAL: frozenset[Grade] = frozenset({"A", "B", "C"})
"""Grades that compare with somebody untreated, so that an effect may be named as one."""

_LOWER: dict[Grade, Grade] = {"A": "B", "B": "C"}


def evidence_grade(
    panel: Panel, *, is_randomised: bool = False, estimators_disagree: bool = False
) -> Grade:
    """Grade the evidence of a rollout.

    A randomised order of starts; B several starts, or a block of at least three units, with
    never or not-yet treated controls; C one small block with many donors and a long past; D
    before and after only; E nothing was treated while it was measured, so that only what people
    say is left; `illustration` where even the rarest assignment would not be rare: the smallest
    p-value that a randomisation test could give is above 5 %.

    Args:
        panel: The estimation sample.
        is_randomised: The order of the starts was drawn by lot, by a record made before them.
        estimators_disagree: The primary estimator and its cross-check differ by more than a
            standard error: one grade lower, down to C. A small block keeps its grade: an error
            from one treated unit says nothing.
    """
    found = _design_grade(panel, is_randomised=is_randomised)
    return _LOWER.get(found, found) if estimators_disagree else found


def _design_grade(panel: Panel, *, is_randomised: bool) -> Grade:
    treated = int((panel.cohort != NEVER).sum())
    if treated == 0:
        return "E"
    if control_clusters(panel) == 0:
        return "D"
    if len(panel.treated_cohorts) == 1 and treated < FEW_TREATED:
        return "C" if _has_donors(panel) else "illustration"
    if distinct_assignments(panel) * LEVEL < 1:
        return "illustration"
    return "A" if is_randomised else "B"


def _has_donors(panel: Panel) -> bool:
    donors = panel.outcome[panel.cohort == NEVER]
    before = int((panel.periods < panel.treated_cohorts[0]).sum())
    complete = int(np.isfinite(donors).all(axis=1).sum())
    return complete >= MINIMUM_DONORS and before >= MINIMUM_PRE_PERIODS

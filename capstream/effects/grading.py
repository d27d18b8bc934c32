"""How strong the evidence of an effect is: what its design can carry, not what it found."""

from __future__ import annotations

from dataclasses import dataclass
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

_LOWER: dict[Grade, Grade] = {"A": "B", "B": "C", "C": "D"}


@dataclass(frozen=True)
class Doubts:
    """What the estimates themselves say against the design; each costs grades.

    Attributes:
        estimators_disagree: The primary estimator and its cross-check differ by more than a
            standard error: one grade, down to C.
        signs_differ: They stand on opposite sides of zero, each by more than a standard error: a
            second grade, down to C.
        trends_differ: Treated and control units moved apart before the start (p under 5 %): one
            grade, down to D, because then nobody is left who may be compared with.
    """

    estimators_disagree: bool = False
    signs_differ: bool = False
    trends_differ: bool = False


NO_DOUBTS = Doubts()


def evidence_grade(
    panel: Panel,
    *,
    is_randomised: bool = False,
    estimators_disagree: bool = False,
    doubts: Doubts = NO_DOUBTS,
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
        estimators_disagree: Shorthand for that doubt alone. A small block keeps its grade: an
            error from one treated unit says nothing.
        doubts: What the estimates say against the design.
    """
    found = _design_grade(panel, is_randomised=is_randomised)
    for doubt in (estimators_disagree or doubts.estimators_disagree, doubts.signs_differ):
        found = _LOWER[found] if doubt and found in ("A", "B") else found
    return _LOWER.get(found, found) if doubts.trends_differ else found


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

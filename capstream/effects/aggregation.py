"""The four aggregates of group-time effects, with the uncertainty of their weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from capstream.effects.cells import CellTable, standard_errors
from capstream.effects.panel import Floats, Panel
from capstream.errors import UsageError

AggregateKind = Literal["simple", "group", "dynamic", "calendar"]


@dataclass(frozen=True)
class Aggregate:
    """An aggregate of group-time effects, in units of the outcome.

    Attributes:
        kind: simple, group, dynamic or calendar.
        estimate: The overall effect.
        std_error: Its analytic standard error.
        rows: One row per group, event time or calendar period: key, estimate, std_error; for
            `simple` the one overall row.
        influence: Influence function of the overall effect, shape (n,).
        row_influence: Influence functions of the rows, shape (n, rows).
    """

    kind: AggregateKind
    estimate: float
    std_error: float
    rows: pd.DataFrame
    influence: Floats
    row_influence: Floats


@dataclass(frozen=True)
class _Part:
    estimate: float
    influence: Floats


def aggregate_cells(panel: Panel, cells: CellTable, kind: AggregateKind) -> Aggregate:
    """Aggregate the cells; each kind answers another question (see `contract`).

    Raises:
        UsageError: The kind is unknown, or no cell lies after a treatment.
    """
    if kind not in get_args(AggregateKind):
        raise UsageError(f"aggregate {kind!r} is unknown: use {', '.join(get_args(AggregateKind))}")
    if not cells.is_post.any():
        raise UsageError("no cell lies after a first treated period: nothing to aggregate")
    shares = {cohort: float(np.mean(panel.cohort == cohort)) for cohort in panel.treated_cohorts}
    if kind == "simple":
        overall = _share_weighted(panel, cells, np.flatnonzero(cells.is_post), shares)
        return _collect(kind, ["overall"], [overall], overall)
    if kind == "group":
        return _by_group(panel, cells, shares)
    keys = cells.period - cells.cohort if kind == "dynamic" else cells.period
    return _by_key(panel, cells, shares, kind, keys)


def _by_group(panel: Panel, cells: CellTable, shares: dict[int, float]) -> Aggregate:
    cohorts = [int(value) for value in np.unique(cells.cohort[cells.is_post])]
    parts = []
    for cohort in cohorts:
        chosen = np.flatnonzero(cells.is_post & (cells.cohort == cohort))
        parts.append(_plain_mean(cells, chosen))
    weights = np.array([shares[cohort] for cohort in cohorts])
    effects = np.array([part.estimate for part in parts])
    influence = np.column_stack([part.influence for part in parts]) @ (weights / weights.sum())
    influence = influence + _weight_influence(panel, np.array(cohorts), weights) @ effects
    overall = _Part(float(effects @ weights / weights.sum()), influence)
    return _collect("group", cohorts, parts, overall)


def _by_key(
    panel: Panel,
    cells: CellTable,
    shares: dict[int, float],
    kind: AggregateKind,
    keys: npt.NDArray[np.int64],
) -> Aggregate:
    """Share-weighted mean per key, then the plain mean over the keys after treatment."""
    eligible = np.ones(len(keys), dtype=bool) if kind == "dynamic" else cells.is_post
    labels = [int(value) for value in np.unique(keys[eligible])]
    parts = [
        _share_weighted(panel, cells, np.flatnonzero(eligible & (keys == label)), shares)
        for label in labels
    ]
    counted = [
        part for label, part in zip(labels, parts, strict=True) if kind == "calendar" or label >= 0
    ]
    overall = _Part(
        float(np.mean([part.estimate for part in counted])),
        np.mean([part.influence for part in counted], axis=0),
    )
    return _collect(kind, labels, parts, overall)


def _plain_mean(cells: CellTable, chosen: npt.NDArray[np.int64]) -> _Part:
    return _Part(
        float(cells.estimate[chosen].mean()), np.asarray(cells.influence[:, chosen].mean(axis=1))
    )


def _share_weighted(
    panel: Panel, cells: CellTable, chosen: npt.NDArray[np.int64], shares: dict[int, float]
) -> _Part:
    cohorts = cells.cohort[chosen]
    weights = np.array([shares[int(cohort)] for cohort in cohorts])
    effects = cells.estimate[chosen]
    influence = cells.influence[:, chosen] @ (weights / weights.sum())
    influence = influence + _weight_influence(panel, cohorts, weights) @ effects
    return _Part(float(effects @ weights / weights.sum()), influence)


def _weight_influence(panel: Panel, cohorts: npt.NDArray[np.int64], weights: Floats) -> Floats:
    """Influence of the estimated cohort shares on the weights, shape (n, cells)."""
    total = weights.sum()
    deviation = (panel.cohort[:, None] == cohorts[None, :]).astype(np.float64) - weights
    return np.asarray(deviation / total - deviation.sum(axis=1, keepdims=True) * weights / total**2)


def _collect(
    kind: AggregateKind, labels: list[int] | list[str], parts: list[_Part], overall: _Part
) -> Aggregate:
    row_influence = np.column_stack([part.influence for part in parts])
    rows = pd.DataFrame(
        {
            "key": labels,
            "estimate": [part.estimate for part in parts],
            "std_error": standard_errors(row_influence),
        }
    )
    return Aggregate(
        kind=kind,
        estimate=overall.estimate,
        std_error=float(standard_errors(overall.influence[:, None])[0]),
        rows=rows,
        influence=overall.influence,
        row_influence=row_influence,
    )

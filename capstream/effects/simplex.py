"""Least squares over weights that are non-negative and add up to one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from capstream.effects.panel import Floats

_JITTER = 1e-10
"""Ridge relative to the size of the problem, where columns repeat each other."""
_TOLERANCE = 1e-9


def simplex_weights(design: Floats, target: Floats, *, ridge: float = 0.0) -> Floats:
    """Minimise |design w - target|² + ridge |w|² over the simplex, by an active set.

    Args:
        design: Shape (rows, weights).
        target: Shape (rows,).
        ridge: Penalty on large weights.

    Returns:
        The weights, exact up to rounding: the method ends after finitely many steps.
    """
    width = design.shape[1]
    gram = design.T @ design
    gram = gram + (ridge + _JITTER * max(1.0, float(np.trace(gram)) / width)) * np.eye(width)
    pull = design.T @ target
    weights = np.zeros(width)
    weights[int(np.argmin(np.diag(gram) / 2 - pull))] = 1.0
    free = weights > 0
    scale = max(1.0, float(np.abs(pull).max()))
    for _ in range(50 * width):
        wanted, price = _equality_solution(gram, pull, free)
        if (wanted[free] >= -_TOLERANCE).all():
            weights = np.maximum(wanted, 0.0)
            gain = gram @ weights - pull + price
            gain[free] = 0.0
            if gain.min() >= -_TOLERANCE * scale:
                break
            free[int(np.argmin(gain))] = True
        else:
            weights, free = _step_to_border(weights, wanted, free)
    return np.asarray(weights / weights.sum())


def _equality_solution(
    gram: Floats, pull: Floats, free: npt.NDArray[np.bool_]
) -> tuple[Floats, float]:
    """Solve on the free weights with their sum held at one; the multiplier comes second."""
    chosen = np.flatnonzero(free)
    count = len(chosen)
    system = np.ones((count + 1, count + 1))
    system[:count, :count] = gram[np.ix_(chosen, chosen)]
    system[count, count] = 0.0
    solved = np.linalg.solve(system, np.append(pull[chosen], 1.0))
    wanted = np.zeros(len(free))
    wanted[chosen] = solved[:count]
    return wanted, float(solved[count])


def _step_to_border(
    weights: Floats, wanted: Floats, free: npt.NDArray[np.bool_]
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Go towards the solution until the first weight becomes zero, and fix it there."""
    falling = free & (wanted < 0) & (wanted < weights)
    room = np.full(len(free), np.inf)
    room[falling] = weights[falling] / (weights[falling] - wanted[falling])
    first = int(np.argmin(room))
    moved = weights + min(1.0, float(room[first])) * (wanted - weights)
    moved[first] = 0.0
    remaining = free.copy()
    remaining[first] = False
    return np.maximum(moved, 0.0), remaining

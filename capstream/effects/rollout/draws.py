"""Draws behind the return's interval: the effect, and chance numbers for what finance enters.

The workbook computes the return of every draw live. Two uniform numbers, the lesser and the
greater, make a triangular one without a root or a branch: low + (high - mode) × lesser
+ (mode - low) × greater.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from capstream.effects.panel import Floats

RETURN_DRAWS = 5_000
ENTERED = ("rate", "share", "cost")
"""What is drawn beside the effect: loaded rate, redeployed share, cost of all."""


def draw_records(theta: Floats, *, seed: int) -> Iterator[dict[str, float | int]]:
    """Yield one record a draw: draw_number, theta, and two chance numbers for each entry.

    Args:
        theta: Drawn relative effects, in the order of their draws.
        seed: Seed of the chance numbers.
    """
    generator = np.random.default_rng(seed)
    pairs = {name: np.sort(generator.random((len(theta), 2)), axis=1) for name in ENTERED}
    for place, value in enumerate(theta):
        record: dict[str, float | int] = {"draw_number": place + 1, "theta": float(value)}
        for name, pair in pairs.items():
            record[f"{name}_lesser"] = float(pair[place, 0])
            record[f"{name}_greater"] = float(pair[place, 1])
        yield record

"""Chance with a seed: one independent stream of random numbers for every purpose.

A stream is named by what it is for (a team, a person, a kind of event), so that adding people
or months leaves the draws of everybody else as they were.
"""

from __future__ import annotations

import hashlib
import math
import random


def stream(seed: int, *purpose: object) -> random.Random:
    """Return the random stream of one purpose, the same for the same seed and names."""
    name = ":".join(str(part) for part in (seed, *purpose))
    return random.Random(name)  # noqa: S311 - a simulated company keeps no secrets


def lognormal(chance: random.Random, median: float, sigma: float) -> float:
    """Draw a positive number with that median; sigma is the spread of its logarithm."""
    return median * math.exp(chance.gauss(0.0, sigma))


def hex_id(*parts: object, length: int = 40) -> str:
    """Return a stable hexadecimal identifier of that length, at most 40 digits."""
    text = ":".join(str(part) for part in parts)
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:length]

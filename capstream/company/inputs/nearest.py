"""The nearest known name to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

_LEAST_SIMILARITY = 0.72


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that `name` most likely means; None when nothing is near.

    Case, blanks, hyphens and underscores do not count.
    """
    found = process.extractOne(
        name,
        sorted(known),
        scorer=JaroWinkler.similarity,
        processor=_bare,
        score_cutoff=_LEAST_SIMILARITY,
    )
    return None if found is None else str(found[0])


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return `did you mean X?` for the nearest name, else the known names."""
    choices = sorted(known)
    nearest = nearest_name(name, choices)
    if nearest is not None:
        return f"did you mean {nearest}?"
    return f"use one of {', '.join(choices)}" if choices else "there is none to choose from"


def _bare(name: str) -> str:
    return name.casefold().replace("_", "").replace(" ", "").replace("-", "")

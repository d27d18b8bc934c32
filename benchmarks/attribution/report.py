"""Errors of all methods over many worlds, means over the seeds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import mean

from benchmarks.attribution.ledger import estimate
from benchmarks.attribution.measures import (
    Errors,
    equal_parts_of_known_days,
    measure,
    shares_at_close,
    shares_in_truth,
)
from benchmarks.attribution.rivals import RIVALS
from benchmarks.attribution.settings import Mess
from benchmarks.attribution.world import World, simulate

Method = Callable[[World], Errors]
Table = Mapping[tuple[str, str], Errors]

DEFAULT = "evidence ladder, unlinked code lent (default)"
STRICT = "evidence ladder, unlinked code on the repository"
KNOWN_DAYS = "the items of each day known, only its hours not"


def _ours(unlinked_code: str) -> Method:
    def errors(world: World) -> Errors:
        weights, shares = estimate(world, unlinked_code=unlinked_code)
        return measure(world, weights, shares)

    return errors


def _rival(name: str) -> Method:
    def errors(world: World) -> Errors:
        weights = RIVALS[name](world)
        return measure(world, weights, shares_at_close(world, weights))

    return errors


def _known_days(world: World) -> Errors:
    weights = equal_parts_of_known_days(world)
    return measure(world, weights, shares_in_truth(world, weights))


METHODS: dict[str, Method] = {
    DEFAULT: _ours("lend"),
    STRICT: _ours("repository_item"),
    **{name: _rival(name) for name in RIVALS},
}


def method_rows(
    settings: Mapping[str, Mess], seeds: Sequence[int]
) -> dict[tuple[str, str], Errors]:
    """Errors by setting and method."""
    worlds = {name: [simulate(mess, seed) for seed in seeds] for name, mess in settings.items()}
    return {
        (setting, method): _mean([errors(world) for world in worlds[setting]])
        for setting in settings
        for method, errors in METHODS.items()
    }


def default_rows(settings: Mapping[str, Mess], seeds: Sequence[int]) -> dict[str, Errors]:
    """Errors of the default by setting."""
    return {
        name: _mean([METHODS[DEFAULT](simulate(mess, seed)) for seed in seeds])
        for name, mess in settings.items()
    }


def gap_rows(settings: Mapping[str, Mess], seeds: Sequence[int]) -> dict[str, Errors]:
    """Errors of the default by what the records lack, and what no record could tell."""
    rows = default_rows(settings, seeds)
    rows[KNOWN_DAYS] = _mean([_known_days(simulate(Mess(), seed)) for seed in seeds])
    return rows


def _mean(errors: Sequence[Errors]) -> Errors:
    return Errors(
        share_error=mean(error.share_error for error in errors),
        bias=mean(error.bias for error in errors),
        distance=mean(error.distance for error in errors),
    )

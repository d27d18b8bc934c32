"""Error tables of all methods over many worlds, as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import mean

from benchmarks.attribution.ledger import estimate
from benchmarks.attribution.measures import Errors, measure, shares_at_close
from benchmarks.attribution.rivals import RIVALS
from benchmarks.attribution.settings import Mess
from benchmarks.attribution.world import World, simulate

Method = Callable[[World], Errors]


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


METHODS: dict[str, Method] = {
    "**evidence ladder, unlinked code lent (default)**": _ours("lend"),
    "evidence ladder, unlinked code on the repository": _ours("repository_item"),
    **{name: _rival(name) for name in RIVALS},
}


def error_table(settings: Mapping[str, Mess], seeds: Sequence[int]) -> list[str]:
    """Lines of a Markdown table: one row per setting and method, means over the seeds."""
    lines = [
        "| companies | method | error of a person's capex share | organisation's bias | distance |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    for setting, mess in settings.items():
        worlds = [simulate(mess, seed) for seed in seeds]
        for name, method in METHODS.items():
            lines.append(f"| {setting} | {name} | {_cells([method(world) for world in worlds])} |")
    return lines


def _cells(errors: Sequence[Errors]) -> str:
    share = mean(error.share_error for error in errors)
    bias = mean(error.bias for error in errors)
    distance = mean(error.distance for error in errors)
    return f"{share:.3f} | {bias:+.3f} | {distance:.3f}"

"""Components: parents, dependencies and lives."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from capstream.company.cross_checks.facts import CrossFacts
from capstream.company.cross_checks.rows import Place, Roster, rows_of
from capstream.documents.wording import suggestion
from capstream.errors import Problem


def component_problems(roster: Roster, facts: CrossFacts) -> Iterator[Problem]:
    """Yield components that depend on themselves or the unknown, or have an unusual life."""
    parents: dict[str, list[str]] = {}
    dependencies: dict[str, list[str]] = {}
    places: dict[str, Place] = {}
    columns = ("component_id", "parent_component_id", "depends_on")
    for place, (component, parent, depends_on) in rows_of(roster.inputs, "components", *columns):
        if component:
            places[component] = place
            parents[component] = [parent] if parent else []
            dependencies[component] = json.loads(depends_on or "[]")
    yield from _unknown_dependencies(dependencies, places)
    yield from _cycles(parents, places, "parent_component_id")
    yield from _cycles(dependencies, places, "depends_on")
    yield from _parentless_enhancements(roster)
    yield from _unusual_lives(roster, facts)


def _unknown_dependencies(
    dependencies: Mapping[str, list[str]], places: Mapping[str, Place]
) -> Iterator[Problem]:
    for component, targets in dependencies.items():
        for target in targets:
            if target not in places:
                message = f"component {target} is unknown"
                yield places[component].problem("depends_on", message, suggestion(target, places))


def _cycles(
    edges: Mapping[str, list[str]], places: Mapping[str, Place], column: str
) -> Iterator[Problem]:
    """Yield one problem for every circle of components, at the first of its components."""
    open_edges = {node: [target for target in targets if target in edges]
                  for node, targets in edges.items()}  # fmt: skip
    while circle := _circle(open_edges):
        first = min(circle, key=lambda component: places[component].row)
        turn = circle.index(first)
        path = [*circle[turn:], *circle[:turn], first]
        message = f"components go in a circle: {' → '.join(path)}"
        yield places[first].problem(column, message, "take one of the links out")
        open_edges[first] = []


def _circle(edges: Mapping[str, list[str]]) -> list[str]:
    """Return the components of some circle, each followed by one that it points to."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found[:0:-1]
    return []


def _parentless_enhancements(roster: Roster) -> Iterator[Problem]:
    columns = ("component_id", "parent_component_id", "adds_functionality")
    for place, (component, parent, adds) in rows_of(roster.inputs, "components", *columns):
        if adds and parent is None:
            message = f"{component} adds functionality, but names no parent_component_id"
            yield place.problem(
                "parent_component_id", message, "name the live software that it enhances"
            )


def _unusual_lives(roster: Roster, facts: CrossFacts) -> Iterator[Problem]:
    opened = set(roster.inputs.tables["opening_balances"].column("component_id").to_pylist())
    columns = ("component_id", "entity", "life_months", "functionality_note")
    for place, (component, entity, life, note) in rows_of(roster.inputs, "components", *columns):
        least, most = _allowed_life(entity, facts)
        if life is None or note is not None or component in opened or least <= life <= most:
            continue
        yield place.problem(
            "life_months",
            f"{life} months is outside the {least} to {most} that the policy allows without a note",
            "say why in functionality_note, or correct the life",
        )


def _allowed_life(entity: str | None, facts: CrossFacts) -> tuple[float, float]:
    """Return the bounds of the entity's policies; without an entity the widest of all."""
    if entity is not None and entity in facts.life_months:
        return facts.life_months[entity]
    bounds = [] if entity else list(facts.life_months.values())
    if not bounds:
        return 0, float("inf")
    return min(least for least, _ in bounds), max(most for _, most in bounds)

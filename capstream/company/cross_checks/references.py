"""Names in one table that must stand in another, or in the configuration."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from capstream.company.cross_checks.facts import CrossFacts
from capstream.company.cross_checks.rows import Roster
from capstream.company.inputs.input_tables import InputTables
from capstream.documents.wording import nearest
from capstream.errors import Problem

_REFERENCES = (
    (
        "person",
        "person_id",
        (
            "identities payroll rates time_off declared_allocations overrides "
            "ai_seats ai_usage ai_costs ai_training"
        ),
    ),
    ("entity", "entity", "people payroll other_costs components gl_balances accounts ai_costs"),
    (
        "value stream",
        "value_stream_id",
        (
            "components declared_allocations budgets forecasts revenue investment_targets "
            "workshop_maps improvements"
        ),
    ),
    (
        "component",
        "component_id",
        "other_costs declared_allocations gates asset_events overrides opening_balances",
    ),
    ("component", "parent_component_id", "components"),
    ("team", "team", "declared_allocations ai_rollouts ai_training"),
    ("calendar", "calendar", "people"),
    ("survey item", "item", "survey_responses"),
)
"""What is named, in which column, of which tables."""

_COMPARED_NAMES = 300

_HOMES = {
    "person": "add the person to people",
    "entity": "add the entity to capstream.yaml",
    "value stream": "add the value stream to value_streams.yaml",
    "component": "add the component to components",
    "team": "use a team of people",
    "calendar": "use an ISO country or subdivision such as DE-BY, or add it to capstream.yaml",
    "survey item": "add the item to survey_items",
}


def reference_problems(roster: Roster, facts: CrossFacts) -> Iterator[Problem]:
    """Yield every name that stands nowhere, with the nearest one that does."""
    known = _known_names(roster.inputs, facts)
    for thing, column, tables in _REFERENCES:
        for table in tables.split():
            yield from _unknown(roster.inputs, table, column, thing=thing, known=known[thing])


def _known_names(inputs: InputTables, facts: CrossFacts) -> dict[str, Collection[str]]:
    return {
        "person": _names(inputs, "people", "person_id"),
        "entity": facts.entities,
        "value stream": facts.value_stream_ids,
        "component": _names(inputs, "components", "component_id"),
        "team": _names(inputs, "people", "team"),
        "calendar": facts.calendars,
        "survey item": _names(inputs, "survey_items", "item"),
    }


def _names(inputs: InputTables, table: str, column: str) -> frozenset[str]:
    return frozenset(inputs.tables[table].column(column).unique().to_pylist()) - {None}


def _unknown(
    inputs: InputTables, table: str, column: str, *, thing: str, known: Collection[str]
) -> Iterator[Problem]:
    unknown = {name for name in _names(inputs, table, column) if name not in known}
    if not unknown:
        return
    remedies = {
        # Hundreds of unknown names have one cause; comparing them all would take minutes.
        name: _remedy(thing, name, known) if place < _COMPARED_NAMES else _HOMES[thing]
        for place, name in enumerate(sorted(unknown))
    }
    names = inputs.tables[table].column(column).to_pylist()
    files = inputs.tables[table].column("input_file").to_pylist()
    rows = inputs.tables[table].column("input_row").to_pylist()
    for name, file, row in zip(names, files, rows, strict=True):
        if name in unknown:
            yield Problem(file, row, column, f"{thing} {name} is unknown", remedies[name])


def _remedy(thing: str, name: str, known: Collection[str]) -> str:
    near = nearest(name, sorted(known))
    return f"did you mean {near}? else {_HOMES[thing]}" if near else _HOMES[thing]

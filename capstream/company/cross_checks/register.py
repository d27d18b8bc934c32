"""The registers of pay and cost against the people and entities they name."""

from __future__ import annotations

from collections.abc import Iterator

from capstream.company.cross_checks.facts import CrossFacts
from capstream.company.cross_checks.rows import Roster, distinct_rows_of
from capstream.errors import Problem
from capstream.types import Month


def register_problems(roster: Roster, facts: CrossFacts) -> Iterator[Problem]:
    """Yield payroll rows whose entity has no spell of the person.

    Pay outside every spell is fine (it becomes a `NO_CAPACITY` line); an entity given with it
    is then one of any of the person's spells.
    """
    columns = ("month", "person_id", "entity")
    for place, (month_key, person, entity) in distinct_rows_of(roster.inputs, "payroll", *columns):
        if not (month_key and person in roster.spells and entity in facts.entities):
            continue
        month = Month.parse(month_key)
        spells = roster.spells_of(person, month) or roster.spells[person]
        entities = {spell.entity for spell in spells}
        if entity not in entities:
            employed = ", ".join(sorted(name for name in entities if name))
            yield place.problem(
                "entity",
                f"{person} has no spell in {entity} in {month_key}",
                f"use {employed}, or leave the entity empty",
            )

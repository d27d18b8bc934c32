"""Every check between tables, run over one set of inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from capstream.company.cross_checks.components import component_problems
from capstream.company.cross_checks.currencies import currency_problems
from capstream.company.cross_checks.decisions import decision_problems
from capstream.company.cross_checks.facts import CrossFacts
from capstream.company.cross_checks.people import people_problems
from capstream.company.cross_checks.plans import plan_problems
from capstream.company.cross_checks.references import reference_problems
from capstream.company.cross_checks.register import register_problems
from capstream.company.cross_checks.rows import Roster
from capstream.company.inputs.input_tables import InputTables
from capstream.errors import Problem

_THEMES: tuple[Callable[[Roster, CrossFacts], Iterable[Problem]], ...] = (
    reference_problems,
    people_problems,
    register_problems,
    currency_problems,
    component_problems,
    decision_problems,
    plan_problems,
)


def cross_problems(inputs: InputTables, facts: CrossFacts) -> list[Problem]:
    """Return every problem between rows, tables and configuration, sorted by place.

    Args:
        inputs: The tables of `load_inputs`; rows with unreadable cells are skipped where the
            cell matters, because they were reported already.
        facts: What the configuration says.
    """
    roster = Roster(inputs)
    return sorted({problem for theme in _THEMES for problem in theme(roster, facts)})

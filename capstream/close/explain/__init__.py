"""From a number of the books down to the rule, the inputs and the records it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from capstream.close.explain.check import check
from capstream.close.explain.component import component
from capstream.close.explain.journal_line import journal_line
from capstream.close.explain.person_month import person_month
from capstream.close.explain.sections import Explanation, Section
from capstream.close.explain.work_item import work_item
from capstream.errors import UsageError, WarehouseError
from capstream.warehouse import connect, warehouse_path

__all__ = ["Explanation", "Section", "explain"]

Reading = tuple[str, Callable[[duckdb.DuckDBPyConnection], tuple[Section, ...]]]


def explain(company: Path, identifier: str) -> Explanation:
    """Explain an id of the books.

    Args:
        company: The company folder; its warehouse holds the months that were run.
        identifier: `entry_id:line`, `person_id@YYYY-MM`, `check_id@YYYY-MM`, a component_id or
            a work_item_key.

    Raises:
        UsageError: Nothing in the warehouse is called so.
        WarehouseError: The warehouse is missing or cannot be read.
    """
    with connect(warehouse_path(company), read_only=True) as connection:
        for kind, look in _readings(identifier):
            try:
                sections = look(connection)
            except duckdb.Error as error:
                raise WarehouseError(
                    f"the warehouse could not be asked ({error}): run the month again"
                ) from error
            if sections:
                return Explanation(identifier, kind, sections)
    raise UsageError(
        f"{identifier!r} names nothing to explain: give entry_id:line, person_id@YYYY-MM, "
        "check_id@YYYY-MM, a component_id or a work_item_key"
    )


def _readings(identifier: str) -> Iterator[Reading]:
    """Yield what an id may mean, the most specific first."""
    name, _, month_key = identifier.rpartition("@")
    if name:
        yield "person and month", lambda c: person_month(c, name, month_key)
        yield "check", lambda c: check(c, name, month_key)
    entry_id, _, line = identifier.rpartition(":")
    if entry_id and line.isdecimal():
        yield "journal line", lambda c: journal_line(c, entry_id, int(line))
    yield "component", lambda c: component(c, identifier)
    yield "work item", lambda c: work_item(c, identifier)

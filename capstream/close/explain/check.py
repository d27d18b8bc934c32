"""A check of the books: both sides, what they are, and what to fix."""

from __future__ import annotations

import duckdb

from capstream.close.explain.sections import Section, section

CHECK = """
select check_id, month_key, area, description, left_value, right_value, difference, tolerance,
    status, severity, detail
from marts.fct_checks where check_id = $1 and month_key = $2
"""


def check(
    connection: duckdb.DuckDBPyConnection, check_id: str, month_key: str
) -> tuple[Section, ...]:
    """Explain a check of a month; empty when there is none."""
    found = section(connection, "check", CHECK, (check_id, month_key))
    return (found,) if found.rows else ()

"""A work item: what it is, what it cost in each month, and who worked on which day."""

from __future__ import annotations

import duckdb

from capstream.close.explain.sections import Section, section

ITEM = """
select source, work_item_key, item_type, title, status, parent_key, epic_key, labels, url
from input.inp_work_items where work_item_key = $1 order by source
"""

COST = """
select month_key, value_stream_id, component_id, treatment, rule_id, reason,
    sum(minutes) as minutes, sum(amount) as amount, currency_code
from marts.fct_capitalization where work_item_key = $1
group by all order by all
"""

DAYS = """
select work_date, person_id, evidence_tier, minutes, evidence_ref
from marts.fct_effort_days where work_item_key = $1
order by work_date, person_id, evidence_tier
"""


def work_item(connection: duckdb.DuckDBPyConnection, work_item_key: str) -> tuple[Section, ...]:
    """Explain a work item; empty when no record and no cost names it."""
    asked = (work_item_key,)
    sections = (
        section(connection, "work item", ITEM, asked),
        section(connection, "cost by month and rule", COST, asked),
        section(connection, "days and their evidence", DAYS, asked),
    )
    return sections if any(part.rows for part in sections) else ()

"""A person's month: pay, working time, where it went, and the evidence for each day."""

from __future__ import annotations

import duckdb

from capstream.close.explain.footing import COST_OF_TIME, PAY, TIME
from capstream.close.explain.sections import Section, sections_of

PAID = """
select pay_component, amount, currency, entity, input_file || ':' || input_row as input_row
from company.payroll
where person_id = $1 and month = $2
order by pay_component, input_file, input_row
"""

COST = """
select entity, pay_component, treatment, rule_id, policy_id || '@' || policy_version as policy,
    sum(minutes) as minutes, sum(amount) as amount, currency_code
from marts.fct_capitalization
where person_id = $1 and month_key = $2
group by all order by all
"""

ITEMS = """
select work_item_key, effort.value_stream_id, effort.component_id, evidence_tier,
    sum(minutes) as minutes, count(distinct work_date) as day_count, min(title) as title
from marts.fct_effort_days as effort
left join marts.dim_work_items as items using (work_item_key)
where person_id = $1 and month_key = $2
group by all
order by minutes desc, work_item_key, value_stream_id, component_id, evidence_tier
"""

DAYS = """
select work_date, work_item_key, evidence_tier, minutes, evidence_ref
from marts.fct_effort_days
where person_id = $1 and month_key = $2
order by work_date, work_item_key, evidence_tier
"""

SECTIONS = (
    ("pay of the register", PAID, PAY),
    ("cost by rule", COST, COST_OF_TIME),
    ("work items", ITEMS, TIME),
    ("days and their evidence", DAYS, TIME),
)


def person_month(
    connection: duckdb.DuckDBPyConnection, person_id: str, month_key: str
) -> tuple[Section, ...]:
    """Explain a person's month; empty when the person has neither time nor pay in it."""
    sections = sections_of(connection, SECTIONS, (person_id, month_key))
    return sections if any(part.rows for part in sections) else ()

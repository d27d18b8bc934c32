"""A work item: what it is, what it cost in each month, and who worked on which day."""

from __future__ import annotations

import duckdb

from capstream.close.explain.footing import COST_OF_TIME, TIME, UNSUMMED
from capstream.close.explain.sections import Section, sections_of

ITEM = """
select source, work_item_key, item_type, title, status, parent_key, epic_key, labels, url
from input.inp_work_items where work_item_key = $1 order by source
"""

COST = """
select month_key, value_stream_id, component_id, pay_component, treatment, rule_id, reason,
    sum(minutes) as minutes, sum(amount) as amount, currency_code
from marts.fct_capitalization where work_item_key = $1
group by all order by all
"""

# A rule's place is the file's of the month that was computed: the stream has to agree as well.
PLACED = """
select coalesce(rules.rule_text, case
        when evidence_tier = 'T4' then 'declared allocation'
        else 'no rule matches: add one in value_streams.yaml' end) as rule,
    effort.value_stream_id, effort.component_id, item_type, labels, parent_key, epic_key, history,
    min(work_date) as first_date, max(work_date) as last_date, sum(minutes) as minutes
from marts.fct_effort_days as effort
left join intermediate.int_rules__worded as rules
    on effort.value_stream_rule_order = rules.rule_order
    and effort.value_stream_id = rules.value_stream_id
where work_item_key = $1
group by all order by first_date, rule, value_stream_id, component_id
"""

CHANGED = """
select month_key, field, value_on_day, value_at_close, first_date, last_date, minutes
from marts.fct_state_differences where work_item_key = $1 order by all
"""

DAYS = """
select work_date, person_id, evidence_tier, minutes, evidence_ref
from marts.fct_effort_days where work_item_key = $1
order by work_date, person_id, evidence_tier
"""

SECTIONS = (
    ("work item", ITEM, UNSUMMED),
    ("why in this value stream", PLACED, TIME),
    ("was something else on the day than at the close", CHANGED, UNSUMMED),
    ("cost by month and rule", COST, COST_OF_TIME),
    ("days and their evidence", DAYS, TIME),
)


def work_item(connection: duckdb.DuckDBPyConnection, work_item_key: str) -> tuple[Section, ...]:
    """Explain a work item; empty when no record and no cost names it."""
    sections = sections_of(connection, SECTIONS, (work_item_key,))
    return sections if any(part.rows for part in sections) else ()

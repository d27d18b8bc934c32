"""A component: its gates, its asset, and the months that built it."""

from __future__ import annotations

import duckdb

from capstream.close.explain import footing
from capstream.close.explain.sections import Section, sections_of

COMPONENT = """
select component_id, name, value_stream_id, parent_component_id, scope, asset_class, life_months,
    convention, input_file || ':' || input_row as input_row
from company.components where component_id = $1
"""

GATES = """
select gate, effective_date, recorded_by, evidence_url, input_file || ':' || input_row as input_row
from company.gates where component_id = $1 order by effective_date, gate
"""

ASSET = """
select entity, status, cost_amount, ready_date, life_months, convention, accumulated_amount,
    net_book_value_amount, currency_code
from marts.fct_assets where component_id = $1 order by entity
"""

COST = """
select month_key, entity, treatment, rule_id, reason, sum(amount) as amount, currency_code
from marts.fct_capitalization where component_id = $1
group by all order by all
"""

MOVEMENTS = """
select month_key, entity, balance, movement_type, amount, currency_code
from marts.fct_asset_movements
where component_id = $1 and movement_type not in ('opening', 'closing') and amount <> 0
order by all
"""

SECTIONS = (
    ("component", COMPONENT, footing.UNSUMMED),
    ("gates", GATES, footing.UNSUMMED),
    ("asset", ASSET, footing.ASSETS),
    ("cost by month and rule", COST, footing.COST),
    ("movements", MOVEMENTS, footing.MOVEMENTS),
)


def component(connection: duckdb.DuckDBPyConnection, component_id: str) -> tuple[Section, ...]:
    """Explain a component; empty when there is none of that id."""
    sections = sections_of(connection, SECTIONS, (component_id,))
    return sections if sections[0].rows else ()

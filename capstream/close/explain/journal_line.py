"""A journal line: the cost rows it adds up, their rules, the pay and the evidence under them."""

from __future__ import annotations

import duckdb

from capstream.close.explain import footing
from capstream.close.explain.sections import Section, section, sections_of

LINE = """
select entry_id, line_number, entry_type, coalesce(support_type, entry_type) as support_type,
    month_key, entity, account, account_name, debit_amount, credit_amount, currency_code,
    cost_center, component_id, memo, source_ref
from marts.fct_journal_lines where entry_id = $1 and line_number = $2
"""

# A capitalisation entry holds one nature of cost; its rows are found again by what they are.
_STOCK = "pay_component = 'stock_compensation'"
_INTEREST = "pay_component = 'other_interest'"
_AI = "pay_component like 'ai\\_%' escape '\\'"
_OTHER = f"(pay_component like 'other\\_%' escape '\\' and not {_INTEREST})"
_NAMED = f"({_STOCK} or {_INTEREST} or {_AI} or {_OTHER})"
_CONTRACTOR = "(pay_component = 'contractor_invoice' or worker_type = 'contractor')"
NATURES = {
    "J1": f"not {_NAMED} and not {_CONTRACTOR}",
    "J1b": _STOCK,
    "J2": f"{_CONTRACTOR} and not {_NAMED}",
    "J3": _AI,
    "J4": _INTEREST,
    "J-other": _OTHER,
}

ROWS = """
with line as (
    select * from marts.fct_journal_lines where entry_id = $1 and line_number = $2
),
rows as (
    select cost.*
    from marts.fct_capitalization as cost
    join line using (month_key, entity, component_id, cost_center)
    where cost.treatment = 'capex' and {nature}
)
"""

TIE = """
select (select debit_amount + credit_amount from line) as line_amount,
    sum(capex_amount) as rows_amount, count(*) as row_count
from rows
"""

RULES = """
select rule_id, reason, rows.policy_id || '@' || policy_version as policy, citation,
    activity, pay_component, sum(minutes) as minutes, sum(capex_amount) as capex_amount,
    currency_code
from rows group by all order by all
"""

COSTS = """
select person_id, work_item_key, evidence_tier, pay_component, from_date, to_date,
    sum(minutes) as minutes, sum(capex_amount) as capex_amount, currency_code
from rows group by all
order by capex_amount desc, person_id, work_item_key, evidence_tier, pay_component,
    from_date, to_date
"""

EVIDENCE = """
select distinct effort.person_id, effort.work_item_key, effort.work_date, effort.evidence_tier,
    effort.minutes, effort.evidence_ref
from marts.fct_effort_days as effort
join rows using (person_id, month_key, work_item_key, evidence_tier)
where effort.work_date between rows.from_date and rows.to_date
order by all
"""

PAY = """
select person_id, pay_component, amount, currency, input_file || ':' || input_row as input_row
from company.payroll
where (person_id, month, pay_component)
    in (select person_id, month_key, rows.pay_component from rows)
order by all
"""

MOVEMENTS = """
select movement.month_key, movement.component_id, balance, movement_type, amount,
    movement.currency_code
from marts.fct_asset_movements as movement
join marts.fct_journal_lines as line using (month_key, entity, component_id)
where entry_id = $1 and line_number = $2 order by all
"""

ASSET = """
select asset.component_id, asset.entity, status, cost_amount, ready_date, life_months, convention,
    accumulated_amount, net_book_value_amount, asset.currency_code
from marts.fct_assets as asset
join marts.fct_journal_lines as line using (entity, component_id)
where entry_id = $1 and line_number = $2
"""

GATES = """
select gate, effective_date, recorded_by, evidence_url, input_file || ':' || input_row as input_row
from company.gates
where component_id in (
    select component_id from marts.fct_journal_lines where entry_id = $1 and line_number = $2
)
order by effective_date, gate
"""

OF_COST = (
    ("adds up the cost rows", TIE, footing.UNSUMMED),
    ("rules", RULES, footing.CAPITALIZED),
    ("cost rows", COSTS, footing.CAPITALIZED),
    ("evidence", EVIDENCE, footing.TIME),
    ("pay of the register", PAY, footing.PAY),
)
# The movements of a month stand between opening and closing: all of them summed mean nothing.
OF_AN_ASSET = (
    ("movements of the asset", MOVEMENTS, footing.UNSUMMED),
    ("asset", ASSET, footing.ASSETS),
)


def journal_line(
    connection: duckdb.DuckDBPyConnection, entry_id: str, line_number: int
) -> tuple[Section, ...]:
    """Explain a journal line; empty when there is none of that entry and number."""
    asked = (entry_id, line_number)
    line = section(connection, "journal line", LINE, asked)
    if not line.rows:
        return ()
    support_type = str(line.rows[0][line.columns.index("support_type")])
    return (
        line,
        *sections_of(connection, _below(support_type), asked),
        section(connection, "gates of the component", GATES, asked),
    )


def _below(support_type: str) -> tuple[tuple[str, str, footing.Footing], ...]:
    """Return what a line rests on: the cost rows of its nature, or an asset's movements."""
    if support_type not in NATURES:
        return OF_AN_ASSET
    rows = ROWS.format(nature=NATURES[support_type])
    return tuple((title, rows + statement, footed) for title, statement, footed in OF_COST)

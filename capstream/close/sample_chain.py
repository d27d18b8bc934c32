"""The chain behind one sampled cost row: journal line, component, gates, work, evidence, pay."""

from __future__ import annotations

_JOURNAL = """
select entry_id || ':' || line_number as journal_line, account, account_name, debit_amount,
    currency_code, memo
from marts.fct_journal_lines
where month_key = $1 and entity = $2 and component_id = $3 and cost_center = $4
    and account_key in ('cip', 'prepaid_cca')
    and entry_type in ('J1', 'J1b', 'J2', 'J3', 'J4', 'J-other', 'J13')
order by entry_id, line_number
"""

_COMPONENT = """
select component_id, name, parent_component_id, scope, asset_class, budget,
    input_file || ':' || input_row as input_row
from company.components where component_id = $1
"""

_GATES = """
select gate, effective_date, recorded_at, recorded_by, evidence_url,
    input_file || ':' || input_row as input_row
from company.gates where component_id = $1 order by effective_date, gate
"""

_ITEM = """
select work_item_key, item_type, title, status, labels, parent_key, epic_key, url
from input.inp_work_items where work_item_key = $1 order by source
"""

_DAYS = """
select work_date, minutes, evidence_tier, evidence_count, evidence_ref
from marts.fct_effort_days
where month_key = $1 and person_id = $2 and work_item_key = $3 and evidence_tier = $4
    and work_date between $5 and $6
order by work_date
"""

_COMMITS = """
select committed_at, repository, sha, author, message
from input.inp_commits
where sha in (
    select substr(evidence_ref, 8) from marts.fct_effort_days
    where month_key = $1 and person_id = $2 and work_item_key = $3
        and evidence_ref like 'commit:%'
)
order by committed_at, sha
"""

_PULLS = """
select repository, number, title, author, state, merged_at
from input.inp_pull_requests
where contains(coalesce(title, ''), $1) or contains(coalesce(head_ref, ''), $1)
order by repository, number
"""

_PERSON = """
select person_id, role, role_class, team, entity, cost_center, start_date, end_date,
    input_file || ':' || input_row as input_row
from company.people where person_id = $1 order by start_date
"""

_PAY = """
select pay_component, amount, currency, input_file || ':' || input_row as input_row
from company.payroll where month = $1 and person_id = $2 and pay_component = $3
order by input_file, input_row
"""

_PERSON_COST = """
select treatment, sum(minutes) as minutes, sum(amount) as amount, currency_code
from marts.fct_capitalization
where month_key = $1 and person_id = $2 and pay_component = $3
group by all order by all
"""

ITEM_SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("journal line", _JOURNAL, ("month_key", "entity", "component_id", "cost_center")),
    ("component", _COMPONENT, ("component_id",)),
    ("gates", _GATES, ("component_id",)),
    ("work item", _ITEM, ("work_item_key",)),
    (
        "days and their evidence",
        _DAYS,
        ("month_key", "person_id", "work_item_key", "evidence_tier", "from_date", "to_date"),
    ),
    ("commits", _COMMITS, ("month_key", "person_id", "work_item_key")),
    ("pull requests", _PULLS, ("work_item_key",)),
    ("person", _PERSON, ("person_id",)),
    ("pay of the register", _PAY, ("month_key", "person_id", "pay_component")),
    ("this pay by treatment", _PERSON_COST, ("month_key", "person_id", "pay_component")),
)
"""Title, statement and the facts of the row that it asks with, nearest to the books first."""

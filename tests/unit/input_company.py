"""A small company's input tables as text, to be broken one cell at a time."""

from __future__ import annotations

from pathlib import Path

from capstream.company.cross_checks import CrossFacts, cross_problems
from capstream.company.inputs import InputTables, load_inputs
from capstream.errors import Problem
from capstream.types import Month

GOOD = {
    "people": """\
person_id,name,email,team,role,role_class,worker_type,entity,cost_center,work_country,fte,start_date,end_date,hair
p1,Ada A,ada@works.example,Pay,Engineer,engineer,employee,US01,RND,US,,2024-01-01,2026-01-31,red
p1,Ada A,ada@works.example,Pay,Lead,manager,employee,DE01,RND,DE,0.8,2026-02-01,,
p2,"Bo
""B"" B",bo@works.example,Core,QA,qa,contractor,US01,QA,US,1,2025-09-01,,
""",
    "identities": """\
source,account,person_id,valid_from,valid_to
forge,ada,p1,,2026-01-31
forge,ada,p2,2026-02-01,
tracker,ada@works.example,p1,,
""",
    "payroll": """\
month,person_id,pay_component,amount,currency,entity
2026-01,p1,salary,10000.00,USD,
2026-02,p1,salary,9000.5,EUR,DE01
2026-02,p1,bonus,-12,EUR,
2026-02,p2,contractor_invoice,8000,USD,US01
""",
    "rates": """\
person_id,band,effective_from,monthly_amount,currency
p2,,2026-01-01,7000,USD
,senior,2026-01-01,9000,USD
""",
    "other_costs": """\
month,entity,component_id,nature,amount,currency
2026-01,US01,WALLET,cloud,100.00,USD
""",
    "time_off": """\
person_id,start_date,end_date,share,kind
p1,2026-01-05,2026-01-06,,
p2,2026-02-02,2026-02-02,0.5,unpaid
""",
    "declared_allocations": """\
month,person_id,team,component_id,value_stream_id,share,declared_by,approved_by
2026-01,p1,,WALLET,,0.6,Ada,Bo
2026-01,,Pay,,checkout,0.4,Ada,
""",
    "components": """\
component_id,name,value_stream_id,entity,parent_component_id,adds_functionality,functionality_note,life_months,convention,scope,depends_on,budget
WALLET,Wallet,checkout,US01,,false,,36,full_month,hosted,,5000
WALLET-2,Wallet two,checkout,,WALLET,true,Cards,72,,,WALLET;ENGINE,
ENGINE,Engine,checkout,US01,,,,,,internal_use,,
""",
    "gates": """\
component_id,gate,subject,effective_date,recorded_at,recorded_by
WALLET,authorised,,2026-01-05,2026-01-05T10:00:00+01:00,Bo
WALLET,uncertainty_opened,codec,2026-01-06,2026-01-06T10:00:00Z,Bo
WALLET,uncertainty_resolved,codec,2026-01-20,2026-01-20T10:00:00Z,Bo
ENGINE,disposed,,2026-02-10,2026-02-11T10:00:00Z,Bo
""",
    "asset_events": """\
event_id,component_id,event,effective_date,recorded_at,recorded_by,proceeds,currency
E1,ENGINE,disposal,2026-02-10,2026-02-11T10:00:00Z,Bo,0,USD
""",
    "overrides": """\
override_id,work_item_key,component_id,treatment,reason,requested_by,approved_by,approved_at
O1,CHK-1,,opex,not new,Ada,Bo,2026-01-31T12:00:00-05:00
""",
    "opening_balances": """\
component_id,month,cip_amount,gross_amount,accumulated_amount,ready_date,remaining_months,currency
ENGINE,2026-01,,1200.00,200.00,2025-06-01,30,USD
""",
    "fx_rates": """\
month,from_currency,to_currency,rate_kind,rate
2026-02,EUR,USD,average,1.08
2026-02,USD,EUR,average,0.92
2026-02,EUR,USD,closing,1.0912345
""",
    "survey_items": "item,text,scale_min,scale_max\nflow,How often?,1,5\n",
    "survey_responses": """\
wave,respondent,team,item,score,answered_on
2026Q1,r1,Pay,flow,4,2026-01-15
""",
    "investment_targets": """\
value_stream_id,category,share,from
checkout,new_capability,0.7,2026-01
checkout,support,0.3,2026-01-01
""",
    "ai_usage": """\
date,account,tool,tokens_in,estimated_amount,currency
2026-01-05,ada,assistant,5000000000,0.0123,USD
""",
}

FACTS = CrossFacts(
    entities={"US01": "USD", "DE01": "EUR"},
    reporting_currency="USD",
    first_month=Month(2026, 1),
    value_stream_ids=frozenset({"checkout"}),
    calendars=frozenset({"US", "DE", "DE-BY"}),
    life_months={"US01": (24, 60), "DE01": (24, 60)},
)


def write_inputs(root: Path, tables: dict[str, str | bytes]) -> Path:
    """Write files into `inputs/`; a name without a suffix is a CSV file."""
    folder = root / "inputs"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in tables.items():
        path = folder / (name if "." in name else f"{name}.csv")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def checked(root: Path) -> tuple[InputTables, list[Problem]]:
    """Return the tables and every problem, those between tables included."""
    inputs, problems = load_inputs(root)
    return inputs, sorted({*problems, *cross_problems(inputs, FACTS)})

"""What the checks between tables must let pass, and how they stay quick."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from capstream.company.cross_checks import cross_problems
from capstream.company.inputs import load_inputs
from capstream.types import Month
from tests.unit.input_company import FACTS, GOOD, checked, write_inputs

ACCEPTED = {
    "pay after leaving, with an entity": ("people", "2025-09-01,", "2025-09-01,2026-01-31"),
    "pay before the first spell": ("payroll", "2026-02,p2", "2025-02,p2"),
    "pay between spells": ("people", "2026-01-31,red", "2025-12-31,red"),
    "a foreign currency before the books": (
        "payroll",
        "2026-01,p1,salary,10000.00,USD",
        "2025-12,p1,salary,10000.00,CHF",
    ),
    "an account that is handed over": ("identities", "2026-02-01,", "2026-02-01,2026-03-31"),
    "a long life inside the policy": ("components", ",36,", ",60,"),
    "an unusual life of a balance brought forward": (
        "components",
        "US01,,,,,,internal_use",
        "US01,,,,120,,internal_use",
    ),
    "shares of exactly one": ("declared_allocations", "0.4", "0.40000000"),
    "a vendor's estimate in any currency": ("ai_usage", "USD", "CHF"),
    "yen with zero decimals written out": ("opening_balances", ",30,USD", ",30,JPY"),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(tmp_path, name):
    table, old, new = ACCEPTED[name]
    assert old in GOOD[table]
    tables = {**GOOD, table: GOOD[table].replace(old, new, 1)}
    _, problems = checked(write_inputs(tmp_path, tables))
    assert problems == []


def test_a_missing_rate_is_named_once_at_its_first_row(tmp_path):
    root = write_inputs(tmp_path, GOOD)
    facts = replace(FACTS, reporting_currency="CHF")
    problems = cross_problems(load_inputs(root)[0], facts)
    assert [(problem.file, problem.row) for problem in problems] == [
        ("inputs/other_costs.csv", 2),
        ("inputs/payroll.csv", 3),
        ("inputs/payroll.csv", 5),
    ]
    assert "2026-02,USD,CHF,average" in problems[2].remedy


def test_months_before_the_books_need_no_rate(tmp_path):
    root = write_inputs(tmp_path, {**GOOD, "fx_rates": GOOD["fx_rates"].splitlines()[0]})
    facts = replace(FACTS, first_month=Month(2026, 3))
    problems = cross_problems(load_inputs(root)[0], facts)
    assert [problem.file for problem in problems] == ["inputs/opening_balances.csv"]


def test_two_circles_are_both_named(tmp_path):
    components = (
        "component_id,name,value_stream_id,depends_on\n"
        "A,a,checkout,B\nB,b,checkout,A\nC,c,checkout,D;E\nD,d,checkout,\nE,e,checkout,C;A\n"
    )
    inputs, problems = load_inputs(write_inputs(tmp_path, {"components": components}))
    assert problems == []
    found = cross_problems(inputs, FACTS)
    assert [(problem.row, problem.message.partition(": ")[2]) for problem in found] == [
        (2, "A → B → A"),
        (4, "C → E → C"),
    ]


def test_a_register_of_strangers_is_refused_in_seconds(tmp_path):
    people = "".join(f"p{number},T,qa,employee,US01,C,US,2024-01-01\n" for number in range(2000))
    header = "person_id,team,role_class,worker_type,entity,cost_center,work_country,start_date\n"
    pay = "".join(f"2026-01,stranger{number},salary,1,USD\n" for number in range(5000))
    tables = {
        "people": header + people,
        "payroll": f"month,person_id,pay_component,amount,currency\n{pay}",
    }
    inputs, _ = load_inputs(write_inputs(tmp_path, tables))
    started = time.process_time()
    assert len(cross_problems(inputs, FACTS)) == 5000
    assert time.process_time() - started < 4

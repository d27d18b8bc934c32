"""Nothing is lost and nothing appears: minutes and money of random small companies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest

from tests.oracle.arithmetic import rounded
from tests.oracle.capacity import Calendar
from tests.oracle.money import Money
from tests.oracle.records import Records, exact, month_of
from tests.property.comparison import Rows
from tests.property.running import run_of, seeds

Sums = dict[Any, int]


def summed(rows: Rows, key: Callable[[tuple], Any], value: Callable[[tuple], int]) -> Sums:
    """Sums by key; keys whose sum is zero are left out."""
    found: Sums = defaultdict(int)
    for row, count in rows.items():
        found[key(row)] += count * value(row)
    return _without_zeros(found)


def _without_zeros(sums: Sums) -> Sums:
    return {key: total for key, total in sums.items() if total}


def _cents(row: tuple) -> int:
    return rounded((exact(row[-2]) or 0) * 100)


@pytest.mark.parametrize("seed", seeds())
def test_minutes_of_a_person_day_are_its_capacity_and_its_leave(seed: int):
    run = run_of(seed)
    days = {
        (person, str(on)): entry
        for (person, on), entry in Calendar(run.records).days.items()
        if month_of(on) in run.records.months
    }
    worked, away = (
        summed(
            run.warehouse.effort,
            lambda row: (row[0], row[1]),
            lambda row, is_leave=is_leave: row[-1] if (row[3] == "L") is is_leave else 0,
        )
        for is_leave in (False, True)
    )
    assert worked == _without_zeros({key: entry.capacity for key, entry in days.items()})
    assert away == _without_zeros({key: entry.leave for key, entry in days.items()})


@pytest.mark.parametrize("seed", seeds())
def test_pay_is_the_register_per_person_month_component_and_entity(seed: int):
    """Straight from the payroll: lines in the currency of all entities that they may fall on."""
    run = run_of(seed)
    plain, mixed = _plain_register(run.records)
    paid = summed(
        run.warehouse.costs,
        lambda row: (row[0], row[1], row[11]),
        lambda row: _cents(row) if row[12] == "NONE" else 0,
    )
    for key in mixed:
        plain.pop(key, None)
        paid.pop(key, None)
    rated = {key: total for key, total in paid.items() if key[2] == "blended_rate"}
    assert {key: total for key, total in paid.items() if key not in rated} == _without_zeros(plain)
    payroll = {(row["person_id"], row["month"]) for row in run.records.rows("company.payroll")}
    assert not payroll & {key[:2] for key in rated}


@pytest.mark.parametrize("seed", seeds())
def test_lines_of_ai_and_other_cost_are_there_once(seed: int):
    run = run_of(seed)
    money, records = Money(run.records), run.records
    lines: Sums = defaultdict(int)
    for row in records.rows("company.ai_costs"):
        if row["price_basis"] == "invoiced":
            lines[row["cost_line_id"]] += _converted(money, row, "net_amount")
    for row in records.rows("company.other_costs"):
        lines["other"] += _converted(money, row, "amount")
    found = summed(
        run.warehouse.costs, lambda row: row[12], lambda row: _cents(row) * (row[12] != "NONE")
    )
    assert found == _without_zeros(lines)


def _converted(money: Money, row: Any, column: str) -> int:
    target = money.functional[row["entity"]]
    minor = money.minor(row[column], row["currency"])
    amount = money.converted(minor, row["month"], row["currency"], target)
    return rounded((exact(money.text(amount, target)) or 0) * 100)


def _plain_register(records: Records) -> tuple[Sums, set[Any]]:
    """Register in cents by person, month and component, and the keys that conversion touches."""
    money = Money(records)
    employers = defaultdict(set)
    for row in records.rows("company.people"):
        employers[row["person_id"]].add(row["entity"])
    sums: Sums = defaultdict(int)
    converted = set()
    for row in records.rows("company.payroll"):
        key = row["person_id"], row["month"], row["pay_component"]
        entities = {row["entity"]} if row.get("entity") else employers[row["person_id"]]
        if {money.functional[entity] for entity in entities} != {row["currency"]}:
            converted.add(key)
        sums[key] += rounded((exact(row["amount"]) or 0) * 100)
    return sums, converted

"""Every minute and every cent is there, once, whatever the order of the rows (attribution 7)."""

from __future__ import annotations

import random
from collections import defaultdict
from decimal import Decimal

import pytest

from tests.dbt.harness import rows_of, run_models
from tests.dbt.ledger_world import World
from tests.dbt.random_world import random_world

CHECKS = ("int_checks__attribution", "int_checks__valuation")
CONSERVED = {
    "ATT-MINUTES", "ATT-LEAVE", "ATT-DAYS", "VAL-PAY-LINES", "VAL-REGISTER", "VAL-AI-LINES",
    "VAL-COST-LINES", "VAL-RATES",
}  # fmt: skip


def failures(connection) -> set[str]:
    """Checks of conservation whose two sides differ."""
    found = set()
    for relation in CHECKS:
        sql = f"select check_id from {relation} where left_value is distinct from right_value"
        found |= {row[0] for row in rows_of(connection, sql)}
    return {check for check in found if check in CONSERVED or check.startswith("VAL-PAY")}


@pytest.mark.parametrize("seed", range(12))
def test_random_companies_keep_every_minute_and_cent(seed: int):
    world = random_world(seed)
    connection = world.run(*CHECKS)
    assert failures(connection) == set()
    assert _pay_in_dollars(world) == _allocated_in_dollars(connection)


def _pay_in_dollars(world: World) -> dict[tuple[str, str, str], Decimal]:
    """Dollar pay of persons who only ever work in dollars, straight from the input."""
    employers = defaultdict(set)
    for row in world.rows["company.people"]:
        employers[row["person_id"]].add(row["entity"])
    paid: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for row in world.rows["company.payroll"]:
        if employers[row["person_id"]] == {"US01"} and row["currency"] == "USD":
            key = row["person_id"], row["month"], row["pay_component"]
            paid[key] += Decimal(row["amount"])
    return paid


def _allocated_in_dollars(connection) -> dict[tuple[str, str, str], Decimal]:
    rows = rows_of(
        connection,
        "select costs.person_id, month_key, costs.pay_component, sum(costs.amount)"
        " from fct_cost_allocations as costs inner join company.payroll as payroll on"
        " costs.person_id = payroll.person_id and costs.month_key = payroll.month"
        " and costs.pay_component = payroll.pay_component and payroll.currency = 'USD'"
        " where not exists (select 1 from company.people where people.person_id = costs.person_id"
        " and people.entity <> 'US01') group by all",
    )
    return {row[:-1]: row[-1] for row in rows}


@pytest.mark.parametrize("seed", [3, 8])
def test_the_order_of_the_rows_is_free(seed: int):
    world = random_world(seed)
    first = ledgers(world)
    dice = random.Random(seed)  # noqa: S311 - a test's order
    for rows in world.rows.values():
        dice.shuffle(rows)
    assert ledgers(world) == first


def ledgers(world: World) -> list[list[tuple]]:
    connection = world.run("fct_effort_days", "fct_cost_allocations")
    return [
        sorted(rows_of(connection, f"select * from {relation}"), key=repr)
        for relation in ("fct_effort_days", "fct_cost_allocations")
    ]


def test_a_later_month_leaves_the_earlier_one_alone():
    """What is recorded after a month's end changes nothing in that month."""
    world = random_world(5)
    before = [row for row in ledgers(world)[0] if row[2] == "2026-02"]
    for person in ("p0", "p1"):
        world.commit(person, "2026-03-02 12:00:00", "CHK-1 OPS-2")
        world.comment(person, "CHK-3", "2026-03-03 12:00:00")
    assert [row for row in ledgers(world)[0] if row[2] == "2026-02"] == before


@pytest.mark.parametrize(
    ("damage", "caught"),
    [
        (
            "update fct_effort_days set minutes = minutes - 1 where {first}",
            {"ATT-MINUTES", "ATT-DAYS"},
        ),
        (
            "update fct_effort_days set minutes = minutes + 1 where {first}",
            {"ATT-MINUTES", "ATT-DAYS"},
        ),
        ("update fct_effort_days set work_date = work_date + 1 where {first}", {"ATT-DAYS"}),
    ],
)
def test_one_lost_minute_is_noticed(damage: str, caught: set[str]):
    connection = _damaged(
        "fct_effort_days",
        damage.format(
            first="rowid = (select rowid from fct_effort_days where evidence_tier <> 'L'"
            " order by all limit 1)"
        ),
    )
    assert failures(connection) >= caught


@pytest.mark.parametrize(
    ("damage", "caught"),
    [
        ("update fct_cost_allocations set amount = amount - 0.01 where {first}", {"VAL-PAY-LINES"}),
        ("delete from fct_cost_allocations where {first}", {"VAL-PAY-LINES"}),
        ("update fct_cost_allocations set person_id = 'p9' where {first}", {"VAL-PAY-LINES"}),
    ],
)
def test_one_lost_cent_is_noticed(damage: str, caught: set[str]):
    connection = _damaged(
        "fct_cost_allocations",
        damage.format(
            first="rowid = (select rowid from fct_cost_allocations where cost_line_id = 'NONE'"
            " and amount <> 0 order by all limit 1)"
        ),
    )
    assert failures(connection) >= caught


def _damaged(relation: str, sql: str):
    """The checks over a ledger in which one row was changed by hand."""
    world = random_world(1)
    connection = world.run(*CHECKS)
    assert failures(connection) == set()
    connection.execute(sql)
    table = connection.execute(f"select * from {relation}").to_arrow_table()
    return run_models(CHECKS, {**world.given(), relation: table})

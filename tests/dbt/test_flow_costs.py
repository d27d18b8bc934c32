"""What steps cost: to the day by minutes, to the step by working time, to the cent in the sum."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

from tests.dbt.flow_world import flow_world, move, rows_by, work
from tests.dbt.harness import rows_of, run_models
from tests.dbt.ledger_world import World

OUTSIDE = "(outside the map)"


def paid_world() -> World:
    """Return October 2026 of one engineer, paid 22 000.00 for 22 working days."""
    world = flow_world(hours_per_day=8)
    world.pay("ada", "22000.00", month="2026-10")
    world.add("company.fx_rates", month="2026-10", from_currency="USD", to_currency="USD",
              rate_kind="average", rate=1)  # fmt: skip
    return world


def costs(connection: duckdb.DuckDBPyConnection, stream: str = "s") -> dict[str, Decimal]:
    rows = rows_of(
        connection,
        "select step, cost_amount from fct_flow_steps"
        f" where value_stream_id = '{stream}' and month_key = '2026-10' and cost_amount <> 0",
    )
    return dict(rows)


def ties(connection: duckdb.DuckDBPyConnection) -> bool:
    """Say whether the steps of every stream cost what the ledger gave the stream."""
    return not rows_of(
        connection,
        "select coalesce(steps.value_stream_id, costs.value_stream_id)"
        " from (select value_stream_id, month_key, sum(cost_amount) as amount"
        "       from fct_flow_steps group by all) as steps"
        " full join (select value_stream_id, month_key, sum(reporting_amount) as amount"
        "       from fct_cost_allocations group by all) as costs"
        " using (value_stream_id, month_key)"
        " where coalesce(steps.amount, 0) <> coalesce(costs.amount, 0)",
    )


@pytest.fixture(scope="module")
def month() -> duckdb.DuckDBPyConnection:
    """Return a month in which every day is logged: ten on APP-1, the rest on other things."""
    world = paid_world()
    # Dev all of the 1st to the 9th, on the 12th two hours of Dev and six of Review, then done.
    move(world, "APP-1", [
        ("2026-10-01 09:00:00", "Dev"), ("2026-10-12 11:00:00", "Review"),
        ("2026-10-12 17:00:00", "Done"), ("2026-10-26 09:00:00", "Done"),
    ])  # fmt: skip
    move(world, "APP-2", [("2026-10-01 09:00:00", "Open")])
    for day in range(1, 32):
        name = f"2026-10-{day:02d}"
        work(world, "APP-1" if day <= 14 else "APP-2", name, "09:00", "17:00")
    return world.run("fct_flow_steps", "fct_cost_allocations", "int_checks__delivery")


def test_days_go_to_steps_by_working_time(month: duckdb.DuckDBPyConnection) -> None:
    found = costs(month)
    # Seven days and a quarter in Dev; two days after the end and twelve of APP-2 in no step.
    assert found == {
        "Dev": Decimal("7250.00"), "Review": Decimal("750.00"), OUTSIDE: Decimal("14000.00"),
    }  # fmt: skip


def test_month_ties(month: duckdb.DuckDBPyConnection) -> None:
    assert ties(month)
    check = rows_by(month, "int_checks__delivery", "check_id")["DLV-STEP-COSTS-s"]
    assert check["left_value"] == check["right_value"] == 22000


def test_streams_that_are_off_by_the_same_cent_both_fail() -> None:
    def rows(column: str, **amounts: str) -> list[dict]:
        return [
            {"value_stream_id": stream, "month_key": "2026-10", column: Decimal(amount)}
            for stream, amount in amounts.items()
        ]

    given = paid_world().given() | {
        "fct_flow_steps": rows("cost_amount", s="10.01", t="4.99", u="5.00"),
        "fct_capitalization": rows("reporting_amount", s="10.00", t="5.00", u="5.00", v="1.00"),
    }
    found = rows_of(
        run_models(["int_checks__delivery"], given),
        "select check_id, left_value <> right_value from int_checks__delivery"
        " where check_id like 'DLV-STEP-COSTS-%' order by check_id",
    )
    assert [check_id[-1] for check_id, is_off in found if is_off] == ["s", "t", "v"]
    assert [check_id[-1] for check_id, _ in found] == ["s", "t", "u", "v"]


def test_cents_of_uneven_days() -> None:
    world = paid_world()
    world.rows["company.payroll"].clear()
    world.pay("ada", "1000.01", month="2026-10")
    world.pay("ada", "-0.07", component="bonus", month="2026-10")
    for number in range(1, 8):
        move(world, f"APP-{number}", [
            ("2026-10-01 09:00:00", "Dev"), (f"2026-10-{number + 5:02d} 10:07:13", "Review"),
            (f"2026-10-{number + 9:02d} 13:31:01", "Dev"), ("2026-10-30 11:11:11", "Done"),
        ])  # fmt: skip
        work(world, f"APP-{number}", f"2026-10-{number + 5:02d}", "09:00", "12:17")
        work(world, f"APP-{number}", f"2026-10-{number + 9:02d}", "09:00", "11:03")
    found = world.run("fct_flow_steps", "fct_cost_allocations", "int_checks__delivery")
    assert ties(found)
    assert sum(costs(found).values()) + sum(costs(found, "NONE").values()) == Decimal("999.94")
    rework = rows_by(found, "fct_flow_steps", "step", "value_stream_id = 's'")["Dev"]
    assert 0 < rework["rework_cost_amount"] < rework["cost_amount"]


def test_mixed_currencies_tie_to_the_cent_of_finance() -> None:
    world = paid_world()
    world.rows["company.payroll"].clear()
    world.entity("DE01", "EUR")
    world.person("eva", entity="DE01")
    world.pay("ada", "3333.33", month="2026-10")
    world.pay("eva", "4777.77", month="2026-10", currency="EUR")
    world.add("company.fx_rates", month="2026-10", from_currency="EUR", to_currency="USD",
              rate_kind="average", rate="1.08713")  # fmt: skip
    for number in range(1, 14):
        move(world, f"APP-{number}", [
            (f"2026-10-{number:02d} 09:00:00", "Dev"),
            (f"2026-10-{number + 7:02d} 10:01:01", "Review"),
            (f"2026-10-{number + 11:02d} 11:11:11", "Done"),
        ])  # fmt: skip
        for person in ("ada", "eva"):
            work(world, f"APP-{number}", f"2026-10-{number:02d}", "09:00", "10:07", person)
    found = world.run("fct_flow_steps", "fct_capitalization", "int_checks__delivery")
    steps = "select value_stream_id, sum(cost_amount) from fct_flow_steps group by 1 order by 1"
    finance = (
        "select value_stream_id, sum(reporting_amount) from fct_capitalization"
        " group by 1 order by 1"
    )
    assert rows_of(found, steps) == rows_of(found, finance)
    currencies = rows_of(found, "select distinct currency_code from fct_capitalization")
    assert sorted(currencies) == [("EUR",), ("USD",)]


def test_work_on_a_day_off_goes_by_the_clock() -> None:
    world = paid_world()
    world.holiday("2026-10-07")
    world.rows["company.people"][0]["calendar"] = "XX"
    for number in range(2):
        world.person(f"other{number}", calendar="US", team="Pay")
    move(world, "APP-1", [
        ("2026-10-06 09:00:00", "Dev"), ("2026-10-07 06:00:00", "Review"),
        ("2026-10-08 09:00:00", "Done"),
    ])  # fmt: skip
    for day in range(1, 32):
        work(world, "APP-1" if day == 7 else "OTHER-1", f"2026-10-{day:02d}", "09:00", "17:00")
    world.item("OTHER-1")
    found = costs(world.run("fct_flow_steps"))
    assert found == {"Dev": Decimal("250.00"), "Review": Decimal("750.00")}


def test_withheld_map_keeps_its_cost() -> None:
    world = paid_world()
    move(world, "APP-1", [("2026-10-01 09:00:00", "Dev"), ("2026-10-20 09:00:00", "Limbo")])
    for day in range(1, 32):
        work(world, "APP-1", f"2026-10-{day:02d}", "09:00", "17:00")
    found = world.run("fct_flow_steps", "fct_cost_allocations", "int_checks__delivery",
                      "fct_delivery_metrics", "fct_flow_streams")  # fmt: skip
    assert costs(found) == {OUTSIDE: Decimal("22000.00")}
    assert ties(found)
    check = rows_by(found, "int_checks__delivery", "check_id")["DLV-WITHHELD"]
    assert (check["severity"], check["left_value"]) == ("WARN", 1)
    assert "Limbo" in check["detail"]
    metrics = rows_by(found, "fct_delivery_metrics", "metric", "scope = 'value_stream:s'")
    assert metrics["flow_velocity"]["value"] == 0
    assert metrics["flow_load"]["value"] is None
    stream = rows_by(found, "fct_flow_streams", "value_stream_id")["s"]
    assert (stream["is_withheld"], stream["withheld_status"]) == (True, "Limbo")

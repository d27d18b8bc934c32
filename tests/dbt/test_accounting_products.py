"""Software to be sold (985-20): the greater of revenue ratio and straight line, and its worth."""

from __future__ import annotations

from decimal import Decimal

import duckdb

from tests.dbt.accounting_world import World, failed_checks, money, preset
from tests.dbt.harness import rows_of


def product(
    *, run: str, released: str = "2026-01-01", convention: str = "full_month", fiscal_start: int = 1
) -> World:
    world = World(
        first="2025-12", run=run, policies=(preset("us_985_20"),), fiscal_start=fiscal_start
    )
    world.component(
        "app", start="2025-12-01", scope="external_sale", life_months=36, convention=convention
    )
    world.gate("app", "general_release", released)
    world.work("app", {"2025-12-10": 60}, "36000.00")
    return world


def estimate(world: World, on: str, current: str, future: str) -> None:
    world.event("app", "revenue_estimate", on, current_revenue=current, future_revenue=future)


def charges(connection: duckdb.DuckDBPyConnection) -> dict[str, Decimal]:
    return dict(
        rows_of(
            connection, "select month_key, amortization_amount from fct_amortization order by 1"
        )
    )


def by_year(connection: duckdb.DuckDBPyConnection) -> list[str]:
    totals = rows_of(
        connection,
        "select sum(amortization_amount) from fct_amortization group by left(month_key, 4)"
        " order by left(month_key, 4)",
    )
    return money(total for (total,) in totals)


def test_without_an_estimate_the_straight_line_is_booked_and_listed() -> None:
    connection = product(run="2026-03").run_with_checks()
    assert by_year(connection) == ["12000.00", "12000.00", "12000.00"]
    assert "AST-REVENUE" in failed_checks(connection, "WARN")
    assert rows_of(connection, "select distinct method from fct_assets") == [("greater_of",)]


def test_the_ratio_rules_a_year_in_which_it_takes_more() -> None:
    """Half of all revenue in the first year: 18,000 beats 12,000; the rest over two years."""
    world = product(run="2026-12")
    estimate(world, "2026-01-15", "500000.00", "500000.00")
    connection = world.run_with_checks()
    assert by_year(connection) == ["18000.00", "9000.00", "9000.00"]
    assert charges(connection)["2026-01"] == Decimal("1500.00")
    assert failed_checks(connection) == set()
    assert "AST-REVENUE" not in failed_checks(connection, "WARN")


def test_the_straight_line_rules_where_the_ratio_takes_less() -> None:
    world = product(run="2026-12")
    estimate(world, "2026-01-15", "100000.00", "900000.00")
    assert by_year(world.run_models()) == ["12000.00", "12000.00", "12000.00"]


def test_an_estimate_at_the_end_of_the_year_makes_up_for_its_months() -> None:
    world = product(run="2027-12")
    estimate(world, "2026-06-30", "500000.00", "500000.00")
    estimate(world, "2027-12-31", "400.00", "100.00")
    connection = world.run_with_checks()
    assert by_year(connection) == ["18000.00", "14400.00", "3600.00"]
    booked = charges(connection)
    assert booked["2026-05"] == Decimal("1000.00")
    assert booked["2026-06"] == Decimal("4000.00")
    assert booked["2027-12"] == Decimal("6150.00")
    assert failed_checks(connection) == set()


def test_a_release_inside_the_year_spreads_the_ratio_over_the_months_left() -> None:
    world = product(run="2026-12", released="2026-10-01")
    estimate(world, "2026-10-05", "250.00", "750.00")
    connection = world.run_models()
    assert charges(connection)["2026-10"] == Decimal("3000.00")
    assert by_year(connection)[0] == "9000.00"
    assert sum(charges(connection).values()) == Decimal("36000.00")


def test_the_fiscal_year_bounds_the_ratio() -> None:
    world = product(run="2026-12", fiscal_start=7)
    estimate(world, "2026-03-31", "600.00", "400.00")
    booked = charges(world.run_models())
    assert sum(booked[f"2026-{month:02d}"] for month in range(1, 7)) == Decimal("21600.00")
    assert booked["2026-07"] == Decimal("480.00")


def test_charges_of_the_year_are_never_taken_back() -> None:
    world = product(run="2026-12")
    estimate(world, "2026-01-15", "500.00", "500.00")
    estimate(world, "2026-10-15", "100.00", "900.00")
    booked = charges(world.run_models())
    assert money(booked[f"2026-{month:02d}"] for month in (9, 10, 11, 12)) == [
        "1500.00", "0.00", "0.00", "0.00",
    ]  # fmt: skip
    assert sum(booked.values()) == Decimal("36000.00")


def test_the_worth_of_a_product_caps_its_book_value_for_good() -> None:
    world = product(run="2026-12")
    world.event("app", "net_realizable", "2026-06-30", amount="20000.00")
    world.event("app", "net_realizable", "2026-09-30", amount="90000.00")
    connection = world.run_with_checks()
    assert rows_of(
        connection,
        "select month_key, amount from fct_asset_movements where movement_type = 'impairment'",
    ) == [("2026-06", Decimal("10000.00"))]
    assert charges(connection)["2026-07"] == Decimal("666.67")
    assert sum(charges(connection).values()) == Decimal("26000.00")
    assert rows_of(
        connection,
        "select account_key, debit_amount from fct_journal_lines where entry_type = 'J8'"
        " order by line_number",
    ) == [("impairment", Decimal("10000.00")), ("accumulated", Decimal("0.00"))]
    assert failed_checks(connection) == set()


def test_the_worth_of_an_unreleased_product_caps_work_in_progress() -> None:
    world = product(run="2026-09", released="2026-09-01")
    world.event("app", "net_realizable", "2026-06-30", amount="20000.00")
    world.work("app", {"2026-07-07": 60}, "1000.00", item="APP-2")
    world.event("app", "net_realizable", "2026-07-31", amount="30000.00")
    world.event("app", "net_realizable", "2026-08-31", amount="20500.00")
    connection = world.run_with_checks()
    assert rows_of(
        connection,
        "select month_key, balance, amount from fct_asset_movements"
        " where movement_type in ('impairment', 'transfer_to_service') order by all",
    ) == [
        ("2026-06", "cip", Decimal("-16000.00")), ("2026-08", "cip", Decimal("-500.00")),
        ("2026-09", "cip", Decimal("-20500.00")), ("2026-09", "gross", Decimal("20500.00")),
    ]  # fmt: skip
    assert failed_checks(connection) == set()


def test_revenue_and_worth_say_nothing_about_internal_use_software() -> None:
    world = World(run="2026-06")
    world.component("app", start="2025-01-01")
    world.gate("app", "substantially_complete", "2026-02-01")
    world.work("app", {"2026-01-06": 60}, "3600.00")
    estimate(world, "2026-03-01", "900.00", "100.00")
    world.event("app", "net_realizable", "2026-04-30", amount="1.00")
    connection = world.run_with_checks()
    assert set(charges(connection).values()) == {Decimal("100.00")}
    assert "AST-EVENT-EFFECT" in failed_checks(connection, "WARN")

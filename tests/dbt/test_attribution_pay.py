"""Money on minutes, to the cent (attribution 5; rulings 1, 4, 11)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.dbt.harness import rows_of
from tests.dbt.ledger_world import World

MODELS = ("fct_cost_allocations", "int_checks__valuation", "fct_ai_costs")


@pytest.fixture
def world() -> World:
    world = World()
    world.person("ada")
    for key in ("CHK-1", "CHK-2", "CHK-3"):
        world.item(key)
    return world


def costs(world: World, columns: str = "work_item_key", where: str = "true") -> dict:
    """Sums of amounts by the given columns."""
    rows = rows_of(
        world.run(*MODELS),
        f"select {columns}, sum(amount) from fct_cost_allocations where {where} group by all",
    )
    return {row[0] if len(row) == 2 else row[:-1]: str(row[-1]) for row in rows}


def checks(world: World) -> dict[str, tuple[str, str, str]]:
    rows = rows_of(
        world.run(*MODELS),
        "select check_id, left_value, right_value, detail from int_checks__valuation",
    )
    return {row[0]: (str(row[1]), str(row[2]), row[3]) for row in rows}


def every_day(world: World, message: str, person: str = "ada") -> None:
    for day in range(1, 32):
        world.commit(person, f"2026-03-{day:02d} 10:00:00", message)


def test_the_odd_cent_goes_to_the_largest_remainder_then_to_the_first_key(world: World):
    every_day(world, "CHK-1 CHK-2 CHK-3")
    world.pay("ada", "100.00")
    assert costs(world) == {"CHK-1": "33.34", "CHK-2": "33.33", "CHK-3": "33.33"}


def test_an_amount_times_minutes_may_outgrow_64_bits(world: World):
    every_day(world, "CHK-1 CHK-2 CHK-3")
    world.pay("ada", "90000000000000.01")
    third = "30000000000000.0"
    assert costs(world) == {"CHK-1": third + "1", "CHK-2": third + "0", "CHK-3": third + "0"}


def test_negative_corrections_are_split_by_their_absolute_value(world: World):
    every_day(world, "CHK-1 CHK-2 CHK-3")
    world.pay("ada", "-100.00")
    assert costs(world) == {"CHK-1": "-33.34", "CHK-2": "-33.33", "CHK-3": "-33.33"}


def test_currencies_without_decimals_have_no_cents(world: World):
    world.entity("JP01", "JPY")
    world.person("kei", entity="JP01")
    every_day(world, "CHK-1 CHK-2 CHK-3", "kei")
    world.pay("kei", "100", currency="JPY")
    world.pay("ada", "0.01")
    world.add("company.fx_rates", month="2026-03", from_currency="JPY", to_currency="USD",
              rate_kind="average", rate="0.0066")  # fmt: skip
    assert costs(world, where="entity = 'JP01'") == {
        "CHK-1": "34.00", "CHK-2": "33.00", "CHK-3": "33.00",
    }  # fmt: skip
    reported = "select work_item_key, reporting_amount from fct_cost_allocations"
    found = rows_of(world.run(*MODELS), f"{reported} where entity = 'JP01' order by 1")
    assert [str(row[1]) for row in found] == ["0.22", "0.22", "0.22"]


def test_each_pay_component_and_row_adds_up_to_the_register(world: World):
    every_day(world, "CHK-1 CHK-2 CHK-3")
    for amount, component in (("7.01", "salary"), ("3.02", "salary"), ("-0.01", "bonus")):
        world.pay("ada", amount, component)
    assert costs(world, "pay_component") == {"salary": "10.03", "bonus": "-0.01"}
    found = checks(world)
    assert found["VAL-PAY-USD"][:2] == ("10.02", "10.02")
    assert found["VAL-PAY-LINES"][0] == "0.00"


@pytest.mark.parametrize(
    ("denominator", "expected"),
    [("productive", {"CHK-1": "2200.00"}), ("paid", {"CHK-1": "2100.00", "LEAVE": "100.00"})],
)
def test_leave_follows_the_worked_mix_or_is_cost_of_its_own(world: World, denominator, expected):
    world.settings["hours_denominator"] = denominator
    every_day(world, "CHK-1")
    world.off("ada", "2026-03-02", "2026-03-02")
    world.pay("ada", "2200.00")
    assert costs(world) == expected


def test_pay_without_a_minute_is_one_no_capacity_line(world: World):
    world.off("ada", "2026-03-01", "2026-03-31")
    world.pay("ada", "2200.00")
    assert costs(world, "work_item_key, entity, minutes") == {
        ("NO_CAPACITY", "US01", 0): "2200.00",
    }  # fmt: skip
    assert checks(world)["VAL-NO-CAPACITY"][2] == "1 persons, first ada"


def test_pay_after_leaving_belongs_to_the_last_spell(world: World):
    world.entity("DE01", "USD")
    world.person("bea", start="2020-01-01", end="2024-12-31", cost_center="FIRST")
    world.person("bea", start="2025-01-01", end="2026-02-10", entity="DE01", cost_center="LAST")
    world.pay("bea", "50.00", "severance")
    assert costs(world, "work_item_key, entity, cost_center", "person_id = 'bea'") == {
        ("NO_CAPACITY", "DE01", "LAST"): "50.00",
    }  # fmt: skip


def test_pay_follows_the_spells_of_the_days(world: World):
    world.person("bea", end="2026-03-13", cost_center="OLD")
    world.person("bea", start="2026-03-16", cost_center="NEW")
    every_day(world, "CHK-1", "bea")
    world.pay("bea", "2200.00")
    assert costs(world, "cost_center", "person_id = 'bea'") == {"OLD": "1000.00", "NEW": "1200.00"}


def test_a_line_that_names_its_entity_stays_in_that_spell(world: World):
    world.entity("DE01", "USD")
    world.person("bea", end="2026-03-13")
    world.person("bea", start="2026-03-16", entity="DE01")
    every_day(world, "CHK-1", "bea")
    world.pay("bea", "2200.00", entity="DE01")
    world.pay("bea", "220.00")
    assert costs(world, "entity", "person_id = 'bea'") == {"US01": "100.00", "DE01": "2320.00"}


def test_a_line_is_converted_once_before_it_is_split(world: World):
    every_day(world, "CHK-1 CHK-2 CHK-3")
    world.add("company.currencies", currency_code="EUR", minor_digits=2)
    world.add("company.fx_rates", month="2026-03", from_currency="EUR", to_currency="USD",
              rate_kind="average", rate="1.0825")  # fmt: skip
    world.pay("ada", "100.10", currency="EUR")  # 108.35825
    assert costs(world) == {"CHK-1": "36.12", "CHK-2": "36.12", "CHK-3": "36.12"}
    world.rows["company.payroll"].clear()
    world.pay("ada", "0.10", currency="EUR")
    assert sum(map(Decimal, costs(world).values())) == Decimal("0.11")


def test_a_month_in_two_currencies_is_split_by_minutes_then_converted(world: World):
    world.entity("DE01", "EUR")
    world.person("bea", end="2026-03-13")
    world.person("bea", start="2026-03-16", entity="DE01")
    every_day(world, "CHK-1", "bea")
    for pair, rate in ((("USD", "EUR"), "0.5"), (("EUR", "USD"), "2")):
        world.add("company.fx_rates", month="2026-03", from_currency=pair[0],
                  to_currency=pair[1], rate_kind="average", rate=rate)  # fmt: skip
    world.pay("bea", "2200.00")
    assert costs(world, "entity, currency_code", "person_id = 'bea'") == {
        ("US01", "USD"): "1000.00", ("DE01", "EUR"): "600.00",
    }  # fmt: skip
    found = checks(world)
    assert found["VAL-REPORTING"][:2] == ("2200.00", "2200.00")


def test_a_rate_stands_in_only_where_there_is_no_payroll(world: World):
    world.person("bea", band="B2", fte="0.5")
    world.person("cleo", band="B2", start="2026-03-17")
    for person in ("ada", "bea", "cleo"):
        every_day(world, "CHK-1", person)
    rate = {"effective_from": "2026-01-01", "currency": "USD"}
    world.add("company.rates", band="B2", monthly_amount="2200.00", **rate)
    world.add("company.rates", person_id="ada", monthly_amount="9999.00", **rate)
    world.pay("ada", "1.00")
    assert costs(world, "person_id, pay_component") == {
        ("ada", "salary"): "1.00",
        ("bea", "blended_rate"): "1100.00",
        ("cleo", "blended_rate"): "1100.00",
    }


def test_a_rate_that_changes_inside_the_month_counts_by_day(world: World):
    every_day(world, "CHK-1")
    rate = {"person_id": "ada", "currency": "USD"}
    world.add("company.rates", effective_from="2026-01-01", monthly_amount="2200.00", **rate)
    world.add("company.rates", effective_from="2026-03-17", monthly_amount="4400.00", **rate)
    assert costs(world) == {"CHK-1": "3300.00"}


def test_capacity_without_pay_or_rate_names_the_persons(world: World):
    world.person("bea")
    world.pay("bea", "1.00")
    assert checks(world)["VAL-UNPAID"] == ("1.00", "0.00", "add payroll or a rate for ada")


def test_a_missing_rate_is_named_and_never_zero(world: World):
    world.entity("DE01", "EUR")
    world.person("bea", entity="DE01")
    world.pay("bea", "10.00", currency="EUR")
    assert checks(world)["VAL-RATES"][0] == "1.00"


def ai_line(world: World, line: str, amount: str, **more) -> None:
    row = {
        "month": "2026-03", "vendor": "v", "tool": "t", "entity": "US01", "currency": "USD",
        "charge_type": "seat", "price_basis": "invoiced",
    }  # fmt: skip
    world.add("company.ai_costs", cost_line_id=line, net_amount=amount, **(row | more))


def test_ai_cost_follows_its_person_its_item_or_stays_unallocated(world: World):
    every_day(world, "CHK-1 CHK-2 CHK-3")
    world.rule("project", "CHK", "s", "C")
    ai_line(world, "a", "10.00", person_id="ada")
    ai_line(world, "b", "5.00", account="ADA")
    ai_line(world, "c", "7.00", work_item_key="CHK-2", charge_type="metered")
    ai_line(world, "d", "3.00", account="nobody")
    ai_line(world, "e", "2.00", charge_type="other")
    ai_line(world, "f", "99.00", person_id="ada", price_basis="vendor_estimate")
    assert costs(world, "cost_line_id, work_item_key, value_stream_id", "true") == {
        ("a", "CHK-1", "s"): "3.34", ("a", "CHK-2", "s"): "3.33", ("a", "CHK-3", "s"): "3.33",
        ("b", "CHK-1", "s"): "1.67", ("b", "CHK-2", "s"): "1.67", ("b", "CHK-3", "s"): "1.66",
        ("c", "CHK-2", "s"): "7.00",
        ("d", "UNALLOCATED", "NONE"): "3.00",
        ("e", "UNALLOCATED", "NONE"): "2.00",
    }  # fmt: skip
    by_line = "select cost_line_id, sum(amount) from fct_ai_costs group by 1 order by 1"
    assert [str(row[1]) for row in rows_of(world.run(*MODELS), by_line)] == [
        "10.00", "5.00", "7.00", "3.00", "2.00", "99.00",
    ]  # fmt: skip


def test_seats_and_metered_usage_lead_an_invoice_to_persons(world: World):
    world.person("bea")
    every_day(world, "CHK-1")
    every_day(world, "CHK-2", "bea")
    seat = {"tool": "t", "plan": "team"}
    for day in ("2026-03-02", "2026-03-03", "2026-03-04"):
        world.add("company.ai_seats", date=day, account="ada", **seat)
    world.add("company.ai_seats", date="2026-03-02", account="nobody", **seat)
    world.add("company.ai_usage", date="2026-03-02", person_id="bea", tool="t", tokens_in=5)
    ai_line(world, "seats", "8.00")
    ai_line(world, "tokens", "4.00", charge_type="metered")
    assert costs(world, "cost_line_id, work_item_key") == {
        ("seats", "CHK-1"): "6.00", ("seats", "UNALLOCATED"): "2.00", ("tokens", "CHK-2"): "4.00",
    }  # fmt: skip


def test_other_costs_are_lines_of_their_own_whatever_the_order(world: World):
    row = {"month": "2026-03", "entity": "US01", "nature": "cloud", "currency": "USD"}
    for amount in ("2.00", "1.00", "1.00"):
        world.add("company.other_costs", amount=amount, component_id="C", **row)
    world.add("company.components", component_id="C", name="C", value_stream_id="s")
    first = costs(
        world, "cost_line_id, pay_component, work_item_key, component_id, value_stream_id"
    )
    world.rows["company.other_costs"].reverse()
    again = costs(
        world, "cost_line_id, pay_component, work_item_key, component_id, value_stream_id"
    )
    assert first == again
    assert sorted(first.values()) == ["1.00", "1.00", "2.00"]
    assert {key[1:] for key in first} == {("other_cloud", "COST:cloud", "C", "s")}


def test_cost_before_the_books_is_not_in_them(world: World):
    world.pay("ada", "1.00", month="2026-02")
    world.pay("ada", "2.00")
    assert costs(world, "month_key") == {"2026-03": "2.00"}

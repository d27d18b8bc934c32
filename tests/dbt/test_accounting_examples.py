"""The worked examples of the accounting page come out to the cent."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.dbt.accounting_world import World, money, preset
from tests.dbt.harness import rows_of

CONVENTIONS = {
    "full_month": ("1000.00", "10000.00", "12000.00", "12000.00", "2000.00"),
    "next_month": ("0.00", "9000.00", "12000.00", "12000.00", "3000.00"),
    "mid_month": ("500.00", "9500.00", "12000.00", "12000.00", "2500.00"),
    "daily_actual": ("394.16", "9427.01", "11989.05", "12021.90", "2562.04"),
    "half_year": ("600.00", "6000.00", "12000.00", "12000.00", "6000.00"),
}


def test_example_1_loaded_rate_and_proportion() -> None:
    """112 of 160 productive hours qualify: 70 % of the loaded pay, facilities expensed."""
    world = World(run="2026-01", policies=(preset("us_350_40_legacy"),))
    world.component("new", start="2025-06-01")
    world.component("old", start="2020-01-01")
    world.gate("old", "substantially_complete", "2025-01-01")
    hours = {
        ("new", "APP-1", "Story", ""): 112,
        ("old", "OLD-1", "Bug", ""): 20,
        ("new", "APP-3", "Spike", ""): 12,
        ("new", "APP-4", "Task", "training"): 8,
        ("NONE", "MEET-1", "Meeting", ""): 8,
    }
    pay = {"salary": "15000.00", "payroll_tax": "1147.50", "benefits": "1800.00",
           "bonus": "1500.00", "stock_compensation": "3000.00", "overhead": "900.00"}  # fmt: skip
    left = {name: Decimal(amount) for name, amount in pay.items()}
    for (component, item, item_type, label), count in hours.items():
        for name, amount in pay.items():
            share = round(Decimal(amount) * count / 160, 2) if component != "NONE" else left[name]
            left[name] -= share
            if name != "salary":
                world.cost(
                    component, "2026-01", str(share), item=item, pay=name, minutes=count * 60
                )
                continue
            labels = [label] if label else []
            world.work(component, {"2026-01-05": count * 60}, str(share), item=item,
                       item_type=item_type, labels=labels)  # fmt: skip
    connection = world.run_models("fct_capitalization")
    totals = rows_of(
        connection, "select sum(capex_amount), sum(opex_amount) from fct_capitalization"
    )
    assert money(totals[0]) == ["15713.25", "7634.25"]


@pytest.mark.parametrize("convention", sorted(CONVENTIONS))
def test_example_2_conventions(convention: str) -> None:
    world = World(first="2026-03", run="2026-03")
    world.component("app", start="2026-01-01", convention=convention, life_months=36)
    world.gate("app", "substantially_complete", "2026-03-20")
    world.work("app", {"2026-03-19": 480}, "36000.00")
    connection = world.run_models("fct_amortization", "fct_assets")
    first, total = rows_of(
        connection,
        "select sum(amortization_amount) filter (month_key = '2026-03'), sum(amortization_amount)"
        " from fct_amortization",
    )[0]
    years = rows_of(
        connection,
        "select sum(amortization_amount) from fct_amortization group by left(month_key, 4)"
        " order by left(month_key, 4)",
    )
    assert money([first, *(year[0] for year in years)]) == list(CONVENTIONS[convention])
    assert total == Decimal("36000.00")


def test_example_9_inseparable_work_on_live_software_is_expense() -> None:
    world = World(run="2026-01")
    world.component("live", start="2025-01-01")
    world.gate("live", "substantially_complete", "2025-06-01")
    world.work("live", {"2026-01-05": 200 * 60}, "20000.00")
    connection = world.run_models("fct_capitalization")
    assert rows_of(connection, "select treatment, rule_id, amount from fct_capitalization") == [
        ("opex", "L-ENH-2", Decimal("20000.00"))
    ]


def test_example_11_a_hundred_in_three_parts() -> None:
    """Three segments of one cost row: ties go to the earlier key, the sum is exact."""
    world = World(run="2026-01")
    world.component("app", start="2026-01-01")
    days = {"2026-01-05": 60, "2026-01-06": 60, "2026-01-07": 60}
    world.work("app", days, "100.00", tiers={"2026-01-06": "T2", "2026-01-07": "T3"})
    connection = world.run_models("fct_capitalization")
    parts = rows_of(
        connection, "select evidence_tier, capex_amount from fct_capitalization order by 1"
    )
    assert [(tier, str(amount)) for tier, amount in parts] == [
        ("T1", "33.34"), ("T2", "33.33"), ("T3", "33.33"),
    ]  # fmt: skip


def test_example_14_defects_before_and_after_readiness() -> None:
    world = World(run="2026-01")
    world.component("app", start="2025-06-01")
    world.gate("app", "substantially_complete", "2026-01-16")
    days = {"2026-01-15": 30 * 60, "2026-01-16": 30 * 60}
    world.work("app", days, "6000.00", item_type="Bug", item="APP-9")
    connection = world.run_models("fct_capitalization")
    assert rows_of(
        connection,
        "select treatment, rule_id, cast(from_date as varchar), cast(to_date as varchar), amount"
        " from fct_capitalization order by from_date",
    ) == [
        ("capex", "L-DEV-1", "2026-01-01", "2026-01-15", Decimal("3000.00")),
        ("opex", "L-POST-1", "2026-01-16", "2026-01-31", Decimal("3000.00")),
    ]

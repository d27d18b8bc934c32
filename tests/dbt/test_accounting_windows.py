"""Gates decide by the day: windows, late records, holds, suspensions, policies in force."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.dbt.accounting_world import World, failed_checks, preset
from tests.dbt.harness import rows_of


def states(world: World, component: str = "app") -> list[tuple[str, str]]:
    """Return each state of the window with its first day, from the first day of the policy on."""
    connection = world.run_models("int_windows__dated")
    return rows_of(
        connection,
        "select window_state, cast(from_date as varchar) from int_windows__dated"
        f" where component_id = '{component}' and from_date > date '2020-01-01' order by from_date",
    )


def treatments(world: World) -> list[tuple[str, Decimal]]:
    connection = world.run_models("fct_capitalization")
    return rows_of(
        connection,
        "select treatment, sum(amount) from fct_capitalization group by all order by treatment",
    )


def test_the_latest_start_gate_opens_and_readiness_closes() -> None:
    world = World()
    world.component("app", start="2026-01-10")
    world.gate("app", "funding_committed", "2026-01-20")
    world.gate("app", "substantially_complete", "2026-03-05")
    assert states(world) == [("open", "2026-01-20"), ("closed", "2026-03-05")]


def test_without_every_start_gate_the_window_never_opens() -> None:
    world = World()
    world.component("app")
    world.gate("app", "authorised", "2026-01-10")
    assert states(world) == []


def test_suspension_closes_and_resumption_opens_again() -> None:
    world = World()
    world.component("app", start="2026-01-01")
    world.gate("app", "suspended", "2026-02-01")
    world.gate("app", "resumed", "2026-02-15")
    world.gate("app", "suspended", "2026-04-01")
    assert states(world) == [
        ("open", "2026-01-01"), ("closed", "2026-02-01"),
        ("open", "2026-02-15"), ("closed", "2026-04-01"),
    ]  # fmt: skip


def test_resumption_after_readiness_opens_nothing() -> None:
    world = World()
    world.component("app", start="2026-01-01")
    world.gate("app", "substantially_complete", "2026-02-01")
    world.gate("app", "resumed", "2026-03-01")
    assert states(world)[-1] == ("closed", "2026-02-01")


def test_the_window_is_held_while_any_uncertainty_is_open() -> None:
    world = World(policies=(preset("us_350_40_asu2025_06"),))
    world.component("app", start="2026-01-01")
    world.gate("app", "uncertainty_opened", "2026-02-01", subject="ranking")
    world.gate("app", "uncertainty_opened", "2026-02-10", subject="latency")
    world.gate("app", "uncertainty_resolved", "2026-02-20", subject="ranking")
    world.gate("app", "uncertainty_resolved", "2026-03-03", subject="latency")
    assert states(world) == [
        ("open", "2026-01-01"), ("none", "2026-02-01"),
        ("open", "2026-03-03"),
    ]  # fmt: skip


def test_the_day_of_authorisation_is_inside_the_day_of_readiness_is_not() -> None:
    world = World(run="2026-01")
    world.component("app", start="2026-01-12")
    world.gate("app", "substantially_complete", "2026-01-20")
    for day, amount in (("09", "1"), ("12", "10"), ("19", "100"), ("20", "1000")):
        world.work("app", {f"2026-01-{day}": 60}, amount, item=f"APP-{day}")
    assert treatments(world) == [("capex", Decimal("110.00")), ("opex", Decimal("1001.00"))]


def test_a_gate_inside_the_month_splits_one_item_by_its_minutes() -> None:
    world = World(run="2026-01")
    world.component("app", start="2026-01-12")
    world.work("app", {"2026-01-09": 100, "2026-01-12": 200}, "0.10")
    assert treatments(world) == [("capex", Decimal("0.07")), ("opex", Decimal("0.03"))]


def test_a_gate_inside_the_month_splits_other_cost_by_calendar_days() -> None:
    world = World(run="2026-01")
    world.component("app", start="2026-01-11")
    world.cost("app", "2026-01", "310.00")
    connection = world.run_models("fct_capitalization")
    assert rows_of(
        connection,
        "select treatment, rule_id, activity, evidence_tier, minutes, amount"
        " from fct_capitalization order by treatment",
    ) == [
        ("capex", "L-COST-1", "other", "X", 0, Decimal("210.00")),
        ("opex", "L-COST-11", "other", "X", 0, Decimal("100.00")),
    ]


@pytest.mark.parametrize(("as_of", "expected"), [("2026-03-01", "opex"), ("2026-05-01", "capex")])
def test_a_gate_counts_from_the_time_it_is_recorded(as_of: str, expected: str) -> None:
    world = World(as_of=f"{as_of} 00:00:00")
    world.component("app", start="2026-01-01")
    world.gates[-5]["recorded_at"] = "2026-04-15 09:00:00"
    world.work("app", {"2026-02-03": 60}, "100.00")
    assert treatments(world) == [(expected, Decimal("100.00"))]


def test_a_later_record_corrects_the_date_of_a_gate() -> None:
    world = World()
    world.component("app", start="2026-01-01")
    world.gate("app", "substantially_complete", "2026-03-01", recorded="2026-03-02")
    world.gate("app", "substantially_complete", "2026-04-01", recorded="2026-04-02")
    assert states(world)[-1] == ("closed", "2026-04-01")


def test_a_child_of_live_software_without_added_functionality_is_expense() -> None:
    world = World()
    world.component("live", start="2025-01-01")
    world.gate("live", "substantially_complete", "2026-02-01")
    world.component("patch", start="2026-01-01", parent_component_id="live")
    world.component(
        "module", start="2026-01-01", parent_component_id="live", adds_functionality=True
    )
    assert states(world, "patch")[-2:] == [("open", "2026-01-01"), ("closed", "2026-02-01")]
    assert states(world, "module")[-1] == ("open", "2026-01-01")


def test_outside_the_dates_of_the_policy_everything_is_expense() -> None:
    world = World(
        policies=(preset("us_350_40_legacy", effective_from=date(2026, 2, 10)),), run="2026-02"
    )
    world.component("app", start="2026-01-01")
    world.work("app", {"2026-02-09": 60, "2026-02-10": 60}, "100.00")
    connection = world.run_models("fct_capitalization")
    assert rows_of(
        connection, "select treatment, rule_id, reason from fct_capitalization order by from_date"
    ) == [
        ("opex", "DEFAULT", "the policy is not in force on these days"),
        ("capex", "L-DEV-1", "design, coding, testing inside the window"),
    ]


def test_policies_follow_the_month_and_the_entity() -> None:
    expense = preset("uk_frs102_expense")
    world = World(
        policies=(preset("us_350_40_legacy"), expense),
        entities={"US01": "USD", "UK01": "GBP"},
        assignments=[
            ("US01", "us_350_40_legacy", "2026-01"),
            ("US01", "uk_frs102_expense", "2026-03"),
            ("UK01", "uk_frs102_expense", "2026-01"),
        ],
    )
    world.component("app", start="2026-01-01")
    for month in ("2026-02", "2026-03"):
        for entity in ("US01", "UK01"):
            world.work("app", {f"{month}-03": 60}, "5.00", entity=entity, item=f"{entity}-{month}")
    connection = world.run_models("fct_capitalization")
    assert rows_of(
        connection,
        "select entity, month_key, treatment from fct_capitalization order by entity, month_key",
    ) == [
        ("UK01", "2026-02", "opex"), ("UK01", "2026-03", "opex"),
        ("US01", "2026-02", "capex"), ("US01", "2026-03", "opex"),
    ]  # fmt: skip


def test_an_entity_without_a_policy_expenses_and_fails_a_check() -> None:
    world = World(assignments=[("US01", "us_350_40_legacy", "2026-05")])
    world.component("app", start="2026-01-01")
    world.work("app", {"2026-02-03": 60}, "5.00")
    connection = world.run_with_checks()
    assert rows_of(
        connection, "select policy_id, policy_version, treatment from fct_capitalization"
    ) == [("NONE", 0, "opex")]
    assert failed_checks(connection) == {"POL-ASSIGNED"}

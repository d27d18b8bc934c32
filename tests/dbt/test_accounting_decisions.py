"""Each decision outside the rules, with its reason: tiers, pay, roles, AI, minimum, overrides."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from capstream.policy.model import Rule, RuleConditions
from tests.dbt.accounting_world import World, failed_checks, preset
from tests.dbt.harness import rows_of


def open_world(**elections: Any) -> World:
    world = World(run="2026-01", policies=(preset("us_350_40_legacy", **elections),))
    world.component("app", start="2026-01-01", budget="1000.00")
    return world


def decision(world: World) -> tuple[str, str, str]:
    connection = world.run_models("fct_capitalization")
    rows = rows_of(connection, "select treatment, rule_id, reason from fct_capitalization")
    assert len(rows) == 1, rows
    return rows[0]


def override(world: World, treatment: str, **columns: Any) -> None:
    row = {
        "override_id": f"O{len(world.tables.get('overrides', ()))}",
        "work_item_key": "APP-1",
        "treatment": treatment,
        "reason": "read by the controller",
        "requested_by": "ada",
        "approved_by": "bo",
        "approved_at": "2026-01-31 10:00:00",
        **columns,
    }
    world.tables.setdefault("overrides", []).append(row)


DAY = {"2026-01-06": 60}


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        ({"tier": "T1"}, ("capex", "L-DEV-1", "design, coding, testing")),
        ({"tier": "T5"}, ("opex", "E-TIER", "not capitalised for want of evidence: tier T5")),
        ({"tier": "T4", "approved": True}, ("capex", "L-DEV-1", "design, coding, testing")),
        ({"tier": "T4", "approved": False}, ("opex", "E-TIER", "declared allocation without")),
        ({"item": "REPO:shop"}, ("opex", "E-TIER", "code without a work item")),
        ({"pay": "blended_rate"}, ("opex", "E-PAY", "blended_rate")),
        ({"role_class": "manager"}, ("opex", "E-ROLE", "manager")),
        ({"pay": "overhead"}, ("opex", "L-COST-4", "overhead")),
        ({"item": "UNATTRIBUTED", "tier": "T6"}, ("opex", "L-COST-11", "not directly development")),
        ({"labels": ["training"]}, ("opex", "L-COST-5", "training")),
        ({"item_type": "Spike"}, ("opex", "L-STAGE-2", "spikes")),
    ],
)  # fmt: skip
def test_decisions_about_work(work: dict[str, Any], expected: tuple[str, str, str]) -> None:
    world = open_world()
    world.work("app", DAY, "100.00", **work)
    treatment, rule_id, reason = decision(world)
    assert (treatment, rule_id) == expected[:2]
    assert expected[2] in reason


AI_RULE = Rule(
    rule_id="AI-2",
    when=RuleConditions(pay_component="ai_metered", window="open"),
    treatment="capex",
    citation="350-40-30-1(a)",
    reason="metered service consumed by a work item",
)


@pytest.mark.parametrize(
    ("elected", "minutes", "pay", "expected"),
    [
        (False, 0, "ai_metered", ("opex", "E-AI", "does not elect")),
        (True, 0, "ai_metered", ("capex", "AI-2", "metered service")),
        (True, 60, "ai_metered", ("opex", "E-AI", "not traced")),
        (True, 0, "ai_seat", ("opex", "L-AI-1", "shared tooling")),
    ],
)
def test_ai_cost(elected: bool, minutes: int, pay: str, expected: tuple[str, str, str]) -> None:
    """Minutes on an AI line mean that its person's ledger spread it: it is not traced."""
    world = open_world(ai_metered_capitalise=elected)
    world.policies = (
        world.policies[0].model_copy(update={"rules": (AI_RULE, *world.policies[0].rules)}),
    )
    world.cost("app", "2026-01", "9.00", item="APP-1", pay=pay, minutes=minutes, line="L1")
    treatment, rule_id, reason = decision(world)
    assert (treatment, rule_id) == expected[:2]
    assert expected[2] in reason


@pytest.mark.parametrize(
    ("minimum", "budget", "rule_id"),
    [("1000.00", "1000.00", "L-DEV-1"), ("1000.01", "1000.00", "E-MIN"), ("1.00", None, "E-MIN")],
)
def test_minimum_budget(minimum: str, budget: str | None, rule_id: str) -> None:
    world = open_world(min_component_budget=Decimal(minimum))
    world.components[0]["budget"] = budget
    world.work("app", DAY, "100.00")
    assert decision(world)[1] == rule_id


def test_override_towards_expense() -> None:
    world = open_world()
    world.work("app", DAY, "100.00")
    override(world, "opex")
    assert decision(world) == (
        "opex", "OVERRIDE", "read by the controller (requested by ada, approved by bo)",
    )  # fmt: skip


def test_override_towards_capital_inside_the_window() -> None:
    world = open_world()
    world.work("app", DAY, "100.00", item_type="Spike")
    override(world, "capex", person_id="ada", month="2026-01")
    assert decision(world)[:2] == ("capex", "OVERRIDE")


def test_override_lifts_the_role_but_never_the_want_of_evidence() -> None:
    world = open_world()
    world.work("app", DAY, "100.00", role_class="manager")
    override(world, "capex")
    assert decision(world)[:2] == ("capex", "OVERRIDE")
    world = open_world()
    world.work("app", DAY, "100.00", tier="T5")
    override(world, "capex")
    assert decision(world)[:2] == ("opex", "E-TIER")


@pytest.mark.parametrize(
    "columns",
    [
        {"approved_by": " ADA"},
        {"work_item_key": "APP-2"},
        {"month": "2026-02"},
        {"person_id": "eve"},
        {"work_item_key": None, "component_id": "other"},
    ],
)
def test_overrides_that_do_not_count(columns: dict[str, Any]) -> None:
    world = open_world()
    world.work("app", DAY, "100.00")
    override(world, "opex", **columns)
    assert decision(world)[1] == "L-DEV-1"


def test_override_towards_capital_after_readiness_is_refused_and_shown() -> None:
    world = open_world()
    world.gate("app", "substantially_complete", "2026-01-02")
    world.work("app", DAY, "100.00")
    override(world, "capex")
    connection = world.run_with_checks()
    assert rows_of(connection, "select treatment from fct_capitalization") == [("opex",)]
    assert "CAP-OVERRIDE" in failed_checks(connection, "WARN")


def test_the_latest_approval_wins() -> None:
    world = open_world()
    world.work("app", DAY, "100.00", item_type="Spike")
    override(world, "capex", approved_at="2026-01-20 10:00:00")
    override(world, "opex", approved_at="2026-01-21 10:00:00")
    assert decision(world)[1] == "L-STAGE-2"


def test_a_label_of_the_day_splits_an_item() -> None:
    world = open_world()
    world.work("app", {"2026-01-06": 60}, "50.00")
    world.effort.append({**world.effort[0], "work_date": "2026-01-07", "labels": ["training"]})
    world.costs[0] |= {"minutes": 120}
    connection = world.run_models("fct_capitalization")
    assert rows_of(
        connection,
        "select activity, rule_id, minutes, amount from fct_capitalization order by activity",
    ) == [
        ("development", "L-DEV-1", 60, Decimal("25.00")),
        ("training", "L-COST-5", 60, Decimal("25.00")),
    ]


def test_negative_pay_keeps_its_sign_and_its_sum() -> None:
    world = open_world()
    world.work("app", {"2026-01-06": 60, "2026-01-07": 60, "2026-01-08": 60}, "-100.00",
               tiers={"2026-01-07": "T2", "2026-01-08": "T5"})  # fmt: skip
    connection = world.run_models("fct_capitalization")
    assert rows_of(
        connection, "select evidence_tier, amount from fct_capitalization order by evidence_tier"
    ) == [("T1", Decimal("-33.34")), ("T2", Decimal("-33.33")), ("T5", Decimal("-33.33"))]


def test_nothing_is_null_and_one_amount_is_zero() -> None:
    world = open_world()
    world.work("app", DAY, "100.00", item_type=None)
    world.work("NONE", DAY, "10.00", item="NO_CAPACITY", tier="T6")
    world.cost("NONE", "2026-01", "7.00", item="NO_CAPACITY", pay="salary")
    connection = world.run_models("fct_capitalization")
    frame = connection.sql("select * from fct_capitalization").df()
    assert not frame.isna().any().any()
    assert ((frame.capex_amount == 0) | (frame.opex_amount == 0)).all()
    assert (frame.capex_amount + frame.opex_amount == frame.amount).all()

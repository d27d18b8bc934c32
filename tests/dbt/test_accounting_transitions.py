"""Adoption of ASU 2025-06 by its three transitions, and the paper that compares them first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import duckdb
import pytest

from tests.dbt.accounting_world import World, failed_checks, preset
from tests.dbt.harness import rows_of, run_models

LEGACY, AMENDED = "us_350_40_legacy", "us_350_40_asu2025_06"


def novel_company(transition: str, adopted: str | None = "2026-03") -> World:
    """Three projects: one plain, one novel until 10 March, one novel and live since February."""
    assignments = [("US01", LEGACY, "2026-01")]
    assignments += [("US01", AMENDED, adopted)] if adopted else []
    world = World(
        run="2026-04",
        policies=(preset(LEGACY), preset(AMENDED, transition=transition)),
        assignments=assignments,
    )
    for name, cost in (("plain", "100.00"), ("novel", "200.00"), ("live", "2400.00")):
        world.component(name, start="2025-01-01", life_months=24)
        world.work(name, {"2026-01-06": 60}, cost, item=f"{name}-1")
    for name in ("novel", "live"):
        world.gate(name, "uncertainty_opened", "2026-01-01", subject="ranking")
    world.gate("novel", "uncertainty_resolved", "2026-03-10", subject="ranking")
    world.gate("live", "substantially_complete", "2026-02-01")
    world.work("novel", {"2026-03-05": 60, "2026-03-20": 60}, "50.00", item="novel-2")
    return world


def transitions(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, Decimal]]:
    return rows_of(
        connection,
        "select component_id, balance, amount from fct_asset_movements"
        " where movement_type = 'transition' and month_key = '2026-03' order by all",
    )


EXPECTED = {
    "prospective": [],
    "modified": [("novel", "cip", Decimal("-200.00"))],
    "retrospective": [
        ("live", "accumulated", Decimal("-100.00")),
        ("live", "cip", Decimal("-2400.00")),
        ("novel", "cip", Decimal("-200.00")),
    ],
}
EQUITY = {"prospective": "0", "modified": "200.00", "retrospective": "2500.00"}


@pytest.mark.parametrize("transition", sorted(EXPECTED))
def test_an_adoption_changes_opening_balances_by_its_transition(transition: str) -> None:
    connection = novel_company(transition).run_with_checks()
    assert transitions(connection) == EXPECTED[transition]
    equity = rows_of(
        connection,
        "select coalesce(sum(debit_amount - credit_amount), 0) from fct_journal_lines"
        " where entry_type = 'J11' and account_key = 'retained_earnings'",
    )[0][0]
    assert equity == Decimal(EQUITY[transition])
    assert failed_checks(connection) == set()


def test_cost_after_the_adoption_follows_the_amended_policy() -> None:
    connection = novel_company("modified").run_models()
    assert rows_of(
        connection,
        "select cip_amount from fct_assets where component_id = 'novel'",
    ) == [(Decimal("25.00"),)]


def test_a_restated_asset_ends_where_its_cost_does() -> None:
    connection = novel_company("retrospective").run_models()
    assert rows_of(
        connection,
        "select cost_amount, accumulated_amount from fct_assets where component_id = 'live'",
    ) == [(Decimal("0.00"), Decimal("0.00"))]


def test_another_change_of_policy_derecognises_nothing() -> None:
    world = novel_company("modified", adopted=None)
    world.policies = (*world.policies, preset("uk_frs102_expense"))
    world.assignments = [*world.assignments, ("US01", "uk_frs102_expense", "2026-03")]
    assert transitions(world.run_models()) == []


def test_the_paper_compares_identical_rows_before_an_adoption() -> None:
    world = novel_company("modified", adopted=None)
    connection = run_models(
        ["fct_policy_dual_run", "fct_adoption_effects", "fct_capitalization"], world.given()
    )
    compared = rows_of(
        connection,
        "select sum(amount), sum(legacy_capex_amount), sum(difference_amount)"
        " from fct_policy_dual_run",
    )[0]
    booked = rows_of(connection, "select sum(amount), sum(capex_amount) from fct_capitalization")[0]
    assert compared == (*booked, Decimal("-2625.00"))
    assert rows_of(
        connection,
        "select legacy_rule_id, amended_rule_id, sum(difference_amount) from fct_policy_dual_run"
        " where component_id = 'novel' group by all order by all",
    ) == [
        ("L-DEV-1", "N-START-1", Decimal("-200.00")),
        ("L-DEV-1", "SEVERAL", Decimal("-25.00")),
    ]
    assert rows_of(
        connection,
        "select component_id, prospective_equity_amount, modified_equity_amount,"
        " retrospective_equity_amount from fct_adoption_effects order by 1",
    ) == [
        ("live", Decimal("0.00"), Decimal("0.00"), Decimal("-2100.00")),
        ("novel", Decimal("0.00"), Decimal("0.00"), Decimal("-225.00")),
        ("plain", Decimal("0.00"), Decimal("0.00"), Decimal("0.00")),
    ]


def test_the_paper_shows_projects_in_progress_that_fail_the_threshold() -> None:
    world = novel_company("modified", adopted=None)
    world.gates = [gate for gate in world.gates if gate["gate"] != "uncertainty_resolved"]
    connection = run_models(["fct_adoption_effects"], world.given())
    assert rows_of(
        connection,
        "select amended_window_state, modified_equity_amount from fct_adoption_effects"
        " where component_id = 'novel'",
    ) == [("none", Decimal("-250.00"))]


def test_the_dual_run_needs_no_policy_in_force() -> None:
    """The amended preset binds from 2028; the paper asks what it says, not whether it binds."""
    world = novel_company("modified", adopted=None)
    late = world.policies[1].model_copy(update={"effective_from": date(2028, 1, 1)})
    world.policies = (world.policies[0], late)
    connection = run_models(["fct_policy_dual_run"], world.given())
    assert rows_of(connection, "select sum(amended_capex_amount) from fct_policy_dual_run") == [
        (Decimal("125.00"),)
    ]

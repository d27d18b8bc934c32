"""Every check of the accounting half is shown to fail on the fault that it is there for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from tests.dbt.accounting_world import CHECKS, EVERYTHING, World, failed_checks, preset
from tests.dbt.compiled_project import compiled_relations
from tests.dbt.harness import run_models


def sound_world() -> World:
    """Two components, one placed in service and amortised, one in progress; balances and ledger."""
    policies = (preset("us_350_40_legacy"), preset("us_350_40_asu2025_06"))
    world = World(run="2026-03", policies=policies)
    world.component("live", start="2025-01-01", entity="US01", life_months=24)
    world.gate("live", "substantially_complete", "2026-02-10")
    world.component("next", start="2025-01-01", entity="US01")
    world.component("old", start="2024-01-01", entity="US01")
    world.tables["opening_balances"] = [
        {"component_id": "old", "month": "2026-01", "gross_amount": "900.00", "currency": "USD",
         "accumulated_amount": "300.00", "ready_date": "2024-06-01", "remaining_months": 6},
    ]  # fmt: skip
    world.tables["gl_balances"] = [
        {"month": "2026-03", "entity": "US01", "account": account, "amount": amount,
         "currency": "USD"}
        for account, amount in (("1560", "50.00"), ("1570", "3300.00"), ("1575", "-800.00"))
    ]  # fmt: skip
    world.work("live", {"2026-01-10": 60}, "2400.00")
    world.work("next", {"2026-03-10": 60}, "50.00", item="APP-2")
    world.work("next", {"2026-03-11": 60}, "70.00", item="APP-3", item_type="Spike")
    return world


@pytest.fixture(scope="module")
def sound() -> duckdb.DuckDBPyConnection:
    return sound_world().run_with_checks()


def test_a_sound_company_fails_no_check(sound: duckdb.DuckDBPyConnection) -> None:
    assert failed_checks(sound) == set()
    assert failed_checks(sound, "WARN") == {"POL-APPROVED"}


# Check: relation, what is set (empty: rows are deleted), and where.
TAMPERED = {
    "CAP-POOL-US01": (
        "int_capitalization__decided",
        "capex_amount = capex_amount + 0.01",
        "component_id = 'next' and treatment = 'capex'",
    ),
    "CAP-MINUTES-US01": (
        "int_capitalization__decided",
        "minutes = minutes - 1",
        "work_item_key = 'APP-3'",
    ),
    "CAP-WINDOW": ("int_capitalization__decided", "window_state = 'closed'", "true"),
    "CAP-EVIDENCE": ("int_capitalization__decided", "evidence_tier = 'T6'", "true"),
    "CAP-PAY": ("int_capitalization__decided", "pay_component = 'overhead'", "true"),
    "CAP-REASON": ("int_capitalization__decided", "citation = ''", "true"),
    "CAP-CURRENCY": ("int_capitalization__decided", "currency_code = 'EUR'", "true"),
    "CAP-DUAL-RUN-US01": ("int_policies__dual_run", "", "component_id = 'next'"),
    "AST-TRANSLATION-US01": (
        "int_assets__moved",
        "reporting_amount = reporting_amount + 1",
        "balance = 'cip' and movement_type = 'closing' and component_id = 'next'",
    ),
    "JRN-TRANSITION-US01": (
        "int_assets__moved",
        "movement_type = 'transition'",
        "movement_type = 'addition' and component_id = 'next'",
    ),
    "AST-ADDITIONS-US01": (
        "int_assets__moved",
        "",
        "movement_type = 'addition' and month_key = '2026-03'",
    ),
    "AST-ROLLFORWARD-CIP-US01": (
        "int_assets__moved",
        "amount = amount + 1",
        "balance = 'cip' and movement_type = 'addition'",
    ),
    "AST-ROLLFORWARD-GROSS-US01": (
        "int_assets__moved",
        "amount = amount + 1",
        "balance = 'gross' and movement_type = 'closing'",
    ),
    "AST-ROLLFORWARD-ACCUMULATED-US01": (
        "int_assets__moved",
        "amount = amount + 1",
        "movement_type = 'amortization'",
    ),
    "AST-OPENING-CIP-US01": (
        "int_assets__moved",
        "amount = amount + 1",
        "balance = 'cip' and movement_type = 'opening'",
    ),
    "AST-OPENING-GROSS-US01": (
        "int_assets__moved",
        "amount = amount + 1",
        "balance = 'gross' and movement_type = 'opening'",
    ),
    "AST-OPENING-ACCUMULATED-US01": (
        "int_assets__moved",
        "amount = amount - 1",
        "balance = 'accumulated' and movement_type = 'opening'",
    ),
    "AST-TRANSFERS-US01": (
        "int_assets__moved",
        "",
        "balance = 'gross' and movement_type = 'transfer_to_service'",
    ),
    "AST-REGISTER-GROSS-US01": ("int_assets__registered", "", "component_id = 'live'"),
    "AST-REGISTER-ACCUMULATED-US01": ("int_assets__registered", "accumulated_amount = 0", "true"),
    "AST-REGISTER-CIP-US01": ("int_assets__registered", "cip_amount = cip_amount + 1", "true"),
    "AST-AMORTIZATION-US01": (
        "int_amortization__scheduled",
        "amortization_amount = amortization_amount + 1",
        "true",
    ),
    "AST-SCHEDULE-US01": ("int_amortization__scheduled", "", "month_key = '2026-05'"),
    "AST-NEGATIVE": (
        "int_assets__moved",
        "amount = -1",
        "balance = 'cip' and movement_type = 'closing'",
    ),
    "JRN-BALANCE-US01": (
        "int_journals__lined",
        "debit_amount = debit_amount + 0.01",
        "entry_type = 'J6' and line_number = 1",
    ),
    "JRN-ENTRIES": (
        "int_journals__lined",
        "entry_id = 'J1-US01-2026-03'",
        "entry_type = 'J6' and month_key = '2026-03' and line_number = 1",
    ),
    "JRN-SIDES": ("int_journals__lined", "credit_amount = debit_amount", "true"),
    "JRN-ACCOUNTS": ("int_journals__lined", "account = 'UNMAPPED:cip'", "true"),
    "JRN-CAPITALIZATION-US01": ("int_journals__lined", "", "entry_type = 'J1'"),
    "JRN-SERVICE-US01": ("int_journals__lined", "", "entry_type = 'J5'"),
    "JRN-AMORTIZATION-US01": ("int_journals__lined", "", "entry_type = 'J6'"),
    "GL-CIP-US01": ("company.gl_balances", "amount = 51", "account = '1560'"),
    "GL-GROSS-US01": ("company.gl_balances", "amount = 51", "account = '1570'"),
    "GL-ACCUMULATED-US01": ("company.gl_balances", "amount = 51", "account = '1575'"),
}


@pytest.mark.parametrize("check_id", sorted(TAMPERED))
def test_a_broken_relation_is_noticed(sound: duckdb.DuckDBPyConnection, check_id: str) -> None:
    relation, change, where = TAMPERED[check_id]
    verb = f"update {relation} set {change}" if change else f"delete from {relation}"
    sound.execute("begin")
    try:
        sound.execute(f"{verb} where {where}")
        _run_checks_again(sound)
        assert check_id in failed_checks(sound)
    finally:
        sound.execute("rollback")


def _run_checks_again(connection: duckdb.DuckDBPyConnection) -> None:
    for domain in CHECKS:
        relation = compiled_relations()[f"intermediate.int_checks__{domain}"]
        assert relation.sql is not None
        sql = relation.sql.replace('"memory".', "")
        connection.execute(f"create or replace table {relation.identifier} as {sql}")


def late_gate(world: World) -> None:
    world.gates[0]["recorded_at"] = "2026-03-15 10:00:00"
    world.gates[0]["effective_date"] = "2026-01-02"


def gate_without_evidence(world: World) -> None:
    world.gate("next", "suspended", "2026-02-15")
    world.gates[-1]["evidence_url"] = None


def self_signed_override(world: World) -> None:
    world.tables["overrides"] = [
        {"override_id": "O1", "work_item_key": "APP-2", "treatment": "opex", "reason": "r",
         "requested_by": "ada", "approved_by": "Ada", "approved_at": "2026-03-20 10:00:00"}
    ]  # fmt: skip


def refused_override(world: World) -> None:
    self_signed_override(world)
    world.tables["overrides"][0] |= {"approved_by": "bo", "treatment": "capex"}
    world.gate("next", "suspended", "2026-02-15")


def unapproved_event(world: World) -> None:
    world.tables["asset_events"] = [
        {"event_id": "E1", "component_id": "live", "event": "impairment", "amount": "5.00",
         "effective_date": "2026-03-05", "recorded_at": "2026-03-06 00:00:00", "recorded_by": "bo"}
    ]  # fmt: skip


def long_life(world: World) -> None:
    world.components[0]["life_months"] = 120


def policy_out_of_force(world: World) -> None:
    world.policies = (preset("us_350_40_legacy", effective_from=date(2026, 1, 2)),)


def much_unmatched(world: World) -> None:
    world.policies = (preset("us_350_40_legacy", rules=()),)


def no_policy(world: World) -> None:
    world.assignments = [("US01", "us_350_40_legacy", "2026-02")]


def foreign_opening(world: World) -> None:
    world.tables["opening_balances"][0]["currency"] = "EUR"


@pytest.mark.parametrize(
    ("check_id", "severity", "fault"),
    [
        ("POL-GATE-LATE", "WARN", late_gate),
        ("POL-GATE-EVIDENCE", "WARN", gate_without_evidence),
        ("POL-OVERRIDE-SIGNED", "WARN", self_signed_override),
        ("CAP-OVERRIDE", "WARN", refused_override),
        ("POL-EVENT-APPROVED", "WARN", unapproved_event),
        ("AST-LIFE", "WARN", long_life),
        ("POL-IN-FORCE", "WARN", policy_out_of_force),
        ("CAP-UNMATCHED-US01", "WARN", much_unmatched),
        ("POL-ASSIGNED", "BLOCK", no_policy),
        ("AST-OPENING-CURRENCY", "BLOCK", foreign_opening),
    ],
)
def test_a_faulty_input_is_noticed(
    check_id: str, severity: str, fault: Callable[[World], None]
) -> None:
    world = sound_world()
    fault(world)
    assert check_id in failed_checks(world.run_with_checks(), severity)


def test_without_general_ledger_the_tie_is_not_computed() -> None:
    world = sound_world()
    del world.tables["gl_balances"]
    connection = world.run_with_checks()
    assert connection.sql(
        "select count(*) from int_checks__journals"
        " where check_id like 'GL-%' and right_value is null"
    ).fetchall() == [(9,)]


def test_check_ids_are_unique_by_month(sound: duckdb.DuckDBPyConnection) -> None:
    for domain in CHECKS:
        assert not sound.execute(
            f"select check_id from int_checks__{domain} group by check_id, month_key"
            " having count(*) > 1"
        ).fetchall()


def test_accounts_that_serve_several_balances_are_tied_together() -> None:
    """Cost and accumulated amortisation in one account: their sum is what the ledger says."""
    world = sound_world()
    world.tables["gl_balances"] = [
        {"month": "2026-03", "entity": "US01", "account": account, "amount": amount,
         "currency": "USD"}
        for account, amount in (("1560", "50.00"), ("1570", "2500.00"))
    ]  # fmt: skip
    given = world.given()
    for row in given["company.journal_accounts"]:
        if row["account_key"] == "accumulated":
            row["account_code"] = "1570"
    checks = [f"int_checks__{domain}" for domain in CHECKS]
    connection = run_models((*EVERYTHING, *checks, "int_gl__compared"), given)
    assert failed_checks(connection) == set()
    assert connection.sql(
        "select account_key, gl_amount from int_gl__compared where account = '1570' order by 1"
    ).fetchall() == [("accumulated", Decimal("2500.00")), ("gross", Decimal("2500.00"))]


def test_payroll_accounts_stand_beside_the_general_ledger() -> None:
    world = sound_world()
    world.tables["payroll"] = [
        {"month": "2026-03", "person_id": "ada", "pay_component": pay, "amount": amount,
         "currency": "USD", "entity": "US01", "account": "6210"}
        for pay, amount in (("salary", "7000.00"), ("bonus", "500.00"))
    ]  # fmt: skip
    world.tables["gl_balances"] = [
        {"month": "2026-03", "entity": "US01", "account": "6210", "amount": "7400.00",
         "currency": "USD"}
    ]  # fmt: skip
    connection = run_models(["int_gl__compared"], world.given())
    assert connection.sql(
        "select account, account_key, gl_amount, register_amount from int_gl__compared"
    ).fetchall() == [("6210", "payroll", Decimal("7400.00"), Decimal("7500.00"))]


def test_access_tells_both_sides_of_every_decision() -> None:
    world = sound_world()
    self_signed_override(world)
    world.tables["close_roles"] = [
        {"role": "prepare", "name": "Ada"},
        {"role": "approve", "name": "Bo"},
    ]
    connection = run_models(["int_access__listed"], world.given())
    found = connection.sql(
        "select person_name, subject, maker_count, checker_count from int_access__listed"
        " where subject in ('overrides', 'role in the close') order by all"
    ).fetchall()
    assert found == [
        ("Ada", "overrides", 1, 1),
        ("Ada", "role in the close", 1, 0),
        ("Bo", "role in the close", 0, 1),
    ]

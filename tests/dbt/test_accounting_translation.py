"""The roll-forward in the reporting currency, and prepaid cloud arrangements."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from capstream.journals.lines import journal_entries
from tests.dbt.accounting_world import World, failed_checks, preset
from tests.dbt.harness import rows_of


def rates(*months: str) -> list[dict[str, Any]]:
    """Average 1.1, 1.2, …; closing half a step above."""
    return [
        {"month": month, "from_currency": "EUR", "to_currency": "USD", "rate_kind": kind,
         "rate": f"1.{number}{'5' if kind == 'closing' else '0'}"}
        for number, month in enumerate(months, start=1)
        for kind in ("average", "closing")
    ]  # fmt: skip


def german_company() -> World:
    world = World(run="2026-03", entities={"DE01": "EUR"})
    world.component("app", start="2025-01-01")
    world.gate("app", "substantially_complete", "2026-03-01")
    world.work("app", {"2026-01-05": 60}, "1000.00")
    world.work("app", {"2026-02-05": 60}, "500.00")
    world.tables["fx_rates"] = rates("2026-01", "2026-02", "2026-03")
    return world


def test_flows_at_average_balances_at_closing_the_rest_is_fx() -> None:
    connection = german_company().run_with_checks()
    moved = rows_of(
        connection,
        "select movement_type, amount, reporting_amount from fct_asset_movements"
        " where month_key = '2026-02' and balance = 'cip' order by 1",
    )
    assert moved == [
        ("addition", Decimal("500.00"), Decimal("600.00")),
        ("closing", Decimal("1500.00"), Decimal("1875.00")),
        ("fx", Decimal("0.00"), Decimal("125.00")),
        ("opening", Decimal("1000.00"), Decimal("1150.00")),
    ]
    assert failed_checks(connection) == set()


def test_the_translation_is_an_entry_of_the_consolidation_only() -> None:
    connection = german_company().run_models()
    lines = rows_of(
        connection,
        "select account_key, debit_amount - credit_amount, currency_code from fct_journal_lines"
        " where entry_id = 'J12-DE01-2026-03' order by line_number",
    )
    assert lines == [
        ("cip", Decimal("75.00"), "USD"), ("gross", Decimal("75.00"), "USD"),
        ("accumulated", Decimal("-2.08"), "USD"), ("fx", Decimal("-147.92"), "USD"),
    ]  # fmt: skip
    frame = connection.sql("select * from fct_journal_lines").df()
    entries = journal_entries(frame.to_dict("records"))
    assert {entry.currency for entry in entries} == {"EUR"}
    assert "J12" not in {entry.entry_type for entry in entries}


def test_a_missing_rate_is_unknown_not_zero() -> None:
    world = german_company()
    world.tables["fx_rates"] = rates("2026-01", "2026-02")
    connection = world.run_with_checks()
    assert rows_of(
        connection,
        "select distinct reporting_amount from fct_asset_movements where month_key = '2026-03'",
    ) == [(None,)]
    assert failed_checks(connection) == {"AST-RATES"}


def cloud_company(prepaid: str) -> World:
    elected = preset("us_350_40_legacy", pay_components=("salary", "other_cca"))
    world = World(run="2026-04", policies=(elected,))
    world.component("saas", start="2025-01-01", scope="cca", life_months=20)
    world.gate("saas", "substantially_complete", "2026-03-10")
    world.work("saas", {"2026-02-05": 60}, "500.00")
    world.cost("saas", "2026-02", "100.00", pay="other_cca", item="COST:cca", line="C1")
    world.tables["gl_balances"] = [
        {"month": "2026-04", "entity": "US01", "account": "1580", "amount": prepaid,
         "currency": "USD"},
    ]  # fmt: skip
    return world


def test_a_cloud_arrangement_is_prepaid_and_expensed_beside_the_hosting_fee() -> None:
    connection = cloud_company("540.00").run_with_checks()
    lines = rows_of(
        connection,
        "select entry_id, account, sum(debit_amount - credit_amount) from fct_journal_lines"
        " where month_key <> '2026-04' group by all order by all",
    )
    assert lines == [
        ("J13-US01-2026-02", "1580", Decimal("600.00")),
        ("J13-US01-2026-02", "6215", Decimal("-500.00")),
        ("J13-US01-2026-02", "6250", Decimal("-100.00")),
        ("J13b-US01-2026-03", "1580", Decimal("-30.00")),
        ("J13b-US01-2026-03", "6260", Decimal("30.00")),
    ]
    assert failed_checks(connection) == set()
    prepaid = rows_of(
        connection,
        "select left_value, right_value from int_checks__journals"
        " where check_id = 'GL-PREPAID-CCA-US01' and month_key = '2026-04'",
    )
    assert prepaid == [(Decimal("540.00"), Decimal("540.00"))]


def test_a_prepayment_that_the_ledger_does_not_know_fails_its_check() -> None:
    connection = cloud_company("541.00").run_with_checks()
    assert failed_checks(connection) == {"GL-PREPAID-CCA-US01"}


def test_implementation_cost_is_expense_where_it_is_not_elected() -> None:
    world = World(run="2026-02")
    world.component("saas", start="2025-01-01", scope="cca")
    world.cost("saas", "2026-02", "100.00", pay="other_cca", item="COST:cca", line="C1")
    connection = world.run_models()
    assert rows_of(connection, "select treatment, rule_id from fct_capitalization") == [
        ("opex", "E-PAY")
    ]


def test_interest_is_capitalised_where_it_is_elected() -> None:
    elected = preset("us_350_40_legacy", pay_components=("other_interest",))
    world = World(run="2026-02", policies=(elected,))
    world.component("app", start="2026-02-15")
    world.cost("app", "2026-02", "280.00", pay="other_interest", item="COST:interest", line="I1")
    connection = world.run_with_checks()
    assert rows_of(
        connection,
        "select entry_type, account, debit_amount - credit_amount from fct_journal_lines"
        " order by line_number",
    ) == [("J4", "1560", Decimal("140.00")), ("J4", "7100", Decimal("-140.00"))]
    assert failed_checks(connection) == set()

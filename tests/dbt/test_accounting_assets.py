"""Lives of assets: transfers, dependencies, opening balances, events; compared with the oracle."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dbt.accounting_world import World, failed_checks, money, preset
from tests.dbt.harness import rows_of
from tests.oracle.amortisation import Event, Life, charges

CONVENTIONS = ("full_month", "next_month", "mid_month", "daily_actual", "half_year")
FIRST = date(2026, 1, 1)
RUN = "2027-12"


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """A life that begins inside the books, with up to two events after readiness."""
    ready = FIRST + timedelta(days=draw(st.integers(1, 500)))
    months = draw(st.integers(1, 60))
    kinds = draw(st.lists(st.sampled_from(("impairment", "life_change", "disposal")), max_size=2))
    on, events = ready, []
    for kind in kinds:
        on = on.replace(day=1) + timedelta(days=draw(st.integers(32, 120)))
        if on > date(2027, 12, 31):
            break
        events.append(
            Event(
                kind=kind,
                on=on,
                amount=Decimal(draw(st.integers(1, 2_000_000))).scaleb(-2),
                remaining_months=draw(st.integers(1, 40)),
            )
        )
        if kind == "disposal":
            break
    return Life(
        cost=Decimal(draw(st.integers(1, 10_000_000))).scaleb(-2),
        ready=ready,
        months=months,
        convention=draw(st.sampled_from(CONVENTIONS)),
        fiscal_start=7,
        events=tuple(events),
    )


def world_of(*many: Life) -> World:
    """One company in which each life is a component of its own."""
    world = World(run=RUN, fiscal_start=7)
    for number, life in enumerate(many):
        name = f"C{number:02d}"
        world.component(
            name, start="2025-01-01", life_months=life.months, convention=life.convention
        )
        world.gate(name, "substantially_complete", life.ready.isoformat())
        day = life.ready - timedelta(days=1)
        world.work(name, {day.isoformat(): 60}, str(life.cost), item=f"{name}-1")
        for index, event in enumerate(life.events):
            world.tables.setdefault("asset_events", []).append(
                {
                    "event_id": f"{name}-{index}",
                    "component_id": name,
                    "event": event.kind,
                    "effective_date": event.on,
                    "recorded_at": "2027-12-31 00:00:00",
                    "recorded_by": "bo",
                    "approved_by": "cy",
                    "amount": event.amount if event.kind == "impairment" else None,
                    "remaining_months": event.remaining_months or None,
                }
            )
    return world


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(lives(), min_size=25, max_size=25))
def test_the_warehouse_agrees_with_the_oracle_on_random_lives(many: list[Life]) -> None:
    connection = world_of(*many).run_with_checks()
    for number, life in enumerate(many):
        booked = dict(
            rows_of(
                connection,
                "select month_key, amortization_amount from fct_amortization"
                f" where component_id = 'C{number:02d}' and amortization_amount <> 0",
            )
        )
        expected = {month: amount for month, amount in charges(life).items() if amount}
        assert booked == expected, life
        if not any(event.kind in {"impairment", "disposal"} for event in life.events):
            assert sum(booked.values()) == life.cost
    assert failed_checks(connection) == set()


def test_amortisation_waits_for_the_components_it_depends_on() -> None:
    world = World(run="2026-04")
    world.component("base", start="2025-01-01")
    world.gate("base", "substantially_complete", "2026-03-10")
    world.component("top", start="2025-01-01", depends_on=["base"], life_months=24)
    world.gate("top", "substantially_complete", "2026-02-01")
    world.work("top", {"2026-01-10": 60}, "2400.00")
    connection = world.run_with_checks()
    assert rows_of(
        connection,
        "select month_key, amount from fct_asset_movements where movement_type in"
        " ('transfer_to_service', 'amortization') and balance <> 'cip' order by month_key, amount",
    ) == [
        ("2026-02", Decimal("2400.00")),
        ("2026-03", Decimal("100.00")),
        ("2026-04", Decimal("100.00")),
    ]
    assert failed_checks(connection) == set()


def test_opening_balances_go_on_and_take_in_nothing_twice() -> None:
    world = World(run="2026-03")
    world.component("old", start="2024-01-01", entity="US01")
    world.component("half", start="2025-10-01", entity="US01", life_months=30)
    world.gate("half", "substantially_complete", "2026-02-14")
    world.tables["opening_balances"] = [
        {"component_id": "old", "month": "2026-01", "gross_amount": "1000.00", "currency": "USD",
         "accumulated_amount": "900.00", "ready_date": "2024-06-01", "remaining_months": 3},
        {"component_id": "half", "month": "2026-01", "cip_amount": "200.00", "currency": "USD"},
    ]  # fmt: skip
    world.work("half", {"2026-01-10": 60}, "100.00")
    connection = world.run_with_checks()
    assert rows_of(
        connection,
        "select component_id, status, cip_amount, cost_amount, accumulated_amount,"
        " net_book_value_amount from fct_assets order by component_id",
    ) == [
        ("half", "in_service", *map(Decimal, ("0.00", "300.00", "20.00", "280.00"))),
        ("old", "fully_amortized", *map(Decimal, ("0.00", "1000.00", "1000.00", "0.00"))),
    ]
    assert money(
        amount
        for (amount,) in rows_of(
            connection,
            "select amortization_amount from fct_amortization where component_id = 'old'"
            " order by month_key",
        )
    ) == ["33.33", "33.34", "33.33"]
    assert failed_checks(connection) == set()


def test_work_in_progress_is_abandoned_and_written_off() -> None:
    world = World(run="2026-04")
    world.component("app", start="2025-01-01")
    world.gate("app", "abandoned", "2026-03-10")
    world.work("app", {"2026-02-10": 60}, "500.00")
    world.work("app", {"2026-03-09": 60, "2026-03-10": 60}, "80.00")
    connection = world.run_with_checks()
    assert rows_of(
        connection,
        "select amount from fct_asset_movements where movement_type = 'abandonment'",
    ) == [(Decimal("-540.00"),)]
    assert rows_of(
        connection,
        "select account_key, debit_amount, credit_amount from fct_journal_lines"
        " where entry_id = 'J7-US01-2026-03' order by line_number",
    ) == [
        ("impairment", Decimal("540.00"), Decimal("0.00")),
        ("cip", Decimal("0.00"), Decimal("540.00")),
    ]
    assert rows_of(connection, "select status from fct_assets") == [("abandoned",)]
    assert failed_checks(connection) == set()


def test_a_disposal_books_the_loss_after_its_proceeds() -> None:
    world = World(run="2026-04")
    world.component("app", start="2025-01-01", life_months=24)
    world.gate("app", "substantially_complete", "2026-02-01")
    world.work("app", {"2026-01-10": 60}, "2400.00")
    world.gate("app", "disposed", "2026-03-15")
    world.tables["asset_events"] = [
        {"event_id": "D1", "component_id": "app", "event": "disposal",
         "effective_date": "2026-03-15", "recorded_at": "2026-03-15 10:00:00", "recorded_by": "bo",
         "approved_by": "cy", "proceeds": "300.00", "currency": "USD"},
    ]  # fmt: skip
    connection = world.run_with_checks()
    lines = rows_of(
        connection,
        "select account_key, debit_amount - credit_amount from fct_journal_lines"
        " where entry_type = 'J9' order by account_key",
    )
    assert lines == [
        ("accumulated", Decimal("200.00")),
        ("disposal_clearing", Decimal("300.00")),
        ("gross", Decimal("-2400.00")),
        ("impairment", Decimal("1900.00")),
    ]
    assert failed_checks(connection) == set()


def test_two_entities_build_one_component_in_two_currencies() -> None:
    world = World(run="2026-02", entities={"US01": "USD", "JP01": "JPY"})
    world.component("app", start="2025-01-01", entity="US01", life_months=7)
    world.gate("app", "substantially_complete", "2026-02-01")
    world.work("app", {"2026-01-10": 60}, "700.00", entity="US01")
    world.work("app", {"2026-01-10": 60}, "10000", entity="JP01", person_id="rin")
    connection = world.run_with_checks()
    assert rows_of(
        connection,
        "select entity, amortization_amount from fct_amortization where month_key = '2026-02'"
        " order by entity",
    ) == [("JP01", Decimal("1429.00")), ("US01", Decimal("100.00"))]
    assert failed_checks(connection) == set()


def test_the_management_view_has_assets_but_never_a_journal() -> None:
    world = World(run="2026-02", policies=(preset("mgmt_view"),))
    world.component("app")
    world.work("app", {"2026-01-10": 60}, "700.00")
    world.work("NONE", {"2026-01-10": 60}, "70.00", item="APP-2")
    connection = world.run_with_checks()
    assert rows_of(connection, "select sum(cip_amount) from fct_assets") == [(Decimal("770.00"),)]
    assert rows_of(connection, "select * from fct_journal_lines") == []
    assert failed_checks(connection) == set()


def test_a_life_is_the_components_else_its_class_s_else_the_policys() -> None:
    policy = preset("us_350_40_legacy", default_life_months_by_class={"website": 24})
    world = World(run="2026-02", policies=(policy,))
    for name, columns in {
        "own": {"asset_class": "website", "life_months": 30},
        "classed": {"asset_class": "website"},
        "plain": {},
    }.items():
        world.component(name, start="2025-01-01", **columns)
        world.gate(name, "substantially_complete", "2026-02-01")
        world.work(name, {"2026-01-06": 60}, "3600.00", item=f"APP-{name}")
    connection = world.run_with_checks()
    assert rows_of(
        connection,
        "select component_id, life_months, month_amortization_amount from fct_assets order by 1",
    ) == [
        ("classed", 24, Decimal("150.00")),
        ("own", 30, Decimal("120.00")),
        ("plain", 36, Decimal("100.00")),
    ]
    assert failed_checks(connection) == set()

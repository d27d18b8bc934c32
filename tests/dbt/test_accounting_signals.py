"""Signals of impairment and cases to ask about, each raised by one fact and silent without it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb
import pytest

from tests.dbt.accounting_world import World
from tests.dbt.harness import rows_of, run_models

Row = dict[str, Any]


def carried(**columns: Any) -> Row:
    asset = {
        "component_id": "app", "entity": "US01", "policy_id": "us_350_40_legacy",
        "currency_code": "USD", "status": "in_progress", "cost_amount": "0.00",
        "cip_amount": "500.00", "net_book_value_amount": "0.00",
    }  # fmt: skip
    return {**asset, **columns}


def worked(day: str) -> Row:
    return {"component_id": "app", "work_date": day, "minutes": 60, "evidence_tier": "T1"}


def signals(world: World, **given: Any) -> Mapping[str, Any]:
    rows = {
        **world.given(),
        "fct_assets": [carried()],
        "fct_effort_days": [worked("2026-06-20")],
        "fct_capitalization": [],
        "dim_work_items": [],
        "int_statuses__classified": [],
        "int_code__linked": [],
        "int_commits__deployed": [],
        **given,
    }
    connection = run_models(["fct_asset_signals"], rows)
    found = connection.sql("select * from fct_asset_signals").df().to_dict("records")
    return found[0]


def app_world() -> World:
    world = World()
    world.component("app", start="2026-01-01", budget="1000.00")
    return world


def test_an_asset_in_full_swing_raises_nothing() -> None:
    assert signals(app_world())["signal_count"] == 0


@pytest.mark.parametrize(("day", "is_idle"), [("2026-04-01", False), ("2026-03-31", True)])
def test_ninety_days_without_work_are_idle(day: str, is_idle: bool) -> None:
    found = signals(app_world(), fct_effort_days=[worked(day)])
    assert (found["is_idle"], found["idle_days"] > 90) == (is_idle, is_idle)


def test_an_asset_that_was_never_worked_on_is_idle() -> None:
    assert signals(app_world(), fct_effort_days=[])["is_idle"]


def test_a_deployment_is_a_sign_of_life() -> None:
    found = signals(
        app_world(),
        fct_effort_days=[worked("2026-01-05")],
        dim_work_items=[{"work_item_key": "APP-1", "component_id": "app", "is_deleted": False}],
        int_code__linked=[
            {"artefact_kind": "commit", "artefact_id": "s1", "work_item_key": "APP-1"}
        ],
        inp_commits=[{"sha": "s1", "authored_at": "2026-01-05 10:00:00"}],
        int_commits__deployed=[{"sha": "s1", "finished_at": "2026-06-01 10:00:00"}],
    )
    assert (found["is_idle"], str(found["last_deployment_date"])[:10]) == (False, "2026-06-01")


def test_a_cancelled_epic_is_a_signal() -> None:
    epic = {
        "work_item_key": "APP-9", "item_type": "Epic", "status": "Won't Do", "project_key": "APP",
        "component_id": "app", "is_deleted": False,
    }  # fmt: skip
    status = {"project_key": "APP", "status_key": "won't do", "workflow_kind": "cancelled"}
    found = signals(app_world(), dim_work_items=[epic], int_statuses__classified=[status])
    assert (found["is_cancelled"], found["epic_count"]) == (True, 1)


def test_a_long_suspension_a_planned_end_and_an_overrun_are_signals() -> None:
    world = app_world()
    world.gate("app", "suspended", "2026-03-01")
    world.gate("app", "abandoned", "2026-12-31", recorded="2026-06-01")
    found = signals(world, fct_assets=[carried(cip_amount="1000.01")])
    assert (found["is_suspended"], found["is_end_planned"], found["is_over_budget"]) == (
        True, True, True,
    )  # fmt: skip
    world.gate("app", "resumed", "2026-03-05")
    assert not signals(world)["is_suspended"]


def test_work_on_removal_is_a_signal_and_an_event_is_its_conclusion() -> None:
    world = app_world()
    world.tables["asset_events"] = [
        {"event_id": "E1", "component_id": "app", "event": "impairment", "amount": "5.00",
         "effective_date": "2026-06-10", "recorded_at": "2026-06-11 09:00:00",
         "recorded_by": "bo", "approved_by": "cy"},
    ]  # fmt: skip
    removal = {"component_id": "app", "activity": "removal", "to_date": "2026-05-31"}
    found = signals(world, fct_capitalization=[removal])
    assert found["is_being_removed"]
    assert (found["conclusion"], found["conclusion_approved_by"]) == ("impairment E1", "cy")


def cost(**columns: Any) -> Row:
    row = {
        "person_id": "ada", "month_key": "2026-06", "team": "App", "work_item_key": "APP-1",
        "component_id": "app", "pay_component": "salary", "policy_id": "us_350_40_legacy",
        "treatment": "opex", "activity": "support", "window_state": "open", "evidence_tier": "T1",
        "minutes": 60, "amount": "1000.00", "reporting_amount": "1000.00", "capex_amount": "0.00",
        "opex_amount": "1000.00",
    }  # fmt: skip
    return {**row, **columns}


def capital(**columns: Any) -> Row:
    return cost(treatment="capex", activity="development", capex_amount="1000.00",
                opex_amount="0.00", **columns)  # fmt: skip


def anomalies(costs: list[Row], **given: Any) -> list[tuple[str, str]]:
    world = app_world()
    rows = {
        **world.given(),
        "fct_capitalization": costs,
        "int_evidence__acted": [],
        "int_people__days": [],
        **given,
    }
    connection: duckdb.DuckDBPyConnection = run_models(["fct_anomalies"], rows)
    return rows_of(connection, "select rule, cast(amount as varchar) from fct_anomalies order by 1")


def test_an_ordinary_month_has_no_cases() -> None:
    mixed = [row for month in range(1, 7) for row in (
        cost(month_key=f"2026-{month:02d}"), capital(month_key=f"2026-{month:02d}"))]  # fmt: skip
    assert anomalies(mixed) == []


def test_a_person_wholly_capitalised_is_a_case() -> None:
    others = [cost(person_id="bea", month_key=f"2026-0{month}", team="B") for month in (5, 6)]
    assert anomalies([capital(team="NONE"), *others]) == [("ALL_CAPITAL", "1000.00")]


def test_a_jump_of_the_capital_share_is_a_case() -> None:
    before = [row for month in (4, 5) for row in (
        capital(month_key=f"2026-0{month}"), *3 * [cost(month_key=f"2026-0{month}")])]  # fmt: skip
    now = [capital(person_id=person) for person in ("ada", "bea", "cy")]
    now += [cost(person_id=person) for person in ("ada", "bea", "cy")]
    assert anomalies([*before, *now]) == []
    now += [capital(person_id=person) for person in ("ada", "bea", "cy")]
    assert anomalies([*before, *now]) == [("SHARE_JUMP", "3750.00")]


def test_spend_outside_the_window_is_a_case() -> None:
    outside = cost(window_state="none", activity="development")
    assert anomalies([outside]) == [("OUTSIDE_WINDOW", "1000.00")]


def edits(count: int, day: str) -> list[Row]:
    return [
        {
            "source": "tracker",
            "work_item_key": f"APP-{number}",
            "change_id": str(number),
            "changed_at": f"{day} 10:{number:02d}:00",
            "author": "bo@x",
            "field": "labels",
        }
        for number in range(1, count + 1)
    ]


@pytest.mark.parametrize(
    ("count", "day", "expected"),
    [
        (10, "2026-06-29", [("BULK_EDIT", "1000.00")]),
        (10, "2026-07-03", [("BULK_EDIT", "1000.00")]),
        (9, "2026-06-29", []),
        (10, "2026-06-12", []),
    ],
)
def test_many_edits_near_the_end_of_the_month_are_a_case(
    count: int, day: str, expected: list[tuple[str, str]]
) -> None:
    assert anomalies([cost()], inp_work_item_changes=edits(count, day)) == expected


def test_evidence_on_leave_is_a_case() -> None:
    acted = {"person_id": "ada", "local_date": "2026-06-05", "event_ref": "commit:1"}
    leave = {"person_id": "ada", "work_date": "2026-06-05", "leave_minutes": 480,
             "capacity_minutes": 0}  # fmt: skip
    given = {"int_evidence__acted": [acted], "int_people__days": [leave]}
    assert anomalies([cost()], **given) == [("LEAVE_EVIDENCE", "0.00")]
    given["int_people__days"] = [leave | {"leave_minutes": 240, "capacity_minutes": 240}]
    assert anomalies([cost()], **given) == []

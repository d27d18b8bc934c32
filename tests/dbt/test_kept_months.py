"""A run that keeps closed months: what it goes on from, and that it says what a whole run says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import duckdb
import pytest

from tests.dbt.harness import rows_of, run_models
from tests.dbt.ledger_world import World
from tests.dbt.random_world import random_world

EVENTS = {"2026-01": "0001-close-2026-01", "2026-02": "0004-close-2026-02"}
RECORDS = "2026-02-20 12:00:00"


@cache
def built(*, is_computed: bool) -> duckdb.DuckDBPyConnection:
    """Two closed months, the second closed again since it was compared, and an open one."""
    cause = {
        "entity": "US01", "person_id": "ada", "work_item_key": "A-1", "component_id": "C-1",
        "cause": "late_pay", "currency_code": "USD", "difference_amount": "12.50",
    }  # fmt: skip
    policies = {
        "entity": "US01", "component_id": "C-1", "legacy_rule_id": "L-1", "amended_rule_id": "A-1",
        "currency_code": "USD", "row_count": 2, "amount": "10.00",
        "legacy_capex_amount": "10.00", "amended_capex_amount": "0.00",
    }  # fmt: skip
    compared = {"2026-01": EVENTS["2026-01"], "2026-02": "0002-close-2026-02"}
    closings = [{"month_key": month, "event_id": event} for month, event in compared.items()]
    return run_models(
        ["int_drift__caused", "int_drift__months", "int_policies__dual_run", "dim_months"],
        {
            "company.months": [month(number, is_computed=is_computed) for number in (1, 2, 3)],
            "company.settings": [{"reporting_currency": "USD"}],
            "ops.source_loads": [{"source": "tracker", "watermark_at": "2026-03-31 09:00:00"}],
            "closed.months": [
                {"month_key": key, "event_id": event} for key, event in EVENTS.items()
            ],
            "closed.compared_months": [{**row, "compared_as_of": RECORDS} for row in closings],
            "closed.compared_causes": [{**row, **cause} for row in closings],
            "closed.compared_policies": [{**row, **policies} for row in closings],
        },
    )


def month(number: int, *, is_computed: bool) -> dict[str, object]:
    return {
        "month_key": f"2026-{number:02d}",
        "first_date": date(2026, number, 1),
        "last_date": date(2026, number, 28),
        "is_run_month": number == 3,
        "is_computed": is_computed or number == 3,
    }


@pytest.mark.parametrize("relation", ["int_drift__caused", "int_policies__dual_run"])
def test_what_was_found_stands_for_the_closing_that_was_compared(relation: str) -> None:
    connection = built(is_computed=False)
    assert rows_of(connection, f"select month_key from {relation}") == [("2026-01",)]


@pytest.mark.parametrize("relation", ["int_drift__caused", "int_policies__dual_run"])
def test_a_whole_run_finds_anew(relation: str) -> None:
    assert rows_of(built(is_computed=True), f"select month_key from {relation}") == []


def test_every_closed_month_says_when_it_was_compared() -> None:
    said = "select month_key, cast(compared_as_of as varchar) from dim_months order by 1"
    assert rows_of(built(is_computed=False), said) == [
        ("2026-01", RECORDS),
        ("2026-02", None),  # closed again since, and never compared
        ("2026-03", None),
    ]
    assert rows_of(built(is_computed=True), said) == [
        ("2026-01", "2026-03-31 09:00:00"),
        ("2026-02", "2026-03-31 09:00:00"),
        ("2026-03", None),
    ]


def ledger_of_march(world: World) -> list[tuple[object, ...]]:
    """Return every column of the ledger's last month, in one order."""
    march = "select * from fct_effort_days where month_key = '2026-03' order by all"
    return rows_of(world.run("fct_effort_days"), march)


@pytest.mark.parametrize("seed", range(40))
def test_the_open_month_is_explained_as_by_a_whole_run(seed: int) -> None:
    world = random_world(seed)
    world.settings |= {"stale_end_days": 3, "nearest_days": 1} if seed % 2 else {}
    whole = ledger_of_march(world)
    world.kept_months = ("2026-02",)
    assert ledger_of_march(world) == whole


def given(world: World) -> None:
    """Somebody is given an item late in February."""
    world.item("OPEN-1", assignee="ada", status="In Progress")
    world.change("OPEN-1", "2026-02-26 09:00:00", "assignee", None, "ada")


def inherited(world: World) -> None:
    """Somebody gets the account late in February that has held an item for long."""
    world.item("OPEN-1", assignee="desk", status="In Progress")
    world.add("company.identities", source="tracker", account="desk", person_id="ada",
              valid_from="2026-02-26")  # fmt: skip


TakenUp = Callable[[World], None]


def tiers_of_march(kept_months: tuple[str, ...], taken_up: TakenUp, touched: str) -> set[str]:
    """Return the tiers of March: somebody took an item up late in February and touched it once."""
    world = World(months=("2026-01", "2026-02", "2026-03"), kept_months=kept_months)
    world.person("ada")
    taken_up(world)
    commit = world.commit("ada", touched, "tidy")
    world.pull("ada", 1, "2026-03-31 23:00:00", "OPEN-1", state="closed", author=None)
    pull = {"source": "forge", "repository": "org/app", "number": 1}
    world.add("inp_pull_request_commits", sha=commit, **pull)
    return {
        what.split(" ")[1]
        for (_, day), minutes in world.effort().items()
        for what in minutes
        if day >= "2026-03-01"
    }


@pytest.mark.parametrize("taken_up", [given, inherited])
@pytest.mark.parametrize("kept_months", [(), ("2026-01", "2026-02")])
def test_a_touch_however_old_ends_what_fades_from_the_assignment(
    kept_months: tuple[str, ...], taken_up: TakenUp
):
    assert tiers_of_march(kept_months, taken_up, "2026-01-05 10:00:00") == {"T6"}
    later = {"T1", "T2", "T3", "T5"}
    assert tiers_of_march(kept_months, taken_up, "2026-03-31 10:00:00") == later


def ledger_after_leave(kept_months: tuple[str, ...]) -> list[tuple[object, ...]]:
    """Return April of somebody given a known item while away over the end of February."""
    world = World(months=("2026-03", "2026-04"), kept_months=kept_months)
    world.person("ada")
    world.off("ada", "2026-02-16", "2026-03-10")
    world.item("A-1", assignee="ada", status="In Progress")
    world.change("A-1", "2026-02-18 09:00:00", "assignee", None, "ada")
    world.comment("ada", "A-1", "2026-01-07 10:00:00")
    april = "select * from fct_effort_days where month_key = '2026-04' order by all"
    return rows_of(world.run("fct_effort_days"), april)


def test_an_assignment_while_away_counts_from_the_day_of_return() -> None:
    whole = ledger_after_leave(())
    assert whole
    assert ledger_after_leave(("2026-03",)) == whole

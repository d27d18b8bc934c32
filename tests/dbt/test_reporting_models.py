"""Reporting models: small cells stand together, minutes stand once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dbt.harness import rows_of, run_models

MONTH = "2026-10"


def month() -> dict[str, Any]:
    return {
        "month_key": MONTH,
        "fiscal_year": 2026,
        "month_index": 0,
        "is_run_month": True,
        "is_computed": True,
        "first_date": "2026-10-01",
        "last_date": "2026-10-31",
    }


def people(team: str, count: int) -> list[dict[str, Any]]:
    return [
        {
            "person_id": f"{team}-{number}",
            "team": team,
            "worker_type": "employee",
            "start_date": "2026-01-01",
        }
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({"a": 5, "b": 6}, set()),
        ({"a": 4, "b": 6, "c": 9}, {"a", "b"}),
        ({"a": 1, "b": 2, "c": 7, "d": 8}, {"a", "b", "c"}),
        ({"a": 3}, {"a"}),
    ],
)
def test_small_teams_stand_with_the_next_smallest(sizes: dict[str, int], hidden: set[str]) -> None:
    members = [person for team, count in sizes.items() for person in people(team, count)]
    seats = [
        {"person_id": person["person_id"], "tool": "assistant", "date": "2026-10-05"}
        for person in members
    ]
    connection = run_models(
        ["rpt_ai_roi__adoption"],
        {
            "company.people": members,
            "company.months": [month()],
            "company.ai_seats": seats,
        },
    )
    suppressed = rows_of(connection, "select team from fct_ai_adoption where is_suppressed")
    assert {row[0] for row in suppressed} == hidden
    shown = rows_of(connection, "select sum(person_count) from rpt_ai_roi__adoption")
    assert shown == [(sum(sizes.values()),)]
    teams = {row[0] for row in rows_of(connection, "select team from rpt_ai_roi__adoption")}
    assert teams == (set(sizes) - hidden) | ({"other"} if hidden else set())


@pytest.mark.parametrize(
    ("active", "hidden"),
    [
        ({"a": 6, "b": 7}, set()),
        ({"a": 2, "b": 7, "c": 9}, {"a", "b"}),
        ({"a": 0, "b": 7, "c": 9}, set()),
    ],
)
def test_a_small_count_hides_the_next_smallest(active: dict[str, int], hidden: set[str]) -> None:
    members = [person for team in active for person in people(team, 10)]
    used = [
        {"person_id": f"{team}-{number}", "tool": "assistant", "date": "2026-10-05"}
        for team, count in active.items()
        for number in range(count)
    ]
    connection = run_models(
        ["rpt_ai_roi__adoption", "rpt_ai_roi__adoption_tools"],
        {"company.people": members, "company.months": [month()], "company.ai_usage": used},
    )
    unseen = rows_of(connection, "select team from rpt_ai_roi__adoption where active_count is null")
    assert {row[0] for row in unseen} == hidden
    whole = rows_of(
        connection, "select active_count, dose_light_count from rpt_ai_roi__adoption_tools"
    )
    assert whole == [(sum(active.values()), sum(active.values()))]


@pytest.mark.parametrize(("active", "seats"), [(20, 25), (22, None), (25, 25), (3, 25)])
def test_seats_are_hidden_where_the_idle_ones_would_be_few(active: int, seats: int | None) -> None:
    members = [person for team in ("a", "b") for person in people(team, 15)]
    holders = [person["person_id"] for person in members][:25]
    facts = {"tool": "assistant", "date": "2026-10-05"}
    connection = run_models(
        ["rpt_ai_roi__adoption_tools"],
        {
            "company.people": members,
            "company.months": [month()],
            "company.ai_seats": [{**facts, "person_id": person} for person in holders],
            "company.ai_usage": [{**facts, "person_id": person} for person in holders[:active]],
        },
    )
    shown = "select seat_count, idle_seat_count, active_count from rpt_ai_roi__adoption_tools"
    idle = None if 0 < 25 - active < 5 else 25 - active
    assert rows_of(connection, shown) == [(seats, idle, None if active < 5 else active)]


def cost(person: str, stream: str, category: str, **more: Any) -> dict[str, Any]:
    return {
        "person_id": person,
        "month_key": MONTH,
        "value_stream_id": stream,
        "category": category,
        **more,
    }


def test_small_cells_of_the_investment_stand_together() -> None:
    costs = [
        *(cost(f"p{n}", "checkout", "new_capability") for n in range(9)),
        *(cost(f"p{n}", "checkout", "enhancement") for n in range(7)),
        *(cost(f"p{n}", "checkout", "support") for n in range(2)),
        *(cost(f"q{n}", "ledger", "support") for n in range(3)),
        *(cost(f"r{n}", "search", "support") for n in range(6)),
    ]
    connection = run_models(
        ["int_investments__celled"],
        {"company.months": [month()], "fct_capitalization": costs},
    )
    found = {
        (row[0], row[1]): (row[2], row[3])
        for row in rows_of(
            connection,
            "select value_stream_id, category, shown_stream_id, shown_category "
            "from int_investments__celled",
        )
    }
    assert found["checkout", "new_capability"] == ("checkout", "new_capability")
    assert found["checkout", "support"] == found["checkout", "enhancement"] == ("checkout", "other")
    assert found["ledger", "support"][0] == found["search", "support"][0] == "OTHER"


def test_minutes_of_a_piece_of_work_stand_once() -> None:
    same = {
        "entity": "US01",
        "cost_center": "CC",
        "work_country": "US",
        "worker_type": "employee",
        "role_class": "engineer",
        "team": "Pay",
        "work_item_key": "CHK-1",
        "component_id": "NONE",
        "activity": "development",
        "treatment": "opex",
        "evidence_tier": "T1",
        "currency_code": "USD",
        "minutes": 600,
        "from_date": "2026-10-01",
        "to_date": "2026-10-31",
    }
    pay = ("ai_seat", "benefits", "salary")
    lines = {"ai_seat": "LINE-1", "benefits": "NONE", "salary": "NONE"}
    connection = run_models(
        ["rpt_finance__cost_detail"],
        {
            "company.months": [month()],
            "company.settings": [{"reporting_currency": "USD", "run_month": MONTH}],
            "company.currencies": [{"currency_code": "USD", "minor_digits": 2}],
            "company.entities": [{"entity": "US01", "functional_currency": "USD"}],
            "fct_capitalization": [
                cost("p1", "checkout", "support", pay_component=name, cost_line_id=lines[name],
                     **same)
                for name in pay
            ],
            "fct_effort_days": [],
            "dim_persons": [],
            "dim_components": [],
            "dim_work_items": [],
        },
    )  # fmt: skip
    found = rows_of(
        connection, "select pay_component, minutes from rpt_finance__cost_detail order by 1"
    )
    assert found == [("ai_seat", 0), ("benefits", 0), ("salary", 600)]

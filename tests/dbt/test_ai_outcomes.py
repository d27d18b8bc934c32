"""What a team got done in a week: sizes, denominators, follow-up, the company's own days."""

from __future__ import annotations

import pytest

from tests.dbt.harness import rows_of, run_models

SETTINGS = [{"timezone": "America/New_York", "hours_per_day": "8"}]
STARTS = [{"team": "Core", "tool": "assistant", "start_date": "2026-03-09"}]
WEEKS = [
    {
        "period_type": "week",
        "period_key": first,
        "period_number": number,
        "first_date": first,
        "last_date": last,
        "is_known_after_0": True,
        "is_known_after_14": number == 1,
        "is_known_after_30": False,
    }
    for number, (first, last) in enumerate(
        (("2026-03-02", "2026-03-08"), ("2026-03-09", "2026-03-15")), start=1
    )
]
WORK = [
    {
        "person_id": person,
        "work_date": day,
        "team": team,
        "role_class": "engineer",
        "worker_type": worker,
        "minutes": 480,
        "evidence_tier": tier,
        "work_item_key": key,
    }
    for person, team, worker, day, tier, key in (
        ("P1", "Core", "employee", "2026-03-03", "T1", "A-1"),
        ("P1", "Core", "employee", "2026-03-04", "T6", "UNATTRIBUTED"),
        ("P1", "Core", "employee", "2026-03-05", "L", "LEAVE"),
        ("P1", "Core", "employee", "2026-03-10", "T1", "A-2"),
        ("X1", "Core", "agent", "2026-03-10", "T1", "A-2"),
        ("P2", "Edge", "employee", "2026-03-10", "T1", "B-1"),
    )
]


TYPES = [
    {"item_type": "", "labels": "[]", "project_key": key, "category": kept, "is_reserved": False}
    for key, kept in (("A", "keep_the_lights_on"), ("B", "new_capability"))
]


def item(key: str, completed: str, points: float | None, **more: object) -> dict[str, object]:
    return {
        "work_item_key": key,
        "team": "Core",
        "flow_type": "feature",
        "is_finished": True,
        "is_by_agent": False,
        "estimate_points": points,
        "created_at": "2026-02-01 09:00",
        "completed_at": completed,
        **more,
    }


def outcomes(items: list[dict[str, object]], name: str = "accepted_items") -> dict[tuple, tuple]:
    connection = run_models(
        ["fct_ai_outcomes"],
        {
            "company.settings": SETTINGS,
            "company.ai_rollouts": STARTS,
            "int_ai__item_teams": items,
            "int_ai__periods": WEEKS,
            "fct_effort_days": WORK,
            "int_effort__classifiable": WORK,
            "int_work_types__classified": TYPES,
        },
    )
    rows = rows_of(
        connection,
        f"""
        select team, period_number, numerator, denominator, value, delivery_hours, is_provisional
        from fct_ai_outcomes where outcome = '{name}'
        """,
    )
    return {(row[0], row[1]): row[2:] for row in rows}


def test_an_item_counts_by_its_size_against_the_teams_own_past():
    """Two of two points before the start make the usual item; four points are two of them."""
    found = outcomes(
        [
            item("A-1", "2026-03-03 15:00", 2),
            item("A-2", "2026-03-04 15:00", 2),
            item("A-3", "2026-03-10 15:00", 4),
            item("A-4", "2026-03-11 15:00", None),
        ]
    )
    assert found["Core", 1][:3] == (2.0, 0.4, 5.0)
    assert found["Core", 2][:3] == (3.0, 0.2, 15.0)


def test_without_estimates_before_the_start_every_item_counts_as_one():
    items = [
        item("A-1", "2026-03-03 15:00", 2),
        item("A-2", "2026-03-04 15:00", None),
        item("A-3", "2026-03-10 15:00", 8),
    ]
    assert outcomes(items)["Core", 2][0] == 1.0
    sized = [{**row, "estimate_seconds": 3600} for row in items]
    sized[2]["estimate_seconds"] = 7200
    assert outcomes(sized)["Core", 2][0] == 2.0
    assert outcomes(sized, "accepted_items_counted")["Core", 2][0] == 1.0


def test_a_week_ends_at_midnight_of_the_company_and_an_agent_counts_on_neither_side():
    found = outcomes(
        [
            item("A-1", "2026-03-09 03:30", 1),
            item("A-2", "2026-03-10 15:00", 1, is_by_agent=True),
            item("A-3", "2026-03-10 15:00", 1, is_finished=False),
        ]
    )
    assert found["Core", 1][0] == 1.0
    assert found["Core", 2][:2] == (0.0, 0.2)


def test_a_team_that_finished_nothing_has_zero_and_one_that_was_not_there_has_no_row():
    found = outcomes([item("A-1", "2026-03-03 15:00", 1)])
    assert found["Core", 2][2] == 0.0
    assert found["Edge", 2][:3] == (0.0, 0.2, 0.0)
    assert ("Edge", 1) not in found


def test_leave_is_no_working_time_and_unattributed_time_no_delivery():
    *_, hours, _ = outcomes([])["Core", 1]
    assert hours == pytest.approx(8)


def test_a_period_whose_follow_up_the_records_do_not_reach_is_provisional():
    found = outcomes([])
    assert (found["Core", 1][-1], found["Core", 2][-1]) == (False, True)
    reverted = outcomes([], "revert_ratio")
    assert reverted["Core", 1][-1]
    assert reverted["Core", 1][2] is None


def test_keeping_the_lights_on_is_a_share_of_the_time_on_items():
    found = outcomes([], "keep_the_lights_on_ratio")
    assert found["Core", 1][:3] == (480.0, 480.0, 1.0)
    assert found["Edge", 2][:3] == (0.0, 480.0, 0.0)

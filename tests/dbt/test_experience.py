"""Surveys with small cells hidden, attrition, and cost beside output."""

from __future__ import annotations

from statistics import stdev

import duckdb
import pytest

from tests.dbt.flow_world import flow_world, move, rows_by
from tests.dbt.harness import rows_of
from tests.dbt.ledger_world import World

TEAMS = {"Pay": 7, "Core": 6, "Web": 5, "Ops": 3}


def answer(world: World, team: str, number: int, item: str, score: int) -> None:
    world.add(
        "company.survey_responses",
        wave="2026-10", respondent=f"{team}{number}", team=team, item=item, score=score,
        answered_on="2026-10-14",
    )  # fmt: skip


@pytest.fixture(scope="module")
def asked() -> duckdb.DuckDBPyConnection:
    """Return a wave of four teams; Core leaves one item to four of its six people."""
    world = flow_world()
    for team, count in TEAMS.items():
        for number in range(count):
            world.person(f"{team}{number}", team=team)
            answer(world, team, number, "FLOW", 1 + number % 5)
            if team != "Core" or number < 4:
                answer(world, team, number, "RECOMMEND", 10 if number < 2 else 5)
    for item, least, most in (("FLOW", 1, 5), ("RECOMMEND", 0, 10)):
        world.add("company.survey_items", item=item, text=item, instrument="own",
                  scale_min=least, scale_max=most, dimension="flow")  # fmt: skip
    return world.run("fct_survey_waves", "fct_survey_scores")


def test_small_teams_stand_with_the_next_smallest(asked: duckdb.DuckDBPyConnection) -> None:
    # Ops has three people, Core four answers to an item: with them goes Web, the next smallest.
    waves = rows_by(asked, "fct_survey_waves", "team")
    assert {team: wave["respondent_count"] for team, wave in waves.items()} == {
        "Pay": 7, "other": 14, "all": 21,
    }  # fmt: skip
    assert waves["Pay"]["response_ratio"] == pytest.approx(7 / 8)  # one of Pay kept silent
    assert waves["all"]["person_count"] == 22


def test_no_cell_shows_fewer_than_five_answers(asked: duckdb.DuckDBPyConnection) -> None:
    rows = rows_of(asked, "select min(answer_count), count(*) from fct_survey_scores")
    assert rows == [(7, 6)]


def test_scores_have_intervals_inside_the_scale(asked: duckdb.DuckDBPyConnection) -> None:
    found = rows_by(asked, "fct_survey_scores", "item", "team = 'all'")
    scores = [1 + number % 5 for count in TEAMS.values() for number in range(count)]
    assert found["FLOW"]["score_mean"] == pytest.approx(sum(scores) / len(scores))
    assert 1 <= found["FLOW"]["low"] < found["FLOW"]["score_mean"] < found["FLOW"]["high"] <= 5
    # Student's interval by hand: 2.086 is the point of twenty degrees of freedom.
    assert found["FLOW"]["high"] - found["FLOW"]["score_mean"] == pytest.approx(
        2.08596 * stdev(scores) / len(scores) ** 0.5, rel=1e-4
    )
    assert found["FLOW"]["promoter_count"] is None
    assert found["RECOMMEND"]["promoter_count"] == 8
    assert found["RECOMMEND"]["detractor_count"] == 11


def test_a_wave_of_four_shows_nothing() -> None:
    world = flow_world()
    for number in range(4):
        world.person(f"p{number}")
        answer(world, "Pay", number, "FLOW", 3)
    world.add("company.survey_items", item="FLOW", text="x", scale_min=1, scale_max=5)
    found = world.run("fct_survey_waves", "fct_survey_scores")
    assert set(rows_of(found, "select is_suppressed, respondent_count from fct_survey_waves")) == {
        (True, None)
    }
    assert set(
        rows_of(found, "select is_suppressed, score_mean, low, high from fct_survey_scores")
    ) == {(True, None, None, None)}


def test_who_changes_team_has_not_left() -> None:
    world = flow_world(months=("2026-09", "2026-10"))
    world.person("mover", end="2026-09-30")
    world.person("mover", start="2026-10-01", team="Core")
    world.person("leaver", end="2026-10-15")
    world.person("joiner", start="2026-10-12")
    world.person("helper", worker_type="contractor", end="2026-10-20")
    found = rows_by(world.run("fct_attrition"), "fct_attrition", "month_key")
    counts = ("headcount", "joined_count", "left_count", "pay_amount")
    assert [found["2026-09"][name] for name in counts] == [3, 0, 0, None]
    assert [found["2026-10"][name] for name in counts] == [3, 1, 1, None]


def test_a_stream_without_cost_keeps_what_it_finished() -> None:
    world = flow_world()
    move(world, "APP-1", [("2026-10-05 09:00:00", "Dev"), ("2026-10-06 09:00:00", "Done")])
    found = rows_by(world.run("fct_stream_units"), "fct_stream_units", "value_stream_id")["s"]
    assert (found["finished_count"], found["cost_amount"], found["revenue_amount"]) == (1, 0, None)

"""Flow against a second computation: two written logs and three hundred random ones."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import duckdb
import pytest

from tests.dbt.flow_world import STEPS, flow_world, rows_by
from tests.dbt.harness import rows_of
from tests.dbt.ledger_world import World
from tests.oracle.flow import GAP, Calendar, Item, Step, completion, step_times, visits

PULL_STEPS = tuple({**step, "from_pull_requests": step["step"] == "Review"} for step in STEPS)
PLACES = tuple(
    Step(str(step["step"]), order, str(step["kind"]), bool(step["from_pull_requests"]))
    for order, step in enumerate(PULL_STEPS, start=1)
)
HOLIDAY = date(2026, 10, 29)
BERLIN = Calendar("Europe/Berlin", frozenset({HOLIDAY}))
MONTHS = ("2026-10", "2026-11")
PRECISION = 1e-9
STREAMS = 300


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}")


# Clocks go back on 25 October; the 29th is a holiday; the item is reopened, has two pull requests
# that overlap, a stay of forty seconds, work logged at night.
REOPENED = Item(
    created=at("10-21 07:00"),
    moves=[
        (at("10-22 08:30"), "Ready"),
        (at("10-23 09:15"), "Dev"),
        (at("10-23 13:00:00"), "Review"),
        (at("10-23 13:00:40"), "Dev"),
        (at("10-26 10:00"), "Review"),
        (at("10-26 15:00"), "Dev"),
        (at("10-27 09:00"), "Review"),
        (at("10-28 12:00"), "Test"),
        (at("10-28 14:30"), "Done"),
        (at("10-30 08:00"), "Dev"),
        (at("10-30 16:00"), "Test"),
        (at("11-03 10:00"), "Done"),
    ],
    pulls=[
        (at("10-23 15:00"), at("10-27 16:00")),
        (at("10-27 15:00"), at("10-28 11:00")),
        (at("10-30 09:00"), at("10-30 12:00")),
    ],
    entries=[(at("10-23 22:00"), at("10-23 23:30")), (at("10-26 08:00"), at("10-26 11:00"))],
    acts=[at("10-27 10:00"), at("10-27 10:25"), at("10-27 14:00"), at("10-30 10:00")],
)
# No pull request, no activity, sent back to the backlog for a week, finished in the same month.
SHELVED = Item(
    created=at("10-20 07:00"),
    moves=[
        (at("10-20 09:00"), "Ready"),
        (at("10-20 12:00"), "Dev"),
        (at("10-21 08:00"), "Open"),
        (at("10-28 08:00"), "Dev"),
        (at("10-30 20:00"), "Test"),
        (at("11-02 11:00"), "Done"),
    ],
)


@pytest.fixture(scope="module")
def written() -> duckdb.DuckDBPyConnection:
    world = berlin_world()
    for key, item in {"APP-1": REOPENED, "APP-2": SHELVED}.items():
        add_item(world, key, item)
    return run(world)


@pytest.fixture(scope="module")
def logs() -> dict[str, list[Item]]:
    return {
        f"P{number}": random_items(random.Random(number))  # noqa: S311
        for number in range(STREAMS)
    }


@pytest.fixture(scope="module")
def drawn(logs: dict[str, list[Item]]) -> duckdb.DuckDBPyConnection:
    world = berlin_world()
    for project, items in logs.items():
        stream = project.lower()
        world.add("company.value_streams", value_stream_id=stream, owner="Pay", stream_order=2)
        world.rule("project", project, stream)
        for number, item in enumerate(items):
            add_item(world, f"{project}-{number}", item)
    return run(world)


@pytest.mark.parametrize(("key", "item"), [("APP-1", REOPENED), ("APP-2", SHELVED)])
def test_written_logs(written: duckdb.DuckDBPyConnection, key: str, item: Item) -> None:
    expected = dict(
        zip(("APP-1", "APP-2"), step_times([REOPENED, SHELVED], PLACES, BERLIN), strict=True)
    )
    assert steps_of(written, key) == pytest.approx(flat(expected[key]), abs=PRECISION)


def test_written_returns(written: duckdb.DuckDBPyConnection) -> None:
    items = rows_by(written, "fct_flow_items", "work_item_key")
    assert (items["APP-1"]["rework_count"], items["APP-1"]["collapsed_count"]) == (2, 1)
    assert items["APP-2"]["rework_count"] == 0
    assert items["APP-1"]["gap_hours"] == pytest.approx(hours(at("10-28 14:30"), at("10-30 08:00")))


def test_random_logs_agree(drawn: duckdb.DuckDBPyConnection, logs: dict[str, list[Item]]) -> None:
    found = rows_by(drawn, "fct_flow_items", "work_item_key")
    measured = steps_of_all(drawn)
    compared = 0
    for project, items in logs.items():
        for cohort in by_month(items):
            times = step_times([item for _, item in cohort], PLACES, BERLIN)
            for (number, item), expected in zip(cohort, times, strict=True):
                key = f"{project}-{number}"
                assert measured.get(key, {}) == pytest.approx(flat(expected), abs=PRECISION), key
                done = completion(item, PLACES)
                assert done is not None
                stays = visits(item, PLACES, done)
                assert found[key]["rework_count"] == sum(stay.is_return for stay in stays), key
                rework = sum(hours(*stay.span) for stay in stays if stay.is_rework)
                assert (found[key]["rework_hours"] or 0) == pytest.approx(rework), key
                compared += 1
    assert compared == len(found) > STREAMS


def test_identities(drawn: duckdb.DuckDBPyConnection) -> None:
    assert not rows_of(
        drawn,
        "select work_item_key from int_flow__item_steps"
        " where process_microseconds < 0 or process_microseconds > lead_microseconds",
    )
    assert not rows_of(
        drawn,
        "select work_item_key from int_flow__visits group by 1"
        " having sum(lead_microseconds) <> max(end_clock) - min(start_clock)",
    )
    assert not rows_of(
        drawn,
        "select value_stream_id from (select value_stream_id, month_key,"
        " sum(lead_hours_mean) as total from fct_flow_steps group by all)"
        " join fct_flow_streams using (value_stream_id, month_key)"
        " where abs(total - lead_hours_mean) > 1e-9",
    )


def test_causes_of_waiting_add_up_to_the_wait(drawn: duckdb.DuckDBPyConnection) -> None:
    steps = rows_of(
        drawn,
        "select steps.value_stream_id, steps.month_key, steps.step,"
        " steps.wait_hours_mean * steps.finished_count, coalesce(sum(waits.wait_hours), 0)"
        " from fct_flow_steps as steps left join fct_flow_waits as waits"
        " using (value_stream_id, month_key, step)"
        " where steps.kind <> 'none' and steps.finished_count > 0 group by all",
    )
    assert len(steps) > STREAMS
    for *place, waited, explained in steps:
        assert explained == pytest.approx(waited, abs=1e-6), place


def test_cumulative_flow_ends_with_what_is_open(drawn: duckdb.DuckDBPyConnection) -> None:
    ends = "select max(local_date) from fct_flow_days"
    flowing = rows_of(
        drawn,
        "select value_stream_id, step, item_count from fct_flow_days"
        f" where local_date = ({ends}) and step <> '(done)' and item_count > 0 order by all",
    )
    opened = rows_of(
        drawn,
        "select value_stream_id, step, count(*) from int_flow__visits"
        " where is_open and step <> '(gap)' group by all order by all",
    )
    assert flowing == opened
    assert opened


def test_ages_are_those_of_open_items(drawn: duckdb.DuckDBPyConnection) -> None:
    assert not rows_of(
        drawn,
        "select work_item_key from fct_flow_open_items"
        " where step_age_hours > age_hours or age_hours < 0 or is_over_p85 is null",
    )


def test_every_item_stands_in_one_status(drawn: duckdb.DuckDBPyConnection) -> None:
    assert not rows_of(
        drawn,
        "select work_item_key from fct_status_intervals group by 1"
        " having sum(cast(is_current as int)) <> 1"
        " or sum(case when ended_at is null then 1 else 0 end) <> 1",
    )


def test_time_in_the_window_is_the_work_in_progress(drawn: duckdb.DuckDBPyConnection) -> None:
    found = rows_of(
        drawn,
        "select value_stream_id, sum(wip_average * working_hours) from fct_flow_streams"
        " where value_stream_id like 'p%' group by 1",
    )
    for stream, total in found:
        spans = rows_of(
            drawn,
            "select sum(lead_microseconds) / 3.6e9 from int_flow__visits"
            f" where value_stream_id = '{stream}' and step <> '{GAP}'",
        )
        assert total == pytest.approx(float(spans[0][0])), stream


def berlin_world() -> World:
    world = flow_world(PULL_STEPS, months=MONTHS, timezone="Europe/Berlin")
    world.holiday(HOLIDAY.isoformat())
    return world


def run(world: World) -> duckdb.DuckDBPyConnection:
    return world.run(
        "fct_flow_items", "fct_flow_steps", "fct_flow_streams", "fct_status_intervals",
        "fct_flow_waits", "fct_flow_days", "fct_flow_open_items",
    )  # fmt: skip


def add_item(world: World, key: str, item: Item) -> None:
    last = item.moves[-1][1] if item.moves else "Open"
    world.item(key, status=last, created_at=str(item.created))
    before = "Open"
    for moved, status in item.moves:
        world.change(key, str(moved), "status", before, status, by=f"{key} {moved}")
        before = status
    for start, end in item.pulls:
        world.pull(
            "ada", world.number(), str(start), f"{key} change", state="closed", closed_at=str(end)
        )
    for start, end in item.entries:
        world.worklog("ada", key, str(start), int((end - start).total_seconds()))
    for act in item.acts:
        world.commit("ada", str(act), f"{key} act")


def random_items(chance: random.Random) -> list[Item]:
    """Return items that wander between all statuses; some flap, some are never finished."""
    statuses = [place.name for place in PLACES] + ["Open", "Done", "Dropped"]
    items = []
    for _ in range(chance.randrange(2, 7)):
        moment = at("10-01 00:00") + timedelta(minutes=chance.randrange(20_000))
        item = Item(created=moment, moves=[])
        previous = "Open"
        for _ in range(chance.randrange(1, 14)):
            pause = chance.choice((chance.randrange(1, 59), chance.randrange(60, 400_000)))
            moment += timedelta(seconds=pause)
            status = chance.choice([name for name in statuses if name != previous])
            item.moves.append((moment, status))
            previous = status
        if chance.random() < 0.8 and previous != "Done":
            item.moves.append((moment + timedelta(hours=5), "Done"))
        reach = int((moment - item.created).total_seconds()) + 7200
        for _ in range(chance.randrange(0, 3)):
            start = item.created + timedelta(seconds=chance.randrange(reach))
            item.pulls.append((start, start + timedelta(seconds=chance.randrange(60, 300_000))))
        for _ in range(chance.randrange(0, 5)):
            start = item.created + timedelta(seconds=chance.randrange(reach))
            item.entries.append((start, start + timedelta(seconds=chance.randrange(60, 20_000))))
        item.acts = [
            item.created + timedelta(seconds=chance.randrange(reach))
            for _ in range(chance.randrange(0, 6))
        ]
        items.append(item)
    return items


def by_month(items: list[Item]) -> list[list[tuple[int, Item]]]:
    """Group finished items by the month of their completion in Berlin."""
    months: dict[str, list[tuple[int, Item]]] = {}
    for number, item in enumerate(items):
        done = completion(item, PLACES)
        if done is not None:
            local = done + timedelta(hours=2 if done < at("10-25 01:00") else 1)
            months.setdefault(local.strftime("%Y-%m"), []).append((number, item))
    return list(months.values())


def steps_of_all(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, float]]:
    rows = rows_of(
        connection,
        "select work_item_key, step, lead_microseconds / 3.6e9, process_microseconds / 3.6e9"
        " from int_flow__item_steps",
    )
    found: dict[str, dict[str, float]] = {}
    for key, step, lead, process in rows:
        found.setdefault(key, {}).update({f"{step} lead": lead, f"{step} process": process})
    return found


def steps_of(connection: duckdb.DuckDBPyConnection, key: str) -> dict[str, float]:
    rows = rows_of(
        connection,
        "select step, lead_microseconds / 3.6e9, process_microseconds / 3.6e9"
        f" from int_flow__item_steps where work_item_key = '{key}'",
    )
    return flat({step: (timedelta(hours=lead), timedelta(hours=done)) for step, lead, done in rows})


def flat(times: dict[str, tuple[timedelta, timedelta]]) -> dict[str, float]:
    """Return lead and process hours under one key each."""
    hour = timedelta(hours=1)
    return {
        f"{step} {what}": span / hour
        for step, spans in times.items()
        for what, span in zip(("lead", "process"), spans, strict=True)
    }


def hours(start: datetime, end: datetime) -> float:
    return BERLIN.worked(start, end) / timedelta(hours=1)

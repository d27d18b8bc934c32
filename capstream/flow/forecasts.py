"""The plan's levers pulled on a month's finished items, written beside the marts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from capstream.flow.simulation import FlowHistory, Forecast, Lever, LeverKind, simulate
from capstream.types import Month
from capstream.warehouse.analysis_tables import ANALYSIS_TABLES, replace_month

TABLE = "flow_forecasts"
DRAWS = 10_000


@dataclass(frozen=True, slots=True)
class PlannedLever:
    """A lever of the plan that is not due before the month is over."""

    improvement_id: str
    value_stream_id: str
    lever: Lever


def write_flow_forecasts(connection: duckdb.DuckDBPyConnection, month: Month) -> int:
    """Simulate every measured stream of a month and write `analysis.flow_forecasts`.

    Called once a run, after dbt: reads marts and configuration, draws with a seed that follows
    from the month.

    Args:
        connection: A writing connection to the company's warehouse.
        month: The run month.

    Returns:
        Rows written.
    """
    planned = defaultdict(list)
    for one in _planned(connection, month):
        planned[one.value_stream_id].append(one)
    targets = _targets(connection)
    seed = int(str(month).replace("-", ""))
    rows = [
        _row(stream, month, history, planned[stream], targets.get(stream), seed)
        for stream, history in _histories(connection, month)
    ]
    table = pa.Table.from_pylist(rows, schema=ANALYSIS_TABLES[TABLE])
    replace_month(connection, TABLE, str(month), table)
    return len(rows)


def _planned(connection: duckdb.DuckDBPyConnection, month: Month) -> Iterator[PlannedLever]:
    """Yield the levers that are due after the month: earlier ones are in the measured items."""
    rows = connection.execute(
        "select improvement_id, value_stream_id, step, lever, change from company.improvements"
        " where due > ? order by improvement_id",
        [month.last_day],
    )
    for improvement, stream, step, kind, change in rows.fetchall():
        yield PlannedLever(improvement, stream, Lever(step, LeverKind(kind), float(change)))


def _targets(connection: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """Return the lead time in working hours that each stream's newest future map asks for."""
    rows = connection.execute("""
        select value_stream_id, sum(drawn_process_hours + drawn_wait_hours)
        from marts.fct_workshop_steps
        where state = 'future' and side <> 'measured only'
            and month_key = (select run_month from company.settings)
        group by value_stream_id
        having count(drawn_process_hours + drawn_wait_hours) = count(*)
    """)
    return dict(rows.fetchall())


def _histories(
    connection: duckdb.DuckDBPyConnection, month: Month
) -> Iterator[tuple[str, FlowHistory]]:
    """Yield the finished items of each stream whose map is not withheld, gaps as a step."""
    streams = connection.execute(
        "select value_stream_id, finished_count / working_hours from marts.fct_flow_streams"
        " where month_key = ? and not is_withheld and measured_count > 0 and working_hours > 0"
        " order by value_stream_id",
        [str(month)],
    ).fetchall()
    for stream, rate in streams:
        steps = connection.execute(
            "select step, max(visit_complete_accurate_ratio) from marts.fct_flow_steps"
            " where value_stream_id = ? and month_key = ? and item_count > 0"
            " group by step order by min(step_order), step",
            [stream, str(month)],
        ).fetchall()
        times = connection.execute(
            "select work_item_key, step, process_hours, wait_hours"
            " from marts.fct_flow_item_steps where value_stream_id = ? and month_key = ?"
            " order by work_item_key, step",
            [stream, str(month)],
        ).fetchall()
        yield stream, _history(steps, times, float(rate))


def _history(
    steps: Sequence[tuple[str, float | None]],
    times: Sequence[tuple[str, str, float, float]],
    rate: float,
) -> FlowHistory:
    names = tuple(step for step, _ in steps)
    items = {key: place for place, key in enumerate(dict.fromkeys(row[0] for row in times))}
    process = np.zeros((len(items), len(names)))
    wait = np.zeros_like(process)
    for key, step, process_hours, wait_hours in times:
        place = items[key], names.index(step)
        process[place], wait[place] = process_hours, wait_hours
    accurate = np.array([1.0 if ratio is None else ratio for _, ratio in steps])
    return FlowHistory(names, process, wait, accurate, rate)


def _row(
    stream: str,
    month: Month,
    history: FlowHistory,
    planned: Sequence[PlannedLever],
    target: float | None,
    seed: int,
) -> dict[str, object]:
    """Simulate one stream; a lever on a step that nobody visited is named and left out."""
    by_name = {step.casefold(): step for step in history.steps}
    known = [one for one in planned if one.lever.step.casefold() in by_name]
    levers = [
        Lever(by_name[one.lever.step.casefold()], one.lever.kind, one.lever.change) for one in known
    ]
    found = simulate(history, levers, target_hours=target, draws=DRAWS, seed=seed)
    summary = [f"{one.improvement_id}: {_words(one.lever)}" for one in known]
    summary += [
        f"{one.improvement_id}: step {one.lever.step} was not visited"
        for one in planned
        if one not in known
    ]
    return {
        "value_stream_id": stream,
        "month_key": str(month),
        "lever_summary": "; ".join(summary) or "no open lever",
        "draw_count": DRAWS,
        "seed": seed,
        "target_hours": target,
        **_measures(found),
    }


def _measures(found: Forecast) -> dict[str, object]:
    now, after = found.percentiles_now, found.percentiles_after
    return {
        "item_count": found.item_count,
        "lead_hours_mean_now": found.mean_now,
        "lead_hours_mean_after": found.mean_after,
        **{f"lead_hours_{name}_now": now[n] for n, name in enumerate(("p50", "p85", "p95"))},
        **{f"lead_hours_{name}_after": after[n] for n, name in enumerate(("p50", "p85", "p95"))},
        "difference_low": found.difference_low,
        "difference_high": found.difference_high,
        "target_chance": found.target_chance,
    }


def _words(lever: Lever) -> str:
    """Say what a lever does: `wait of Review -60 %`."""
    if lever.kind in {LeverKind.WAIT, LeverKind.PROCESS_TIME}:
        return f"{lever.kind.value.replace('_', ' ')} of {lever.step} {lever.change:+.0%}"
    if lever.kind is LeverKind.COMPLETE_ACCURATE:
        return f"complete and accurate of {lever.step} to {lever.change:.0%}"
    return f"at most {lever.change:g} items in {lever.step}"

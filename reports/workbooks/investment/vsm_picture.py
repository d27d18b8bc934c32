"""The pictures of a stream: its map and the graph of its real paths, drawn from reported rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reports.maps import (
    Drawing,
    MapLoop,
    MapStep,
    PathEdge,
    PathsGraph,
    StreamMap,
    draw_paths,
    draw_stream,
)
from reports.maps.stream_parts import hours
from reports.workbooks.investment.streams import MappedStream
from reports.workbooks.shared.facts import Facts, Rows, exact

OUTSIDE, GAP = "(outside the map)", "(gap)"
_LOSSES = 3


def steps_of(facts: Facts, stream: MappedStream) -> Rows:
    """Return the rows of a stream's steps in order, gap and outside last."""
    rows = facts.rows("rpt_investment__flow_steps").where(value_stream_id=stream.stream)
    return rows.sorted_by("step_order", "step")


def map_drawing(facts: Facts, stream: MappedStream) -> Drawing:
    """Draw the map of a stream."""
    return draw_stream(stream_map(facts, stream))


def stream_map(facts: Facts, stream: MappedStream) -> StreamMap:
    """Collect what the map of a stream shows."""
    rows = [row for row in steps_of(facts, stream).records if row["step"] not in {OUTSIDE, GAP}]
    steps = tuple(_step(row) for row in rows)
    places = {step.name: place for place, step in enumerate(steps)}
    row = stream.summary
    finished, arrived = int(row["finished_count"]), int(row["arrival_count"])
    return StreamMap(
        title=f"Value stream map: {stream.name}, {facts.stamp.month}",
        subtitle=f"{finished} items finished, {int(row['measured_count'])} of them measured · "
        f"calendar {row['calendar_id']} · working hours per finished item; means add up"
        + (" · low n" if finished < 10 else ""),
        demand=f"{arrived} items arrived",
        supply=f"{finished} items finished",
        steps=steps,
        loops=_loops(facts, stream, places, finished),
        tiles=_tiles(row, facts.currency),
        losses=_losses(rows, places),
        currency=facts.currency,
    )


def _step(row: dict[str, Any]) -> MapStep:
    return MapStep(
        name=str(row["step"]),
        kind=str(row["kind"]),
        process_hours=_number(row["process_hours_mean"]) or 0.0,
        wait_hours=_number(row["wait_hours_mean"]) or 0.0,
        accurate_ratio=_number(row["complete_accurate_ratio"]),
        wip=_number(row["wip_average"]) or 0.0,
        people=_whole(row["person_count"]),
        cost=_number(row["cost_amount"]),
        load_ratio=_number(row["load_ratio"]),
    )


def _loops(
    facts: Facts, stream: MappedStream, places: dict[str, int], finished: int
) -> tuple[MapLoop, ...]:
    rows = facts.rows("rpt_investment__transitions").where(value_stream_id=stream.stream)
    return tuple(
        MapLoop(
            source=places[row["from_step"]],
            target=places[row["to_step"]],
            count=int(row["return_count"]),
            share=int(row["return_count"]) / max(finished, 1),
            hours=_number(row["rework_hours"]) or 0.0,
        )
        for row in rows.sorted_by("from_step", "to_step").records
        if row["is_backward"]
        and row["from_step"] in places
        and row["to_step"] in places
        and places[row["from_step"]] > places[row["to_step"]]
    )


def _tiles(row: dict[str, Any], currency: str) -> tuple[tuple[str, str], ...]:
    def shown(name: str, text: str) -> str:
        value = _number(row[name])
        return "–" if value is None else text.format(value)

    tiles = [
        ("Lead time (working)", shown("lead_hours_mean", "{:.1f} h")),
        ("Lead time (calendar)", shown("calendar_days_mean", "{:.1f} d")),
        ("Process time", shown("process_hours_mean", "{:.1f} h")),
        ("Activity ratio", shown("activity_ratio", "{:.1%}")),
        ("Rolled C&A", shown("rolled_complete_accurate_ratio", "{:.0%}")),
        ("Takt", shown("takt_hours", "{:.1f} h")),
        ("Finished", f"{int(row['finished_count'])}"),
    ]
    if _number(row["cost_amount"]) is not None:
        tiles.append(("Cost", shown("cost_amount", "{:,.0f} " + currency)))
    return tuple(tiles)


def _losses(rows: Sequence[dict[str, Any]], places: dict[str, int]) -> tuple[tuple[int, str], ...]:
    """Name the steps that lose most: hours waited by all items, hours spent after returns."""
    found: list[tuple[float, int, str]] = []
    for row in rows:
        place, finished = places[row["step"]], int(row["finished_count"])
        waited = (_number(row["wait_hours_mean"]) or 0.0) * finished
        redone = _number(row["rework_hours"]) or 0.0
        found.append((waited, place, f"{row['step']}: {hours(waited)} of waiting"))
        found.append((redone, place, f"{row['step']}: {hours(redone)} after returns"))
    ranked = sorted((loss for loss in found if loss[0] > 0), key=lambda loss: (-loss[0], loss[1:]))
    best: dict[int, str] = {}
    for _, place, words in ranked:
        best.setdefault(place, words)
    return tuple(list(best.items())[:_LOSSES])


def paths_drawing(facts: Facts, stream: MappedStream) -> Drawing:
    """Draw the directly-follows graph of a stream's finished items."""
    steps = [str(row["step"]) for row in steps_of(facts, stream).records]
    nodes = ("(start)", *(step for step in steps if step not in {OUTSIDE, GAP}), "(done)")
    places = {name: place for place, name in enumerate(nodes)}
    rows = facts.rows("rpt_investment__transitions").where(value_stream_id=stream.stream)
    edges = tuple(
        PathEdge(
            source=places[row["from_step"]],
            target=places[row["to_step"]],
            count=int(row["transition_count"]),
            items=int(row["item_count"]),
            hours=_number(row["lead_hours"]) or 0.0,
            is_backward=bool(row["is_backward"]),
        )
        for row in rows.sorted_by("from_step", "to_step").records
        if row["from_step"] in places and row["to_step"] in places
    )
    title = f"Real paths: {stream.name}, {facts.stamp.month}"
    return draw_paths(PathsGraph(title, nodes, edges, int(stream.summary["finished_count"])))


def _number(value: Any) -> float | None:
    """Return a number, nothing where there is none."""
    if value is None or value != value:
        return None
    return float(exact(value, 6))


def _whole(value: Any) -> int | None:
    number = _number(value)
    return None if number is None else int(number)

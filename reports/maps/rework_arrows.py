"""Rework on a map: dashed arrows back over the boxes, the costliest loops in lanes."""

from __future__ import annotations

from collections.abc import Sequence

from reports.formats import FAIL_INK
from reports.maps.letters import text_width
from reports.maps.shapes import Label as Text
from reports.maps.shapes import Line, Shape, arrow_head, box
from reports.maps.stream_parts import MapLoop, Place

DRAWN = 8
"""Loops drawn as arrows; further ones are listed under the step that they come back to."""


def loop_lanes(loops: Sequence[MapLoop]) -> dict[MapLoop, int]:
    """Give the costliest loops lanes from the boxes up, short ones lowest, none overlapping."""
    costly = sorted(loops, key=lambda loop: (-loop.hours, -loop.count, loop.source, loop.target))
    lanes: dict[MapLoop, int] = {}
    taken: list[list[tuple[int, int]]] = []
    for loop in sorted(costly[:DRAWN], key=lambda loop: (loop.source - loop.target, loop.target)):
        span = (loop.target, loop.source)
        lane = next(
            (
                number
                for number, spans in enumerate(taken)
                if all(span[1] <= low or high <= span[0] for low, high in spans)
                and not any(
                    low < span[1] and span[0] < high
                    for later in taken[number + 1 :]
                    for low, high in later
                )
            ),
            len(taken),
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append(span)
        lanes[loop] = lane
    return lanes


def draw_loops(
    loops: Sequence[MapLoop],
    lanes: dict[MapLoop, int],
    places: Sequence[Place],
    top: float,
    height: float,
) -> list[Shape]:
    """Draw each loop up from its source, along its lane and down to where the work came back."""
    shapes: list[Shape] = []
    labels: list[Shape] = []
    most = max((loop.count for loop in lanes), default=1)
    ports = _ports(lanes)
    for loop, lane in lanes.items():
        y = top - 12 - height * lane
        leave = _port(places[loop.source], *ports[loop, "out"])
        enter = _port(places[loop.target], *ports[loop, "in"])
        width = 0.9 + 1.6 * loop.count / most
        shapes.append(
            Line(((leave, top), (leave, y), (enter, y), (enter, top - 2)), FAIL_INK, width, 5)
        )
        shapes.append(arrow_head((enter, top - 1), (enter, top - 12), 8, FAIL_INK))
        words = f"{loop.count}× · {loop.share:.0%}"
        half = text_width(words, 10) / 2 + 3
        middle = (leave + enter) / 2
        labels.append(box(middle - half, y - 6, 2 * half, 12, fill="#FFFFFF", stroke=""))
        labels.append(Text((middle, y + 3.5), words, 10, colour=FAIL_INK))
    return shapes + labels


def _ports(lanes: dict[MapLoop, int]) -> dict[tuple[MapLoop, str], tuple[int, int]]:
    """Spread the ends of loops over each box's top: (place among the box's ends, how many)."""
    ends: dict[int, list[tuple[int, int, MapLoop, str]]] = {}
    for loop, lane in lanes.items():
        # What leaves goes left, the lowest lane leftmost; what enters comes from the right.
        ends.setdefault(loop.source, []).append((0, lane, loop, "out"))
        ends.setdefault(loop.target, []).append((1, -lane, loop, "in"))
    found: dict[tuple[MapLoop, str], tuple[int, int]] = {}
    for box_ends in ends.values():
        for number, (_, _, loop, side) in enumerate(sorted(box_ends, key=lambda end: end[:2])):
            found[loop, side] = (number, len(box_ends))
    return found


def _port(place: Place, number: int, count: int) -> float:
    return place.box_left + place.box_width * (number + 1) / (count + 1)

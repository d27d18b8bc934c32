"""The time ladder under a map: the upper rung is waiting, the lower rung is work."""

from __future__ import annotations

from collections.abc import Sequence

from reports.formats import INK, MUTED
from reports.maps.letters import fitted
from reports.maps.shapes import Label, Line, Point, Shape
from reports.maps.stream_parts import MapStep, Place, hours

_RUNG = 24.0


def draw_ladder(
    steps: Sequence[MapStep], places: Sequence[Place], top: float
) -> tuple[list[Shape], float]:
    """Draw wait above and work below, half a column each, with their hours."""
    shapes: list[Shape] = [
        Label((4, top + 11), "wait", 9, "start", MUTED),
        Label((4, top + _RUNG + 23), "work", 9, "start", MUTED),
    ]
    points: list[Point] = []
    for step, place in zip(steps, places, strict=True):
        middle = place.left + place.width / 2
        right = place.left + place.width
        upper, lower = top + 16, top + 16 + _RUNG
        points += [(place.left, upper), (middle, upper), (middle, lower), (right, lower)]
        room = place.width / 2 - 2
        wait, work = hours(step.wait_hours), hours(step.process_hours)
        shapes.append(
            Label(((place.left + middle) / 2, upper - 4), fitted(wait, room, 11, is_bold=True), 11,
                  is_bold=True)
        )  # fmt: skip
        shapes.append(Label(((middle + right) / 2, lower - 4), fitted(work, room, 11), 11))
    shapes.append(Line(tuple(points), INK, 1.6))
    return shapes, top + 16 + _RUNG + 6

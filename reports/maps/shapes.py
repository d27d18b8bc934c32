"""What a picture is made of: lines, areas and labels in pixels, from the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass

from reports.formats import INK
from reports.spec import Spot

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Area:
    """A closed polygon; a fill or stroke of empty text is none."""

    points: tuple[Point, ...]
    fill: str = ""
    stroke: str = INK
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """An open line; `dash` is the length of dash and gap, 0 for a whole line."""

    points: tuple[Point, ...]
    stroke: str = INK
    width: float = 1.0
    dash: float = 0.0


@dataclass(frozen=True, slots=True)
class Label:
    """Text whose baseline starts, ends or is centred at a point (`start`, `middle`, `end`)."""

    at: Point
    text: str
    size: float = 11.0
    anchor: str = "middle"
    colour: str = INK
    is_bold: bool = False


Shape = Area | Line | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture with what a reader who cannot see it should know.

    Attributes:
        width: Pixels.
        height: Pixels.
        shapes: Shapes from back to front.
        title: Short name.
        description: Alternative text.
        spots: Where each step stands, by its place.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str
    description: str
    spots: tuple[Spot, ...] = ()


def box(
    left: float,
    top: float,
    width: float,
    height: float,
    *,
    fill: str = "",
    stroke: str = INK,
    line: float = 1.0,
) -> Area:
    """Return a rectangle; `line` is the width of its edge."""
    right, bottom = left + width, top + height
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Area(corners, fill, stroke, line)


def arrow_head(tip: Point, before: Point, size: float, colour: str) -> Area:
    """Return the head of an arrow that comes from `before` to its tip."""
    dx, dy = tip[0] - before[0], tip[1] - before[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    ux, uy = dx / length, dy / length
    back = (tip[0] - ux * size, tip[1] - uy * size)
    half = size * 0.45
    left = (back[0] - uy * half, back[1] + ux * half)
    right = (back[0] + uy * half, back[1] - ux * half)
    return Area((tip, left, right), fill=colour, stroke=colour, width=0.5)


def arc(start: Point, end: Point, rise: float, pieces: int = 28) -> tuple[Point, ...]:
    """Return points of a curve between two points that bends upwards by `rise` (down below 0)."""
    low = (start[0] + (end[0] - start[0]) * 0.18, start[1] - rise)
    high = (end[0] - (end[0] - start[0]) * 0.18, end[1] - rise)
    return tuple(_bezier(start, low, high, end, step / pieces) for step in range(pieces + 1))


def _bezier(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    u = 1 - t
    weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
    x, y = (
        sum(weight * point[axis] for weight, point in zip(weights, (a, b, c, d), strict=True))
        for axis in (0, 1)
    )
    return x, y

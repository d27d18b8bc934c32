"""A value stream map in the usual notation: queues, process boxes, rework, ladder, summary."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, pi, sin

from reports.formats import FAIL_INK, HAIRLINE, INK, MUTED, NAVY
from reports.maps.letters import fitted, text_width, wrapped
from reports.maps.rework_arrows import draw_loops, loop_lanes
from reports.maps.shapes import Area, Drawing, Label, Line, Shape, arrow_head, box
from reports.maps.stream_parts import MapLoop, MapStep, Place, StreamMap, hours
from reports.maps.time_ladder import draw_ladder
from reports.spec import Spot

WIDTH = 1160.0
MARGIN = 20.0
WORK_FILL, WAIT_FILL, QUEUE_FILL = "#E3EDF6", "#F3EEE2", "#FBE3C0"
_TOP, _LANE, _LINE, _NAME = 92.0, 15.0, 14.0, 30.0
_NAME_SIZES = (11.0, 10.0, 9.2, 8.4)


def draw_stream(stream: StreamMap) -> Drawing:
    """Lay a map out on one landscape page."""
    lanes = loop_lanes(stream.loops)
    top = _TOP + _LANE * (1 + max(lanes.values(), default=0)) + 10
    places = _places(len(stream.steps), top)
    shapes: list[Shape] = [*_head(stream, places)]
    shapes += draw_loops(stream.loops, lanes, places, top, _LANE)
    shapes += [
        shape
        for step, place in zip(stream.steps, places, strict=True)
        for shape in _step(step, place, stream.currency)
    ]
    listed, bottom = _listed_loops(stream, lanes, places, top + _box_height())
    shapes += listed
    ladder, bottom = draw_ladder(stream.steps, places, bottom + 12)
    shapes += ladder
    summary, bottom = _summary(stream.tiles, bottom + 16)
    shapes += summary
    bursts, bottom = _bursts(stream, places, bottom + 8)
    shapes += bursts
    notes, bottom = _note(stream, lanes, bottom)
    shapes += notes
    height = bottom + 10
    spots = tuple(_spot(number, place, height) for number, place in enumerate(places))
    return Drawing(WIDTH, height, tuple(shapes), stream.title, description(stream), spots)


def _spot(number: int, place: Place, height: float) -> Spot:
    """Return where a step stands: its queue and its box."""
    return Spot(
        number,
        place.left / WIDTH,
        place.top / height,
        place.width / WIDTH,
        _box_height() / height,
    )


def description(stream: StreamMap) -> str:
    """Say in words what the map shows."""
    tiles = ", ".join(f"{label.lower()} {value}" for label, value in stream.tiles)
    steps = "; ".join(
        f"{step.name}: wait {step.wait_hours:.1f} h, work {step.process_hours:.1f} h"
        for step in stream.steps
    )
    loops = f"{len(stream.loops)} kinds of rework" if stream.loops else "no rework"
    return f"{stream.title}: {tiles}. Steps: {steps}. {loops}."


def _places(count: int, top: float) -> list[Place]:
    width = (WIDTH - 2 * MARGIN) / max(count, 1)
    queue = min(44.0, max(26.0, width * 0.26))
    return [Place(MARGIN + number * width, width, queue, top) for number in range(count)]


def _head(stream: StreamMap, places: list[Place]) -> Iterator[Shape]:
    """Draw title, demand, tracker and production, joined by thin arrows of information."""
    yield Label((MARGIN, 22), stream.title, 17, "start", NAVY, is_bold=True)
    yield Label((MARGIN, 38), stream.subtitle, 10.5, "start", MUTED)
    tops = (
        (MARGIN, 190.0, stream.demand),
        (WIDTH / 2 - 85, 170.0, "Tracker, code and deployments"),
        (WIDTH - MARGIN - 190, 190.0, stream.supply),
    )
    for left, width, text in tops:
        yield box(left, 50, width, 24, fill="#FFFFFF", stroke=MUTED)
        yield Label((left + width / 2, 66), fitted(text, width - 10, 10.5), 10.5)
    for start, end in ((tops[0], tops[1]), (tops[2], tops[1])):
        is_right = start[0] < end[0]
        tail = (start[0] + start[1] if is_right else start[0], 62.0)
        tip = (end[0] if is_right else end[0] + end[1], 62.0)
        yield Line((tail, tip), MUTED, 0.8)
        yield arrow_head(tip, tail, 7, MUTED)
    if places:
        x = places[0].queue_centre
        yield Line(((x, 74), (x, places[0].top - 3)), MUTED, 0.8)
        yield arrow_head((x, places[0].top - 3), (x, 74), 6, MUTED)


def _box_height() -> float:
    return _NAME + 6 * _LINE + 6


def _step(step: MapStep, place: Place, currency: str) -> Iterator[Shape]:
    """Draw the queue, the push arrow and the box with its data."""
    yield from _queue(step, place)
    fill = WORK_FILL if step.kind == "work" else WAIT_FILL
    yield box(place.box_left, place.top, place.box_width, _NAME, fill=NAVY, stroke=NAVY)
    yield from _name(step.name, place)
    body = box(
        place.box_left,
        place.top + _NAME,
        place.box_width,
        _box_height() - _NAME,
        fill=fill,
        stroke=NAVY,
    )
    yield body
    for number, line in enumerate(_data(step, place.box_width - 8, currency)):
        at = (place.box_left + 5, place.top + _NAME + _LINE * (number + 1))
        yield Label(at, fitted(line, place.box_width - 8, 10.5), 10.5, "start")


def _name(name: str, place: Place) -> Iterator[Shape]:
    """Write the name on one line or on two, smaller where a word is wide for its box."""
    width = place.box_width - 4
    for size in _NAME_SIZES:
        lines = wrapped(name, width, size, is_bold=True)
        if " ".join(lines) == name:
            break
    top = place.top + (19 if len(lines) == 1 else 13)
    for number, line in enumerate(lines):
        at = (place.centre, top + 12 * number)
        yield Label(at, line, size, colour="#FFFFFF", is_bold=True)


def _data(step: MapStep, width: float, currency: str) -> Iterator[str]:
    """List the lines of the data box, most wanted first."""
    yield f"PT {hours(step.process_hours)}"
    yield f"LT {hours(step.process_hours + step.wait_hours)}"
    yield "C&A –" if step.accurate_ratio is None else f"C&A {step.accurate_ratio:.0%}"
    if step.people is not None:
        yield f"{step.people} people"
    if step.load_ratio is not None:
        yield f"load {step.load_ratio:.0%}"
    if step.cost is not None:
        yield _money(step.cost, currency, width)


def _money(amount: float, currency: str, width: float) -> str:
    """Write an amount whole, or in thousands or millions where the box is narrow."""
    forms = (f"{amount:,.0f}", f"{amount / 1e3:,.0f}k", f"{amount / 1e6:.1f}m")
    texts = [f"{form} {currency}" for form in forms]
    return next((text for text in texts if text_width(text, 10.5) <= width), texts[-1])


def _queue(step: MapStep, place: Place) -> Iterator[Shape]:
    middle, half = place.queue_centre, min(14.0, place.queue / 2 - 1)
    top = place.top + 30
    yield Area(
        ((middle, top), (middle + half, top + 25), (middle - half, top + 25)),
        fill=QUEUE_FILL, stroke=INK,
    )  # fmt: skip
    yield Label((middle, top + 22), "I", 10, is_bold=True)
    yield Label((middle, top + 38), f"{step.wip:.1f}", 10)
    yield Label((middle, top + 50), "items", 9, colour=MUTED)
    tip, tail = (place.box_left - 1, top + 60), (place.left - 2, top + 60)
    yield Line((tail, tip), INK, 2.2, 3)
    yield arrow_head(tip, tail, 8, INK)


def _listed_loops(
    stream: StreamMap, lanes: dict[MapLoop, int], places: list[Place], top: float
) -> tuple[list[Shape], float]:
    """List under each box what came back to it and is not drawn as an arrow."""
    shapes: list[Shape] = []
    bottom = top
    for target, place in enumerate(places):
        rest = sorted(
            (loop for loop in stream.loops if loop.target == target and loop not in lanes),
            key=lambda loop: (-loop.count, loop.source),
        )
        if not rest:
            continue
        lines = [
            "back here from:",
            *(f"{stream.steps[loop.source].name} {loop.count}×" for loop in rest),
        ]
        for number, line in enumerate(lines):
            at = (place.box_left, top + 13 + 11.5 * number)
            shapes.append(Label(at, fitted(line, place.width - 8, 9.5), 9.5, "start", MUTED))
        bottom = max(bottom, top + 13 + 11.5 * (len(lines) - 1))
    return shapes, bottom


def _summary(tiles: tuple[tuple[str, str], ...], top: float) -> tuple[list[Shape], float]:
    """Draw the summary box: one tile a figure."""
    if not tiles:
        return [], top
    width = (WIDTH - 2 * MARGIN) / len(tiles)
    shapes: list[Shape] = [
        box(MARGIN, top, WIDTH - 2 * MARGIN, 44, fill="#FFFFFF", stroke=NAVY, line=1.4)
    ]
    for number, (label, value) in enumerate(tiles):
        left = MARGIN + number * width
        if number:
            shapes.append(Line(((left, top + 6), (left, top + 38)), HAIRLINE))
        shapes.append(
            Label((left + width / 2, top + 16), fitted(label, width - 6, 9.5), 9.5, colour=MUTED)
        )
        value = fitted(value, width - 6, 14, is_bold=True)
        shapes.append(Label((left + width / 2, top + 35), value, 14, colour=NAVY, is_bold=True))
    return shapes, top + 44


def _bursts(stream: StreamMap, places: list[Place], top: float) -> tuple[list[Shape], float]:
    """Mark the largest losses with a burst and say what they are below the map."""
    shapes: list[Shape] = []
    left = MARGIN
    width = (WIDTH - 2 * MARGIN) / max(len(stream.losses), 1)
    for number, (step, words) in enumerate(stream.losses, start=1):
        place = places[step]
        shapes += _burst(place.queue_centre, place.top + 12, number)
        shapes += _burst(left + 9, top + 12, number)
        shapes.append(Label((left + 24, top + 16), fitted(words, width - 30, 11), 11, "start"))
        left += width
    return shapes, top + 24 if stream.losses else top


def _burst(x: float, y: float, number: int) -> list[Shape]:
    points = tuple(
        (x + sin(pi * n / 8) * (10 if n % 2 else 6.5), y - cos(pi * n / 8) * (10 if n % 2 else 6.5))
        for n in range(16)
    )
    return [
        Area(points, fill="#FFE08A", stroke=FAIL_INK, width=0.9),
        Label((x, y + 3.6), str(number), 10, colour=FAIL_INK, is_bold=True),
    ]


def _note(stream: StreamMap, lanes: dict[MapLoop, int], top: float) -> tuple[list[Shape], float]:
    """Say which rework the arrows show."""
    if not stream.loops:
        return [], top
    words = "Arrows: rework, how often and how often per finished item."
    if len(lanes) < len(stream.loops):
        words += (
            f" The {len(lanes)} costliest of {len(stream.loops)} kinds are drawn; the others are"
            " listed under the step that the work came back to."
        )
    return [Label((MARGIN, top + 14), words, 10, "start", MUTED)], top + 18

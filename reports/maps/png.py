"""A drawing as PNG: drawn at four times its size and reduced to two, for clean edges in print."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw

from reports.maps.letters import drawable, font
from reports.maps.shapes import Area, Drawing, Label, Line, Point

SCALE = 2
"""Pixels of the picture per pixel of the drawing."""
_DRAWN = 4
_COLOURS = 96
_PLACE_VALUES = np.array([2**16, 2**8, 1], dtype=np.int32)
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def png_bytes(drawing: Drawing) -> bytes:
    """Draw a picture, twice as large as it is to be shown; equal drawings give equal bytes."""
    size = (round(drawing.width * _DRAWN), round(drawing.height * _DRAWN))
    large = Image.new("RGB", size, "#FFFFFF")
    pen = ImageDraw.Draw(large)
    for shape in drawing.shapes:
        if isinstance(shape, Area):
            _area(pen, shape)
        elif isinstance(shape, Line):
            _line(pen, shape)
    shown = large.reduce(_DRAWN // SCALE)
    pen = ImageDraw.Draw(shown)
    for shape in drawing.shapes:
        if isinstance(shape, Label):
            _label(pen, shape)
    written = BytesIO()
    _in_few_colours(shown).save(written, "PNG", compress_level=6)
    return written.getvalue()


def _in_few_colours(picture: Image.Image) -> Image.Image:
    """Keep the colours that are there most often; every other pixel takes the nearest of them.

    Colours of areas, lines and letters stay as they are, only shades of their edges move. Pillow
    chooses colours by halving the space of all of them, which takes six times as long, and finds
    the nearest among eight that lie together, which moves white itself.
    """
    counted = picture.getcolors(picture.width * picture.height) or []
    counted.sort(key=lambda one: (-one[0], one[1]))
    colours = np.array([colour for _, colour in counted], dtype=np.int32)
    kept = colours[:_COLOURS]
    distances = ((colours[:, None, :] - kept[None, :, :]) ** 2).sum(axis=2)
    places = np.zeros(2**24, dtype=np.uint8)
    places[colours @ _PLACE_VALUES] = distances.argmin(axis=1)
    reduced = Image.fromarray(places[np.asarray(picture, dtype=np.int32) @ _PLACE_VALUES])
    reduced.putpalette(kept.astype(np.uint8).tobytes())
    return reduced


def _scaled(points: tuple[Point, ...]) -> list[Point]:
    return [(x * _DRAWN, y * _DRAWN) for x, y in points]


def _area(pen: ImageDraw.ImageDraw, area: Area) -> None:
    points = _scaled(area.points)
    if area.fill:
        pen.polygon(points, fill=area.fill)
    if area.stroke:
        width = max(1, round(area.width * _DRAWN))
        pen.line([*points, points[0]], fill=area.stroke, width=width, joint="curve")


def _line(pen: ImageDraw.ImageDraw, line: Line) -> None:
    points = _scaled(line.points)
    width = max(1, round(line.width * _DRAWN))
    if not line.dash:
        pen.line(points, fill=line.stroke, width=width, joint="curve")
        return
    for start, end in _dashes(points, line.dash * _DRAWN):
        pen.line([start, end], fill=line.stroke, width=width)


def _dashes(points: list[Point], length: float) -> list[tuple[Point, Point]]:
    """Cut a line into dashes and gaps of one length; a dash runs on around a corner."""
    found: list[tuple[Point, Point]] = []
    walked = 0.0
    for start, end in pairwise(points):
        whole = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
        at = 0.0
        while whole - at > 1e-6:
            until = min(whole, at + length - walked % length)
            if int(walked // length) % 2 == 0:
                found.append(
                    (_between(start, end, at / whole), _between(start, end, until / whole))
                )
            walked += until - at
            walked = round(walked, 6)
            at = until
    return found


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _label(pen: ImageDraw.ImageDraw, label: Label) -> None:
    x, y = label.at
    pen.text(
        (x * SCALE, y * SCALE),
        drawable(label.text),
        fill=label.colour,
        font=font(label.size * SCALE, is_bold=label.is_bold),
        anchor=_ANCHORS[label.anchor],
    )

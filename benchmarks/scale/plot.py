"""The growth curve as SVG: processor seconds and memory by people, one panel each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

WIDTH, HEIGHT, GAP = 360, 240, 40
LEFT, BOTTOM, TOP = 58, 40, 34
LABEL = 30
"""Least distance of two labels below the axis."""
INK, LINE, GRID = "#1f2933", "#2563a6", "#d5dbe1"
PANELS: Sequence[tuple[str, Callable[[Mapping[str, Any]], float]]] = (
    ("processor seconds of a run", lambda one: float(one["run"]["processor_seconds"])),
    ("peak memory, MB", lambda one: float(one["run"]["peak_megabytes"])),
)


def growth_picture(measured: Sequence[Mapping[str, Any]]) -> str:
    """Return the picture; axes begin at zero.

    Args:
        measured: Results of one number of months, by people.
    """
    panels = [
        f'<g transform="translate({number * (WIDTH + GAP)},0)">'
        f"{_panel(title, _points(measured, value))}</g>"
        for number, (title, value) in enumerate(PANELS)
    ]
    whole = len(PANELS) * (WIDTH + GAP)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {HEIGHT}" '
        f'font-family="sans-serif" font-size="11" fill="{INK}">'
        f'<rect width="{whole}" height="{HEIGHT}" fill="#ffffff"/>{"".join(panels)}</svg>\n'
    )


def _points(
    measured: Sequence[Mapping[str, Any]], value: Callable[[Mapping[str, Any]], float]
) -> list[tuple[float, float]]:
    return [(float(one["people"]), value(one)) for one in measured]


def _panel(title: str, points: Sequence[tuple[float, float]]) -> str:
    right, top = _ceiling(max(x for x, _ in points)), _ceiling(max(y for _, y in points))
    placed = [(_across(x, right), _up(y, top)) for x, y in points]
    steps = [share / 4 for share in range(5)]
    grid = "".join(
        f'<line x1="{LEFT}" x2="{WIDTH}" y1="{_up(top * step, top):.1f}" '
        f'y2="{_up(top * step, top):.1f}" stroke="{GRID}"/>'
        f'<text x="{LEFT - 6}" y="{_up(top * step, top) + 4:.1f}" text-anchor="end">'
        f"{top * step:,.0f}</text>"
        for step in steps
    )
    people = "".join(
        f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{people:,.0f}</text>'
        for x, people in _spaced([(_across(people, right), people) for people, _ in points])
    )
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{LINE}"/>' for x, y in placed)
    return (
        f'<text x="{LEFT}" y="18" font-size="13">{title}</text>{grid}{people}'
        f'<polyline points="{line}" fill="none" stroke="{LINE}" stroke-width="2"/>{dots}'
        f'<text x="{(LEFT + WIDTH) / 2}" y="{HEIGHT - 6}" text-anchor="middle">people</text>'
    )


def _spaced(labels: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Leave out labels that would stand in the one to their right."""
    kept: list[tuple[float, float]] = []
    for label in reversed(labels):
        if not kept or kept[-1][0] - label[0] >= LABEL:
            kept.append(label)
    return kept


def _ceiling(value: float) -> float:
    """Return the next number of one or two digits and zeros."""
    unit = 10.0 ** max(len(f"{value:.0f}") - 2, 0)
    return max((value // (4 * unit) + 1) * 4 * unit, 4.0)


def _across(value: float, whole: float) -> float:
    return LEFT + (WIDTH - LEFT - 16) * value / whole


def _up(value: float, whole: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / whole

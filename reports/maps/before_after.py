"""The same steps of a value stream before and after, beside streams that stayed as they were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.formats import HAIRLINE, INK, MUTED, NAVY
from reports.maps.letters import fitted
from reports.maps.shapes import Drawing, Label, Line, Shape, box
from reports.maps.stream_parts import hours

WIDTH = 1160.0
_MARGIN, _NAMES, _GAP, _HEAD = 20.0, 150.0, 40.0, 96.0
_ROW, _BAR, _TOTAL_GAP = 46.0, 13.0, 10.0
_WORK, _WAIT, _WORK_BEFORE, _WAIT_BEFORE = "#1F4E79", "#E0A94A", "#8FA9C4", "#F0DBB4"
_VALUE = 76.0
"""Room for the hours behind a bar."""


@dataclass(frozen=True, slots=True)
class Stay:
    """Working hours of a finished item in a step; None where nothing was finished.

    Attributes:
        work: Mean process time.
        wait: Mean wait.
    """

    work: float | None
    wait: float | None

    @property
    def whole(self) -> float | None:
        """Work and wait together."""
        return None if self.work is None or self.wait is None else self.work + self.wait


@dataclass(frozen=True, slots=True)
class Side:
    """One panel: what it shows, and each step's stay before and after."""

    title: str
    before: tuple[Stay, ...]
    after: tuple[Stay, ...]

    @property
    def is_known(self) -> bool:
        """Whether anything was finished there."""
        return any(stay.whole is not None for stay in (*self.before, *self.after))


def draw_before_after(
    title: str, note: str, steps: Sequence[str], sides: Sequence[Side]
) -> Drawing:
    """Draw one panel a side: two bars a step, before above after, work and then wait.

    All panels share one scale, so that their bars may be compared; the last row adds up.

    Args:
        title: What is shown.
        note: What the hours rest on.
        steps: Names of the steps in order.
        sides: Panels from left to right; one of which nothing is known is left out.
    """
    shown = [_with_total(side) for side in sides if side.is_known]
    names = (*steps, "All steps")
    room = (WIDTH - 2 * _MARGIN - _NAMES) / max(len(shown), 1) - _GAP
    largest = max((_longest(side) for side in shown), default=1.0) or 1.0
    height = _HEAD + _ROW * len(names) + _TOTAL_GAP + 12
    shapes = [*_head(title, note), *_names(names)]
    for place, side in enumerate(shown):
        left = _MARGIN + _NAMES + place * (room + _GAP)
        shapes += _panel(side, left, room, (room - _VALUE) / largest)
    return Drawing(WIDTH, height, tuple(shapes), title, _described(title, names, shown))


def _with_total(side: Side) -> Side:
    return Side(side.title, (*side.before, _sum(side.before)), (*side.after, _sum(side.after)))


def _sum(stays: Sequence[Stay]) -> Stay:
    known = [stay for stay in stays if stay.whole is not None]
    if not known:
        return Stay(None, None)
    return Stay(sum(stay.work or 0.0 for stay in known), sum(stay.wait or 0.0 for stay in known))


def _longest(side: Side) -> float:
    return max(stay.whole or 0.0 for stay in (*side.before, *side.after))


def _head(title: str, note: str) -> Iterator[Shape]:
    yield Label((_MARGIN, 22), title, 17, "start", NAVY, is_bold=True)
    yield Label((_MARGIN, 40), fitted(note, WIDTH - 2 * _MARGIN, 10.5), 10.5, "start", MUTED)
    at = _MARGIN
    for text, work, wait in (
        ("before: work, wait", _WORK_BEFORE, _WAIT_BEFORE),
        ("after: work, wait", _WORK, _WAIT),
    ):
        yield box(at, 52, 14, 10, fill=work, stroke="")
        yield box(at + 14, 52, 14, 10, fill=wait, stroke="")
        yield Label((at + 34, 61), text, 10.5, "start", INK)
        at += 170


def _names(names: Sequence[str]) -> Iterator[Shape]:
    for number, name in enumerate(names):
        is_total = number == len(names) - 1
        top = _row_top(number, len(names))
        text = fitted(name, _NAMES - 10, 11.5, is_bold=is_total)
        yield Label((_MARGIN, top + 22), text, 11.5, "start", INK, is_bold=is_total)
        if is_total:
            rule = ((_MARGIN, top - 6), (WIDTH - _MARGIN, top - 6))
            yield Line(rule, HAIRLINE, 1.2)


def _row_top(number: int, count: int) -> float:
    return _HEAD + _ROW * number + (_TOTAL_GAP if number == count - 1 else 0.0)


def _panel(side: Side, left: float, room: float, scale: float) -> Iterator[Shape]:
    title = fitted(side.title, room, 12.5, is_bold=True)
    yield Label((left, _HEAD - 10), title, 12.5, "start", NAVY, is_bold=True)
    count = len(side.before)
    for number, pair in enumerate(zip(side.before, side.after, strict=True)):
        top = _row_top(number, count) + 5
        for line, (stay, colours) in enumerate(
            zip(pair, ((_WORK_BEFORE, _WAIT_BEFORE), (_WORK, _WAIT)), strict=True)
        ):
            yield from _bar(stay, colours, (left, top + line * (_BAR + 3)), scale)
    bottom = _row_top(count - 1, count) + _ROW - 6
    yield Line(((left, _HEAD), (left, bottom)), MUTED, 0.8)


def _bar(
    stay: Stay, colours: tuple[str, str], at: tuple[float, float], scale: float
) -> Iterator[Shape]:
    """Draw work and wait one behind the other, and their sum in hours."""
    left, top = at
    if stay.whole is None:
        yield Label((left + 6, top + 11), "nothing finished", 9.5, "start", MUTED)
        return
    for value, colour in zip((stay.work or 0.0, stay.wait or 0.0), colours, strict=True):
        if value * scale > 0:
            yield box(left, top, value * scale, _BAR, fill=colour, stroke="")
        left += value * scale
    yield Label((left + 6, top + 11), hours(stay.whole), 10.5, "start")


def _described(title: str, names: Sequence[str], sides: Sequence[Side]) -> str:
    """Say in words what the panels show."""
    parts = [title]
    for side in sides:
        told = "; ".join(
            f"{name} {_said(before)} to {_said(after)}"
            for name, before, after in zip(names, side.before, side.after, strict=True)
        )
        parts.append(f"{side.title}, before to after: {told}")
    return ". ".join(parts) + "."


def _said(stay: Stay) -> str:
    return "nothing finished" if stay.whole is None else hours(stay.whole)

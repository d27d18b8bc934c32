"""The directly-follows graph of the real paths: forward over the line of steps, back under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.formats import FAIL_INK, INK, MUTED, NAVY
from reports.maps.letters import fitted, text_width
from reports.maps.shapes import Drawing, Label, Line, Shape, arc, arrow_head, box

WIDTH = 1160.0
LEAST_SHARE = 0.05
_NODE, _HEIGHT = 84.0, 34.0
_SHADES = ("#9DB4C8", "#5E8CB4", "#2F6690", "#1B3A57")


@dataclass(frozen=True, slots=True)
class PathEdge:
    """Moves from one step to another, by their places.

    Attributes:
        source: Place of the step left.
        target: Place of the step entered.
        count: Moves.
        items: Items that made them.
        hours: Working hours in the step left, over all moves.
        is_backward: At least one of them is a return.
    """

    source: int
    target: int
    count: int
    items: int
    hours: float
    is_backward: bool


@dataclass(frozen=True, slots=True)
class PathsGraph:
    """Steps with start and end, and the moves between them."""

    title: str
    nodes: tuple[str, ...]
    edges: tuple[PathEdge, ...]
    items: int


def draw_paths(graph: PathsGraph) -> Drawing:
    """Lay the graph out; moves of fewer than 5 % of the items are counted, not drawn."""
    shown = [edge for edge in graph.edges if edge.items >= LEAST_SHARE * graph.items]
    gap = (WIDTH - 40) / max(len(graph.nodes), 1)
    node = min(_NODE, gap - 18)
    over = 34 + 24 * max(
        (edge.target - edge.source for edge in shown if edge.target - edge.source > 1), default=0
    )
    under = 34 + 24 * max((edge.source - edge.target for edge in shown), default=0)
    middle = 52 + min(over, 190)
    shapes: list[Shape] = [Label((20, 22), graph.title, 15, "start", NAVY, is_bold=True)]
    most = max((edge.hours for edge in shown), default=1.0) or 1.0
    labels: list[Shape] = []
    for edge in sorted(shown, key=lambda edge: edge.hours):
        shade = _SHADES[min(3, int(4 * edge.hours / most))]
        for shape in _edge(edge, gap, node, middle, shade, graph.items):
            (labels if isinstance(shape, Label) else shapes).append(shape)
    shapes += _nodes(graph, gap, node, middle)
    shapes += labels
    hidden = len(graph.edges) - len(shown)
    height = middle + _HEIGHT / 2 + min(under, 190) + 26
    note = (
        "Numbers: moves. Darker: more hours lost in the step left. Red: returns."
        f" Not drawn: {hidden} kinds of move made by fewer than 5 % of the items."
    )
    shapes.append(Label((20, height - 8), note, 10, "start", MUTED))
    words = f"{graph.title}: {len(shown)} kinds of move over {graph.items} items"
    steps = ", ".join(
        f"{graph.nodes[edge.source]} to {graph.nodes[edge.target]} {edge.count}"
        for edge in sorted(shown, key=lambda edge: -edge.count)[:12]
    )
    return Drawing(WIDTH, height, tuple(shapes), graph.title, f"{words}: {steps}.")


def _centre(place: int, gap: float) -> float:
    return 20 + gap * (place + 0.5)


def _nodes(graph: PathsGraph, gap: float, node: float, middle: float) -> Iterator[Shape]:
    for place, name in enumerate(graph.nodes):
        x = _centre(place, gap)
        is_end = name.startswith("(")
        fill = "#FFFFFF" if is_end else "#E3EDF6"
        yield box(x - node / 2, middle - _HEIGHT / 2, node, _HEIGHT, fill=fill, stroke=NAVY)
        text = fitted(name.strip("()"), node - 6, 11, is_bold=not is_end)
        yield Label((x, middle + 4), text, 11, colour=INK, is_bold=not is_end)


def _edge(
    edge: PathEdge, gap: float, node: float, middle: float, shade: str, items: int
) -> Iterator[Shape]:
    start, end = _centre(edge.source, gap), _centre(edge.target, gap)
    steps = edge.target - edge.source
    colour = FAIL_INK if edge.is_backward else shade
    width = 0.8 + 3.2 * min(1.0, edge.items / max(items, 1))
    if steps == 1:
        tail, tip = (start + node / 2, middle), (end - node / 2, middle)
        yield Line((tail, (tip[0] - 4, middle)), colour, width)
        yield arrow_head(tip, tail, 8, colour)
        yield Label(((tail[0] + tip[0]) / 2, middle - 7), str(edge.count), 10, colour=INK)
        return
    side = 1 if steps > 0 else -1
    edge_y = middle - side * _HEIGHT / 2
    shift = node * (0.08 + 0.08 * min(abs(steps), 4))
    points = arc(
        (start + side * shift, edge_y),
        (end - side * shift, edge_y),
        side * min(190.0, 30 + 24 * abs(steps)),
    )
    yield Line(points, colour, width, 0 if steps > 0 else 4)
    yield arrow_head(points[-1], points[-3], 8, colour)
    top = points[len(points) // 2]
    half = text_width(str(edge.count), 10) / 2 + 2
    yield box(top[0] - half, top[1] - 6, 2 * half, 12, fill="#FFFFFF", stroke="")
    yield Label(
        (top[0], top[1] + 3.5), str(edge.count), 10, colour=FAIL_INK if edge.is_backward else INK
    )

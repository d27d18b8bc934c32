"""The pictures: everything is on the page, nothing is lost, the same bytes each time."""

from __future__ import annotations

import random
from io import BytesIO
from itertools import combinations

import pytest
from defusedxml import ElementTree
from PIL import Image

from reports.maps import (
    Drawing,
    MapLoop,
    MapStep,
    PathEdge,
    PathsGraph,
    StreamMap,
    draw_paths,
    draw_stream,
    png_bytes,
    svg_text,
)
from reports.maps.letters import drawable, text_width
from reports.maps.rework_arrows import DRAWN, loop_lanes
from reports.maps.shapes import Area, Label

NAMES = (
    "Intake", "Refinement", "Ready for dev", "Development", "Code review", "Integration",
    "Test queue", "System test", "Acceptance", "Release board", "Rollout", "Monitoring",
)  # fmt: skip
SMALLEST_LETTERS = 8.4
"""Pixels on a page of 1160: 2 mm in print on A4, as small as a map may get."""


def large_map() -> StreamMap:
    """Return a map of twelve steps and forty rework loops."""
    chance = random.Random(11)  # noqa: S311 - a picture, not a secret
    steps = tuple(
        MapStep(
            name, "work" if place % 2 else "wait", chance.uniform(0, 99), chance.uniform(0, 999),
            None if place == 3 else chance.random(), chance.uniform(0, 99), place + 1,
            chance.uniform(0, 2e6), chance.random(),
        )
        for place, name in enumerate(NAMES)
    )  # fmt: skip
    backwards = [(high, low) for low, high in combinations(range(len(NAMES)), 2)]
    loops = tuple(
        MapLoop(source, target, chance.randrange(1, 60), chance.random(), chance.uniform(0, 400))
        for source, target in chance.sample(backwards, 40)
    )
    tiles = tuple((f"Figure {number}", f"{number}.0 h") for number in range(8))
    losses = tuple((place, f"{NAMES[place]}: {place} h of waiting") for place in (3, 5, 8))
    return StreamMap("Map <of> a & b", "subtitle", "33 items arrived", "31 items finished", steps,
                     loops, tiles, losses, "USD")  # fmt: skip


@pytest.fixture(scope="module")
def drawing() -> Drawing:
    return draw_stream(large_map())


def labels(drawing: Drawing) -> list[Label]:
    return [shape for shape in drawing.shapes if isinstance(shape, Label)]


def extent(label: Label) -> tuple[float, float]:
    """Return where a label begins and ends."""
    width = text_width(label.text, label.size, is_bold=label.is_bold)
    left = label.at[0] - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    return left, left + width


def test_a_large_map_fits_one_landscape_page(drawing: Drawing) -> None:
    assert drawing.height <= drawing.width / 2**0.5
    for label in labels(drawing):
        left, right = extent(label)
        assert left >= 0, label.text
        assert right <= drawing.width, label.text
        assert 0 < label.at[1] < drawing.height
        assert label.size >= SMALLEST_LETTERS


def test_no_two_labels_lie_over_each_other(drawing: Drawing) -> None:
    for one, other in combinations(labels(drawing), 2):
        is_same_line = abs(one.at[1] - other.at[1]) < 0.7 * min(one.size, other.size)
        (left, right), (start, end) = extent(one), extent(other)
        assert not (is_same_line and left < end and start < right), (one.text, other.text)


def test_every_step_is_named_whole(drawing: Drawing) -> None:
    texts = " ".join(label.text for label in labels(drawing))
    assert "…" not in texts
    for name in NAMES:
        assert all(word in texts for word in name.split(" "))


def test_every_loop_is_drawn_or_listed(drawing: Drawing) -> None:
    texts = [label.text for label in labels(drawing)]
    arrows = [text for text in texts if "× · " in text]
    listed = [text for text in texts if text.endswith("×")]
    assert len(arrows) == DRAWN
    assert len(arrows) + len(listed) == 40


def test_the_costliest_loops_have_lanes_of_their_own() -> None:
    loops = large_map().loops
    lanes = loop_lanes(loops)
    least = min(loop.hours for loop in lanes)
    assert all(loop.hours <= least for loop in loops if loop not in lanes)
    for one, other in combinations(lanes, 2):
        if lanes[one] == lanes[other]:
            assert one.source <= other.target or other.source <= one.target


def test_words_say_what_the_picture_shows(drawing: Drawing) -> None:
    assert drawing.description.startswith("Map <of> a & b: figure 0 0.0 h")
    assert "Code review: wait" in drawing.description
    assert "40 kinds of rework" in drawing.description


def test_svg_is_well_formed_and_says_its_words(drawing: Drawing) -> None:
    root = ElementTree.fromstring(svg_text(drawing))
    space = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{space}title") == "Map <of> a & b"
    assert root.findtext(f"{space}desc") == drawing.description
    assert len(root.findall(f"{space}text")) == len(labels(drawing))
    assert len(root.findall(f"{space}polygon")) == sum(
        isinstance(shape, Area) for shape in drawing.shapes
    )


def test_png_is_twice_the_size_small_and_the_same_each_time(drawing: Drawing) -> None:
    written = png_bytes(drawing)
    assert written == png_bytes(drawing)
    assert len(written) <= 300_000
    assert Image.open(BytesIO(written)).size == (2320, round(2 * drawing.height))


def test_a_stream_of_one_step_without_loops_is_a_map_too() -> None:
    step = MapStep("Only", "work", 1.0, 0.0, None, 0.0)
    drawn = draw_stream(StreamMap("One", "", "1 item", "1 item", (step,), (), ()))
    assert "no rework" in drawn.description
    assert png_bytes(drawn).startswith(b"\x89PNG")


def test_letters_that_the_font_lacks_become_question_marks() -> None:
    assert drawable("Žluťoučký β → 日") == "Žluťoučký β → ?"


def graph(*edges: PathEdge) -> Drawing:
    return draw_paths(PathsGraph("Paths", ("(start)", "Dev", "Test", "(done)"), edges, 40))


def test_paths_leave_out_and_count_the_rare_moves() -> None:
    drawn = graph(
        PathEdge(0, 1, 40, 40, 0.0, is_backward=False),
        PathEdge(1, 2, 44, 40, 90.0, is_backward=False),
        PathEdge(2, 1, 4, 4, 10.0, is_backward=True),
        PathEdge(1, 3, 1, 1, 1.0, is_backward=False),
    )
    texts = [label.text for label in labels(drawn)]
    assert "44" in texts
    assert "4" in texts
    assert "1" not in texts
    assert any("Not drawn: 1 kinds of move" in text for text in texts)
    assert all(extent(label)[0] >= 0 for label in labels(drawn))


def test_paths_without_moves_show_the_steps() -> None:
    assert {"Dev", "Test"} <= {label.text for label in labels(graph())}

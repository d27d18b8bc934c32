"""Printed pages: no chart, small table or heading is cut, and a plain list runs on."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from reports.layout import place
from reports.render.page_turns import Drawn, Paper
from reports.spec import Sheet, Table, Unit
from reports.workbooks.shared.columns import fact, text

WIDTHS = [20.0, 20.0]


def table(name: str, rows: int, heading: str) -> Table:
    columns = (text("name", "Name", ["x"] * rows), fact("n", "N (count)", Unit.COUNT, [1] * rows))
    return Table(name, columns, rows, heading)


def sheet(*rows: int) -> Sheet:
    blocks = tuple(table(f"tbl_{n}", each, f"Block {n}") for n, each in enumerate(rows))
    return Sheet("S", "S", "1", "s", blocks)


def turns(described: Sheet, *drawn: Drawn) -> list[int]:
    return Paper(described, place(described), WIDTHS, {}, drawn).turns()


def test_a_sheet_of_one_page_does_not_turn() -> None:
    assert turns(sheet(5, 5)) == []


def test_a_small_table_goes_to_the_next_page_with_its_heading() -> None:
    described = sheet(22, 8)
    heading = place(described)[1].heading_row
    assert turns(described) == [heading]


def test_a_chart_is_never_cut() -> None:
    described = replace(sheet(5, 40), gap_rows=45)
    chart = Drawn(25, 0, 300.0, 225.0)
    assert turns(described, chart)[0] == chart.row


@pytest.mark.parametrize("rows", [12, 40, 200])
def test_a_long_table_never_leaves_its_header_alone(rows: int) -> None:
    for before in range(10, 34):
        described = sheet(before, rows)
        second = place(described)[1]
        for turn in turns(described):
            assert not second.heading_row < turn <= second.first_row + 3
            assert not second.last_row - 1 <= turn <= second.bottom


def test_every_page_holds_what_is_put_on_it() -> None:
    described = sheet(30, 300, 3, 3, 3, 60)
    pages = [0, *turns(described)]
    assert all(0 < later - one <= 34 for one, later in pairwise(pages))


def test_a_plain_list_runs_on_by_itself() -> None:
    assert turns(sheet(4_000)) == []


def test_a_drawing_larger_than_a_page_turns_all_the_same() -> None:
    found = turns(sheet(3, 3), Drawn(12, 0, 400.0, 3_000.0))
    assert found == sorted(set(found))
    assert found

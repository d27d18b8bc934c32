"""The first block of a sheet has one line above it: its heading, its note, or both."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from reports.render.xlsx import write_xlsx
from reports.spec import Column, Sheet, Table, Unit, Workbook
from tests.workbooks.small_pack import STAMP


@pytest.mark.parametrize(
    ("heading", "note", "shown"),
    [("", "why", "why"), ("What", "why", "What. why"), ("What", "", "What"), ("", "", None)],
)
def test_the_note_of_the_first_block_is_seen(
    tmp_path: Path, heading: str, note: str, shown: str | None
) -> None:
    columns = (Column("t", "T", Unit.TEXT, ("a",)),)
    table = Table("tbl_t", columns, 1, heading, note=note)
    book = Workbook("x", "X", "X", STAMP, (Sheet("S", "S", "", "", (table,)),))
    write_xlsx(book, tmp_path / "x.xlsx")
    assert openpyxl.load_workbook(tmp_path / "x.xlsx")["S"]["A4"].value == shown

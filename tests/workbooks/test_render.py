"""Rendering: text stays text, the same description gives the same bytes, files appear whole."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.worksheet import Worksheet

from reports.links import is_allowed
from reports.render.text import LONGEST, cleaned, needs_quote
from reports.render.xlsx import write_xlsx
from reports.spec import Column, Sheet, Table, Unit, Workbook
from tests.workbooks.conftest import build_pack
from tests.workbooks.small_pack import MONTH, STAMP, TRAPS


def test_a_title_that_looks_like_a_formula_arrives_as_text(pack: Path) -> None:
    sheet = openpyxl.load_workbook(pack / f"finance_{MONTH}.xlsx")["CostDetail"]
    titles = [row for row in sheet.iter_rows() for row in row if row.value == TRAPS[0]]
    assert titles
    assert {(cell.data_type, cell.quotePrefix) for cell in titles} == {("s", True)}


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\0=1"])
def test_text_that_begins_like_a_formula_is_quoted_or_spelled_out(text: str) -> None:
    safe = cleaned(text)
    assert needs_quote(safe) or safe.startswith("[U+")


@given(text=st.text())
def test_cleaned_text_hides_nothing(text: str) -> None:
    safe = cleaned(text)
    assert len(safe) <= LONGEST
    hidden = {c for c in safe if c < " " and c not in "\t\n"} | (set(safe) & set("\u202e\u2066"))
    assert not hidden


def test_long_text_says_that_it_was_cut() -> None:
    assert cleaned("x" * 40_000).endswith("(cut)")


def test_mail_addresses_are_shortened() -> None:
    assert cleaned("mail ada@example.com") == "mail a…@example.com"


@pytest.mark.parametrize(
    ("address", "is_good"),
    [
        ("https://tracker.example.com/browse/A-1", True),
        ("http://tracker.example.com/browse/A-1", False),
        ("https://elsewhere.example.com/", False),
        ("https://user:pass@tracker.example.com/", False),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://tracker.example.com/ a", False),
        ("https://tracker.example.com/" + "a" * 2100, False),
        ("https://[", False),
    ],
)
def test_links_lead_to_listed_hosts_only(address: str, is_good: bool) -> None:
    assert is_allowed(address, {"tracker.example.com"}) is is_good


def test_two_builds_are_the_same_bytes(pack: Path, tmp_path: Path) -> None:
    again = build_pack(tmp_path)
    for path in sorted(pack.iterdir()):
        assert (again / path.name).read_bytes() == path.read_bytes(), path.name


def test_reordered_facts_give_the_same_bytes(pack: Path, tmp_path: Path) -> None:
    from tests.workbooks.small_pack import frames

    turned = {name: frame.iloc[::-1].reset_index(drop=True) for name, frame in frames().items()}
    again = build_pack(tmp_path, turned)
    assert {p.name: p.read_bytes() for p in again.iterdir()} == {
        p.name: p.read_bytes() for p in pack.iterdir()
    }


def test_a_failed_write_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "old.xlsx"
    path.write_bytes(b"old")
    bad = Table("tbl_a", (Column("a", "A", values=(object(),)),), 1)
    book = Workbook("x", "x", "x", STAMP, (Sheet("One", "One", "", "", (bad,)),))
    with pytest.raises(TypeError, match="cannot hold"):
        write_xlsx(book, path)
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["old.xlsx"]


def test_cells_kept_once_are_the_same_bytes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    numbers = Column("n", "N (h)", Unit.HOURS, (Decimal(0), Decimal("-0"), Decimal(1), Decimal(1)))
    texts = Column("t", "T", Unit.TEXT, ("a", None, "a", None))
    table = Table("tbl_t", (texts, numbers), 4)
    book = Workbook("x", "X", "X", STAMP, (Sheet("S", "S", "", "", (table,)),))
    write_xlsx(book, tmp_path / "lean.xlsx")
    monkeypatch.setattr("reports.render.xlsx.LeanSheet", Worksheet)
    write_xlsx(book, tmp_path / "plain.xlsx")
    assert (tmp_path / "lean.xlsx").read_bytes() == (tmp_path / "plain.xlsx").read_bytes()

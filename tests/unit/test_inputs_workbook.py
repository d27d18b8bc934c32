"""A workbook that lies, bombs or computes is refused; so is a table given in two places."""

from __future__ import annotations

import os
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest

from capstream.company.inputs import load_inputs

ACCOUNTS = [["entity", "account", "name"], ["US01", "1560", "Software"]]


def write_workbook(root: Path, sheets: dict[str, list[list[object]]]) -> Path:
    (root / "inputs").mkdir(parents=True, exist_ok=True)
    workbook = openpyxl.Workbook()
    for name, content in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in content:
            sheet.append(row)
    path = root / "inputs" / "inputs.xlsx"
    workbook.save(path)
    return path


def messages(root: Path) -> list[tuple[str, int, str, str]]:
    return [
        (problem.file, problem.row, problem.column, problem.message)
        for problem in load_inputs(root)[1]
    ]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("=1+1", "the cell holds a formula"),
        ("=A1", "the cell holds a formula"),
        ("#DIV/0!", "the cell holds an error value"),
        ("#N/A", "the cell holds an error value"),
    ],
)
def test_formulas_and_errors_are_refused_at_their_cell(tmp_path, cell, message):
    write_workbook(tmp_path, {"accounts": [*ACCOUNTS, ["US01", "1570", cell]]})
    assert messages(tmp_path) == [("inputs/inputs.xlsx!accounts", 3, "C", message)]


def test_an_unknown_sheet_names_the_nearest_table(tmp_path):
    write_workbook(tmp_path, {"acounts": ACCOUNTS})
    problems = load_inputs(tmp_path)[1]
    assert [str(problem) for problem in problems] == [
        "inputs/inputs.xlsx!acounts: sheet acounts is not an input table: did you mean accounts?"
    ]


def test_a_misspelt_header_of_a_sheet_below_empty_rows_names_its_row(tmp_path):
    write_workbook(tmp_path, {"accounts": [[], [], ["entity", "acount", "name"], ["A", 1, "x"]]})
    assert messages(tmp_path) == [
        ("inputs/inputs.xlsx!accounts", 3, "account", "required column account is missing")
    ]


@pytest.mark.parametrize("content", [[], [[" ", ""], [None, "\u00a0"]]])
def test_an_empty_sheet_with_the_name_of_a_table_is_told_as_an_empty_file_is(tmp_path, content):
    write_workbook(tmp_path, {"accounts": content, "notes": content})
    assert messages(tmp_path) == [("inputs/inputs.xlsx!accounts", 0, "", "the sheet is empty")]


def test_a_cell_beside_the_table_is_refused(tmp_path):
    write_workbook(tmp_path, {"accounts": [*ACCOUNTS, ["US01", "1570", "x", "see mail"]]})
    assert messages(tmp_path) == [
        ("inputs/inputs.xlsx!accounts", 3, "", "a cell stands to the right of the last header")
    ]


def test_a_table_in_two_places_is_refused(tmp_path):
    write_workbook(tmp_path, {"accounts": ACCOUNTS})
    (tmp_path / "inputs" / "accounts.csv").write_text("entity,account,name\n", encoding="utf-8")
    assert messages(tmp_path) == [
        (
            "inputs/inputs.xlsx!accounts",
            0,
            "",
            "table accounts is also given by inputs/accounts.csv",
        )
    ]


def repacked(path: Path, part: str, content: bytes) -> None:
    """Replace one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, old in {**parts, part: content}.items():
            archive.writestr(name, content if name == part else old)


def test_a_zip_bomb_is_refused_before_it_is_parsed(tmp_path):
    path = write_workbook(tmp_path, {"accounts": ACCOUNTS})
    repacked(path, "xl/media/picture.bin", b"\0" * 20_000_000)
    assert path.stat().st_size < 100_000
    assert messages(tmp_path) == [
        (
            "inputs/inputs.xlsx",
            0,
            "",
            "part xl/media/picture.bin unpacks to 20,000,000 bytes",
        )
    ]


def test_a_size_that_lies_is_refused(tmp_path):
    path = write_workbook(tmp_path, {"accounts": ACCOUNTS})
    repacked(path, "xl/media/picture.bin", b"\0" * 20_000_000)
    content = path.read_bytes()
    path.write_bytes(
        content.replace((20_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    )
    ((_, _, _, message),) = messages(tmp_path)
    assert "the workbook is damaged" in message


def test_a_part_that_goes_on_after_its_stated_size_is_refused(tmp_path):
    """The sum over the stated part is right as well: only unpacking on tells the lie."""
    path = write_workbook(tmp_path, {"accounts": ACCOUNTS})
    picture = os.urandom(100) + b"\0" * 4_000_000
    repacked(path, "xl/media/picture.bin", picture)
    content = path.read_bytes()
    for true, stated in (
        (len(picture), 100),
        (zlib.crc32(picture), zlib.crc32(picture[:100])),
    ):
        content = content.replace(true.to_bytes(4, "little"), stated.to_bytes(4, "little"))
    path.write_bytes(content)
    ((_, _, _, message),) = messages(tmp_path)
    assert message == "part xl/media/picture.bin unpacks to more than the 100 bytes stated"


def test_an_unusual_packing_is_refused(tmp_path):
    path = write_workbook(tmp_path, {"accounts": ACCOUNTS})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/media/picture.bin", b"x" * 100)
    ((_, _, _, message),) = messages(tmp_path)
    assert message == "part xl/media/picture.bin is packed in an unusual way"


def test_a_declared_document_type_is_refused(tmp_path):
    path = write_workbook(tmp_path, {"accounts": ACCOUNTS})
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><sst>&a;</sst>'
    repacked(path, "xl/sharedStrings.xml", bomb)
    ((_, _, _, message),) = messages(tmp_path)
    assert message == "part xl/sharedStrings.xml declares a document type"


def test_a_truncated_workbook_is_refused(tmp_path):
    path = write_workbook(tmp_path, {"accounts": ACCOUNTS})
    path.write_bytes(path.read_bytes()[:-400])
    ((_, _, _, message),) = messages(tmp_path)
    assert "the workbook is damaged" in message

"""Each way to write an input wrong: the place, the message and the remedy that it must get."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.unit.input_company import GOOD, checked, write_inputs

CASES_FILE = Path(__file__).parents[1] / "fixtures" / "bad_inputs.psv"


class Case(NamedTuple):
    """One wrong file in the good company: a replacement of text, and the problem expected."""

    name: str
    table: str
    replace: str
    by: str
    row: str
    column: str
    message: str
    remedy: str


def _cases() -> list[Case]:
    with CASES_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="|", quoting=csv.QUOTE_NONE))
    texts = [[cell.replace("\\n", "\n").replace("\\a", "\a") for cell in row] for row in rows[1:]]
    return [Case(*row) for row in texts]


CASES = _cases()

_PLACES_ELSEWHERE = {
    "no exchange rate": "inputs/payroll.csv",
    "disposal without event": "inputs/gates.csv",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_wrong_input_names_place_message_and_remedy(tmp_path, case):
    good = GOOD[case.table]
    assert case.replace in good
    wrong = good.replace(case.replace, case.by, 1) if case.replace else good + case.by
    _, problems = checked(write_inputs(tmp_path, {**GOOD, case.table: wrong}))
    file = _PLACES_ELSEWHERE.get(case.name, f"inputs/{case.table}.csv")
    found = [
        problem
        for problem in problems
        if (problem.file, problem.row, problem.column) == (file, int(case.row), case.column)
        and case.message in problem.message
        and case.remedy in problem.remedy
    ]
    assert found, "\n".join(map(str, problems))


class FileCase(NamedTuple):
    """One wrong file beside the good ones."""

    name: str
    file: str
    content: bytes
    place: str
    row: int
    message: str
    remedy: str


FILE_CASES = [
    FileCase(
        "misspelt table",
        "peple.csv",
        b"a\n1\n",
        "peple.csv",
        0,
        "is not an input table",
        "did you mean people.csv?",
    ),
    FileCase(
        "misspelt parquet",
        "payrol.parquet",
        b"",
        "payrol.parquet",
        0,
        "is not an input table",
        "did you mean payroll.parquet?",
    ),
    FileCase(
        "workbook of another name",
        "people.xlsx",
        b"PK",
        "people.xlsx",
        0,
        "is not an input table",
        "sheets of inputs.xlsx",
    ),
    FileCase(
        "text file", "notes.txt", b"hello", "notes.txt", 0, "is not an input table", "write one of"
    ),
    FileCase(
        "empty file", "revenue.csv", b"", "revenue.csv", 0, "the file is empty", "header line"
    ),
    FileCase(
        "latin-1",
        "accounts.csv",
        "entity,account,name\nUS01,1,Büro\n".encode("latin-1"),
        "accounts.csv",
        2,
        "byte 0xFC is not UTF-8",
        "in UTF-8",
    ),
    FileCase(
        "utf-16",
        "accounts.csv",
        "entity,account,name\n".encode("utf-16"),
        "accounts.csv",
        0,
        "UTF-16",
        "in UTF-8",
    ),
    FileCase(
        "nul",
        "accounts.csv",
        b"entity,account,name\nUS01,\x001,x\n",
        "accounts.csv",
        2,
        "NUL",
        "UTF-8",
    ),
    FileCase(
        "excel named csv",
        "accounts.csv",
        b"PK\x03\x04rest",
        "accounts.csv",
        0,
        "zip or Excel",
        "save the file as CSV",
    ),
    FileCase(
        "no parquet",
        "accounts.parquet",
        b"entity,account,name\n",
        "accounts.parquet",
        0,
        "cannot be read as Parquet",
        "write the table again",
    ),
    FileCase(
        "no workbook",
        "inputs.xlsx",
        b"entity,account,name\n",
        "inputs.xlsx",
        0,
        "workbook is damaged",
        "save it again",
    ),
]


@pytest.mark.parametrize("case", FILE_CASES, ids=lambda case: case.name)
def test_wrong_file_names_itself_message_and_remedy(tmp_path, case):
    _, problems = checked(write_inputs(tmp_path, {**GOOD, case.file: case.content}))
    assert [(problem.file, problem.row) for problem in problems] == [
        (f"inputs/{case.place}", case.row)
    ], "\n".join(map(str, problems))
    assert case.message in problems[0].message
    assert case.remedy in problems[0].remedy


def test_the_good_company_has_no_problem(tmp_path):
    _, problems = checked(write_inputs(tmp_path, GOOD))
    assert problems == []


def test_there_are_enough_cases():
    assert len(CASES) + len(FILE_CASES) >= 45


def test_every_problem_is_reported_at_once(tmp_path):
    tables = {
        **GOOD,
        "payroll": GOOD["payroll"].replace("10000.00", "x").replace("2026-02,p2", "2026-02,p3"),
        "time_off": GOOD["time_off"].replace("unpaid", "sick"),
    }
    _, problems = checked(write_inputs(tmp_path, tables))
    assert [(problem.file, problem.row, problem.column) for problem in problems] == [
        ("inputs/payroll.csv", 2, "amount"),
        ("inputs/payroll.csv", 5, "person_id"),
        ("inputs/time_off.csv", 3, "kind"),
    ]


def test_a_link_out_of_the_company_is_refused(tmp_path):
    outside = tmp_path / "outside.csv"
    outside.write_text("entity,account,name\n", encoding="utf-8")
    root = write_inputs(tmp_path / "company", GOOD)
    (root / "inputs" / "accounts.csv").symlink_to(outside)
    inputs, problems = checked(root)
    assert [problem.message for problem in problems] == ["the link leaves the company folder"]
    assert "accounts" not in inputs.present


def test_a_column_full_of_errors_is_counted_after_a_thousand(tmp_path):
    rows = "".join(f"2026-01,p1,salary,x{number},USD,\n" for number in range(1500))
    header = GOOD["payroll"].splitlines()[0]
    _, problems = checked(write_inputs(tmp_path, {**GOOD, "payroll": f"{header}\n{rows}"}))
    assert len(problems) == 1001
    assert "500 more rows" in problems[0].message


def test_a_folder_among_the_inputs_is_refused(tmp_path):
    root = write_inputs(tmp_path, GOOD)
    (root / "inputs" / "old").mkdir()
    (root / "inputs" / ".hidden").mkdir()
    (root / "inputs" / "README.md").write_text("how we fill these in", encoding="utf-8")
    _, problems = checked(root)
    assert [problem.file for problem in problems] == ["inputs/old"]

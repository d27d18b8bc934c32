"""import-check: every written file passes, every seeded defect is found at its row and column."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from capstream.close.conditions import BlockedCloseError
from capstream.errors import UsageError
from capstream.journals import JournalTarget, write_journals
from capstream.journals.formats import LAYOUTS
from capstream.journals.import_check import CheckedFile, check_import, journal_problems
from capstream.journals.import_rules import IMPORT_RULES
from orchestration.cli.closing import check_journal_files
from tests.unit.journals.entries import entry

FORMATS = sorted(IMPORT_RULES)
Rows = list[list[str]]
Defect = Callable[[Rows], None]


def written(folder: Path, name: str, **words: object) -> Path:
    [path] = write_journals(
        [*entry(components=3, **words), *entry("J6", **words)],
        [JournalTarget(name, "US01", "US1")],
        folder,
        month="2026-10",
        approved_entities={"US01"},
    )
    return path


def rows_of(path: Path) -> Rows:
    content = path.read_bytes()
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            content = archive.read("GlInterface.csv")
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def put(path: Path, rows: Rows) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("GlInterface.csv", text.getvalue())
    else:
        path.write_text(text.getvalue(), encoding="utf-8", newline="")


def checked(folder: Path, name: str, defect: Defect) -> CheckedFile:
    path = written(folder, name)
    rows = rows_of(path)
    defect(rows)
    put(path, rows)
    return check_import(path, name)


def at(name: str, column: str) -> int:
    return LAYOUTS[name].columns.index(column)


def first(name: str) -> int:
    return int(LAYOUTS[name].has_header)


def value(name: str, column: str, text: str, row: int = 0) -> Defect:
    def change(rows: Rows) -> None:
        rows[first(name) + row][at(name, column)] = text

    return change


def test_every_writer_has_rules() -> None:
    assert set(IMPORT_RULES) == set(LAYOUTS)


@pytest.mark.parametrize("name", FORMATS)
def test_a_written_file_passes(name: str, tmp_path: Path) -> None:
    found = check_import(written(tmp_path, name), name)
    assert [str(problem) for problem in found.problems] == []
    assert (found.entry_count, found.line_count) == (2, 8)


@pytest.mark.parametrize("name", FORMATS)
def test_long_names_are_written_within_the_targets_lengths(name: str, tmp_path: Path) -> None:
    rows = entry("J10", entity="EXAMPLE-HOLDINGS-INTERNATIONAL")
    for row in rows:
        row |= {"memo": "Capitalise labour: " + "long name " * 60, "component_id": "C" * 40}
    target = JournalTarget(name, "EXAMPLE-HOLDINGS-INTERNATIONAL", "US1")
    [path] = write_journals(
        rows, [target], tmp_path, month="2026-10", approved_entities={target.entity}
    )
    allowed = {"Segment1"}  # the entity itself: a segment of its own length is configuration
    assert {p.column for p in check_import(path, name).problems} <= allowed


def test_long_numbers_stay_apart() -> None:
    from capstream.journals.lines import journal_entries

    numbers = {
        journal_entries(entry(kind, entity=f"EXAMPLE-HOLDINGS-{part}"))[0].number(16)
        for kind in ("J1", "J1b", "J10", "J13")
        for part in ("EAST", "WEST")
    }
    assert len(numbers) == 8
    assert {len(number) <= 16 for number in numbers} == {True}


def unbalanced(name: str) -> Defect:
    rules = IMPORT_RULES[name]

    def change(rows: Rows) -> None:
        column = at(name, rules.signed or rules.debit)
        rows[first(name)][column] = "99.00"

    return change


@pytest.mark.parametrize("name", FORMATS)
def test_an_unbalanced_entry_is_found(name: str, tmp_path: Path) -> None:
    problems = checked(tmp_path, name, unbalanced(name)).problems
    assert any("out of balance by -1234468.89" in problem.message for problem in problems)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", ["31.10.2026", "2026-13-01", ""])
def test_a_wrong_date_is_found(name: str, text: str, tmp_path: Path) -> None:
    day = IMPORT_RULES[name].day
    problems = checked(tmp_path, name, value(name, day, text)).problems
    assert (first(name) + 1, day) in {(problem.row, problem.column) for problem in problems}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", ["1,234,567.89", "1234567,89", "1234567.891", "USD 5", "1e6"])
def test_a_wrong_amount_is_found(name: str, text: str, tmp_path: Path) -> None:
    column = IMPORT_RULES[name].signed or IMPORT_RULES[name].debit
    problems = checked(tmp_path, name, value(name, column, text)).problems
    assert (first(name) + 1, column) in {(problem.row, problem.column) for problem in problems}


@pytest.mark.parametrize("name", FORMATS)
def test_a_lost_column_is_found(name: str, tmp_path: Path) -> None:
    def lose(rows: Rows) -> None:
        for row in rows:
            del row[3]

    assert checked(tmp_path, name, lose).problems


@pytest.mark.parametrize("name", FORMATS)
def test_a_short_row_is_found(name: str, tmp_path: Path) -> None:
    problems = checked(tmp_path, name, lambda rows: rows[-1].pop()).problems
    assert any("columns instead of" in problem.message for problem in problems)


@pytest.mark.parametrize("name", FORMATS)
def test_a_lone_line_is_found(name: str, tmp_path: Path) -> None:
    def cut(rows: Rows) -> None:
        del rows[first(name) + 1 :]

    problems = checked(tmp_path, name, cut).problems
    assert any("has one line" in problem.message for problem in problems)


SEEDED: tuple[tuple[str, str, str, str], ...] = (
    ("netsuite", "Approved", "T", "unposted"),
    ("netsuite", "Posting Period", "Nov 2026", "is not the period"),
    ("netsuite", "Journal Entry - Line: Debit", "10000000000.00", "more than 10 digits"),
    ("netsuite", "Journal Entry - Line: Credit", "5.00", "both sides"),
    ("netsuite", "Journal Entry - Line: Account", "", "missing"),
    ("netsuite", "Currency", "usd", "no currency code"),
    ("netsuite", "Subsidiary", "Another Inc.", "differs from"),
    ("quickbooks_online", "JournalNo", "J" * 22, "22 characters"),
    ("quickbooks_online", "AccountName", "1560", "another form"),
    ("quickbooks_online", "Debits", "-5.00", "is negative"),
    ("xero", "*Amount", "0.00", "zero"),
    ("xero", "*TaxRate", "", "missing"),
    ("xero", "*AccountCode", "12345678901", "11 characters"),
    ("sap_s4hana", "BKTXT", "x" * 26, "26 characters"),
    ("sap_s4hana", "MONAT", "09", "is not the period"),
    ("sap_s4hana", "BUKRS", "EXAMPLE", "7 characters"),
    ("oracle_fusion", "*Status Code", "POSTED", "must be new"),
    ("oracle_fusion", "REFERENCE3", "x", "nothing may"),
    ("oracle_fusion", "Period Name", "October", "another form"),
    ("oracle_fusion", "END", "", "missing"),
    ("dynamics_365", "ACCOUNTTYPE", "Vendor", "intercompany"),
    ("dynamics_365", "LINENUMBER", "2", "stands twice"),
    ("dynamics_365", "VOUCHER", "V" * 21, "21 characters"),
    ("business_central", "Document No.", "D" * 21, "21 characters"),
    ("business_central", "Bal. Account No.", "1560", "nothing may"),
    ("business_central", "Line No.", "1.5", "another form"),
    ("workday", "H_Submit", "1", "stay a draft"),
    ("workday", "H_LedgerType", "BUDGETS", "not allowed"),
    ("workday", "L_Order", "2", "stands twice"),
    ("sage_intacct", "Journal", "GENERAL", "7 characters"),
    ("sage_intacct", "Acct_no", " 1560", "spaces"),
)


@pytest.mark.parametrize(("name", "column", "text", "says"), SEEDED)
def test_a_seeded_defect_is_found(
    name: str, column: str, text: str, says: str, tmp_path: Path
) -> None:
    problems = checked(tmp_path, name, value(name, column, text)).problems
    assert any(says in problem.message for problem in problems), [str(p) for p in problems]
    assert all(problem.remedy for problem in problems)


def test_the_order_of_named_columns_is_free(tmp_path: Path) -> None:
    def turn(rows: Rows) -> None:
        for row in rows:
            row.reverse()

    assert not checked(tmp_path, "netsuite", turn).problems


def test_the_order_of_positions_is_not(tmp_path: Path) -> None:
    def turn(rows: Rows) -> None:
        for row in rows:
            row.reverse()

    assert checked(tmp_path, "oracle_fusion", turn).problems


def test_unknown_columns_are_for_templates_only(tmp_path: Path) -> None:
    def add(rows: Rows) -> None:
        for number, row in enumerate(rows):
            row.append("" if number else "Worktag")

    for name in ("workday", "netsuite"):
        (tmp_path / name).mkdir()
    assert not checked(tmp_path / "workday", "workday", add).problems
    assert checked(tmp_path / "netsuite", "netsuite", add).problems[0].column == "Worktag"


def test_yen_has_no_decimals(tmp_path: Path) -> None:
    whole = check_import(
        written(tmp_path, "netsuite", amount="1200.00", currency="JPY"), "netsuite"
    )
    assert not whole.problems
    part = check_import(written(tmp_path, "netsuite", amount="1200.50", currency="JPY"), "netsuite")
    assert any("has decimals" in problem.message for problem in part.problems)


def test_more_lines_than_a_file_takes(tmp_path: Path) -> None:
    rows = rows_of(written(tmp_path, "xero"))
    path = tmp_path / "long.csv"
    put(path, [rows[0], *(rows[1:] * 50)])
    assert any("the target takes 300" in p.message for p in check_import(path, "xero").problems)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b'a,"b', b"PK\x03\x04", b"External ID\r\n"]
)
def test_a_file_of_another_kind_is_told(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    assert check_import(path, "netsuite").problems
    assert check_import(path, "oracle_fusion").problems


def test_what_cannot_be_checked_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="choose one of"):
        check_import(tmp_path, "sap")
    with pytest.raises(UsageError, match="no file"):
        check_import(tmp_path / "none.csv", "xero")


def test_the_files_of_a_pack_are_checked_by_their_names(tmp_path: Path) -> None:
    path = written(tmp_path, "netsuite")
    assert not list(journal_problems(tmp_path))
    path.rename(tmp_path / "journal_2026-10.US01.other.csv")
    assert [problem.message for problem in journal_problems(tmp_path)] == [
        "the name says no known format"
    ]


def test_a_month_is_not_closed_on_files_that_would_be_refused(tmp_path: Path) -> None:
    """SAP's company code has four characters."""
    for name, subsidiary in (("sap_s4hana", "1000"), ("netsuite", "Example Works Inc.")):
        write_journals(
            entry(), [JournalTarget(name, "US01", subsidiary)], tmp_path,
            month="2026-10", approved_entities={"US01"},
        )  # fmt: skip
    check_journal_files(tmp_path)
    write_journals(
        entry(components=4), [JournalTarget("sap_s4hana", "US01", "Example Works Inc.")], tmp_path,
        month="2026-10", approved_entities={"US01"},
    )  # fmt: skip
    with pytest.raises(BlockedCloseError, match=r"BUKRS.*at most 4 characters[\s\S]*and 3 more"):
        check_journal_files(tmp_path)

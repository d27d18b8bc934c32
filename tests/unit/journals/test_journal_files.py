"""Journal files: columns of each format, balance, drafts, limits, the same bytes twice."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from capstream.errors import UsageError
from capstream.journals import JournalTarget, write_journals
from capstream.journals.formats import LAYOUTS
from capstream.journals.lines import COLUMNS, journal_entries
from tests.unit.journals.entries import entry

WIDTHS = {
    "business_central": 14, "dynamics_365": 22, "netsuite": 12, "oracle_fusion": 150,
    "quickbooks_online": 8, "sage_intacct": 11, "sap_s4hana": 14, "workday": 17, "xero": 10,
}  # fmt: skip


def written(folder: Path, name: str, rows: list[dict[str, Any]]) -> list[list[list[str]]]:
    """Write one format for US01 and read every file back, header included."""
    paths = write_journals(
        rows, [JournalTarget(name, "US01", "Example Works Inc.")], folder,
        month="2026-10", approved_entities={"US01"},
    )  # fmt: skip
    texts = []
    for path in paths:
        content = path.read_bytes()
        if path.suffix == ".zip":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                content = archive.read("GlInterface.csv")
        texts.append(list(csv.reader(io.StringIO(content.decode(), newline=""))))
    return texts


@pytest.mark.parametrize("name", sorted(WIDTHS))
def test_every_row_has_every_column(name: str, tmp_path: Path) -> None:
    [rows] = written(tmp_path, name, entry())
    assert {len(row) for row in rows} == {WIDTHS[name]} == {len(LAYOUTS[name].columns)}
    assert len(rows) == 2 + LAYOUTS[name].has_header
    assert len(set(LAYOUTS[name].columns)) == WIDTHS[name]


def test_every_format_of_the_configuration_has_a_writer() -> None:
    assert set(LAYOUTS) == set(WIDTHS)


def test_netsuite_rows(tmp_path: Path) -> None:
    [rows] = written(tmp_path, "netsuite", entry())
    assert rows[1:] == [
        ["J1-US01-2026-10", "10/31/2026", "Oct 2026", "Example Works Inc.", "USD",
         "J1-US01-2026-10: Capitalise labour", "F", "1560", "1234567.89", "",
         "Capitalise labour: Wallet 0", "RND"],
        ["J1-US01-2026-10", "10/31/2026", "Oct 2026", "Example Works Inc.", "USD",
         "J1-US01-2026-10: Capitalise labour", "F", "6215", "", "1234567.89",
         "Capitalise labour: Wallet 0", ""],
    ]  # fmt: skip


def test_netsuite_refuses_eleven_digits(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="larger than NetSuite imports"):
        written(tmp_path, "netsuite", entry(amount="10000000000.00"))


def test_xero_signs_amounts_and_splits_at_300_lines(tmp_path: Path) -> None:
    files = written(tmp_path, "xero", [*entry(components=200), *entry("J6", components=20)])
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "journal_2026-10.US01.xero.2.csv", "journal_2026-10.US01.xero.csv",
    ]  # fmt: skip
    for rows in files:
        assert len(rows) <= 301
        assert sum(Decimal(row[5]) for row in rows[1:]) == 0
    assert sum(len(rows) - 1 for rows in files) == 440
    assert files[0][1][:2] == ["J1-US01-2026-10: Capitalise labour", "31/10/2026"]


def test_oracle_positions(tmp_path: Path) -> None:
    [rows] = written(tmp_path, "oracle_fusion", entry())
    first = rows[0]
    assert first[:4] == ["NEW", "", "2026/10/31", "Capstream"]
    assert first[4:8] == ["Capitalised software", "USD", "2026/10/31", "A"]
    assert first[38:40] == ["1234567.89", ""]
    assert (first[91], first[94], first[149]) == ("Example Works Inc.", "Oct-26", "END")
    assert first[44] == ""  # REFERENCE3


def test_dynamics_vouchers(tmp_path: Path) -> None:
    [rows] = written(tmp_path, "dynamics_365", entry())
    assert [row[6] for row in rows[1:]] == ["1560-RND--", "6215---"]
    assert {row[14] for row in rows[1:]} == {"J1-US01-2026-10"}


def test_only_approved_entities_get_a_file(tmp_path: Path) -> None:
    rows = [*entry(), *entry(entity="DE01")]
    targets = [JournalTarget("netsuite", "US01"), JournalTarget("netsuite", "DE01")]
    paths = write_journals(rows, targets, tmp_path, month="2026-10", approved_entities={"DE01"})
    assert [path.name for path in paths] == ["journal_2026-10.DE01.netsuite.csv"]


def test_another_month_gives_no_file(tmp_path: Path) -> None:
    target = JournalTarget("netsuite", "US01")
    assert not write_journals(
        entry(), [target], tmp_path, month="2026-09", approved_entities={"US01"}
    )


@pytest.mark.parametrize("name", sorted(WIDTHS))
def test_the_same_lines_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    contents = []
    for run in ("a", "b"):
        (tmp_path / run).mkdir()
        rows = entry() if run == "a" else entry()[::-1]
        written(tmp_path / run, name, rows)
        contents.append([path.read_bytes() for path in sorted((tmp_path / run).iterdir())])
    assert contents[0] == contents[1]


def test_what_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="unknown: choose one of"):
        written(tmp_path, "punch_cards", entry())
    with pytest.raises(UsageError, match="does not balance"):
        journal_entries(entry()[:1])
    with pytest.raises(UsageError, match="lack entry_date"):
        journal_entries([dict.fromkeys(COLUMNS[:-1], "")])


def test_ten_thousand_lines(tmp_path: Path) -> None:
    files = written(tmp_path, "xero", entry(components=5000))
    assert sum(len(rows) - 1 for rows in files) == 10_000

"""Workbooks behind a password: encrypted as Excel does it, the same content inside."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from capstream.errors import UsageError
from reports.pack import write_workbooks
from reports.password import is_locked, unlocked
from reports.verification import workbook_findings
from tests.workbooks.small_pack import MONTH, STAMP, reader

PASSWORD = "schlüssel 🔑"  # noqa: S105 - of a test
WORKBOOKS = ("finance", "investment", "ai_roi")


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("locked")
    write_workbooks(folder, MONTH, folder, STAMP, reader=reader(), password=PASSWORD)
    return folder


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_locked_workbook_holds_what_the_open_one_does(pack: Path, locked: Path, name) -> None:
    path = locked / f"{name}_{MONTH}.xlsx"
    assert is_locked(path)
    assert not zipfile.is_zipfile(path)
    assert unlocked(path, PASSWORD) == (pack / path.name).read_bytes()


def test_the_rules_read_a_locked_pack(locked: Path) -> None:
    assert workbook_findings(locked, recalculate=False, password=PASSWORD) == []


@pytest.mark.office
def test_another_program_recalculates_a_locked_pack(locked: Path) -> None:
    assert [str(found) for found in workbook_findings(locked, password=PASSWORD)] == []


@pytest.mark.parametrize("given", ["", "wrong", PASSWORD.upper()])
def test_a_locked_pack_does_not_open_without_its_password(locked: Path, given: str) -> None:
    with pytest.raises(UsageError, match="password") as raised:
        workbook_findings(locked, recalculate=False, password=given)
    assert not given or given not in str(raised.value)


@pytest.mark.parametrize("place", [700, -700])
def test_a_locked_workbook_that_was_touched_does_not_open(
    locked: Path, tmp_path: Path, place: int
) -> None:
    path = tmp_path / f"finance_{MONTH}.xlsx"
    content = bytearray((locked / path.name).read_bytes())
    middle = len(content) // 2
    content[middle + place] ^= 0xFF
    path.write_bytes(bytes(content))
    with pytest.raises(UsageError, match="does not open"):
        unlocked(path, PASSWORD)


def test_a_cut_off_workbook_does_not_open(locked: Path, tmp_path: Path) -> None:
    path = tmp_path / f"finance_{MONTH}.xlsx"
    path.write_bytes((locked / path.name).read_bytes()[:2_000])
    with pytest.raises(UsageError, match="does not open"):
        unlocked(path, PASSWORD)

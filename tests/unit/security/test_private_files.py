"""What the product writes is closed to others; a shared folder stays open to its group."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from capstream.warehouse.lock import exclusive
from capstream.warehouse.privacy import keep_private


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode) & 0o777


def test_files_written_under_the_lock_are_the_owner_s(tmp_path: Path) -> None:
    with exclusive(tmp_path, "test"):
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "pay.xlsx").write_text("pay", encoding="utf-8")
    assert rights(tmp_path / "var") == 0o700
    assert rights(tmp_path / "out") == 0o700
    assert rights(tmp_path / "out" / "pay.xlsx") == 0o600
    assert rights(tmp_path / "var" / "run.lock") == 0o600


def test_folders_left_open_are_closed(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var").chmod(0o755)
    keep_private(tmp_path)
    assert rights(tmp_path / "var") == 0o700


def test_a_shared_folder_keeps_its_group(tmp_path: Path) -> None:
    tmp_path.chmod(0o2770)
    (tmp_path / "var").mkdir()
    (tmp_path / "var").chmod(0o775)
    keep_private(tmp_path)
    (tmp_path / "var" / "file").write_text("pay", encoding="utf-8")
    assert rights(tmp_path / "var") == 0o770
    assert rights(tmp_path / "var" / "file") == 0o660

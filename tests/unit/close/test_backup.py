"""A backup comes back byte for byte; a damaged or older one changes nothing."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from capstream.close.backup import restore_backup, write_backup
from capstream.close.digests import file_hashes
from capstream.close.ledger import CLOSE, append_event, next_event, read_events
from capstream.errors import CapstreamError, UsageError, WarehouseError
from capstream.types import Month

AT = datetime(2026, 11, 4, 9, 30, tzinfo=UTC)


def close(company: Path, month: int) -> None:
    event = next_event(
        read_events(company),
        event=CLOSE, month=Month(2026, month), at=AT, prepared_by="Ada", approved_by="Bo",
        content_hash=f"{month}",
    )  # fmt: skip
    append_event(company, event)


@pytest.fixture
def company(tmp_path: Path) -> Path:
    root = tmp_path / "company"
    (root / "var" / "closed" / "2026-01").mkdir(parents=True)
    (root / "capstream.yaml").write_text("schema_version: 1\n", encoding="utf-8")
    (root / "var" / "closed" / "2026-01" / "rows.parquet").write_bytes(b"\0\1" * 5000)
    (root / "var" / "run.lock").write_text("run", encoding="utf-8")
    with duckdb.connect(str(root / "var" / "capstream.duckdb")) as connection:
        connection.execute("create table pay as select 1.25 as amount")
    close(root, 1)
    return root


def kept(company: Path) -> dict[str, str]:
    files = [path for path in (company / "var").rglob("*") if path.is_file()]
    return {name: digest for name, digest in file_hashes(company, files).items()
            if not name.endswith("run.lock")}  # fmt: skip


def test_a_backup_comes_back_as_it_was(company: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept" / "backup.tar.gz"
    assert write_backup(company, target) == 3
    before = kept(company)
    shutil.rmtree(company / "var")
    assert restore_backup(company, target) == 3
    assert kept(company) == before
    with duckdb.connect(str(company / "var" / "capstream.duckdb")) as connection:
        assert connection.execute("select * from pay").fetchall() != []
    assert [path.name for path in target.parent.iterdir()] == ["backup.tar.gz"]
    assert not list(company.glob(".var-*"))


def test_a_restore_gives_up_no_closing_silently(company: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.tar.gz"
    write_backup(company, target)
    close(company, 2)
    before = kept(company)
    with pytest.raises(UsageError, match="has closings that the backup lacks"):
        restore_backup(company, target)
    assert kept(company) == before
    restore_backup(company, target, replace=True)
    assert len(read_events(company)) == 1


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def turned(content: bytes) -> bytes:
    place = len(content) // 2
    return content[:place] + bytes([content[place] ^ 255]) + content[place + 1 :]


def no_list(_: bytes) -> bytes:
    return rewritten([("var/x", b"x")])


def changed_file(_: bytes) -> bytes:
    listed = {"format": 1, "files": {"var/x": "0" * 64}}
    return rewritten([("contents.json", json.dumps(listed).encode()), ("var/x", b"y")])


def outside(_: bytes) -> bytes:
    listed = {"format": 1, "files": {"var/../../x": "0" * 64}}
    return rewritten([("contents.json", json.dumps(listed).encode()), ("var/../../x", b"y")])


def unlisted(_: bytes) -> bytes:
    listed = {"format": 1, "files": {}}
    return rewritten([("contents.json", json.dumps(listed).encode()), ("var/x", b"y")])


def missing(_: bytes) -> bytes:
    listed = {"format": 1, "files": {"var/x": "0" * 64}}
    return rewritten([("contents.json", json.dumps(listed).encode())])


def newer(_: bytes) -> bytes:
    return rewritten([("contents.json", b'{"format": 2, "files": {}}')])


def rewritten(members: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in members:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


@pytest.mark.parametrize(
    "damage", [cut, turned, no_list, changed_file, outside, unlisted, missing, newer]
)
def test_a_damaged_backup_changes_nothing(
    company: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    target = tmp_path / "backup.tar.gz"
    write_backup(company, target)
    target.write_bytes(damage(target.read_bytes()))
    before = kept(company)
    with pytest.raises(CapstreamError, match=r"is no whole backup|is a backup of format 2"):
        restore_backup(company, target)
    assert kept(company) == before
    assert not list(company.glob(".var-*"))
    assert not (tmp_path / "x").exists()


def test_a_restore_that_died_between_its_renames_is_undone(company: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.tar.gz"
    write_backup(company, target)
    close(company, 2)
    before = kept(company)
    (company / "var").rename(company / ".var-replaced")
    (company / "var").mkdir()
    (company / "var" / "run.lock").write_text("restore", encoding="utf-8")
    with pytest.raises(UsageError, match="has closings that the backup lacks"):
        restore_backup(company, target)
    assert kept(company) == before


def test_what_cannot_be_kept_is_said(company: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="lies in what is kept"):
        write_backup(company, company / "var" / "backup.tar.gz")
    (company / "capstream.yaml").write_text("warehouse: {path: ../w.duckdb}", encoding="utf-8")
    duckdb.connect(str(tmp_path / "w.duckdb")).close()
    with pytest.raises(WarehouseError, match="back it up by itself"):
        write_backup(company, tmp_path / "backup.tar.gz")

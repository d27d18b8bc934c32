"""A copy of what a company keeps for itself, in one file that proves its own content.

The file holds `var/` and a list of every member's SHA-256. It is written while no run works, and
put back only after all of it was read and found whole.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from capstream.close.digests import file_sha256
from capstream.close.ledger import ClosingEvent, examine_ledger
from capstream.errors import UsageError, WarehouseError
from capstream.warehouse.connection import connect
from capstream.warehouse.reading import warehouse_path

CONTENTS = "contents.json"
FORMAT = 1
_VAR = "var"
_LEFT_OUT = frozenset({"run.lock"})
_COMPRESSION = 1
_CHUNK = 1 << 20
_ASIDE = ".var-restored"
_REPLACED = ".var-replaced"


def write_backup(company: Path, target: Path) -> int:
    """Write the backup of a company aside and rename it; return how many files it holds.

    Args:
        company: The company folder, held by the caller against other writers.
        target: The file to write; readable by its owner only.

    Raises:
        UsageError: There is nothing to keep, or the target lies inside `var/`.
        WarehouseError: The warehouse is damaged, or lies outside `var/`.
    """
    var = company / _VAR
    if target.resolve().is_relative_to(var.resolve()):
        raise UsageError(f"{target} lies in what is kept: name a file outside {var}")
    if not var.is_dir():
        raise UsageError(f"{company} has no {_VAR}: there is nothing to keep yet")
    _settle_warehouse(company)
    members = dict(_members(company))
    contents = {"format": FORMAT, "files": {name: file_sha256(p) for name, p in members.items()}}
    beside = target.with_name(f".{target.name}.part")
    beside.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(beside, "w:gz", compresslevel=_COMPRESSION) as archive:
        _add_text(archive, CONTENTS, json.dumps(contents, indent=1))
        for name, path in members.items():
            archive.add(path, arcname=name, recursive=False)
    with beside.open("rb") as written:
        os.fsync(written.fileno())
    beside.replace(target)
    return len(members)


def restore_backup(company: Path, source: Path, *, replace: bool = False) -> int:
    """Put a backup back as the company's `var/`; return how many files it held.

    All of it is unpacked beside and held against its list first. A ledger that the backup does
    not continue is never overwritten silently.

    Args:
        company: The company folder.
        source: The backup.
        replace: Give up closings that the backup does not know.

    Raises:
        UsageError: The file is no whole backup, or it lacks closings that stand here.
    """
    _undo_half_swap(company)
    aside = company / _ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        count = _unpack(source, aside)
        if not replace:
            _refuse_lost_closings(company, aside)
        _swap(company, aside / _VAR)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return count


def _settle_warehouse(company: Path) -> None:
    """Bring what a killed writer left in the log beside the database into the database."""
    path = warehouse_path(company)
    if not path.is_file():
        return
    if not path.resolve().is_relative_to((company / _VAR).resolve()):
        raise WarehouseError(f"the warehouse {path} lies outside {_VAR}: back it up by itself")
    with connect(path) as connection:
        connection.execute("checkpoint")


def _members(company: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted((company / _VAR).rglob("*")):
        if path.is_file() and not path.is_symlink() and path.name not in _LEFT_OUT:
            yield path.relative_to(company).as_posix(), path


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(text.encode())
    member.mode = 0o600
    archive.addfile(member, io.BytesIO(text.encode()))


def _unpack(source: Path, folder: Path) -> int:
    try:
        with tarfile.open(source, "r:gz") as archive:
            files = _listed(archive, source)
            for member in archive:
                _unpack_member(archive, member, folder, files, source)
    except (tarfile.TarError, EOFError, OSError, zlib.error, UnicodeDecodeError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise _damaged(source, str(error)) from error
    missing = [name for name in files if not (folder / name).is_file()]
    if missing:
        raise _damaged(source, f"{missing[0]} is missing")
    return len(files)


def _listed(archive: tarfile.TarFile, source: Path) -> Mapping[str, str]:
    first = archive.next()
    content = archive.extractfile(first) if first is not None and first.name == CONTENTS else None
    if content is None:
        raise _damaged(source, "it begins with no list of its contents")
    try:
        listed = json.load(content)
        version, files = listed["format"], dict(listed["files"])
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(source, "its list of contents cannot be read") from error
    if version != FORMAT:
        raise UsageError(
            f"{source} is a backup of format {version}, this Capstream knows {FORMAT}: restore it "
            "with the version that wrote it"
        )
    return files


def _unpack_member(
    archive: tarfile.TarFile,
    member: tarfile.TarInfo,
    folder: Path,
    files: Mapping[str, str],
    source: Path,
) -> None:
    """Write one listed file and hold it against its hash; nothing else is written."""
    if member.name == CONTENTS:
        return
    parts = PurePosixPath(member.name).parts
    content = archive.extractfile(member) if member.isreg() else None
    if content is None or member.name not in files or parts[0] != _VAR or ".." in parts:
        raise _damaged(source, f"{member.name} does not belong into it")
    path = folder / member.name
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with path.open("wb") as written:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            written.write(chunk)
    path.chmod(member.mode & 0o700)
    if digest.hexdigest() != files[member.name]:
        raise _damaged(source, f"{member.name} is not as it was kept")


def _refuse_lost_closings(company: Path, aside: Path) -> None:
    here, _ = examine_ledger(company)
    kept, findings = examine_ledger(aside)
    if findings:
        raise UsageError(f"the ledger in the backup does not hold: {findings[0].message}")
    if _hashes(kept)[: len(here)] != _hashes(here):
        raise UsageError(
            f"{company} has closings that the backup lacks: restore into another folder, or give "
            "them up with --replace"
        )


def _hashes(events: list[ClosingEvent]) -> list[str]:
    return [event.event_hash for event in events]


def _undo_half_swap(company: Path) -> None:
    """Bring back what a restore had moved away that died before its own copy stood."""
    var, replaced = company / _VAR, company / _REPLACED
    is_empty = not var.exists() or {path.name for path in var.iterdir()} <= _LEFT_OUT
    if replaced.is_dir() and is_empty:
        shutil.rmtree(var, ignore_errors=True)
        replaced.rename(var)


def _swap(company: Path, restored: Path) -> None:
    """Put the restored folder in place of what stands there, by two renames."""
    var, replaced = company / _VAR, company / _REPLACED
    shutil.rmtree(replaced, ignore_errors=True)
    if var.exists():
        var.rename(replaced)
    restored.rename(var)
    shutil.rmtree(replaced, ignore_errors=True)


def _damaged(source: Path, reason: str) -> UsageError:
    return UsageError(f"{source} is no whole backup ({reason}): take another copy of it")

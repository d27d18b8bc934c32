"""What a company keeps and needs no longer, found first and removed on request.

Only drafts and answers of sources that are configured no more are ever found. Closed months,
issued packs, the ledger and the inputs are in none of the places that are looked at.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from capstream.company import Company
from capstream.types import Month


@dataclass(frozen=True, slots=True)
class Removable:
    """A folder that may go.

    Attributes:
        kind: `draft` or `answers`.
        path: The folder.
        size: Bytes of the files below it.
        reason: Why it may go.
    """

    kind: str
    path: Path
    size: int
    reason: str


def removable_folders(company: Company, now: datetime) -> list[Removable]:
    """List what the company's `retention` lets go, oldest draft first.

    Args:
        company: The company.
        now: The moment from which days are counted, UTC.
    """
    return [*_old_drafts(company), *_unused_answers(company, now)]


def remove(found: Removable) -> None:
    """Remove a folder, and the month's own where nothing else stands in it."""
    shutil.rmtree(found.path)
    parent = found.path.parent
    if found.kind == "draft" and not any(parent.iterdir()):
        parent.rmdir()


def _old_drafts(company: Company) -> Iterator[Removable]:
    kept = company.config.retention.drafts_months
    drafts = {
        Month.parse(path.parent.name): path
        for path in sorted(company.out.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9]/draft"))
        if path.is_dir() and not path.is_symlink() and not path.parent.is_symlink()
    }
    if kept is None or not drafts:
        return
    oldest_kept = max(drafts).plus(1 - kept)
    for month, path in drafts.items():
        if month < oldest_kept:
            yield Removable("draft", path, _size(path), f"before {oldest_kept}")


def _unused_answers(company: Company, now: datetime) -> Iterator[Removable]:
    days = company.config.retention.unused_answers_days
    folder = company.var / "raw"
    if days is None or not folder.is_dir():
        return
    configured = {source.name for source in company.config.sources}
    before = (now - timedelta(days=days)).timestamp()
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or not path.is_dir() or path.name in configured:
            continue
        if _last_change(path) < before:
            reason = f"no source of this name, unchanged for {days} days"
            yield Removable("answers", path, _size(path), reason)


def _files(folder: Path) -> Iterator[os.stat_result]:
    return (path.stat() for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _size(folder: Path) -> int:
    return sum(file.st_size for file in _files(folder))


def _last_change(folder: Path) -> float:
    return max((file.st_mtime for file in _files(folder)), default=folder.stat().st_mtime)

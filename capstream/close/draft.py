"""A draft pack is written aside, part by part, and takes the previous one's place whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from capstream.errors import UsageError
from capstream.types import Month

_ASIDE = ".draft-"
_PREVIOUS = ".previous-draft"


def month_folder(company: Path, month: Month) -> Path:
    """Return the folder of a month's output."""
    return company / "out" / str(month)


def draft_folder(company: Path, month: Month) -> Path:
    """Return the folder where a month's draft stands."""
    return month_folder(company, month) / "draft"


def staged_part(company: Path, month: Month, part: str) -> Path:
    """Create an empty folder beside the draft to write one part of the next one into.

    Args:
        company: The company folder.
        month: The month.
        part: Name of the part (`workbooks`); what a killed run left under it is cleared.
    """
    folder = month_folder(company, month) / f"{_ASIDE}{part}"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def gather_parts(company: Path, month: Month, parts: Iterable[str]) -> Path:
    """Move the files of all parts into one folder and return it.

    Raises:
        UsageError: A part was not written by this run.
    """
    folder = month_folder(company, month)
    sources = [folder / f"{_ASIDE}{part}" for part in parts]
    for source in sources:
        if not source.is_dir():
            raise UsageError(
                f"the draft of {month} lacks its {source.name.removeprefix(_ASIDE)}: run the "
                f"whole month with `capstream run --month {month}`"
            )
    pack = staged_part(company, month, "pack")
    for source in sources:
        for path in sorted(source.iterdir()):
            path.rename(pack / path.name)
        source.rmdir()
    return pack


def publish_draft(company: Path, month: Month, pack: Path) -> Path:
    """Make a folder the month's draft and return where it now stands."""
    draft = draft_folder(company, month)
    previous = draft.with_name(_PREVIOUS)
    if draft.is_dir():
        draft.rename(previous)
    pack.rename(draft)
    if previous.is_dir():
        shutil.rmtree(previous)
    return draft


def restore_draft(company: Path, month: Month) -> None:
    """Put the previous draft back when a run died between the two renames."""
    draft = draft_folder(company, month)
    previous = draft.with_name(_PREVIOUS)
    if not previous.is_dir():
        return
    if draft.is_dir():
        shutil.rmtree(previous)
    else:
        previous.rename(draft)

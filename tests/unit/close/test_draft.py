"""A draft takes the previous one's place whole, whatever moment the run dies in."""

from __future__ import annotations

from pathlib import Path

import pytest

from capstream.close.draft import (
    draft_folder,
    gather_parts,
    month_folder,
    publish_draft,
    restore_draft,
    staged_part,
)
from capstream.errors import UsageError
from capstream.types import Month

MONTH = Month(2026, 10)


def publish(company: Path, text: str) -> None:
    (staged_part(company, MONTH, "workbooks") / "finance.xlsx").write_text(text)
    publish_draft(company, MONTH, gather_parts(company, MONTH, ("workbooks",)))


def content(company: Path) -> str:
    return (draft_folder(company, MONTH) / "finance.xlsx").read_text()


def test_the_new_draft_replaces_the_old_and_leaves_nothing(tmp_path: Path) -> None:
    publish(tmp_path, "old")
    publish(tmp_path, "new")
    assert content(tmp_path) == "new"
    assert [path.name for path in month_folder(tmp_path, MONTH).iterdir()] == ["draft"]


def test_what_a_dead_run_staged_is_cleared(tmp_path: Path) -> None:
    (staged_part(tmp_path, MONTH, "workbooks") / "half.xlsx").write_text("half")
    publish(tmp_path, "new")
    assert [path.name for path in draft_folder(tmp_path, MONTH).iterdir()] == ["finance.xlsx"]


def test_death_between_the_renames_is_healed(tmp_path: Path) -> None:
    publish(tmp_path, "old")
    draft = draft_folder(tmp_path, MONTH)
    draft.rename(draft.with_name(".previous-draft"))
    restore_draft(tmp_path, MONTH)
    assert content(tmp_path) == "old"


def test_death_after_the_renames_is_healed(tmp_path: Path) -> None:
    publish(tmp_path, "new")
    left = draft_folder(tmp_path, MONTH).with_name(".previous-draft")
    left.mkdir()
    restore_draft(tmp_path, MONTH)
    assert content(tmp_path) == "new"
    assert not left.exists()


def test_a_part_that_was_not_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="lacks its workbooks"):
        gather_parts(tmp_path, MONTH, ("workbooks",))

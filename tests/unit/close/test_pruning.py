"""Pruning finds what is past its time and nothing else, and says it before it goes."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from capstream.close.digests import file_hashes
from capstream.close.pruning import removable_folders, remove
from capstream.company import load_company
from orchestration.cli.main import exit_code_of
from tests.unit.configured_company import CONFIGURATION, write_configured_company

NOW = datetime(2026, 11, 22, tzinfo=UTC)
KEPT = (
    "out/2026-07/manifest.json",
    "out/2026-07_v2/manifest.json",
    "out/2026-09/draft/manifest.json",
    "out/2026-10/draft/manifest.json",
    "out/samples/2026-07/page.html",
    "var/closed/2026-07/rows.parquet",
    "var/ledger/0001-close.json",
    "var/raw/tracker/0001/issues.jsonl.gz",
    "var/raw/fresh/0001/issues.jsonl.gz",
)
GOES = ("out/2026-07/draft", "out/2026-08", "var/raw/retired")


def company(root: Path, retention: str) -> Path:
    """Write a company with a retention, closed months, drafts and answers."""
    write_configured_company(root, capstream=f"{CONFIGURATION}\nretention: {retention}\n")
    gone = ("out/2026-07/draft/a.xlsx", "out/2026-08/draft/a.xlsx", "var/raw/retired/1/a.jsonl.gz")
    for name in (*KEPT, *gone):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("kept by hand", encoding="utf-8")
        age = timedelta(days=1 if "fresh" in name else 900)
        os.utime(root / name, times=((NOW - age).timestamp(),) * 2)
    return root


def content(root: Path) -> dict[str, str]:
    return file_hashes(root, [path for path in root.rglob("*") if path.is_file()])


def test_what_is_past_its_time_goes_and_all_else_stays(tmp_path: Path) -> None:
    root = company(tmp_path, "{drafts_months: 2, unused_answers_days: 400}")
    before = content(root)
    found = removable_folders(load_company(root), NOW)
    assert content(root) == before
    for one in found:
        remove(one)
    assert before.keys() - content(root).keys() == {
        name for name in before if name.startswith(GOES)
    }
    assert before.items() >= content(root).items()
    assert not (root / "out" / "2026-08").exists()
    assert [one.size for one in found] == [12, 12, 12]


def test_without_a_word_every_draft_and_answer_is_kept(tmp_path: Path) -> None:
    root = company(tmp_path, "{}")
    assert removable_folders(load_company(root), NOW) == []


def test_a_folder_that_is_a_link_is_left_alone(tmp_path: Path) -> None:
    root = company(tmp_path / "company", "{drafts_months: 1, unused_answers_days: 1}")
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "draft").mkdir(parents=True)
    (root / "out" / "2025-01").symlink_to(elsewhere)
    (root / "var" / "raw" / "linked").symlink_to(elsewhere)
    found = {one.path.name for one in removable_folders(load_company(root), NOW)}
    assert "linked" not in found
    assert not any("2025-01" in str(one.path) for one in removable_folders(load_company(root), NOW))


def test_the_command_says_it_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = company(tmp_path, "{drafts_months: 2}")
    before = content(root)
    assert exit_code_of(["prune", "-c", str(root)]) == 0
    said = capsys.readouterr().out
    assert "would be removed with --apply" in said
    assert "2026-08" in said
    assert before.items() <= content(root).items()
    assert exit_code_of(["--json", "prune", "-c", str(root), "--apply"]) == 0
    assert json.loads(capsys.readouterr().out)["removed"] is True
    assert not (root / "out" / "2026-07" / "draft").exists()
    assert exit_code_of(["prune", "-c", str(root)]) == 0
    assert "nothing is past its time" in capsys.readouterr().out

"""The readme's first company runs as it stands and says what the readme says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    company = tmp_path_factory.mktemp("first") / "my-company"
    shutil.copytree(ROOT / "examples" / "first-month", company)
    finished = subprocess.run(
        [sys.executable, "-m", "capstream", "run", "-c", str(company), "--month", "2026-01"],
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


@pytest.mark.parametrize("figure", ["cost", "capitalised", "expensed", "unattributed"])
def test_the_readme_shows_what_the_example_prints(said: str, figure: str) -> None:
    line = re.compile(rf"^  {figure} .*USD", re.MULTILINE)
    shown = line.search((ROOT / "README.md").read_text(encoding="utf-8"))
    printed = line.search(said)
    assert shown is not None
    assert printed is not None
    assert printed[0] == shown[0]


def test_the_policy_is_a_draft_and_the_run_says_so(said: str) -> None:
    assert "POL-APPROVED" in said
    assert "all blocking checks pass" in said

"""A load that is killed leaves the last good one, and the next load completes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.loading_company import LoadingCompany
from tests.connectors.native_records import issue, write_lines

_KILLED_AT = """
import os, signal, sys
from pathlib import Path
import capstream.connectors.{module} as module
from tests.connectors.loading_company import LoadingCompany

def die(*arguments, **options):
    os.kill(os.getpid(), signal.SIGKILL)

module.{function} = die
company = LoadingCompany(Path(sys.argv[1]), kind="jira", mode="files", path="sources/*.jsonl")
company.load()
"""
_MOMENTS: list[tuple[str, str]] = [
    ("loading", "choose_versions"),
    ("loading", "mark_missing"),
    ("loading", "clear_landing"),
]


@pytest.mark.parametrize(("module", "function"), _MOMENTS)
def test_a_killed_load_leaves_the_last_good_one(tmp_path: Path, module: str, function: str) -> None:
    company = LoadingCompany(tmp_path, kind="jira", mode="files", path="sources/*.jsonl")
    write_lines(tmp_path / "sources" / "a.jsonl", [issue(n) for n in range(5)])
    company.load()
    before = _state(company)
    write_lines(tmp_path / "sources" / "b.jsonl", [issue(n) for n in range(3, 9)])
    assert _killed(tmp_path, _KILLED_AT.format(module=module, function=function)) == -9
    assert _state(company) == before
    assert company.load().counts["work_items"] == 9
    whole = LoadingCompany(tmp_path / "whole", kind="jira", mode="files", path="sources/*.jsonl")
    for name in ("a", "b"):
        content = (tmp_path / "sources" / f"{name}.jsonl").read_text().splitlines()
        write_lines(tmp_path / "whole" / "sources" / f"{name}.jsonl", content)
    whole.load()
    assert company.tables() == whole.tables()


def test_a_load_killed_while_reading_leaves_the_last_good_one(tmp_path: Path) -> None:
    company = LoadingCompany(tmp_path, kind="jira", mode="files", path="sources/*.jsonl")
    write_lines(tmp_path / "sources" / "a.jsonl", [issue(n) for n in range(5)])
    company.load()
    before = _state(company)
    write_lines(tmp_path / "sources" / "b.jsonl", [issue(n) for n in range(6, 9)])
    script = _KILLED_AT.replace("module.{function} = die", "module.hashlib = Deadly()").replace(
        "def die", "class Deadly:\n    def sha256(self, text): die()\n\ndef die"
    )
    assert _killed(tmp_path, script.format(module="batches", function="")) == -9
    assert _state(company) == before
    assert company.load().counts["work_items"] == 8


def _state(company: LoadingCompany) -> Any:
    return company.tables(), company.query("select * from ops.source_files order by all")


def _killed(root: Path, script: str) -> int:
    project = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(project)}
    done = subprocess.run(
        [sys.executable, "-c", script, str(root)],
        check=False, cwd=project, env=environment, capture_output=True,
    )  # fmt: skip
    return done.returncode

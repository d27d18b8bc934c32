"""Companies that are run once a session; tests that change something take a copy."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.command import capstream, said


@dataclass(frozen=True, slots=True)
class RunCompany:
    """A company whose month was run, and what the command said."""

    root: Path
    month: str
    finished: subprocess.CompletedProcess[str]

    @property
    def draft(self) -> Path:
        """The draft pack of the month."""
        return self.root / "out" / self.month / "draft"


def run_sample(folder: Path, month: str, *options: str) -> RunCompany:
    """Write a sample company and run one month of it, both without a network."""
    root = folder / "company"
    written = capstream("init", root, "--sample", *options, offline=True)
    assert written.returncode == 0, said(written)
    return RunCompany(root, month, capstream("run", "-c", root, "--month", month, offline=True))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> RunCompany:
    """Return the sample company as `make demo` writes and runs it."""
    return run_sample(tmp_path_factory.mktemp("sample"), "2026-10")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> RunCompany:
    """Return a sample of a few people and months, for tests that run it again."""
    ran = run_sample(tmp_path_factory.mktemp("small"), "2025-12", "--people", "16", "--months", "4")
    assert ran.finished.returncode in {0, 1}, said(ran.finished)
    return ran


@pytest.fixture
def copied(small: RunCompany, tmp_path: Path) -> RunCompany:
    """Return a copy of the small company that a test may change."""
    root = tmp_path / "company"
    shutil.copytree(small.root, root)
    return RunCompany(root, small.month, small.finished)

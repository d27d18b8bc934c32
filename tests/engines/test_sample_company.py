"""The sample company, 60 people over 14 months, gets the same books from every engine.

Only `make test-engines` runs it: Spark takes five minutes where DuckDB takes one.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from capstream.warehouse import connect
from capstream.warehouse.engines.spark_session import missing_for_spark
from tests.e2e.command import PATIENCE, capstream, said
from tests.engines.parity import differences
from tests.engines.servers import create_database

MONTH = "2026-10"
COMPARED = ("input", "intermediate", "marts", "reporting")
VARIABLE = "CAPSTREAM_TEST_POSTGRES"

pytestmark = pytest.mark.skipif(
    not int(os.environ.get("CAPSTREAM_SPARK_COMPANIES", "0")),
    reason="`make test-engines` runs the sample company on the engines",
)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample company, run once on DuckDB."""
    root = tmp_path_factory.mktemp("sample") / "company"
    written = capstream("init", root, "--sample")
    assert written.returncode == 0, said(written)
    run_month(root)
    return root


def run_month(root: Path) -> None:
    """Run the sample's month; what it warns of may end it with 1."""
    kept = ("JAVA_HOME", VARIABLE)
    ran = capstream("run", "-c", root, "--month", MONTH, keep=kept, seconds=4 * PATIENCE)
    assert ran.returncode in {0, 1}, said(ran)


def assert_the_same_books(company: Path, root: Path, target: str) -> None:
    """Run a copy of the company with another engine and compare every relation."""
    shutil.copytree(company, root, ignore=shutil.ignore_patterns("var", "out"))
    configuration = root / "capstream.yaml"
    text = configuration.read_text(encoding="utf-8")
    assert "warehouse:" not in text
    configuration.write_text(f"{text}warehouse: {target}\n", encoding="utf-8")
    run_month(root)
    with (
        connect(company / "var/capstream.duckdb", read_only=True) as ours,
        connect(root / "var/capstream.duckdb", read_only=True) as theirs,
    ):
        told = differences(ours, theirs, COMPARED)
    # What names the configuration itself must differ, and nothing else may.
    assert [line for line in told if "configuration_hash" not in line] == []
    assert (root / "out" / MONTH / "draft" / f"finance_{MONTH}.xlsx").is_file()


def test_postgres(company: Path, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VARIABLE, create_database(server, "sample"))
    target = f"{{target: postgres, connection_env: {VARIABLE}}}"
    assert_the_same_books(company, tmp_path / "company", target)


@pytest.mark.skipif(missing_for_spark() is not None, reason="Spark needs Java 17 or newer")
def test_spark(company: Path, tmp_path: Path):
    assert_the_same_books(company, tmp_path / "company", "{target: spark}")
    assert not (tmp_path / "company/var/spark").exists(), "pay must not stay in a second place"

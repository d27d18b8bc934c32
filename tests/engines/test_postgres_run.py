"""`capstream run` with PostgreSQL as the engine: the same books, and plain words when it fails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from capstream.company import load_company
from capstream.errors import UsageError, WarehouseError
from capstream.warehouse import connect
from capstream.warehouse.engines import PostgresEngine
from orchestration.lib.shapes import shapes
from tests.e2e.command import capstream, said
from tests.engines.parity import differences
from tests.engines.servers import create_database

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = "CAPSTREAM_TEST_POSTGRES"
COMPARED = ("input", "intermediate", "marts", "reporting")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the readme's company, run once on DuckDB."""
    root = tmp_path_factory.mktemp("engines") / "company"
    shutil.copytree(ROOT / "examples" / "first-month", root)
    ran = capstream("run", "-c", root, "--month", "2026-01")
    assert ran.returncode == 0, said(ran)
    return root


@pytest.fixture(scope="module")
def moved(company: Path, server: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return a copy whose configuration names PostgreSQL, and the database's address."""
    root = tmp_path_factory.mktemp("moved") / "company"
    shutil.copytree(company, root)
    configuration = root / "capstream.yaml"
    text = configuration.read_text(encoding="utf-8")
    assert "warehouse:" not in text
    target = f"warehouse: {{target: postgres, connection_env: {VARIABLE}}}\n"
    configuration.write_text(text + target, encoding="utf-8")
    return root, create_database(server, "moved")


def test_every_relation_is_the_same_and_the_pack_is_written(
    company: Path, moved: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
):
    root, address = moved
    monkeypatch.setenv(VARIABLE, address)
    ran = capstream("run", "-c", root, "--month", "2026-01", keep=(VARIABLE,))
    assert ran.returncode == 0, said(ran)
    with (
        connect(company / "var/capstream.duckdb", read_only=True) as ours,
        connect(root / "var/capstream.duckdb", read_only=True) as theirs,
    ):
        told = differences(ours, theirs, COMPARED)
    # What names the configuration itself must differ, and nothing else may.
    assert [line for line in told if "configuration_hash" not in line] == []
    assert (root / "out/2026-01/draft/finance_2026-01.xlsx").is_file()


def test_the_reporting_layer_of_the_engine_agrees_too(company: Path, moved: tuple[Path, str]):
    root, address = moved
    reporting = shapes(load_company(root), ("reporting",))
    with (
        PostgresEngine(address) as engine,
        connect(root / "var/copy.duckdb") as copy,
        connect(company / "var/capstream.duckdb", read_only=True) as ours,
    ):
        copy.execute("create schema reporting")
        engine.take_back(copy, reporting)
        told = differences(ours, copy, ["reporting"])
    assert [line for line in told if "configuration_hash" not in line] == []


@pytest.mark.parametrize(
    ("address", "error", "told"),
    [
        ("mysql://somewhere/books", UsageError, "write postgresql://"),
        ("postgresql://nobody@127.0.0.1:1/books", WarehouseError, "cannot be reached"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(address: str, error: type, told: str):
    with pytest.raises(error, match=told), PostgresEngine(address):
        pass


def test_a_database_that_cannot_hold_every_text_is_refused(server: str):
    address = create_database(server, "plain_bytes", encoding="SQL_ASCII")
    with pytest.raises(UsageError, match="create database"), PostgresEngine(address):
        pass


def test_without_an_address_nothing_is_run(moved: tuple[Path, str]):
    ran = capstream("run", "-c", moved[0], "--month", "2026-01")
    assert ran.returncode == 2, said(ran)
    assert VARIABLE in said(ran)

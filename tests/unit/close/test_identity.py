"""The run id follows from inputs, sources, code and month, and from nothing else."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest

from capstream.close.identity import code_version, git_commit, identity_values, run_identity
from capstream.types import Month
from capstream.warehouse import bootstrap, connect, replace_tables

MONTH = Month(2026, 10)


@pytest.fixture
def company(tmp_path: Path) -> Path:
    (tmp_path / "capstream.yaml").write_text("company: {}\n")
    (tmp_path / "inputs").mkdir()
    (tmp_path / "inputs" / "people.csv").write_text("person_id\nP1\n")
    as_of = pa.array([None], pa.timestamp("us"))
    months = pa.table({"month_key": ["2026-09", "2026-10"], "is_computed": [True, True]})
    with connect(tmp_path / "var" / "capstream.duckdb") as connection:
        bootstrap(connection)
        settings = pa.table({"as_of_at": as_of})
        replace_tables(connection, "company", {"settings": settings, "months": months})
    return tmp_path


def run_id(company: Path, month: Month = MONTH) -> str:
    return run_identity(company, month).run_id


def execute(company: Path, statement: str) -> None:
    with connect(company / "var" / "capstream.duckdb") as connection:
        connection.execute(statement)


def test_the_same_company_has_the_same_identity(company: Path) -> None:
    assert run_id(company) == run_id(company)


def test_another_month_is_another_run(company: Path) -> None:
    assert run_id(company, Month(2026, 9)) != run_id(company)


def test_a_changed_input_is_another_run(company: Path) -> None:
    before = run_id(company)
    (company / "inputs" / "people.csv").write_text("person_id\nP2\n")
    assert run_id(company) != before


def test_a_policy_is_an_input(company: Path) -> None:
    before = run_id(company)
    (company / "policies").mkdir()
    (company / "policies" / "mine.yaml").write_text("version: 1\n")
    assert run_id(company) != before


def test_other_records_are_another_run(company: Path) -> None:
    before = run_id(company)
    execute(
        company,
        "insert into ops.source_loads (source, record_type, content_hash)"
        " values ('tracker', 'issue', 'abc')",
    )
    assert run_id(company) != before


def test_an_asked_data_as_of_is_another_run(company: Path) -> None:
    before = run_id(company)
    moment = datetime(2026, 11, 3, 18)  # noqa: DTZ001 - stored as naive UTC
    execute(company, f"update company.settings set as_of_at = '{moment}'")
    assert run_id(company) != before


def test_keeping_closed_months_is_another_run_and_is_said(company: Path) -> None:
    whole = run_identity(company, MONTH)
    assert "kept_through" not in identity_values(whole)
    execute(company, "update company.months set is_computed = month_key > '2026-09'")
    kept = run_identity(company, MONTH)
    assert kept.run_id != whole.run_id
    assert identity_values(kept)["kept_through"] == "2026-09"


def test_outputs_and_hidden_files_do_not_count(company: Path) -> None:
    before = run_id(company)
    (company / "out").mkdir()
    (company / "out" / "x.txt").write_text("x")
    (company / "inputs" / ".~lock.people.csv#").write_text("x")
    assert run_id(company) == before


def test_code_and_commit_are_named() -> None:
    version, _, digest = code_version().partition("+")
    assert version
    assert len(digest) == 12
    assert git_commit() == "" or len(git_commit()) == 40

"""A warehouse of an older layout reads its sources again; one of a newer layout is left alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from capstream.close.digests import file_sha256
from capstream.errors import UsageError, WarehouseError
from capstream.warehouse import SCHEMA_VERSION, connect, require_this_layout
from tests.connectors.loading_company import LoadingCompany
from tests.connectors.native_records import issue, write_lines


@pytest.fixture
def company(tmp_path: Path) -> LoadingCompany:
    made = LoadingCompany(tmp_path, kind="jira", mode="files", path="sources/*.jsonl")
    write_lines(tmp_path / "sources" / "a.jsonl", [issue(n) for n in range(5)])
    made.load()
    return made


def first_layout(connection: duckdb.DuckDBPyConnection) -> None:
    """Make a file of the first layout: a schema for each kind of source."""
    connection.execute("alter table raw.work_items drop column title")
    connection.execute("create schema raw_jira")
    connection.execute("create table raw_jira.work_items as select 'A-1' as work_item_key")
    connection.execute("update ops.warehouse_version set version = 1")


def column_short(connection: duckdb.DuckDBPyConnection) -> None:
    """Make a file whose tables lack a column, though nobody counted its version up."""
    connection.execute("alter table raw.work_items drop column title")


def state_otherwise(connection: duckdb.DuckDBPyConnection) -> None:
    """Make a file whose cursor had other columns."""
    connection.execute("alter table ops.source_files rename column byte_count to size")


@pytest.mark.parametrize("age", [first_layout, column_short, state_otherwise])
def test_an_older_layout_reads_its_sources_again(
    company: LoadingCompany, age: Callable[[duckdb.DuckDBPyConnection], None]
) -> None:
    before = company.tables(), company.rows("records")
    with duckdb.connect(str(company.warehouse)) as connection:
        age(connection)
    with pytest.raises(UsageError, match="run `capstream ingest` once for all sources"):
        require_this_layout(company.warehouse)
    company.load()
    require_this_layout(company.warehouse)
    assert (company.tables(), company.rows("records")) == before
    assert company.query("select max(version) from ops.warehouse_version") == [(SCHEMA_VERSION,)]
    assert company.query("select 1 from duckdb_schemas() where schema_name = 'raw_jira'") == []


def test_a_layout_of_now_is_not_read_again(company: LoadingCompany) -> None:
    assert company.load().is_skipped


def test_a_newer_layout_is_refused_and_not_a_byte_changes(company: LoadingCompany) -> None:
    with duckdb.connect(str(company.warehouse)) as connection:
        connection.execute(f"update ops.warehouse_version set version = {SCHEMA_VERSION + 1}")
    before = file_sha256(company.warehouse)
    with pytest.raises(WarehouseError, match="update Capstream"):
        company.load()
    with (
        pytest.raises(WarehouseError, match="update Capstream"),
        connect(company.warehouse, read_only=True),
    ):
        pass
    assert file_sha256(company.warehouse) == before

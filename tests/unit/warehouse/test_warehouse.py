"""The warehouse opens, replaces and reads whole, and says plainly why it cannot."""

from __future__ import annotations

import multiprocessing
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from capstream.errors import UsageError, WarehouseError
from capstream.warehouse import (
    SCHEMA_VERSION,
    bootstrap,
    connect,
    identifier,
    qualified_name,
    read,
    replace_tables,
)
from capstream.warehouse.connection import STORAGE_VERSION


@pytest.fixture
def company(tmp_path: Path) -> Path:
    (tmp_path / "capstream.yaml").write_text("warehouse: {path: var/books.duckdb}\n")
    with connect(tmp_path / "var/books.duckdb") as connection:
        bootstrap(connection)
        connection.execute(
            "create table marts.fct_costs as select * from (values"
            " ('2026-02', 2.50::decimal(18,2)), ('2026-01', 1.10), ('2026-01', 0.30))"
            " as costs(month_key, cost_amount)"
        )
        connection.execute("create table marts.dim_persons as select 'P1' as person_id")
    return tmp_path


def test_money_stays_exact_and_rows_are_sorted(company: Path) -> None:
    frame = read(company, "fct_costs")
    assert list(frame["cost_amount"]) == [Decimal("0.30"), Decimal("1.10"), Decimal("2.50")]


def test_a_new_file_has_the_layout_that_writes_texts_fast(company: Path) -> None:
    with connect(company / "var/books.duckdb", read_only=True) as connection:
        (tags,) = connection.execute(
            "select tags from duckdb_databases() where database_name = 'books'"
        ).fetchone()
    assert tags["storage_version"].startswith(STORAGE_VERSION)


def test_month_filters(company: Path) -> None:
    assert len(read(company, "fct_costs", "2026-01")) == 2


def test_month_of_a_relation_without_one_is_refused(company: Path) -> None:
    with pytest.raises(UsageError, match="no month_key"):
        read(company, "dim_persons", "2026-01")


def test_unknown_relation_names_the_next_step(company: Path) -> None:
    with pytest.raises(UsageError, match="run the month first"):
        read(company, "fct_nothing")


@pytest.mark.parametrize("name", ["fct_checks; drop table x", "Fct", "x y", "", 'a"b'])
def test_identifier_refuses_what_is_not_a_name(name: str) -> None:
    with pytest.raises(UsageError):
        identifier(name)


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ("fct_checks", "marts.fct_checks"),
        ("work_items", "input.inp_work_items"),
        ("rpt_finance__summary", "reporting.rpt_finance__summary"),
        ("company.people", "company.people"),
    ],
)
def test_relations_are_found_by_their_prefix(relation: str, expected: str) -> None:
    assert qualified_name(relation) == expected


def test_missing_warehouse_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(WarehouseError, match="run `capstream run"),
        connect(tmp_path / "none.duckdb", read_only=True),
    ):
        pass


def test_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.duckdb"
    path.write_bytes(b"this is no database" * 1000)
    with pytest.raises(WarehouseError, match="move it away"), connect(path):
        pass


def test_newer_layout_is_refused(company: Path) -> None:
    path = company / "var/books.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"update ops.warehouse_version set version = {SCHEMA_VERSION + 1}")
    with pytest.raises(WarehouseError, match="update Capstream"), connect(path):
        pass


def _hold(path: str, ready: object, done: object) -> None:
    with duckdb.connect(path):
        ready.set()  # type: ignore[attr-defined]
        done.wait(30)  # type: ignore[attr-defined]


def test_locked_file_is_named(company: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    path = company / "var/books.duckdb"
    holder = context.Process(target=_hold, args=(str(path), ready, done))
    holder.start()
    try:
        assert ready.wait(30)
        with pytest.raises(WarehouseError, match="in use by another program"), connect(path):
            pass
    finally:
        done.set()
        holder.join()


def test_replacing_drops_what_is_no_longer_named_and_fails_whole(company: Path) -> None:
    with connect(company / "var/books.duckdb") as connection:
        replace_tables(connection, "company", {"people": pa.table({"person_id": ["P1"]})})
        replace_tables(connection, "company", {"entities": pa.table({"entity": ["US01"]})})
        with pytest.raises(UsageError):
            replace_tables(
                connection,
                "company",
                {"rates": pa.table({"rate": [1]}), "Bad Name": pa.table({"x": [1]})},
            )
    assert list(read(company, "company.entities")["entity"]) == ["US01"]
    with pytest.raises(UsageError):
        read(company, "company.rates")


def test_bootstrap_runs_twice(company: Path) -> None:
    with connect(company / "var/books.duckdb") as connection:
        bootstrap(connection)

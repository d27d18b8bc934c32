"""Schema `closed`: what closed months froze, as tables that models join with what is computed.

Beside them stands what the last whole run found when it computed closed months anew: a run that
keeps closed months as they are goes on from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from capstream.warehouse.connection import mark_version
from capstream.warehouse.names import identifier

CLOSED = "closed"

Columns = Mapping[str, str]
"""Data type by column."""

_FILES: Columns = {"relation": "varchar", "month_key": "varchar", "file_name": "varchar"}
_COMPARED: Mapping[str, Columns] = {
    "compared_months": {
        "month_key": "varchar",
        "event_id": "varchar",
        "compared_as_of": "timestamp",
    },
    "compared_causes": {
        "month_key": "varchar",
        "event_id": "varchar",
        "entity": "varchar",
        "person_id": "varchar",
        "work_item_key": "varchar",
        "component_id": "varchar",
        "cause": "varchar",
        "currency_code": "varchar",
        "difference_amount": "decimal(18, 2)",
    },
    "compared_policies": {
        "month_key": "varchar",
        "event_id": "varchar",
        "entity": "varchar",
        "component_id": "varchar",
        "legacy_rule_id": "varchar",
        "amended_rule_id": "varchar",
        "currency_code": "varchar",
        "row_count": "bigint",
        "amount": "decimal(18, 2)",
        "legacy_capex_amount": "decimal(18, 2)",
        "amended_capex_amount": "decimal(18, 2)",
    },
}
_FOUND = {"compared_causes": "int_drift__caused", "compared_policies": "int_policies__dual_run"}
"""Which models say of a closed month what only computing it again tells."""


def fill_closed_tables(
    connection: duckdb.DuckDBPyConnection,
    *,
    columns: Mapping[str, Columns],
    files: Mapping[str, Sequence[Path]],
    tables: Mapping[str, pa.Table],
    is_anew: bool,
) -> None:
    """Make the schema hold the rows of files and these tables, in one transaction.

    Args:
        connection: A writing connection.
        columns: Data type by column of each table that is filled from files; all have a month_key.
        files: Parquet files of each of those tables, in a folder named by their month; a column
            that a file lacks stays empty.
        tables: Tables that are given whole.
        is_anew: Read every file, not only those that are not there yet.
    """
    connection.execute("begin")
    try:
        mark_version(connection)
        connection.execute(f"create schema if not exists {CLOSED}")
        for name, types in _COMPARED.items():
            _create_missing(connection, name, types)
        if is_anew or not _is_laid_out(connection, columns):
            _lay_out(connection, columns)
        _fill_from_files(connection, columns, files)
        for name, table in tables.items():
            connection.register("incoming_rows", table)
            connection.execute(
                f"create or replace table {_table(name)} as select * from incoming_rows"
            )
            connection.unregister("incoming_rows")
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def keep_comparison(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep what the models found of closed months, once all of them are built.

    Args:
        connection: A writing connection to a warehouse whose models are of one run.
    """
    connection.execute("begin")
    try:
        connection.execute(f"create schema if not exists {CLOSED}")
        for name, types in _COMPARED.items():
            _create_missing(connection, name, types)
            connection.execute(f"delete from {_table(name)}")
        connection.execute(
            f"insert into {_table('compared_months')} by name "
            "select month_key, event_id, compared_as_of from intermediate.int_drift__months"
        )
        for name, model in _FOUND.items():
            connection.execute(
                f"insert into {_table(name)} by name "
                f"select found.*, months.event_id from intermediate.{model} as found "
                "join intermediate.int_drift__months as months using (month_key)"
            )
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def _table(name: str) -> str:
    return f"{CLOSED}.{identifier(name)}"


def _create_missing(
    connection: duckdb.DuckDBPyConnection, name: str, types: Mapping[str, str]
) -> None:
    declared = ", ".join(f"{identifier(column)} {kind}" for column, kind in types.items())
    connection.execute(f"create table if not exists {_table(name)} ({declared})")


def _is_laid_out(connection: duckdb.DuckDBPyConnection, columns: Mapping[str, Columns]) -> bool:
    """Say whether every table that files fill is there with its columns, and what filled it."""
    rows = connection.execute(
        "select table_name, list(column_name order by ordinal_position) "
        "from information_schema.columns where table_schema = ? group by all",
        [CLOSED],
    ).fetchall()
    present = {str(name): list(names) for name, names in rows}
    wanted = {**columns, "frozen_files": _FILES}
    return all(present.get(name) == list(types) for name, types in wanted.items())


def _lay_out(connection: duckdb.DuckDBPyConnection, columns: Mapping[str, Columns]) -> None:
    """Create the tables that files fill, empty, and drop every other one but the comparison."""
    rows = connection.execute(
        "select table_name from information_schema.tables where table_schema = ?", [CLOSED]
    ).fetchall()
    for name in sorted({str(row[0]) for row in rows} - _COMPARED.keys()):
        connection.execute(f"drop table {_table(name)}")
    for name, types in {**columns, "frozen_files": _FILES}.items():
        _create_missing(connection, name, types)


def _fill_from_files(
    connection: duckdb.DuckDBPyConnection,
    columns: Mapping[str, Columns],
    files: Mapping[str, Sequence[Path]],
) -> None:
    wanted = {
        (name, path.parent.name, path.name): path for name, paths in files.items() for path in paths
    }
    held = set(connection.execute(f"from {_table('frozen_files')}").fetchall())
    for name, month, file_name in sorted(held - wanted.keys()):
        connection.execute(f"delete from {_table(name)} where month_key = ?", [month])
        connection.execute(
            f"delete from {_table('frozen_files')} "
            "where relation = ? and month_key = ? and file_name = ?",
            [name, month, file_name],
        )
    for key in sorted(wanted.keys() - held):
        _fill(connection, key[0], columns[key[0]], wanted[key])
        connection.execute(f"insert into {_table('frozen_files')} values (?, ?, ?)", key)


def _fill(connection: duckdb.DuckDBPyConnection, name: str, types: Columns, path: Path) -> None:
    described = connection.execute(
        "select name from parquet_schema(?) where num_children is null", [str(path)]
    ).fetchall()
    present = {str(row[0]) for row in described}
    shared = ", ".join(column for column in types if column in present)
    connection.execute(
        f"insert into {_table(name)} by name select {shared} from read_parquet(?)", [str(path)]
    )

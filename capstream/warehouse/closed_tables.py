"""Schema `closed`: what closed months froze, as tables that models join with what is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from capstream.warehouse.connection import mark_version
from capstream.warehouse.names import identifier

CLOSED = "closed"


def replace_closed_tables(
    connection: duckdb.DuckDBPyConnection,
    *,
    columns: Mapping[str, Mapping[str, str]],
    files: Mapping[str, Sequence[Path]],
    tables: Mapping[str, pa.Table],
) -> None:
    """Rebuild the schema from files and tables, in one transaction.

    Args:
        connection: A writing connection.
        columns: Data type by column of each table that is filled from files.
        files: Parquet files of each of those tables; a column that a file lacks stays empty.
        tables: Tables that are given whole.
    """
    connection.execute("begin")
    try:
        mark_version(connection)
        connection.execute(f"drop schema if exists {CLOSED} cascade")
        connection.execute(f"create schema {CLOSED}")
        for name, types in columns.items():
            _create(connection, name, types)
            for path in files.get(name, ()):
                _fill(connection, name, types, path)
        for name, table in tables.items():
            connection.register("incoming_rows", table)
            connection.execute(
                f"create table {CLOSED}.{identifier(name)} as select * from incoming_rows"
            )
            connection.unregister("incoming_rows")
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def _create(connection: duckdb.DuckDBPyConnection, name: str, types: Mapping[str, str]) -> None:
    declared = ", ".join(f"{identifier(column)} {kind}" for column, kind in types.items())
    connection.execute(f"create table {CLOSED}.{identifier(name)} ({declared})")


def _fill(
    connection: duckdb.DuckDBPyConnection, name: str, types: Mapping[str, str], path: Path
) -> None:
    described = connection.execute(
        "select name from parquet_schema(?) where num_children is null", [str(path)]
    ).fetchall()
    present = {str(row[0]) for row in described}
    shared = ", ".join(column for column in types if column in present)
    connection.execute(
        f"insert into {CLOSED}.{identifier(name)} by name select {shared} from read_parquet(?)",
        [str(path)],
    )

"""Schemas and whole tables: created empty at the start, replaced in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from capstream.errors import UsageError
from capstream.warehouse.analysis_tables import ANALYSIS, ANALYSIS_TABLES
from capstream.warehouse.connection import SCHEMA_VERSION, connect, mark_version, stored_version
from capstream.warehouse.names import identifier
from capstream.warehouse.raw_tables import OPS_TABLES, RAW_TABLES

DBT_SCHEMAS = ("staging", "input", "intermediate", "marts", "reporting")


def bootstrap(connection: duckdb.DuckDBPyConnection) -> None:
    """Create every schema, and every raw, ops and analysis table that is not there yet, empty.

    A company without a source of some kind still has that kind's tables, so that every model
    can be built.
    """
    connection.execute("begin")
    try:
        _drop_outdated(connection)
        mark_version(connection)
        for schema in ("company", *DBT_SCHEMAS, *RAW_TABLES, ANALYSIS):
            connection.execute(f"create schema if not exists {identifier(schema)}")
        for schema, tables in {**RAW_TABLES, ANALYSIS: ANALYSIS_TABLES}.items():
            present = _tables_of(connection, schema)
            for name in (name for name in tables if name not in present):
                _replace(connection, f"{identifier(schema)}.{identifier(name)}",
                         tables[name].empty_table())  # fmt: skip
        for name, columns in ANALYSIS_TABLES.items():
            _add_columns(connection, name, columns)
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def _drop_outdated(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop the raw tables of an older layout: every source is read again into the new one.

    Answers of an API are files of their own, so nothing is fetched again.
    """
    if stored_version(connection) is None or has_this_layout(connection):
        return
    for (schema,) in connection.execute(
        "select schema_name from information_schema.schemata where schema_name = 'raw' "
        "or schema_name like 'raw\\_%' escape '\\' or schema_name like 'landing%'"
    ).fetchall():
        connection.execute(f"drop schema {identifier(schema)} cascade")
    for table in _tables_of(connection, "ops") & OPS_TABLES.keys():
        connection.execute(f"drop table ops.{identifier(table)}")


def has_this_layout(connection: duckdb.DuckDBPyConnection) -> bool:
    """Say whether every raw table of this version is there, with its columns and no others."""
    rows = connection.execute(
        "select table_schema, table_name, list(column_name order by ordinal_position) "
        "from information_schema.columns group by all"
    ).fetchall()
    present = {(schema, table): columns for schema, table, columns in rows}
    return stored_version(connection) == SCHEMA_VERSION and all(
        present.get((schema, name)) == columns.names
        for schema, tables in RAW_TABLES.items()
        for name, columns in tables.items()
    )


def require_this_layout(path: Path) -> None:
    """Let nothing be computed or loaded in part on a file whose sources must be read again.

    Raises:
        UsageError: The file is of an older layout.
    """
    if not path.is_file():
        return
    with connect(path, read_only=True) as connection:
        is_older = stored_version(connection) is not None and not has_this_layout(connection)
    if is_older:
        raise UsageError(
            f"the warehouse {path} is of an older version: run `capstream ingest` once for all "
            "sources, which reads them again, then go on"
        )


def replace_tables(
    connection: duckdb.DuckDBPyConnection, schema: str, tables: Mapping[str, pa.Table]
) -> None:
    """Make a schema hold exactly these tables, in one transaction.

    Args:
        connection: A writing connection.
        schema: The schema; tables in it that are not named are dropped.
        tables: Arrow tables by name.
    """
    connection.execute("begin")
    try:
        connection.execute(f"create schema if not exists {identifier(schema)}")
        for name in _tables_of(connection, schema) - tables.keys():
            connection.execute(f"drop table {identifier(schema)}.{identifier(name)}")
        for name, table in tables.items():
            _replace(connection, f"{identifier(schema)}.{identifier(name)}", table)
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def _add_columns(connection: duckdb.DuckDBPyConnection, name: str, columns: pa.Schema) -> None:
    """Give a table of results the columns that it did not have yet: unknown in older months."""
    table = f"{ANALYSIS}.{identifier(name)}"
    present = {row[0] for row in connection.execute(f"describe {table}").fetchall()}
    if present >= set(columns.names):
        return
    connection.register("wanted_columns", columns.empty_table())
    types = connection.execute("describe wanted_columns").fetchall()
    connection.unregister("wanted_columns")
    for column, column_type in ((row[0], row[1]) for row in types if row[0] not in present):
        connection.execute(f"alter table {table} add column {identifier(column)} {column_type}")


def _replace(connection: duckdb.DuckDBPyConnection, qualified: str, table: pa.Table) -> None:
    connection.register("incoming_rows", table)
    try:
        connection.execute(f"create or replace table {qualified} as select * from incoming_rows")
    finally:
        connection.unregister("incoming_rows")


def _tables_of(connection: duckdb.DuckDBPyConnection, schema: str) -> set[str]:
    rows = connection.execute(
        "select table_name from information_schema.tables where table_schema = ?", [schema]
    )
    return {str(row[0]) for row in rows.fetchall()}

"""What every engine can do, and how tables of the local file are listed for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

import duckdb

from capstream.warehouse.names import identifier

SENT = ("raw", "ops", "company", "closed", "analysis")
"""Schemas whose tables are loaded here and that models read as sources."""

TAKEN_BACK = ("input", "intermediate", "marts")
"""Schemas whose tables come back from the engine; staging and reporting are made here again."""

MODEL_SCHEMAS = ("staging", *TAKEN_BACK, "reporting")


class Column(NamedTuple):
    """A column with its type as DuckDB names it."""

    name: str
    data_type: str


class Engine(Protocol):
    """An open engine. Tables keep schema, name and columns on the way there and back.

    Attributes:
        target: Name of dbt's output in `profiles.yml`.
        database: Name of the database that dbt writes into its relations.
    """

    target: str
    database: str

    def environment(self) -> AbstractContextManager[None]:
        """Set what `profiles.yml` reads of this engine, for the length of a `with` block."""

    def send(self, local: duckdb.DuckDBPyConnection) -> None:
        """Replace the engine's copies of the schemas in `SENT`, and empty those of models.

        Raises:
            WarehouseError: The engine refused; its earlier tables stand or are sent again.
        """

    def take_back(
        self,
        local: duckdb.DuckDBPyConnection,
        relations: Mapping[str, Sequence[Column]],
    ) -> None:
        """Create tables that the engine built in the local file, in one transaction.

        Args:
            local: A writing connection.
            relations: Columns with their types by `schema.table`.

        Raises:
            WarehouseError: The engine refused, or a value does not fit the declared type.
        """


def tables_of(local: duckdb.DuckDBPyConnection, schema: str) -> dict[str, list[Column]]:
    """Return the columns of every table of a schema, in order."""
    rows = local.execute(
        "select table_name, column_name, data_type from duckdb_columns() "
        "where schema_name = ? order by table_name, column_index",
        [schema],
    ).fetchall()
    tables: dict[str, list[Column]] = {}
    for table, column, data_type in rows:
        tables.setdefault(table, []).append(Column(column, data_type))
    return tables


def replace_from(
    local: duckdb.DuckDBPyConnection, place: str, columns: Sequence[Column], rows: str
) -> None:
    """Replace a local table or view by the rows of a query that yields the columns in order.

    Args:
        local: A writing connection, inside a transaction.
        place: `schema.table`.
        columns: Names and types of the table.
        rows: What stands behind `from`, with columns of the same names.
    """
    schema, _, table = place.partition(".")
    existing = local.execute(
        "select table_type from information_schema.tables "
        "where table_schema = ? and table_name = ?",
        [schema, table],
    ).fetchone()
    if existing is not None:
        kind = "view" if existing[0] == "VIEW" else "table"
        local.execute(f"drop {kind} {identifier(schema)}.{identifier(table)}")
    declared = ", ".join(f'"{name}" {data_type}' for name, data_type in columns)
    cast = ", ".join(f'cast("{name}" as {data_type})' for name, data_type in columns)
    local.execute(f"create table {identifier(schema)}.{identifier(table)} ({declared})")
    local.execute(f"insert into {identifier(schema)}.{identifier(table)} select {cast} from {rows}")

"""PostgreSQL: tables travel as CSV through COPY, the server's own fast way in and out.

The database belongs to Capstream alone, because its schemas have plain names (`raw`, `input`), and
sorts text in binary order (locale C), because ties of allocations are broken by keys in that order.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote, urlsplit

import duckdb

from capstream.errors import UsageError, WarehouseError
from capstream.warehouse.engines.engine import (
    MODEL_SCHEMAS,
    SENT,
    Column,
    replace_from,
    tables_of,
)
from capstream.warehouse.engines.variables import variables
from capstream.warehouse.names import identifier

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection  # noqa: N812

TYPES = {"HUGEINT": "numeric(38, 0)", "DOUBLE": "double precision"}
"""Types that PostgreSQL names otherwise; the rest is spelled as in DuckDB."""

DEFAULT_PORT = 5432
NULL = r"\N"

CREATE_DATABASE = (
    "create database capstream encoding 'UTF8' lc_collate 'C' lc_ctype 'C' template template0"
)


class PostgresEngine:
    """A PostgreSQL database that holds nothing but this company's tables.

    Args:
        address: `postgresql://user:password@host:port/database`, from the environment.

    Raises:
        UsageError: The address is no such address, the driver is not installed, or the database
            does not sort in binary order.
        WarehouseError: The server cannot be reached.
    """

    target = "postgres"

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.database = parts.path.lstrip("/")
        if parts.scheme not in {"postgres", "postgresql"} or not (parts.hostname and self.database):
            raise UsageError(
                "the address of the PostgreSQL warehouse has another form: write "
                "postgresql://user:password@host:5432/database into the variable of connection_env"
            )
        self._settings = {
            "host": parts.hostname,
            "port": parts.port or DEFAULT_PORT,
            "user": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "dbname": self.database,
        }
        self._connection = _connected(self._settings)

    def __enter__(self) -> Self:
        self._refuse_other_order()
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    @contextmanager
    def environment(self) -> Iterator[None]:
        """Set host, port, user, password and database for `profiles.yml`."""
        names = {
            "HOST": str(self._settings["host"]),
            "PORT": str(self._settings["port"]),
            "USER": str(self._settings["user"]),
            "DATABASE": self.database,
        }
        values = {f"CAPSTREAM_POSTGRES_{name}": value for name, value in names.items()}
        # dbt keeps what begins so out of its logs.
        values["DBT_ENV_SECRET_CAPSTREAM_POSTGRES_PASSWORD"] = str(self._settings["password"])
        with variables(values):
            yield

    def send(self, local: duckdb.DuckDBPyConnection, schemas: Sequence[str] = SENT) -> None:
        """Replace every schema by the local tables, in one transaction of the server."""
        with self._plain_errors(), self._connection, self._connection.cursor() as cursor:
            cursor.execute("select 1 where to_regtype('public.double') is null")
            if cursor.fetchall():  # the name that models and contracts use
                cursor.execute("create domain public.double as double precision")
            for schema in dict.fromkeys((*schemas, *MODEL_SCHEMAS)):
                cursor.execute(f"drop schema if exists {identifier(schema)} cascade")
                cursor.execute(f"create schema {identifier(schema)}")
            for schema in schemas:
                for table, columns in tables_of(local, schema).items():
                    self._send_table(cursor, local, f"{schema}.{identifier(table)}", columns)

    def _send_table(
        self,
        cursor: Any,
        local: duckdb.DuckDBPyConnection,
        place: str,
        columns: Sequence[Column],
    ) -> None:
        declared = ", ".join(f'"{name}" {TYPES.get(kind, kind)}' for name, kind in columns)
        cursor.execute(f"create table {place} ({declared})")
        with _scratch_file() as path:
            local.execute(f"copy {place} to '{path}' (format csv, header false, nullstr '{NULL}')")
            with path.open(encoding="utf-8", newline="") as rows:
                cursor.copy_expert(f"copy {place} from stdin (format csv, null '{NULL}')", rows)
        cursor.execute(f"analyze {place}")

    def take_back(
        self,
        local: duckdb.DuckDBPyConnection,
        relations: Mapping[str, Sequence[Column]],
    ) -> None:
        """Read each table by COPY and create it in the local file, in one transaction."""
        local.execute("begin")
        try:
            for place, columns in relations.items():
                self._take_table(local, place, columns)
        except BaseException:
            local.execute("rollback")
            raise
        local.execute("commit")

    def _take_table(
        self, local: duckdb.DuckDBPyConnection, place: str, columns: Sequence[Column]
    ) -> None:
        names = ", ".join(f'"{name}"' for name, _ in columns)
        with _scratch_file() as path:
            with self._plain_errors(), self._connection.cursor() as cursor, path.open("wb") as rows:
                cursor.copy_expert(
                    f"copy (select {names} from {place}) to stdout "
                    f"(format csv, null '{NULL}', force_quote *)",
                    rows,
                )
            described = ", ".join(f"'{name}': 'VARCHAR'" for name, _ in columns)
            replace_from(
                local,
                place,
                columns,
                f"read_csv('{path}', header = false, nullstr = '{NULL}', quote = '\"', "
                f"escape = '\"', allow_quoted_nulls = false, auto_detect = false, "
                f"max_line_size = 67108864, columns = {{{described}}})",
            )

    def _refuse_other_order(self) -> None:
        with self._plain_errors(), self._connection.cursor() as cursor:
            cursor.execute(
                "select datcollate, pg_encoding_to_char(encoding) from pg_database "
                "where datname = current_database()"
            )
            [(order, encoding)] = cursor.fetchall()
        self._connection.rollback()
        if order not in {"C", "POSIX", "C.UTF-8", "C.utf8"} or encoding != "UTF8":
            raise UsageError(
                f"database {self.database} sorts by {order} in {encoding}, and cents would fall on "
                f"other rows: create one with `{CREATE_DATABASE}`"
            )

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        import psycopg2

        try:
            yield
        except psycopg2.Error as error:
            reason = str(error).strip().splitlines()[0]
            raise WarehouseError(
                f"PostgreSQL refused ({reason}): see the server's log, then run again"
            ) from error


def _connected(settings: Mapping[str, Any]) -> Connection:
    try:
        import psycopg2
    except ModuleNotFoundError as missing:
        raise UsageError(
            "target postgres needs its driver: install with `pip install 'capstream[postgres]'`"
        ) from missing
    try:
        connection: Connection = psycopg2.connect(**settings)
    except psycopg2.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise WarehouseError(
            f"PostgreSQL at {settings['host']}:{settings['port']} cannot be reached ({reason}): "
            "start it or mend the address, then run again"
        ) from error
    return connection


@contextmanager
def _scratch_file() -> Iterator[Path]:
    handle, name = tempfile.mkstemp(suffix=".csv")
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink()

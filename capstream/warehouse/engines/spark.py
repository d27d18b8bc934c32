"""Spark in this process (session method): tables are Parquet files that both engines read in place.

The session's tables live in one folder for the length of a build and are gone after it: they hold
pay, and the company's own file remembers what was computed.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import duckdb

from capstream.errors import WarehouseError
from capstream.warehouse.engines.engine import (
    MODEL_SCHEMAS,
    SENT,
    Column,
    replace_from,
    tables_of,
)
from capstream.warehouse.engines.spark_session import started_session
from capstream.warehouse.names import identifier

TYPES = {"HUGEINT": "decimal(38, 0)"}
"""Types that Parquet cannot hold exactly otherwise."""


class SparkEngine:
    """A Spark session of this process.

    Args:
        home: Folder of its tables, for it alone: emptied before and removed after use.

    Raises:
        UsageError: A package or a Java runtime that fits is not installed.
    """

    target = "spark"
    database = "spark"

    def __init__(self, home: Path) -> None:
        self._home = home.resolve()

    def __enter__(self) -> Self:
        self._remove()
        self._home.mkdir(mode=0o700, parents=True)
        try:
            self.session = started_session(self._home)
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.session.stop()
        self._remove()

    def _remove(self) -> None:
        shutil.rmtree(self._home, ignore_errors=True)

    @contextmanager
    def environment(self) -> Iterator[None]:
        """Need nothing: dbt takes the session that is running in this process."""
        yield

    def send(self, local: duckdb.DuckDBPyConnection, schemas: Sequence[str] = SENT) -> None:
        """Write each table as a Parquet file and declare it where it lies."""
        for schema in dict.fromkeys((*schemas, *MODEL_SCHEMAS)):
            self._run(f"drop schema if exists {identifier(schema)} cascade")
            self._run(f"create schema {identifier(schema)}")
            for folder in (self._sent(schema), self._built(schema)):
                shutil.rmtree(folder, ignore_errors=True)
        for schema in schemas:
            for table, columns in tables_of(local, schema).items():
                self._send_table(local, schema, table, columns)

    def _send_table(
        self, local: duckdb.DuckDBPyConnection, schema: str, table: str, columns: Sequence[Column]
    ) -> None:
        place = f"{identifier(schema)}.{identifier(table)}"
        folder = self._sent(schema) / table
        folder.mkdir(parents=True)
        rows = _text(folder / "rows.parquet")
        cast = ", ".join(
            f'cast("{name}" as {TYPES.get(kind, kind)}) as "{name}"' for name, kind in columns
        )
        local.execute(f"copy (select {cast} from {place}) to {rows} (format parquet)")
        self._run(f"create table {place} using parquet location {_text(folder)}")

    def take_back(
        self,
        local: duckdb.DuckDBPyConnection,
        relations: Mapping[str, Sequence[Column]],
    ) -> None:
        """Copy each table out of the files that Spark wrote, in one transaction."""
        local.execute("begin")
        try:
            for place, columns in relations.items():
                files = ", ".join(_text(file) for file in self._files(place))
                replace_from(local, place, columns, f"read_parquet([{files}])")
        except BaseException:
            local.execute("rollback")
            raise
        local.execute("commit")

    def _files(self, place: str) -> list[Path]:
        """Name the files of a table; what was built as a view is written to files first."""
        schema, _, table = place.partition(".")
        folder = self._built(schema) / table
        if not folder.exists():
            with _plain_errors():
                self.session.table(place).write.parquet(str(folder))
        return sorted(folder.glob("*.parquet"))

    def _run(self, statement: str) -> None:
        with _plain_errors():
            self.session.sql(statement)

    def _sent(self, schema: str) -> Path:
        return self._home / "sent" / schema

    def _built(self, schema: str) -> Path:
        return self._home / "tables" / f"{schema}.db"


def _text(path: Path) -> str:
    """Write a path as a text of SQL."""
    doubled = str(path).replace("'", "''")
    return f"'{doubled}'"


@contextmanager
def _plain_errors() -> Iterator[None]:
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as error:
        reason = str(error).strip().splitlines()[0]
        raise WarehouseError(f"Spark refused ({reason}): run the month again") from error

"""A company folder with one source, loaded and read back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from pydantic import TypeAdapter

from capstream.company.sources import SourceConfig
from capstream.connectors import SourceLoad, load_source, open_connector
from capstream.connectors.batches import Batches
from capstream.warehouse.raw_tables import KIND_TABLES, OPS_TABLES, RAW_TABLES

_SOURCES: TypeAdapter[Any] = TypeAdapter(SourceConfig)


def utc(text: str) -> datetime:
    """Return a moment as the warehouse gives it back: UTC, without an offset."""
    return datetime.fromisoformat(text)


class LoadingCompany:
    """A folder whose one source is loaded again and again."""

    def __init__(self, root: Path, **source: Any) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self.root = root
        self.kind = source["kind"]
        self.source = _SOURCES.validate_python({"name": "tracker", **source})
        self.warehouse = root / "var" / "capstream.duckdb"

    def load(self, **options: Any) -> SourceLoad:
        return load_source(
            self.root, self.source, self.warehouse, company_timezone="Europe/Berlin", **options
        )

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(statement).fetchall()

    def rows(self, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
        return self.query(f"select {columns} from raw.{table} order by all")

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return every normalised table, sorted: equal means the same rows, byte for byte."""
        return {table: self.rows(table) for table in KIND_TABLES[self.kind]}


class ReadCompany(LoadingCompany):
    """The same, read and normalised in memory: for what the load itself does not decide."""

    def load(self, **_: Any) -> SourceLoad:
        connector = open_connector(self.root, self.source, company_timezone="Europe/Berlin")
        self._connection = duckdb.connect(config={"threads": 1})
        self._connection.execute("set TimeZone = 'UTC'")
        for schema in ("raw", "ops"):
            self._connection.execute(f"create schema {schema}")
            for table, columns in RAW_TABLES[schema].items():
                self._fill(f"create table {schema}.{table} as", columns.empty_table())
        names = frozenset(extract.name for extract in connector.extracts())
        batches = Batches(self.source.name, self.kind)
        for table, batch in batches.filled(connector.records(names), connector.normaliser()):
            self._insert(table, batch)
        ((rejected,),) = self.query("select count(*) from ops.rejected_records")
        counts = {table: len(self.rows(table)) for table in KIND_TABLES[self.kind]}
        return SourceLoad(self.source.name, self.kind, False, counts, rejected, None, "")

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(statement).fetchall()

    def _insert(self, table: str, batch: pa.Table) -> None:
        place = f"{'ops' if table in OPS_TABLES else 'raw'}.{table}"
        self._fill(f"insert into {place}", batch.drop_columns(["record_number"]))

    def _fill(self, statement: str, rows: pa.Table) -> None:
        self._connection.register("incoming", rows)
        self._connection.execute(f"{statement} select distinct * from incoming")
        self._connection.unregister("incoming")

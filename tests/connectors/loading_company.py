"""A company folder with one source, loaded and read back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from pydantic import TypeAdapter

from capstream.company.sources import SourceConfig
from capstream.connectors import SourceLoad, load_source
from capstream.warehouse.raw_tables import KIND_TABLES

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
        return self.query(f"select {columns} from raw_{self.kind}.{table} order by all")

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return every normalised table, sorted: equal means the same rows, byte for byte."""
        return {table: self.rows(table) for table in KIND_TABLES[self.kind]}

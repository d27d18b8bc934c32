"""A company whose one source is asked by API, published in memory: quick, and otherwise real."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from pydantic import TypeAdapter

from capstream.company.sources import SourceConfig
from capstream.connectors import open_connector
from capstream.connectors.api.opening import Opening
from capstream.connectors.api.session import Patience
from capstream.connectors.batches import Batches
from capstream.connectors.extracts import joint_hash
from capstream.connectors.load_state import known_extracts
from capstream.connectors.loading import _as_known, _only_added, _publish, _settings_hash
from capstream.connectors.publishing import Publication
from capstream.warehouse import bootstrap
from capstream.warehouse.raw_tables import KIND_TABLES

_SOURCES: TypeAdapter[Any] = TypeAdapter(SourceConfig)
QUICK = Patience(attempts=4, connect=5, read=20, first_wait=1, longest_wait=4, longest_limit=60)
HASTY = Patience(attempts=4, connect=5, read=0.2, first_wait=1, longest_wait=4, longest_limit=60)


TODAY = datetime(2026, 11, 1, tzinfo=UTC)


class KilledError(BaseException):
    """What a killed process looks like from inside: nothing catches it."""


class TestClock:
    """Passes without waiting; kills the load at a chosen reading."""

    __test__ = False

    def __init__(self, dies_at: int = 0, today: datetime = TODAY) -> None:
        self.readings = 0
        self.slept: list[float] = []
        self._dies_at = dies_at
        self._today = today

    def now(self) -> datetime:
        self.readings += 1
        if self.readings == self._dies_at:
            raise KilledError
        return self._today + timedelta(seconds=sum(self.slept))

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


class FetchingCompany:
    """A folder whose source is fetched again and again."""

    def __init__(self, root: Path, **source: Any) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self.root = root
        self.source = _SOURCES.validate_python({"name": "tracker", "mode": "api", **source})
        self.today = TODAY
        self.patience = QUICK
        self.clock = TestClock()
        self.told: list[str] = []
        self._connection = duckdb.connect(config={"threads": 1})
        self._connection.execute("set TimeZone = 'UTC'")

    def load(self, *, full: bool = False, accept_shrink: bool = False, dies_at: int = 0) -> None:
        """Do what `load_source` does, without dlt and without a file."""
        if not self.query("select 1 from information_schema.schemata where schema_name = 'raw'"):
            bootstrap(self._connection)
            self._connection.execute("create schema landing")
        self.clock = TestClock(dies_at, self.today)
        opening = Opening(self.root, self.clock, self.patience)
        connector: Any = open_connector(self.root, self.source, opening=opening)
        connector.fetch(full=full, told=self.told.append)
        extracts, settings = connector.extracts(), _settings_hash(self.source)
        known = known_extracts(self._connection, "tracker")
        if not full and _as_known(extracts, settings) == known:
            return
        is_whole = (
            full or connector.is_whole or accept_shrink
            or not _only_added(extracts, settings, known)
        )  # fmt: skip
        names = frozenset(each.name for each in extracts if is_whole or each.name not in known)
        self._land(connector, names)
        _publish(
            self._connection,
            Publication(
                source="tracker", kind=self.source.kind, is_whole=is_whole,
                accepts_shrink=accept_shrink, extracts=extracts, settings_hash=settings,
                content_hash=joint_hash(extracts), is_fetched=True),
            0.01,
        )  # fmt: skip
        connector.accept()

    def fetched(self, *, dies_at: int = 0) -> dict[tuple[str, str], str]:
        """Fetch only; return the newest version of every record that is kept."""
        opening = Opening(self.root, TestClock(dies_at), self.patience)
        connector: Any = open_connector(self.root, self.source, opening=opening)
        connector.fetch(full=False, told=self.told.append)
        normaliser = connector.normaliser()
        newest: dict[tuple[str, str], tuple[Any, str]] = {}
        for raw in connector.records(frozenset(each.name for each in connector.extracts())):
            record = normaliser.normalise(raw)
            key = (record.record_type, record.record_key)
            version = (record.updated_at or datetime.min, raw.payload)  # noqa: DTZ901
            newest[key] = max(newest.get(key, version), version)
        return {key: payload for key, (_, payload) in newest.items()}

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(statement).fetchall()

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return every neutral table, sorted."""
        return {
            table: self.query(f"select * from raw.{table} order by all")
            for table in KIND_TABLES[self.source.kind]
        }

    def everything_written(self) -> bytes:
        """Return all bytes on disk, kept answers unpacked, and all text of the warehouse."""
        import gzip

        content = []
        for path in sorted(self.root.rglob("*")):
            if path.is_file():
                packed = path.read_bytes()
                content.append(gzip.decompress(packed) if path.suffix == ".gz" else packed)
        tables = ("raw.records", "ops.rejected_records", "ops.source_notices")
        shown = [repr(self.query(f"select * from {table}")).encode() for table in tables]
        return b"\n".join([*content, *shown])

    def _land(self, connector: Any, names: frozenset[str]) -> None:
        for (table,) in self.query(
            "select table_name from information_schema.tables where table_schema = 'landing'"
        ):
            self._connection.execute(f"drop table landing.{table}")
        batches = Batches("tracker", self.source.kind)
        for table, batch in batches.filled(connector.records(names), connector.normaliser()):
            self._append(table, batch)

    def _append(self, table: str, batch: pa.Table) -> None:
        self._connection.register("incoming", batch)
        self._connection.execute(
            f"create table if not exists landing.{table} as select * from incoming where false"
        )
        self._connection.execute(f"insert into landing.{table} select * from incoming")
        self._connection.unregister("incoming")


def digest(tables: dict[str, list[tuple[Any, ...]]]) -> str:
    """Return a hash of tables, for messages that stay short."""
    return hashlib.sha256(repr(tables).encode()).hexdigest()

"""The store of the orchestrator's events: the consolidated one, with one engine a process.

Dagster's own opens a new engine for every event, SQLAlchemy then compiles each statement anew, and
an event and what is indexed of it are four transactions with two looks at the layout of the file:
more processor time than the event is worth when a run writes two thousand of them.
"""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from typing import Any

from dagster import EventLogEntry
from dagster._core.storage.event_log import ConsolidatedSqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.event import listen


class OneEngineEventLogStorage(ConsolidatedSqliteEventLogStorage):
    """Events of all runs in one SQLite file, written through pooled connections."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._begun_here = threading.local()
        # Tables and columns that the file was seen to have: an upgrade takes none away.
        self._found: set[str] = set()
        super().__init__(base_dir, inst_data)

    @cached_property
    def _engine(self) -> Engine:
        # A killed writer may hold the file for a moment, so a writer waits as Dagster's own does.
        waiting = {"timeout": SQLITE_BUSY_TIMEOUT_SECONDS}
        engine = create_engine(self._conn_string, connect_args=waiting)
        listen(engine, "connect", _wait_for_no_disk)
        return engine

    @contextmanager
    def _begun(self) -> Iterator[Connection]:
        """Begin a transaction, or go on in the one that this thread is in."""
        begun: Connection | None = getattr(self._begun_here, "connection", None)
        if begun is not None:
            yield begun
            return
        with self._engine.begin() as connection:
            self._begun_here.connection = connection
            try:
                yield connection
            finally:
                self._begun_here.connection = None

    def run_connection(self, run_id: str | None) -> AbstractContextManager[Connection]:
        """Return a connection for the events of one run, in a transaction."""
        del run_id
        return self._begun()

    def index_connection(self) -> AbstractContextManager[Connection]:
        """Return a connection for events across runs, in a transaction."""
        return self._begun()

    def store_event(self, event: EventLogEntry) -> None:
        """Store an event and what is indexed of it, both or neither."""
        with self._begun():
            super().store_event(event)

    def has_table(self, table_name: str) -> bool:
        """Say whether the file has a table."""
        if table_name not in self._found and super().has_table(table_name):
            self._found.add(table_name)
        return table_name in self._found

    def _has_asset_key_col_on_connection(self, conn: Connection, column_name: str) -> bool:
        known = f"asset_keys.{column_name}"
        if known not in self._found and super()._has_asset_key_col_on_connection(conn, column_name):
            self._found.add(known)
        return known in self._found


def _wait_for_no_disk(connection: Any, _: object) -> None:
    """Leave it to the system when events reach the disk: beside the log the file stays whole.

    A machine that loses its power may lose the last events of its history, never part of one;
    a killed process loses none. https://sqlite.org/pragma.html#pragma_synchronous
    """
    connection.execute("pragma synchronous = normal")

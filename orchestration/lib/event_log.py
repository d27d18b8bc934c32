"""The store of the orchestrator's events: the consolidated one, with one engine a process.

Dagster's own opens a new engine for every event, and SQLAlchemy then compiles each statement
anew: more processor time than the event is worth when a run writes two thousand of them.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property

from dagster._core.storage.event_log import ConsolidatedSqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from sqlalchemy import Connection, Engine, create_engine


class OneEngineEventLogStorage(ConsolidatedSqliteEventLogStorage):
    """Events of all runs in one SQLite file, written through pooled connections."""

    @cached_property
    def _engine(self) -> Engine:
        # A killed writer may hold the file for a moment, so a writer waits as Dagster's own does.
        waiting = {"timeout": SQLITE_BUSY_TIMEOUT_SECONDS}
        return create_engine(self._conn_string, connect_args=waiting)

    @contextmanager
    def _begun(self) -> Iterator[Connection]:
        with self._engine.begin() as connection:
            yield connection

    def run_connection(self, run_id: str | None) -> AbstractContextManager[Connection]:
        """Return a connection for the events of one run, in a transaction of its own."""
        del run_id
        return self._begun()

    def index_connection(self) -> AbstractContextManager[Connection]:
        """Return a connection for events across runs, in a transaction of its own."""
        return self._begun()

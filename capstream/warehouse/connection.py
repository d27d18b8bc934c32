"""The only door to the database file: opened for one block, closed after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from capstream.errors import WarehouseError

SCHEMA_VERSION = 2
"""Version of the warehouse's layout; a file of a newer version is never touched."""

STORAGE_VERSION = "v1.5.0"
"""DuckDB's layout of a new file: it writes texts for two thirds of what the oldest layout takes."""

LOADING_MEMORY = "1GB"
"""What the engine may hold of a load; what is more it writes beside the file while it works."""

_VERSION_TABLE = "ops.warehouse_version"


@contextmanager
def connect(
    path: Path, *, read_only: bool = False, memory: str | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse for the length of a `with` block.

    Args:
        path: The DuckDB file; created when missing unless `read_only`.
        read_only: Open without the writer's lock.
        memory: What the engine may hold, such as `1GB`; None for its own choice.

    Raises:
        WarehouseError: The file is missing, locked, damaged or of a newer version.
    """
    if read_only and not path.exists():
        raise WarehouseError(f"no warehouse at {path}: run `capstream run --month YYYY-MM` first")
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = _opened(path, read_only=read_only)
    try:
        connection.execute("set TimeZone = 'UTC'")
        if memory is not None:
            connection.execute("set memory_limit = ?", [memory])
        _refuse_downloads(connection)
        _refuse_newer(connection, path)
        yield connection
    finally:
        connection.close()


def _opened(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    try:
        if not read_only and not path.exists():
            _create(path)
        return duckdb.connect(str(path), read_only=read_only)
    except duckdb.Error as error:
        raise WarehouseError(_opening_failure(path, str(error))) from error


def _create(path: Path) -> None:
    """Make an empty file; only attaching can name its layout, which then stays the file's own."""
    name = str(path).replace("'", "''")
    with duckdb.connect() as connection:
        connection.execute(f"attach '{name}' as created (storage_version '{STORAGE_VERSION}')")


def _opening_failure(path: Path, reason: str) -> str:
    """Say in plain words why the file could not be opened, and what to do."""
    first_line = reason.strip().splitlines()[0]
    if "lock" in reason.lower():
        return f"the warehouse {path} is in use by another program: wait for it to end, run again"
    if "different configuration" in reason:
        return f"the warehouse {path} is already open in this program: close it first"
    if "newer version" in reason or "storage version" in reason:
        return f"the warehouse {path} was written by a newer DuckDB: update Capstream"
    return (
        f"the warehouse {path} cannot be read ({first_line}): move it away and run again; "
        "it is rebuilt from the sources"
    )


def _refuse_downloads(connection: duckdb.DuckDBPyConnection) -> None:
    """Let no statement fetch an extension: everything that runs came with the package."""
    connection.execute("set autoinstall_known_extensions = false")
    connection.execute("set autoload_known_extensions = false")


def stored_version(connection: duckdb.DuckDBPyConnection) -> int | None:
    """Return the layout version the file carries; None for an empty file."""
    try:
        row = connection.execute(f"select max(version) from {_VERSION_TABLE}").fetchone()
    except duckdb.CatalogException:
        return None
    return None if row is None or row[0] is None else int(row[0])


def _refuse_newer(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    version = stored_version(connection)
    if version is not None and version > SCHEMA_VERSION:
        raise WarehouseError(
            f"the warehouse {path} has layout version {version}, this Capstream knows "
            f"{SCHEMA_VERSION}: update Capstream"
        )


def mark_version(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the layout version into the file, once."""
    connection.execute("create schema if not exists ops")
    connection.execute(f"create table if not exists {_VERSION_TABLE} (version integer not null)")
    if stored_version(connection) != SCHEMA_VERSION:
        connection.execute(f"insert into {_VERSION_TABLE} values ({SCHEMA_VERSION})")

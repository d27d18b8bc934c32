"""One source brought into the warehouse, whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from capstream.company.sources import SourceConfig
from capstream.connectors.api.opening import Opening
from capstream.connectors.batches import Batches
from capstream.connectors.extracts import joint_hash
from capstream.connectors.guards import (
    refuse_bad_share,
    refuse_lost_parts,
    refuse_missing_records,
    row_counts,
)
from capstream.connectors.landing import land
from capstream.connectors.load_state import (
    clear_failure,
    has_shape,
    known_extracts,
    write_counts,
    write_failure,
    write_remarks,
)
from capstream.connectors.publishing import (
    Publication,
    choose_versions,
    clear_landing,
    mark_missing,
    replace_rows,
)
from capstream.connectors.records import Connector, Extract, Fetches
from capstream.connectors.registry import open_connector
from capstream.errors import InputError, Problem
from capstream.warehouse import LOADING_MEMORY, bootstrap, connect
from capstream.warehouse.raw_tables import KIND_TABLES, RAW
from capstream.warehouse.tables import has_this_layout

ROWS_VERSION = 2
"""Version of what the normalisers write; raised, it makes every source be read again."""


@dataclass(frozen=True, slots=True)
class SourceLoad:
    """What the warehouse holds of a source after a load.

    Attributes:
        source: Name of the source.
        kind: Its kind.
        is_skipped: Nothing had changed, nothing was read.
        counts: Rows by neutral table.
        rejected: Records and parts quarantined.
        watermark: Newest record time, UTC; None without records.
        content_hash: Hash over the names and contents of all parts.
    """

    source: str
    kind: str
    is_skipped: bool
    counts: Mapping[str, int]
    rejected: int
    watermark: datetime | None
    content_hash: str


def load_source(
    company_root: Path,
    source: SourceConfig,
    warehouse_path: Path,
    *,
    full: bool = False,
    accept_shrink: bool = False,
    company_timezone: str | None = None,
    max_rejected_share: float = 0.01,
    told: Callable[[str], None] = lambda _: None,
    opening: Opening | None = None,
) -> SourceLoad:
    """Bring a source into the warehouse.

    Only what changed is read: nothing where every file is as it was, added files where only
    files were added, else everything. The result is that of reading everything at once.

    Args:
        company_root: The company folder.
        source: An entry of `sources`.
        warehouse_path: The DuckDB file.
        full: Read everything.
        accept_shrink: Let records go that a smaller extract no longer lists.
        company_timezone: Named in the remedy for times that lack an offset.
        max_rejected_share: Share of a source's records that may be quarantined.
        told: Hears how far a load from an API is.
        opening: How an API is asked, when not with this machine's clock and usual patience.

    Raises:
        InputError: The extract is missing, shrunken or bad beyond the allowed share; the
            warehouse is unchanged.
        SourceError: The source or the load failed; safe to run again.
    """
    connector = open_connector(
        company_root, source, company_timezone=company_timezone, opening=opening
    )
    kind = source.kind
    is_anew = False
    if isinstance(connector, Fetches):
        connector.fetch(full=full, told=told)
        is_anew = connector.is_whole
    extracts = connector.extracts()
    settings_hash = _settings_hash(source)
    with connect(warehouse_path) as connection:
        _prepare(connection)
        _refuse_other_kind(connection, source.name, kind)
        known = known_extracts(connection, source.name)
        if not full and _as_known(extracts, settings_hash) == known:
            clear_failure(connection, source.name)
            return _summary(connection, source.name, kind, is_skipped=True)
    may_add = connector.takes_additions and _only_added(extracts, settings_hash, known)
    is_whole = full or is_anew or accept_shrink or not may_add
    names = frozenset(extract.name for extract in extracts if is_whole or extract.name not in known)
    publication = Publication(
        source=source.name,
        kind=kind,
        is_whole=is_whole,
        accepts_shrink=accept_shrink,
        extracts=extracts,
        settings_hash=settings_hash,
        content_hash=joint_hash(extracts),
        is_fetched=isinstance(connector, Fetches),
    )
    _land(connector, names, publication, warehouse_path, company_root)
    with connect(warehouse_path, memory=LOADING_MEMORY) as connection:
        _publish(connection, publication, max_rejected_share)
        summary = _summary(connection, source.name, kind, is_skipped=False)
    if isinstance(connector, Fetches):
        connector.accept()
    return summary


def note_failure(warehouse_path: Path, source: SourceConfig, message: str) -> None:
    """Write down that a source could not be loaded; its last good load stands.

    Args:
        warehouse_path: The DuckDB file.
        source: The entry of `sources`.
        message: What failed, with the next step.
    """
    with connect(warehouse_path) as connection:
        _prepare(connection)
        write_failure(connection, source.name, source.kind, message)


def retire_sources(warehouse_path: Path, configured: Sequence[str]) -> list[str]:
    """Take out of the warehouse what belongs to sources that are no longer configured.

    Args:
        warehouse_path: The DuckDB file.
        configured: Names of the sources that stay.

    Returns:
        The names that were taken out, sorted.
    """
    with connect(warehouse_path) as connection:
        _prepare(connection)
        rows = connection.execute("select distinct source, kind from ops.source_files").fetchall()
        gone = sorted((str(name), str(kind)) for name, kind in rows if name not in configured)
        connection.execute("begin")
        for name, kind in gone:
            _forget(connection, name, kind)
        connection.execute(
            "delete from ops.source_failures where not list_contains(?, source)", [list(configured)]
        )
        connection.execute("commit")
    return [name for name, _ in gone]


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Create what is not there yet; most loads find everything in place."""
    if not has_this_layout(connection):
        bootstrap(connection)


def _land(
    connector: Connector,
    names: frozenset[str],
    publication: Publication,
    warehouse: Path,
    company_root: Path,
) -> None:
    batches = Batches(publication.source, publication.kind)
    land(
        batches.filled(connector.records(names), connector.normaliser()),
        source=publication.source,
        warehouse=warehouse,
        working=company_root / "var" / "dlt",
    )


def _publish(
    connection: duckdb.DuckDBPyConnection, publication: Publication, max_rejected_share: float
) -> None:
    connection.execute("begin")
    try:
        before = row_counts(connection, publication.source)
        choose_versions(connection, publication)
        refuse_missing_records(connection, publication)
        write_remarks(connection, publication)
        replace_rows(connection, publication)
        mark_missing(connection, publication)
        write_counts(connection, publication)
        clear_failure(connection, publication.source)
        refuse_bad_share(connection, publication, max_rejected_share)
        refuse_lost_parts(connection, publication, before)
        clear_landing(connection, publication)
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def _summary(
    connection: duckdb.DuckDBPyConnection, source: str, kind: str, *, is_skipped: bool
) -> SourceLoad:
    row = connection.execute(
        "select max(watermark_at), max(content_hash) from ops.source_loads where source = ?",
        [source],
    ).fetchone()
    rejected = connection.execute(
        "select count(*) from ops.rejected_records where source = ?", [source]
    ).fetchone()
    watermark, content_hash = row or (None, None)
    return SourceLoad(
        source=source,
        kind=kind,
        is_skipped=is_skipped,
        counts=row_counts(connection, source),
        rejected=int(rejected[0]) if rejected else 0,
        watermark=watermark,
        content_hash=str(content_hash or ""),
    )


def _settings_hash(source: SourceConfig) -> str:
    """Hash the settings that shape rows; where the files are does not."""
    settings = source.model_dump_json(exclude={"name", "path", "allow_outside"})
    return hashlib.sha256(f"{ROWS_VERSION} {settings}".encode()).hexdigest()


def _as_known(extracts: Sequence[Extract], settings_hash: str) -> dict[str, str]:
    return {extract.name: f"{settings_hash}:{extract.content_hash}" for extract in extracts}


def _only_added(extracts: Sequence[Extract], settings_hash: str, known: Mapping[str, str]) -> bool:
    """Say whether all that was read before is still there, unchanged."""
    now = _as_known(extracts, settings_hash)
    return bool(known) and all(now.get(name) == joined for name, joined in known.items())


def _refuse_other_kind(connection: duckdb.DuckDBPyConnection, source: str, kind: str) -> None:
    if not has_shape(connection, source, kind):
        message = f"source {source} was loaded as another kind before"
        remedy = "give the new source a name of its own"
        raise InputError([Problem("capstream.yaml", 0, f"sources.{source}.kind", message, remedy)])


def _forget(connection: duckdb.DuckDBPyConnection, source: str, kind: str) -> None:
    connection.execute(f"delete from {RAW}.records where source = ?", [source])
    for table in KIND_TABLES[kind]:
        connection.execute(f"delete from {RAW}.{table} where record_source = ?", [source])
    for table in ("source_loads", "source_files", "source_rows", "rejected_records",
                  "source_failures"):  # fmt: skip
        connection.execute(f"delete from ops.{table} where source = ?", [source])
    connection.execute("delete from ops.source_notices where source = ?", [source])

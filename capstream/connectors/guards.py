"""What stops a load before it becomes public: a shrunken extract, too many bad records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from capstream.connectors.publishing import Publication
from capstream.errors import InputError, Problem, SourceError
from capstream.warehouse.raw_tables import KIND_TABLES, RAW

_GUARDED_PARTS = frozenset({"work_item_changes", "worklogs", "reviews"})
"""Parts of records that nobody takes back in passing, as comments or a branch's commits are."""

_SHRINK_REMEDY = "export the source completely, or accept the smaller extract with --accept-shrink"


_ASK_REMEDY = (
    "run capstream ingest --full again: a page lost them; if they are gone for good, "
    "add --accept-shrink"
)


def refuse_missing_records(connection: duckdb.DuckDBPyConnection, publication: Publication) -> None:
    """Refuse a whole reading that lists fewer records of a type than the last good load.

    Raises:
        InputError: With the counts before and now.
        SourceError: The same, where an API listed them.
    """
    if publication.accepts_shrink or not publication.is_whole:
        return
    rows = connection.execute(
        f"""
        select known.record_type, count(*) as known_count,
            count(*) filter (where chosen.record_key is null) as missing_count,
            (
                select count(*) from chosen_records as listed
                where listed.record_type = known.record_type
            ) as listed_count,
            min(known.origin) filter (where chosen.record_key is null) as missing_origin
        from {RAW}.records as known
        left join chosen_records as chosen
            on chosen.record_type = known.record_type and chosen.record_key = known.record_key
        where known.source = ? and not known.is_deleted
        group by known.record_type
        having listed_count < count(*)
        order by known.record_type
        """,
        [publication.source],
    ).fetchall()
    found = [
        (
            (
                f"the extract lists {listed:,} records of type {record_type}, the last good load "
                f"had {known:,} ({missing:,} are missing)"
            ),
            str(origin),
        )
        for record_type, known, missing, listed, origin in rows
    ]
    _refuse_shrunken(publication, found)


def refuse_lost_parts(
    connection: duckdb.DuckDBPyConnection, publication: Publication, before: Mapping[str, int]
) -> None:
    """Refuse a load after which a source has fewer changes, worklogs or reviews than before.

    Args:
        connection: Inside the load's transaction, counts already written.
        publication: The load.
        before: Rows per table of the last good load.

    Raises:
        InputError: With the counts before and now.
        SourceError: The same, where an API listed them.
    """
    if publication.accepts_shrink:
        return
    now = row_counts(connection, publication.source)
    found = [
        (
            f"the extract leaves {now[table]:,} {table}, the last good load had {before[table]:,}",
            publication.extracts[-1].name if publication.extracts else "",
        )
        for table in KIND_TABLES[publication.kind]
        if table in _GUARDED_PARTS and now.get(table, 0) < before.get(table, 0)
    ]
    _refuse_shrunken(publication, found)


def _refuse_shrunken(publication: Publication, found: Sequence[tuple[str, str]]) -> None:
    """Refuse what has become fewer: a file was exported badly, or a page of an API lost some."""
    if found and publication.is_fetched:
        message, origin = found[0]
        raise SourceError(publication.source, f"{origin}: {message}", _ASK_REMEDY)
    if found:
        problems = [_problem(publication.source, message, _SHRINK_REMEDY) for message, _ in found]
        raise InputError(problems)


def row_counts(connection: duckdb.DuckDBPyConnection, source: str) -> dict[str, int]:
    """Return the rows of each normalised table of a source."""
    rows = connection.execute(
        "select table_name, row_count from ops.source_rows where source = ?", [source]
    ).fetchall()
    return {str(name): int(count) for name, count in rows}


def refuse_bad_share(
    connection: duckdb.DuckDBPyConnection, publication: Publication, max_share: float
) -> None:
    """Refuse a load in which too many records, or too many rows of all, are rejected.

    Raises:
        InputError: With the counts and the first rejected places.
    """
    delivered, rejected = _sums(
        connection,
        "select sum(delivered_count), sum(rejected_count) from ops.source_loads where source = ?",
        publication.source,
    )
    (rejected_rows,) = _sums(
        connection,
        "select count(*) from ops.rejected_records where source = ?",
        publication.source,
    )
    rows = sum(row_counts(connection, publication.source).values()) + rejected_rows
    if rejected <= max_share * delivered and rejected_rows <= max_share * max(rows, delivered):
        return
    message = (
        f"{max(rejected, rejected_rows):,} of {delivered:,} records cannot be used, more than "
        f"sources_max_rejected_share {max_share:g} allows"
    )
    remedy = "correct the records named here, or raise sources_max_rejected_share"
    raise InputError(
        [_problem(publication.source, message, remedy), *_first_rejected(connection, publication)]
    )


def _sums(connection: duckdb.DuckDBPyConnection, query: str, source: str) -> tuple[int, ...]:
    row = connection.execute(query, [source]).fetchone() or ()
    return tuple(int(value or 0) for value in row)


def _first_rejected(
    connection: duckdb.DuckDBPyConnection, publication: Publication, limit: int = 20
) -> list[Problem]:
    rows = connection.execute(
        "select origin, column_name, reason, remedy from ops.rejected_records where source = ? "
        "order by origin, record_type, record_key, column_name limit ?",
        [publication.source, limit],
    ).fetchall()
    return [_rejected_problem(*row) for row in rows]


def _rejected_problem(origin: str, column: str, reason: str, remedy: str) -> Problem:
    file, _, line = origin.rpartition(":")
    is_line = bool(file) and line.isdecimal()
    return Problem(file if is_line else origin, int(line) if is_line else 0, column, reason, remedy)


def _problem(source: str, message: str, remedy: str) -> Problem:
    return Problem("capstream.yaml", 0, f"sources.{source}", message, remedy)

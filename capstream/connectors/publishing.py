"""What has landed made public: one transaction, together with the state of the load."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from capstream.connectors.landing import LANDING
from capstream.connectors.records import Extract
from capstream.warehouse.raw_tables import KIND_TABLES, NEUTRAL_TABLES, RAW, RECORDS

MERGED_TABLES = frozenset({"actors"})
"""Tables whose rows many records give: they grow by what is new and belong to no one record."""

_RECORD_COLUMNS = ", ".join(RECORDS.names)
_BYTES_AT_ONCE = 120_000_000
_BESIDE_PAYLOAD = 200
_FEWEST_AT_ONCE = 30_000
_WINNER_ORDER = "updated_at desc nulls last, record_hash desc, origin, record_number"


@dataclass(frozen=True, slots=True)
class Publication:
    """What is to be made public.

    Attributes:
        source: Name of the source.
        kind: Its kind.
        is_whole: Every extract was read; otherwise only added ones.
        accepts_shrink: What is missing from a whole reading is gone.
        extracts: All parts that the source has now.
        settings_hash: Hash of the settings that shape the rows.
        content_hash: Joint hash of all parts.
        is_fetched: The records came from an API, not from an export.
    """

    source: str
    kind: str
    is_whole: bool
    accepts_shrink: bool
    extracts: Sequence[Extract]
    settings_hash: str
    content_hash: str
    is_fetched: bool = False


def landed_tables(connection: duckdb.DuckDBPyConnection, publication: Publication) -> set[str]:
    """Name the tables that this or an earlier load of the kind landed."""
    rows = connection.execute(
        "select table_name from information_schema.tables where table_schema = ?",
        [LANDING],
    ).fetchall()
    return {str(name) for (name,) in rows}


def choose_versions(connection: duckdb.DuckDBPyConnection, publication: Publication) -> None:
    """Decide which landed version of each record holds.

    Writes `chosen_records`: the newest version of each key, the greatest hash among equals,
    without those that what is already public beats.
    """
    landed = "records" in landed_tables(connection, publication)
    rows = f"{LANDING}.records" if landed else "no_landed_records"
    if not landed:
        connection.execute(
            f"create or replace temp table no_landed_records as select *, 0::bigint as "
            f"record_number from {RAW}.records where false"
        )
    _rank_versions(connection, rows)
    is_newest = "" if publication.is_whole else _NEWER_THAN_KNOWN.format(rows=rows)
    connection.execute(
        f"""
        create or replace temp table chosen_records as
        select landed.record_type, landed.record_key, landed.record_number
        from landed_versions as landed
        where landed.version_rank = 1 {is_newest}
        """,
        None if publication.is_whole else [publication.source],
    )


_NEWER_THAN_KNOWN = f"""and landed.record_number not in (
    select own.record_number from {{rows}} as own
    inner join {RAW}.records as known
        on known.source = ? and not known.is_deleted
        and known.record_type = own.record_type and known.record_key = own.record_key
    where (coalesce(own.updated_at::timestamp, timestamp '0001-01-01'), own.record_hash)
        <= (coalesce(known.updated_at, timestamp '0001-01-01'), known.record_hash)
)"""


def _rank_versions(connection: duckdb.DuckDBPyConnection, rows: str) -> None:
    """Write `landed_versions`; only keys that may come twice, by their hash, are sorted."""
    connection.execute(
        f"""
        create or replace temp table repeated_keys as
        select hash(record_type, record_key) as key_hash from {rows}
        group by key_hash having count(*) > 1
        """
    )
    is_repeated = "hash(record_type, record_key) in (select key_hash from repeated_keys)"
    connection.execute(
        f"""
        create or replace temp table landed_versions as
        select record_type, record_key, record_number, 1::bigint as version_rank
        from {rows} where not ({is_repeated})
        union all
        select record_type, record_key, record_number,
            row_number() over (
                partition by record_type, record_key order by {_WINNER_ORDER}
            ) as version_rank
        from {rows} where {is_repeated}
        """
    )


def replace_rows(connection: duckdb.DuckDBPyConnection, publication: Publication) -> None:
    """Put the chosen versions in place of what the public tables hold of the same records."""
    landed = landed_tables(connection, publication)
    at_once = _records_at_once(connection) if "records" in landed else _FEWEST_AT_ONCE
    for table in ("records", *KIND_TABLES[publication.kind]):
        if table in MERGED_TABLES:
            continue
        _remove_replaced(connection, publication, table)
        if table in landed:
            _insert_chosen(connection, table, at_once)
    for table in MERGED_TABLES & set(KIND_TABLES[publication.kind]) & landed:
        _merge(connection, publication, table)


def mark_missing(connection: duckdb.DuckDBPyConnection, publication: Publication) -> None:
    """Mark the records that a whole reading no longer lists; with the shrink accepted, let go.

    A record that went missing stays as it was known, marked. Once a shrink is accepted its
    native text stays, marked, and its rows leave the normalised tables.
    """
    if not publication.is_whole or not _has_missing(connection, publication):
        return
    missing = "not exists (select 1 from chosen_records as chosen where {})"
    same = "chosen.record_type = kept.record_type and chosen.record_key = kept.record_key"
    condition = missing.format(same)
    connection.execute(
        f"update {RAW}.records as kept set is_deleted = true where kept.source = ? and {condition}",
        [publication.source],
    )
    for table in KIND_TABLES[publication.kind]:
        if table in MERGED_TABLES:
            continue
        if publication.accepts_shrink:
            _forget_missing(connection, publication, table, condition)
        elif "is_deleted" in NEUTRAL_TABLES[table].names:
            connection.execute(
                f"update {RAW}.{table} as kept set is_deleted = true "
                f"where kept.record_source = ? and {condition}",
                [publication.source],
            )


def clear_landing(connection: duckdb.DuckDBPyConnection, publication: Publication) -> None:
    """Empty the landing schema; dlt's own tables stay."""
    for table in sorted(landed_tables(connection, publication)):
        if not table.startswith("_dlt"):
            connection.execute(f"truncate {LANDING}.{table}")


def _forget_missing(
    connection: duckdb.DuckDBPyConnection, publication: Publication, table: str, condition: str
) -> None:
    connection.execute(
        f"delete from {RAW}.{table} as kept where kept.record_source = ? and {condition}",
        [publication.source],
    )


def _remove_replaced(
    connection: duckdb.DuckDBPyConnection, publication: Publication, table: str
) -> None:
    owner = "source" if table == "records" else "record_source"
    connection.execute(
        f"""
        delete from {RAW}.{table} as known
        where known.{owner} = ? and exists (
            select 1 from chosen_records as chosen
            where chosen.record_type = known.record_type
                and chosen.record_key = known.record_key
        )
        """,
        [publication.source],
    )


def _insert_chosen(connection: duckdb.DuckDBPyConnection, table: str, at_once: int) -> None:
    """Insert in the order the records were read, so many at a time that the memory holds them."""
    columns = _RECORD_COLUMNS if table == "records" else ", ".join(NEUTRAL_TABLES[table].names)
    row = connection.execute(
        f"select min(record_number), max(record_number) from {LANDING}.{table}"
    ).fetchone()
    first, last = row if row and row[0] is not None else (0, -1)
    for start in range(first, last + 1, at_once):
        connection.execute(
            f"""
            insert into {RAW}.{table} ({columns})
            select {columns} from {LANDING}.{table}
            where record_number >= $start and record_number < $stop and record_number in (
                select record_number from chosen_records
                where record_number >= $start and record_number < $stop
            )
            order by record_number
            """,
            {"start": start, "stop": start + at_once},
        )


def _records_at_once(connection: duckdb.DuckDBPyConnection) -> int:
    """Return how many records of the landed ones, by their native texts, fit beside each other."""
    row = connection.execute(f"select avg(strlen(payload)) from {LANDING}.records").fetchone()
    average = float(row[0] or 0) if row else 0.0
    return max(_FEWEST_AT_ONCE, int(_BYTES_AT_ONCE / (average + _BESIDE_PAYLOAD)))


def _has_missing(connection: duckdb.DuckDBPyConnection, publication: Publication) -> bool:
    """Say whether the source has records, by now, that were not read."""
    row = connection.execute(
        f"""
        select (select count(*) from {RAW}.records where source = ?)
            > (select count(*) from chosen_records)
        """,
        [publication.source],
    ).fetchone()
    return bool(row and row[0])


def _merge(connection: duckdb.DuckDBPyConnection, publication: Publication, table: str) -> None:
    """Join new rows to known ones, each once; they name their source but no record."""
    if publication.is_whole:
        connection.execute(
            f"delete from {RAW}.{table} where record_source = ?", [publication.source]
        )
    columns = NEUTRAL_TABLES[table].names
    shown = ", ".join(
        f"null as {name}" if name in {"record_type", "record_key"} else name for name in columns
    )
    connection.execute(
        f"""
        insert into {RAW}.{table} ({", ".join(columns)})
        select distinct {shown} from {LANDING}.{table}
        except
        select {", ".join(columns)} from {RAW}.{table}
        """
    )

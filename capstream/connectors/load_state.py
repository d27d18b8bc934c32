"""What a load says of itself: counts, files, rejections; written in the load's transaction."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from capstream.connectors.landing import LANDING
from capstream.connectors.publishing import Publication, landed_tables
from capstream.connectors.records import Extract
from capstream.warehouse.raw_tables import KIND_TABLES, OPS_TABLES, RAW

_SPOKEN_OF = ("rejected_records", "source_notices")


def known_extracts(connection: duckdb.DuckDBPyConnection, source: str) -> dict[str, str]:
    """Return the hash of each part of the last good load, settings included, by its name."""
    rows = connection.execute(
        "select file, settings_hash || ':' || content_hash from ops.source_files where source = ?",
        [source],
    ).fetchall()
    return {str(file): str(joined) for file, joined in rows}


def has_shape(connection: duckdb.DuckDBPyConnection, source: str, kind: str) -> bool:
    """Say whether the last good load of this name was of this kind (or there was none)."""
    rows = connection.execute(
        "select distinct kind from ops.source_files where source = ?", [source]
    ).fetchall()
    return all(known == kind for (known,) in rows)


def write_failure(
    connection: duckdb.DuckDBPyConnection, source: str, kind: str, message: str
) -> None:
    """Note that the last load of a source failed in an outside system."""
    clear_failure(connection, source)
    connection.execute("insert into ops.source_failures values (?, ?, ?)", [source, kind, message])


def clear_failure(connection: duckdb.DuckDBPyConnection, source: str) -> None:
    """Forget the failure of a source that loads again."""
    connection.execute("delete from ops.source_failures where source = ?", [source])


def write_remarks(connection: duckdb.DuckDBPyConnection, publication: Publication) -> None:
    """Write rejections and notices, before the rows they speak of are replaced.

    A rejected record counts wherever it was delivered; a rejected part only where the version
    of its record holds.
    """
    landed = landed_tables(connection, publication)
    for table in _SPOKEN_OF:
        _drop_outdated(connection, publication, table)
        if table in landed:
            columns = ", ".join(OPS_TABLES[table].names)
            connection.execute(
                f"""
                insert into ops.{table} ({columns})
                select {columns} from {LANDING}.{table}
                where record_number is null
                    or record_number in (select record_number from chosen_records)
                order by origin, record_type, record_key, record_number
                """
            )


def _drop_outdated(
    connection: duckdb.DuckDBPyConnection, publication: Publication, table: str
) -> None:
    """Take out what was said of records that are replaced: of all, where all were read."""
    if publication.is_whole:
        connection.execute(f"delete from ops.{table} where source = ?", [publication.source])
        return
    connection.execute(
        f"""
        delete from ops.{table} where source = ? and origin in (
            select known.origin from {RAW}.records as known
            inner join chosen_records as chosen
                on chosen.record_type = known.record_type and chosen.record_key = known.record_key
            where known.source = ?
        )
        """,
        [publication.source, publication.source],
    )


def write_counts(connection: duckdb.DuckDBPyConnection, publication: Publication) -> None:
    """Write the counts per record type and per table, and the parts that were read."""
    _count_rejections(connection, publication)
    connection.execute(
        f"""
        create or replace temp table counted_loads as
        with landed as (
            select record_type, count(*) as landed_count,
                count(*) filter (where version_rank > 1) as outranked_count
            from landed_versions group by record_type
        ),
        live as (
            select record_type,
                count(*) filter (where not is_deleted) as accepted_count,
                count(*) filter (where is_deleted) as missing_count,
                max(updated_at) filter (where not is_deleted) as watermark_at
            from {RAW}.records where source = $source group by record_type
        ),
        before as (
            select record_type, delivered_count, accepted_count, superseded_count,
                rejected_count
            from ops.source_loads where source = $source and not $whole
        ),
        types as (
            select record_type from landed union select record_type from live
            union select record_type from before union select record_type from counted_rejections
        ),
        joined as (
            select types.record_type,
                coalesce(landed.landed_count, 0) as landed_count,
                coalesce(landed.outranked_count, 0) as outranked_count,
                coalesce(live.accepted_count, 0) as accepted_count,
                coalesce(live.missing_count, 0) as missing_count,
                live.watermark_at,
                coalesce(rejections.rejected_count, 0) as rejected_count,
                coalesce(before.delivered_count, 0) as delivered_before,
                coalesce(before.accepted_count, 0) as accepted_before,
                coalesce(before.superseded_count, 0) as superseded_before,
                coalesce(before.rejected_count, 0) as rejected_before
            from types
            left join landed on landed.record_type = types.record_type
            left join live on live.record_type = types.record_type
            left join before on before.record_type = types.record_type
            left join counted_rejections as rejections
                on rejections.record_type = types.record_type
        )
        select record_type,
            delivered_before + landed_count + rejected_count as delivered_count,
            accepted_count,
            case when $whole then outranked_count
                else superseded_before + landed_count - (accepted_count - accepted_before)
            end as superseded_count,
            rejected_before + rejected_count as rejected_count,
            missing_count, watermark_at
        from joined
        """,
        {"source": publication.source, "whole": publication.is_whole},
    )
    _replace_loads(connection, publication)
    _replace_files(connection, publication)
    _replace_row_counts(connection, publication)


def _count_rejections(connection: duckdb.DuckDBPyConnection, publication: Publication) -> None:
    landed = "rejected_records" in landed_tables(connection, publication)
    rows = (
        f"{LANDING}.rejected_records where record_number is null"
        if landed
        else "ops.rejected_records where false"
    )
    connection.execute(
        "create or replace temp table counted_rejections as "
        f"select record_type, count(*) as rejected_count from {rows} group by record_type"
    )


def _replace_loads(connection: duckdb.DuckDBPyConnection, publication: Publication) -> None:
    connection.execute("delete from ops.source_loads where source = ?", [publication.source])
    connection.execute(
        """
        insert into ops.source_loads
        select ?, ?, record_type, delivered_count, accepted_count, superseded_count,
            rejected_count, missing_count, watermark_at, ?
        from counted_loads order by record_type
        """,
        [publication.source, publication.kind, publication.content_hash],
    )


def _replace_files(connection: duckdb.DuckDBPyConnection, publication: Publication) -> None:
    connection.execute("delete from ops.source_files where source = ?", [publication.source])
    rows = pa.Table.from_pylist(
        [_file_row(publication, extract) for extract in publication.extracts],
        schema=OPS_TABLES["source_files"],
    )
    connection.register("read_files", rows)
    connection.execute("insert into ops.source_files select * from read_files order by file")
    connection.unregister("read_files")


def _file_row(publication: Publication, extract: Extract) -> dict[str, str | int]:
    return {
        "source": publication.source,
        "kind": publication.kind,
        "file": extract.name,
        "content_hash": extract.content_hash,
        "settings_hash": publication.settings_hash,
        "byte_count": extract.byte_count,
    }


def _replace_row_counts(connection: duckdb.DuckDBPyConnection, publication: Publication) -> None:
    connection.execute("delete from ops.source_rows where source = ?", [publication.source])
    for table in KIND_TABLES[publication.kind]:
        connection.execute(
            f"insert into ops.source_rows select ?, ?, ?, count(*) "
            f"from {RAW}.{table} where record_source = ?",
            [publication.source, publication.kind, table, publication.source],
        )

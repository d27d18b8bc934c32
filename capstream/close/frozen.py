"""The rows of a closed month, kept as Parquet files named by their hash, and read back.

A closed month is never recomputed: the relations of a run show these rows for closed months and
computed rows for open ones, and the books of the next month start from them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from capstream.close.digests import file_sha256
from capstream.close.ledger import ClosingEvent, closings_in_force, read_events
from capstream.errors import UsageError
from capstream.types import Month
from capstream.warehouse.closed_tables import fill_closed_tables
from capstream.warehouse.connection import LOADING_MEMORY, connect
from capstream.warehouse.reading import warehouse_path

FROZEN = (
    "fct_ai_adoption",
    "fct_ai_costs",
    "fct_amortization",
    "fct_amortization_schedule",
    "fct_asset_additions",
    "fct_asset_events",
    "fct_asset_movements",
    "fct_assets",
    "fct_capitalization",
    "fct_checks",
    "fct_cost_allocations",
    "fct_delivery_metrics",
    "fct_effort_days",
    "fct_flow_step_costs",
    "fct_flow_steps",
    "fct_journal_lines",
    "fct_registers",
    "fct_true_ups",
)
"""Relations of schema `marts` of which a closed month keeps its rows."""

WITHOUT_MONTH = frozenset({"fct_assets"})
"""Relations that show the run month only; their frozen rows are given its key."""

LEDGER_COLUMNS = (
    "event_id", "month_key", "event", "at", "prepared_by", "approved_by", "reason", "os_user",
    "pack", "content_hash", "previous_hash", "event_hash",
)  # fmt: skip


def closed_folder(company: Path, month: Month | str) -> Path:
    """Return the folder of the rows of a closed month."""
    return company / "var" / "closed" / str(month)


def frozen_file(company: Path, month: Month | str, relation: str, digest: str) -> Path:
    """Return the file of one relation's rows of a closed month."""
    return closed_folder(company, month) / f"{relation}.{digest[:16]}.parquet"


def freeze_month(company: Path, month: Month) -> dict[str, str]:
    """Write the rows of a month and return each relation's hash; the same rows, the same file."""
    folder = closed_folder(company, month)
    folder.mkdir(parents=True, exist_ok=True)
    with connect(warehouse_path(company), read_only=True) as connection:
        return {name: _freeze(connection, folder, name, month) for name in FROZEN}


def load_closings(
    company: Path, columns: Mapping[str, Mapping[str, str]], *, is_anew: bool = True
) -> list[str]:
    """Make schema `closed` of the warehouse hold the ledger and the rows of closed months.

    Args:
        company: The company folder.
        columns: Data type by column of every relation of `FROZEN`, for those that stand empty.
        is_anew: Read the rows of every closed month, not only of those that are not there yet.

    Returns:
        The closed months.

    Raises:
        UsageError: The ledger or a frozen file was changed.
    """
    events = read_events(company)
    closings = closings_in_force(events)
    files = {
        name: [_checked_file(company, event, name) for event in closings.values()
               if name in event.contents["frozen"]]
        for name in FROZEN
    }  # fmt: skip
    with connect(warehouse_path(company), memory=LOADING_MEMORY) as connection:
        fill_closed_tables(
            connection,
            columns=columns,
            files=files,
            tables={"close_ledger": _ledger_table(events), "months": _months_table(closings)},
            is_anew=is_anew,
        )
    return list(closings)


def _freeze(connection: duckdb.DuckDBPyConnection, folder: Path, name: str, month: Month) -> str:
    statement = f"select * from marts.{name} where month_key = ? order by all"
    if name in WITHOUT_MONTH:
        statement = f"select ? as month_key, * from marts.{name} order by all"
    rows = connection.execute(statement, [str(month)]).to_arrow_table()
    beside = folder / f".{name}.part"
    pq.write_table(rows, beside, compression="zstd")
    with beside.open("rb+") as file:
        os.fsync(file.fileno())
    digest = file_sha256(beside)
    beside.rename(folder / f"{name}.{digest[:16]}.parquet")
    return digest


def _checked_file(company: Path, event: ClosingEvent, name: str) -> Path:
    digest = str(event.contents["frozen"][name])
    path = frozen_file(company, event.month_key, name, digest)
    if not path.is_file() or file_sha256(path) != digest:
        state = "was changed" if path.is_file() else "is missing"
        raise UsageError(
            f"{path.relative_to(company)} of the closing {event.event_id} {state}: put it back "
            "from a copy, then run `capstream verify`"
        )
    return path


def _ledger_table(events: Sequence[ClosingEvent]) -> pa.Table:
    rows = [{name: getattr(event, name) for name in LEDGER_COLUMNS} for event in events]
    return pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in LEDGER_COLUMNS]))


def _months_table(closings: Mapping[str, ClosingEvent]) -> pa.Table:
    columns = pa.schema([("month_key", pa.string()), ("event_id", pa.string())])
    rows = [{"month_key": month, "event_id": event.event_id} for month, event in closings.items()]
    return pa.Table.from_pylist(rows, columns)

"""The full population of cost rows, written as Parquet beside the finance workbook."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from reports.workbooks.shared.facts import Facts
from reports.workbooks.shared.fixed import fixed
from reports.workbooks.shared.population import Population

_GROUP_ROWS = 50_000
"""Rows written at a time: a large population never stands in memory twice."""
_PLACES = {"minutes": 0, "capex_amount": 2, "opex_amount": 2, "fx_rate": 8}
_ORDER = ("entity", "component_id", "person_id", "work_item_key", "pay_component", "treatment")


def write_population(facts: Facts, path: Path) -> Population:
    """Write every cost row of the month, in a fixed order, and say what is in the file.

    Args:
        facts: The pack's relations; `rpt_finance__cost_detail` is the population.
        path: Where the file is to stand; written beside it first and renamed.
    """
    table = facts.table("rpt_finance__cost_detail")
    names = sorted(table.column_names)
    types = {name: pa.decimal128(18, _PLACES[name]) for name in _PLACES}
    schema = pa.schema([(name, types.get(name, pa.string())) for name in names])
    order = _order(table, (*_ORDER, *names))
    beside = path.with_name(f".{path.name}.part")
    try:
        with pq.ParquetWriter(beside, schema, compression="zstd") as writer:
            for first in range(0, max(len(order), 1), _GROUP_ROWS):
                part = table.take(order.slice(first, _GROUP_ROWS)).combine_chunks()
                columns = [_column(part, name) for name in names]
                writer.write_table(pa.table(columns, schema=schema))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return Population(
        path.name,
        len(table),
        _sum(table, "capex_amount"),
        _sum(table, "opex_amount"),
        hashlib.sha256(path.read_bytes()).hexdigest(),
    )


def _order(table: pa.Table, names: tuple[str, ...]) -> pa.Array:
    """Return the places of the rows ordered by some columns, nothing first."""
    keys = [(name, "ascending", "at_start") for name in dict.fromkeys(names)]
    return pc.sort_indices(table, sort_keys=keys)


def _column(table: pa.Table, name: str) -> pa.ChunkedArray:
    """Return a column as the file holds it: fixed decimals, or text."""
    if name in _PLACES:
        return fixed(table[name], _PLACES[name])
    return pc.fill_null(table[name].cast(pa.string()), "")


def _sum(table: pa.Table, name: str) -> Decimal:
    return pc.sum(_column(table, name)).as_py() or Decimal(0)

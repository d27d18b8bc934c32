"""The full population of cost rows, written as Parquet beside the finance workbook."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from reports.workbooks.shared.facts import Facts, Rows
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
    rows = facts.rows("rpt_finance__cost_detail")
    names = sorted(rows.names or {*_PLACES, *_ORDER})
    order = rows.order(*_ORDER, *names) if len(rows) else []
    beside = path.with_name(f".{path.name}.part")
    types = {name: pa.decimal128(18, _PLACES[name]) for name in _PLACES}
    schema = pa.schema([(name, types.get(name, pa.string())) for name in names])
    try:
        with pq.ParquetWriter(beside, schema, compression="zstd") as writer:
            for first in range(0, max(len(order), 1), _GROUP_ROWS):
                part = rows.at(order[first : first + _GROUP_ROWS])
                columns = {name: _column(part, name) for name in names}
                writer.write_table(pa.table(columns, schema=schema))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return Population(
        path.name,
        len(rows),
        sum(rows.amounts("capex_amount"), Decimal(0)),
        sum(rows.amounts("opex_amount"), Decimal(0)),
        hashlib.sha256(path.read_bytes()).hexdigest(),
    )


def _column(rows: Rows, name: str) -> pa.Array:
    if name not in _PLACES:
        return pa.array(rows.texts(name), pa.string())
    places = _PLACES[name]
    return pa.array(rows.amounts(name, places), pa.decimal128(18, places))

"""The full population of cost rows, written as Parquet beside the finance workbook."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from reports.workbooks.shared.facts import Facts, Rows
from reports.workbooks.shared.population import Population

_PLACES = {"minutes": 0, "capex_amount": 2, "opex_amount": 2, "fx_rate": 8}
_ORDER = ("entity", "component_id", "person_id", "work_item_key", "pay_component", "treatment")


def write_population(facts: Facts, path: Path) -> Population:
    """Write every cost row of the month, in a fixed order, and say what is in the file.

    Args:
        facts: The pack's relations; `rpt_finance__cost_detail` is the population.
        path: Where the file is to stand; written beside it first and renamed.
    """
    rows = facts.rows("rpt_finance__cost_detail")
    names = sorted(rows.records[0]) if rows.records else sorted({*_PLACES, *_ORDER})
    ordered = rows.sorted_by(*_ORDER, *names) if rows.records else rows
    beside = path.with_name(f".{path.name}.part")
    try:
        table = pa.table({name: _column(ordered, name) for name in names})
        pq.write_table(table, beside, compression="zstd")
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

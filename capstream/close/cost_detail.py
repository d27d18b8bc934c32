"""The full population behind the workbooks: every capitalised and expensed row of a month."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from capstream.types import Month
from capstream.warehouse import read_arrow

RELATION = "fct_capitalization"


def detail_name(month: str) -> str:
    """Return the file's name."""
    return f"cost_detail_{month}.parquet"


def write_cost_detail(company: Path, month: Month, folder: Path) -> tuple[Path, int]:
    """Write the month's rows into a folder; return the file and the count of rows."""
    path = folder / detail_name(str(month))
    rows = read_arrow(company, RELATION, month)
    pq.write_table(rows, path, compression="zstd")
    return path, rows.num_rows

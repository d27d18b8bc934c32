"""Drift as the warehouse computed it: closed months against today, line by line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from capstream.types import Month
from capstream.warehouse.connection import connect
from capstream.warehouse.reading import warehouse_path


def computed_month(company: Path) -> Month | None:
    """Return the run month that the warehouse holds; None for a warehouse that holds none."""
    path = warehouse_path(company)
    if not path.is_file():
        return None
    with connect(path, read_only=True) as connection:
        try:
            rows = connection.execute("select run_month from company.settings").fetchall()
        except duckdb.CatalogException:
            return None
    return Month.parse(str(rows[0][0])) if rows else None


def drift_of(company: Path, month: Month | None = None) -> dict[str, Any]:
    """Read the drift of closed months.

    Args:
        company: The company folder; its warehouse was computed on today's records.
        month: Only this closed month.

    Returns:
        `lines` by person, item and cause; `totals` by measure and class, which are the sums of
        the lines; `closed_amount`, `today_amount` and `difference_amount` of capitalised cost by
        month and currency; `proposals`.
    """
    wanted = [str(month)] if month is not None else []
    lines_where = " where month_key = ?" if wanted else ""
    proposals_where = " where origin_month_key = ?" if wanted else ""
    with connect(warehouse_path(company), read_only=True) as connection:
        lines = _records(
            connection,
            f"select * from marts.fct_drift_lines{lines_where} order by all",
            wanted,
        )
        totals = _records(
            connection,
            "select measure, correction_class, currency_code,"
            f" sum(difference_amount) as difference_amount from marts.fct_drift_lines{lines_where}"
            " group by all order by all",
            wanted,
        )
        months = _records(connection, _MONTHS.format(where=lines_where), wanted)
        proposals = _records(
            connection,
            f"select * from marts.fct_prior_period_proposals{proposals_where} order by all",
            wanted,
        )
    return {"lines": lines, "totals": totals, "months": months, "proposals": proposals}


_MONTHS = (
    "select month_key, currency_code,"
    " sum(capex_amount) filter (reading = 'closed') as closed_amount,"
    " sum(capex_amount) filter (reading = 'today') as today_amount,"
    " coalesce(sum(capex_amount) filter (reading = 'today'), 0)"
    " - coalesce(sum(capex_amount) filter (reading = 'closed'), 0) as difference_amount"
    " from intermediate.int_drift__cost_rows{where} group by all order by all"
)


def _records(
    connection: duckdb.DuckDBPyConnection, statement: str, parameters: list[str]
) -> list[dict[str, Any]]:
    cursor = connection.execute(statement, parameters)
    names = [str(column[0]) for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

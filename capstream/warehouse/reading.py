"""Relations read out of the warehouse, in a fixed order and with money exact."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import yaml

from capstream.errors import UsageError, WarehouseError
from capstream.types import Month
from capstream.warehouse.connection import connect
from capstream.warehouse.memory import computing_memory
from capstream.warehouse.names import qualified_name

if TYPE_CHECKING:  # a second and a half that most commands need not pay
    import pandas as pd

DEFAULT_PATH = Path("var/capstream.duckdb")


def warehouse_path(company: Path | str) -> Path:
    """Return the warehouse file that `capstream.yaml` of a company folder names.

    Raises:
        UsageError: The folder holds no `capstream.yaml`.
    """
    root = Path(company)
    configuration = root / "capstream.yaml"
    if not configuration.is_file():
        raise UsageError(
            f"{root} is not a company folder (no capstream.yaml): name one with --company, or "
            "write one with `capstream init DIR`"
        )
    content = yaml.safe_load(configuration.read_text(encoding="utf-8"))
    section = content.get("warehouse") if isinstance(content, dict) else None
    named = section.get("path") if isinstance(section, dict) else None
    return root / (named or DEFAULT_PATH)


def read_arrow(company: Path | str, relation: str, month: Month | str | None = None) -> pa.Table:
    """Read a relation as an Arrow table; arguments and errors as in `read`."""
    with connect(warehouse_path(company), read_only=True) as connection:
        return _rows(connection, relation, month)


def read(company: Path | str, relation: str, month: Month | str | None = None) -> pd.DataFrame:
    """Read a relation of the warehouse into a data frame.

    Args:
        company: The company folder.
        relation: A relation (`fct_checks`), a neutral table (`work_items`) or `schema.table`.
        month: Keep only this month (`YYYY-MM`) of a relation that has a `month_key`.

    Returns:
        The rows sorted by every column; money is `Decimal`, dates are `datetime.date`.

    Raises:
        UsageError: The relation does not exist or has no month.
        WarehouseError: The warehouse is missing, locked or damaged.
    """
    frame: pd.DataFrame = read_arrow(company, relation, month).to_pandas()
    return frame


@contextmanager
def reading(company: Path | str) -> Iterator[Callable[[str], pa.Table]]:
    """Hand out a reader of whole relations that opens the warehouse once for all of them.

    Opening costs a tenth of a second, since DuckDB reads its catalogue of all relations anew.

    Args:
        company: The company folder.

    Yields:
        A function from a relation's name to its rows; result and errors as in `read_arrow`.
    """
    path = warehouse_path(company)
    with connect(path, read_only=True, memory=computing_memory()) as connection:
        yield lambda relation: _rows(connection, relation, None)


def _rows(
    connection: duckdb.DuckDBPyConnection, relation: str, month: Month | str | None
) -> pa.Table:
    qualified = qualified_name(relation)
    columns = columns_of(connection, qualified)
    if month is not None and "month_key" not in columns:
        raise UsageError(f"relation {relation} has no month_key: it cannot be read for one month")
    condition = "" if month is None else " where month_key = ?"
    parameters = [] if month is None else [str(month)]
    try:
        # Sorted by every column: the same rows come out as the same bytes.
        statement = f"select * from {qualified}{condition} order by all"
        return connection.execute(statement, parameters).to_arrow_table()
    except duckdb.Error as error:
        raise WarehouseError(f"reading {qualified} failed: {error}") from error


def columns_of(connection: duckdb.DuckDBPyConnection, qualified: str) -> list[str]:
    """Return the column names of `schema.relation` in order.

    Raises:
        UsageError: There is no such relation.
    """
    rows = connection.execute(
        "select column_name from information_schema.columns "
        "where table_schema || '.' || table_name = ? order by ordinal_position",
        [qualified],
    ).fetchall()
    if not rows:
        raise UsageError(
            f"the warehouse has no relation {qualified}: check the name, or run the month first"
        )
    return [str(row[0]) for row in rows]

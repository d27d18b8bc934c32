"""Schema `closed` holds the rows of exactly the files it is given, however it came to them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from capstream.warehouse import connect
from capstream.warehouse.closed_tables import fill_closed_tables, keep_comparison

COLUMNS = {
    "fct_a": {"month_key": "varchar", "amount": "integer", "note": "varchar"},
    "fct_b": {"month_key": "varchar"},
}


def frozen(folder: Path, name: str, month: str, *amounts: int, digest: str = "1") -> Path:
    """Write rows of a month; relations without rows have the same file name in every month."""
    path = folder / month / f"{name}.{digest}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(
        pa.table({"month_key": [month] * len(amounts), "amount": pa.array(amounts, pa.int32())}),
        path,
    )
    return path


def filled(
    path: Path, files: Iterable[Path], *, is_anew: bool, columns: object = None
) -> list[tuple[str, int]]:
    """Fill the schema of a warehouse and return the rows of `fct_a`."""
    by_name = {name: [one for one in files if one.name.startswith(name)] for name in COLUMNS}
    with connect(path) as connection:
        fill_closed_tables(
            connection,
            columns=columns or COLUMNS,  # type: ignore[arg-type]
            files=by_name,
            tables={"months": pa.table({"month_key": ["2026-01"]})},
            is_anew=is_anew,
        )
        return connection.execute(
            "select month_key, amount from closed.fct_a order by 1, 2"
        ).fetchall()


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "capstream.duckdb"


def test_only_new_files_are_read_and_lost_ones_leave(warehouse: Path, tmp_path: Path) -> None:
    january = frozen(tmp_path, "fct_a", "2026-01", 1, 2)
    february = frozen(tmp_path, "fct_a", "2026-02", 3)
    assert filled(warehouse, [january, february], is_anew=False) == [
        ("2026-01", 1), ("2026-01", 2), ("2026-02", 3),
    ]  # fmt: skip
    january.write_bytes(b"never read again")
    again = frozen(tmp_path, "fct_a", "2026-02", 4, digest="2")
    march = frozen(tmp_path, "fct_a", "2026-03", 5)
    assert filled(warehouse, [january, again, march], is_anew=False) == [
        ("2026-01", 1), ("2026-01", 2), ("2026-02", 4), ("2026-03", 5),
    ]  # fmt: skip


def test_anew_reads_every_file(warehouse: Path, tmp_path: Path) -> None:
    january = frozen(tmp_path, "fct_a", "2026-01", 1)
    filled(warehouse, [january], is_anew=False)
    with connect(warehouse) as connection:
        connection.execute("update closed.fct_a set amount = 9")
    assert filled(warehouse, [january], is_anew=False) == [("2026-01", 9)]
    assert filled(warehouse, [january], is_anew=True) == [("2026-01", 1)]


def test_empty_files_of_one_name_belong_to_their_months(warehouse: Path, tmp_path: Path) -> None:
    files = [frozen(tmp_path, "fct_b", month) for month in ("2026-01", "2026-02")]
    filled(warehouse, files, is_anew=False)
    filled(warehouse, files[1:], is_anew=False)
    with connect(warehouse) as connection:
        held = connection.execute("select month_key from closed.frozen_files").fetchall()
    assert held == [("2026-02",)]


def test_another_layout_is_filled_anew(warehouse: Path, tmp_path: Path) -> None:
    january = frozen(tmp_path, "fct_a", "2026-01", 1)
    older = {"fct_a": {"month_key": "varchar", "amount": "integer"}, "fct_b": COLUMNS["fct_b"]}
    filled(warehouse, [january], is_anew=False, columns=older)
    assert filled(warehouse, [january], is_anew=False) == [("2026-01", 1)]


def test_a_file_that_cannot_be_read_changes_nothing(warehouse: Path, tmp_path: Path) -> None:
    january = frozen(tmp_path, "fct_a", "2026-01", 1)
    filled(warehouse, [january], is_anew=False)
    broken = frozen(tmp_path, "fct_a", "2026-02", 2)
    broken.write_bytes(b"PAR1")
    with pytest.raises(duckdb.Error):
        filled(warehouse, [january, broken], is_anew=True)
    assert filled(warehouse, [january], is_anew=False) == [("2026-01", 1)]


def test_a_comparison_outlives_the_tables_beside_it(warehouse: Path, tmp_path: Path) -> None:
    january = frozen(tmp_path, "fct_a", "2026-01", 1)
    with connect(warehouse) as connection:
        connection.execute("create schema intermediate")
        connection.execute(
            "create table intermediate.int_drift__months as select '2026-01' as month_key, "
            "'0001-close-2026-01' as event_id, timestamp '2026-02-20' as compared_as_of"
        )
        connection.execute(
            "create table intermediate.int_drift__caused as select month_key, 'US01' as entity, "
            "'ada' as person_id, 'A-1' as work_item_key, 'C-1' as component_id, 'rate' as cause, "
            "'USD' as currency_code, 1.25 as difference_amount "
            "from (values ('2026-01'), ('2026-02')) as t(month_key)"
        )
        connection.execute(
            "create table intermediate.int_policies__dual_run as select '2026-02' as month_key, "
            "'US01' as entity, 'C-1' as component_id, 'L' as legacy_rule_id, "
            "'A' as amended_rule_id, 'USD' as currency_code, 1 as row_count, 1.00 as amount, "
            "1.00 as legacy_capex_amount, 0.00 as amended_capex_amount"
        )
        keep_comparison(connection)
        keep_comparison(connection)
    filled(warehouse, [january], is_anew=True)
    with connect(warehouse) as connection:
        causes = connection.execute(
            "select month_key, event_id, cause from closed.compared_causes"
        ).fetchall()
        policies = connection.execute("from closed.compared_policies").fetchall()
    assert causes == [("2026-01", "0001-close-2026-01", "rate")]  # an open month has no closing
    assert policies == []

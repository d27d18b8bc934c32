"""Spark builds random small companies as DuckDB does, row for row.

Only `make test-engines` installs and runs it: its packages are too large, and a company takes it
two minutes of a processor.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from capstream.errors import UsageError, WarehouseError
from capstream.warehouse import connect
from capstream.warehouse.engines import SparkEngine
from capstream.warehouse.engines.spark_session import PACKAGES, missing_for_spark
from orchestration.cli.check import engine_problems
from tests.engines.parity import differences
from tests.engines.worlds import BUILT, on_duckdb, on_spark

ROOT = Path(__file__).resolve().parents[2]
COUNT = int(os.environ.get("CAPSTREAM_SPARK_COMPANIES", "0"))

# dbt leaves its log open in the process that calls it.
pytestmark = pytest.mark.filterwarnings(
    "ignore:unclosed file:ResourceWarning",
    "ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning",
)

with_spark = pytest.mark.skipif(
    not COUNT or missing_for_spark() is not None,
    reason="`make test-engines` installs and runs Spark, where there is Java 17 or newer",
)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkEngine]:
    with SparkEngine(tmp_path_factory.mktemp("spark") / "tables") as engine:
        yield engine


@with_spark
@pytest.mark.parametrize("seed", range(COUNT))
def test_every_relation_agrees(seed: int, spark: SparkEngine):
    local = on_duckdb(seed)
    assert not differences(local, on_spark(local, spark), BUILT)


@with_spark
def test_a_table_that_was_not_built_is_told(spark: SparkEngine, tmp_path: Path):
    with connect(tmp_path / "local.duckdb") as local, pytest.raises(WarehouseError, match="dim_x"):
        spark.take_back(local, {"marts.dim_x": ()})


@with_spark
def test_arithmetic_stays_standard_under_dbt(spark: SparkEngine):
    from dbt.adapters.spark.session import Cursor
    from pyspark.errors import ArithmeticException

    cursor = Cursor(server_side_parameters={"spark.sql.ansi.enabled": "false"})
    with pytest.raises(ArithmeticException, match="DIVIDE_BY_ZERO"):
        cursor.execute("create table marts.odd using parquet as select 1 / 0 as one")
    assert spark.session.conf.get("spark.sql.ansi.enabled") == "true"


@pytest.mark.parametrize(
    ("package", "java", "told"),
    [
        (None, "java", "needs the package pyspark: pip install 'capstream\\[spark\\]'"),
        (sys, None, "needs Java, and there is none: install Java 17"),
    ],
)
def test_what_is_missing_is_told_before_anything_is_loaded(
    package: object, java: str | None, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name in PACKAGES:
        monkeypatch.setitem(sys.modules, name, package)
    monkeypatch.setattr(shutil, "which", lambda _: java)
    shutil.copytree(ROOT / "examples" / "first-month", tmp_path / "company")
    with (tmp_path / "company" / "capstream.yaml").open("a", encoding="utf-8") as file:
        file.write("warehouse: {target: spark}\n")
    (problem,) = engine_problems(tmp_path / "company")
    assert re.search(f"^capstream.yaml:warehouse.target: target spark {told}", str(problem))
    with pytest.raises(UsageError, match=told), SparkEngine(tmp_path / "tables"):
        pass
    assert not (tmp_path / "tables").exists()

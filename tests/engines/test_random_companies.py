"""PostgreSQL builds every mart of random small companies as DuckDB does, row for row."""

from __future__ import annotations

import os

import pytest

from tests.engines.parity import difference, differences
from tests.engines.servers import create_database
from tests.engines.worlds import BUILT, on_duckdb, on_postgres

COUNT = int(os.environ.get("CAPSTREAM_ENGINE_COMPANIES", "3"))


@pytest.fixture(scope="module")
def address(server: str) -> str:
    return create_database(server, "capstream")


@pytest.mark.parametrize("seed", range(COUNT))
def test_every_relation_agrees(seed: int, address: str):
    local = on_duckdb(seed)
    assert not differences(local, on_postgres(local, address), BUILT)


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        ([("ada", 60, 0.5)], "2 rows against 1"),
        ([("ada", 60, 0.5), ("bo", 61, 0.25)], "'minutes': (60, 61)"),
        ([("ada", 60, 0.5), ("bo", 60, 0.25 + 1e-8)], "'ratio': (0.25, 0.25000001)"),
        ([("ada", 60, 0.5), ("bo", 60, None)], "'ratio': (0.25, None)"),
        ([("bo", 60, 0.25 + 1e-14), ("ada", 60, 0.5)], ""),
    ],
)
def test_a_lost_row_minute_or_digit_is_told(theirs: list, told: str):
    ours = [("ada", 60, 0.5), ("bo", 60, 0.25)]
    found = difference(ours, theirs, ["person_id", "minutes", "ratio"])
    assert (told in found) if told else not found

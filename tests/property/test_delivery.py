"""However the records arrive, once, twice, shuffled or in slices: the same ledgers, byte for byte.

The rows of a company are written as neutral tables, loaded by the product's own loader, and go
through staging and input as in a run.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from tests.connectors.loading_company import LoadingCompany
from tests.dbt import harness
from tests.dbt.compiled_project import compiled_relations
from tests.property.companies import company
from tests.property.comparison import MODELS
from tests.property.shrinking import Given

SEED = 2
TIMES = ("_at",)
# What a neutral table does not carry; whether an item has a history follows from its changes.
NOT_DELIVERED = {"is_deleted", "has_history"}
LISTS = {"labels", "components"}
Rows = list[dict[str, Any]]
Slice = Callable[[Rows], Rows]


def whole(rows: Rows) -> Rows:
    return rows


def shuffled_and_doubled(rows: Rows) -> Rows:
    return Random(SEED).sample(rows * 2, len(rows) * 2)  # noqa: S311


def first_half(rows: Rows) -> Rows:
    return rows[: (len(rows) + 1) // 2]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[list[tuple]]:
    return ledgers(tmp_path_factory.mktemp("whole"), whole)


@pytest.mark.parametrize(
    "slices",
    [(shuffled_and_doubled,), (first_half, whole), (whole, whole)],
    ids=["shuffled and doubled", "in slices", "twice"],
)
def test_the_way_records_arrive_decides_nothing(
    tmp_path: Path, slices: tuple[Slice, ...], expected: list[list[tuple]]
):
    assert len(expected[0]) > 50
    assert ledgers(tmp_path, *slices) == expected


def ledgers(root: Path, *slices: Slice) -> list[list[tuple]]:
    """Load a company slice by slice and return both ledgers, all columns, sorted."""
    given = company(SEED).given()
    loading = LoadingCompany(root, kind="tables", path="sources")
    for take in slices:
        for name, rows in given.items():
            if name.startswith("inp_") and name != "inp_actors":
                _write(root / "sources" / f"{name.removeprefix('inp_')}.csv", take(rows))
        loading.load()
    with duckdb.connect(str(loading.warehouse), config={"threads": 1}) as connection:
        _transform(connection, given)
        sql = "select * from {} order by all"
        return [connection.execute(sql.format(name)).fetchall() for name in MODELS]


def _transform(connection: duckdb.DuckDBPyConnection, given: Given) -> None:
    """Run staging, input and ledger over what is loaded."""
    relations = compiled_relations()
    connection.execute("set TimeZone = 'UTC'")
    for schema in harness.SCHEMAS:
        connection.execute(f"create schema if not exists {schema}")
    connection.execute(f"set search_path = '{','.join(('main', *reversed(harness.SCHEMAS)))}'")
    filled = {name for name in given if name.startswith("company.")}
    inputs = [place for place, found in relations.items() if found.schema == "input"]
    wanted = [harness._identifier(name, relations) for name in MODELS]
    for relation in harness.in_order([*inputs, *wanted], relations, filled):
        if relation.sql is not None:
            harness._build(connection, relation)
        elif relation.schema in {"company", "closed"}:
            harness._create_empty(connection, relation, relations)
            harness.fill(connection, relation.identifier, given.get(relation.identifier, []))


def _write(file: Path, rows: Rows) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    names = dict.fromkeys(name for row in rows for name in row)
    delivered = [name for name in names if name not in NOT_DELIVERED]
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, delivered)
        writer.writeheader()
        writer.writerows({name: _cell(name, row) for name in delivered} for row in rows)


def _cell(name: str, row: dict[str, Any]) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if name.endswith(TIMES):
        return f"{value}Z".replace(" ", "T")
    if name in {"from_value", "to_value"} and row["field"] in LISTS:
        return ";".join(json.loads(value))
    if isinstance(value, dict):
        return json.dumps(value)
    return ";".join(value) if isinstance(value, list) else str(value)

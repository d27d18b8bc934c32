"""Run compiled models on an in-memory DuckDB: rows in, relations out, nothing on disk.

    connection = run_models(["fct_effort_days"], {"company.people": [{"person_id": "ada", …}]})
    connection.sql("select * from fct_effort_days")

Everything upstream of the selection is run in order; a relation that is given is not run but
filled; the input layer (`inp_`) and sources not given are empty tables of the right types.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from tests.dbt.company_columns import company_columns, loaded_columns
from tests.dbt.compiled_project import Relation, compiled_relations

Rows = Sequence[Mapping[str, Any]] | pa.Table | Any
SCHEMAS = (
    "analysis",
    "closed",
    "company",
    "raw",
    "ops",
    "staging",
    "input",
    "intermediate",
    "marts",
    "reporting",
)


def run_models(selection: Iterable[str], given: Mapping[str, Rows]) -> duckdb.DuckDBPyConnection:
    """Run the selected models and what they need.

    Args:
        selection: Names of models, without schema.
        given: Rows by relation, `company.people` or a model's name: dicts (missing columns are
            null, lists become JSON text), a pandas frame or an Arrow table.

    Returns:
        An open connection; every relation can be named without its schema.
    """
    relations = compiled_relations()
    filled = {_identifier(name, relations): rows for name, rows in given.items()}
    wanted = [_identifier(name, relations) for name in selection]
    connection = empty_warehouse()
    for relation in in_order(wanted, relations, filled.keys()):
        place = relation.identifier
        if place in filled or relation.sql is None or _is_cut(relation, wanted):
            _create_empty(connection, relation, relations)
            if place in filled:
                fill(connection, place, filled[place])
        else:
            _build(connection, relation)
    return connection


def fill(connection: duckdb.DuckDBPyConnection, place: str, rows: Rows) -> None:
    """Insert rows into a table by name, each value cast to the column's type.

    Raises:
        AssertionError: A row names a column that the table does not have.
    """
    types = dict(
        connection.execute(f"select name, type from pragma_table_info('{place}')").fetchall()
    )
    batch = _as_text(rows) if isinstance(rows, Sequence) else rows
    if len(batch) == 0:
        return
    connection.register("given_rows", batch)
    names = [column[0] for column in connection.execute("describe given_rows").fetchall()]
    unknown = set(names) - set(types)
    assert not unknown, f"{place} has no column {sorted(unknown)}: it has {sorted(types)}"
    cast = ", ".join(f'cast("{name}" as {types[name]}) as "{name}"' for name in names)
    connection.execute(f"insert into {place} by name select {cast} from given_rows")
    connection.unregister("given_rows")


def rows_of(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    """Return all rows of a query."""
    return connection.execute(sql).fetchall()


def empty_warehouse() -> duckdb.DuckDBPyConnection:
    """Return an in-memory DuckDB with every schema of the product and nothing in them."""
    connection = duckdb.connect(":memory:", config={"threads": 1})
    connection.execute("set TimeZone = 'UTC'")
    for schema in SCHEMAS:
        connection.execute(f"create schema {schema}")
    connection.execute(f"set search_path = '{','.join(('main', *reversed(SCHEMAS)))}'")
    return connection


def _identifier(name: str, relations: Mapping[str, Relation]) -> str:
    if "." in name:
        return name
    matches = [relation.identifier for relation in relations.values() if relation.name == name]
    models = [match for match in matches if relations[match].sql is not None] or matches
    assert len(models) == 1, f"{name} is no model or source of the project"
    return models[0]


def _is_cut(relation: Relation, wanted: Sequence[str]) -> bool:
    """Say whether a relation is filled instead of run; AI tables join inputs and sources."""
    if relation.name in {"inp_ai_seats", "inp_ai_usage", "inp_ai_costs"}:
        return False
    return relation.schema == "input" and relation.identifier not in wanted


def in_order(
    wanted: Iterable[str], relations: Mapping[str, Relation], filled: Iterable[str]
) -> list[Relation]:
    """List the wanted relations and their ancestors, parents first."""
    ordered: dict[str, Relation] = {}

    def visit(place: str) -> None:
        if place in ordered:
            return
        relation = relations[place]
        if place not in filled and not _is_cut(relation, list(wanted)):
            for parent in sorted(relation.parents):
                visit(parent)
        ordered[place] = relation

    for place in (*wanted, *filled):
        visit(place)
    return list(ordered.values())


def _create_empty(
    connection: duckdb.DuckDBPyConnection, relation: Relation, relations: Mapping[str, Relation]
) -> None:
    columns = {column.name: column.data_type for column in relation.columns}
    if relation.schema == "closed" and not columns:
        mart = relations[f"marts.{relation.name}"]
        columns = {column.name: column.data_type for column in mart.columns}
        columns = {"month_key": "varchar", **columns}
    columns = loaded_columns(relation.schema, relation.name) or columns
    if relation.schema == "company":
        columns = company_columns()[relation.name]
    assert columns, f"{relation.identifier} declares no column types: give it through its parents"
    declared = ", ".join(f'"{name}" {data_type}' for name, data_type in columns.items())
    connection.execute(f"create table {relation.identifier} ({declared})")


def _build(connection: duckdb.DuckDBPyConnection, relation: Relation) -> None:
    """Create a model's table and hold it to its contract, as dbt does."""
    assert relation.sql is not None
    sql = relation.sql.replace('"memory".', "").replace("memory.", "")
    try:
        connection.execute(f"create table {relation.identifier} as {sql}")
    except duckdb.Error as problem:
        raise AssertionError(f"{relation.identifier}: {problem}\n{sql}") from problem
    if relation.is_contract:
        declared = {column.name: _plain(column.data_type) for column in relation.columns}
        built = {
            name: _plain(data_type)
            for name, data_type in connection.execute(
                f"select name, type from pragma_table_info('{relation.identifier}')"
            ).fetchall()
        }
        assert built == declared, f"{relation.identifier} breaks its contract"


def _plain(data_type: str) -> str:
    plain = data_type.lower().replace(" ", "")
    return {"text": "varchar", "int": "integer", "hugeint": "hugeint"}.get(plain, plain)


def _as_text(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pa.table(
        {name: pa.array([_text(row.get(name)) for row in rows], pa.string()) for name in names}
    )


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | dict | tuple):
        return json.dumps(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return str(value)

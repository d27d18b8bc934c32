"""Random small companies on DuckDB and on another engine, from the same compiled project."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import duckdb
import psycopg2
from jinja2 import Environment
from jinja2.environment import TemplateModule

from capstream.warehouse.engines import SENT, Column, PostgresEngine, SparkEngine, tables_of
from tests.dbt.compiled_project import PROJECT, Relation, compiled_relations
from tests.dbt.harness import empty_warehouse, in_order, run_models
from tests.property.companies import company

BUILT = ("intermediate", "marts")
GIVEN = (*SENT, "input")
"""What the company of a seed consists of: loaded tables, and the input layer filled directly."""


def on_duckdb(seed: int) -> duckdb.DuckDBPyConnection:
    """Return the company of a seed with every mart built."""
    results = [
        relation.name
        for relation in compiled_relations().values()
        if relation.sql and relation.schema == "marts"
    ]
    return run_models(results, company(seed).given())


def on_postgres(local: duckdb.DuckDBPyConnection, address: str) -> duckdb.DuckDBPyConnection:
    """Send a company's given tables, build the rest there, and return what came back.

    Args:
        local: What `on_duckdb` returned.
        address: The database; its name is compiled into the statements, so it is always the same.
    """
    with PostgresEngine(address) as engine:
        engine.send(local, GIVEN)
        with engine.environment():
            compiled = compiled_relations(engine.target)
        built = _built_tables(local)
        _execute(address, [relation for relation in in_order(built, compiled, ()) if relation.sql])
        returned = empty_warehouse()
        engine.take_back(returned, built)
    return returned


def on_spark(local: duckdb.DuckDBPyConnection, engine: SparkEngine) -> duckdb.DuckDBPyConnection:
    """Send a company's given tables, build the rest there, and return what came back.

    Args:
        local: What `on_duckdb` returned.
        engine: The open engine; a session serves all companies, and dbt's own part of a run, the
            same for each, is left to the test of a whole run.
    """
    engine.send(local, GIVEN)
    compiled = compiled_relations(engine.target)
    built = _built_tables(local)
    for relation in in_order(built, compiled, ()):
        if relation.sql and relation.schema in BUILT:
            statement = _spark_macros().spark_statement(relation.sql)
            engine.session.sql(f"create table {relation.identifier} using parquet as {statement}")
    returned = empty_warehouse()
    engine.take_back(returned, built)
    return returned


@cache
def _spark_macros() -> TemplateModule:
    """Read the project's own respelling, which dbt applies where it makes a table."""
    text = (PROJECT / "macros/spark.sql").read_text(encoding="utf-8")
    macros = Environment().from_string(text)  # noqa: S701 a statement, no page
    return macros.make_module({"return": str, "modules": {"re": re}})


def _built_tables(local: duckdb.DuckDBPyConnection) -> Mapping[str, Sequence[Column]]:
    return {
        f"{schema}.{table}": columns
        for schema in BUILT
        for table, columns in tables_of(local, schema).items()
    }


def _execute(address: str, relations: Iterable[Relation]) -> None:
    connection = psycopg2.connect(address)
    with connection, connection.cursor() as cursor:
        for relation in relations:
            if relation.schema in BUILT:
                cursor.execute(f"create table {relation.identifier} as {relation.sql}")
                cursor.execute(f"analyze {relation.identifier}")
    connection.close()

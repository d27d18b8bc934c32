"""Random small companies on DuckDB and on another engine, from the same compiled project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb
import psycopg2

from capstream.warehouse.engines import SENT, Column, PostgresEngine, SparkEngine, tables_of
from orchestration.lib import dbt_project
from tests.dbt.compiled_project import Relation, compiled_relations
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


def on_spark(
    local: duckdb.DuckDBPyConnection, engine: SparkEngine, artefacts: Path
) -> duckdb.DuckDBPyConnection:
    """Send a company's given tables, let dbt build the rest there, and return what came back.

    Args:
        local: What `on_duckdb` returned.
        engine: The open engine; a session takes longer to start than a company to build.
        artefacts: Folder for dbt's artefacts.
    """
    engine.send(local, GIVEN)
    built = _built_tables(local)
    names = [place.partition(".")[2] for place in built]
    outcome = dbt_project.run_models(artefacts / "no.duckdb", artefacts, names, engine)
    assert outcome.success, [outcome.exception, *(node.message for node in outcome.result or ())]
    returned = empty_warehouse()
    engine.take_back(returned, built)
    return returned


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

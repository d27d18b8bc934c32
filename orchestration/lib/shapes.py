"""The columns of every built relation in DuckDB's words, whichever engine builds them.

Another engine has types of its own (a sum of decimals is wider there, a count narrower), and what
reads the warehouse counts on DuckDB's. They follow from the project alone: a build over empty
tables tells them, once per version of the project.
"""

import json
import tempfile
from collections.abc import Collection
from pathlib import Path

import duckdb

from capstream.company import Company
from capstream.errors import WarehouseError
from capstream.warehouse import connect, identifier
from capstream.warehouse.engines import SENT, Column, tables_of
from orchestration.lib.dbt_project import prepared_project, run_models

SHAPES = "shapes.json"


def shapes(company: Company, schemas: Collection[str]) -> dict[str, list[Column]]:
    """Return the columns of every relation of some schemas, by `schema.table`.

    Args:
        company: The company; the structure of its loaded tables is read, never a row.
        schemas: Schemas that dbt builds.
    """
    kept = prepared_project() / SHAPES
    if not kept.is_file():
        with tempfile.TemporaryDirectory(dir=kept.parent) as scratch:
            described = _described(company, Path(scratch))
            written = Path(scratch) / SHAPES
            written.write_text(json.dumps(described), encoding="utf-8")
            written.replace(kept)
    found = json.loads(kept.read_text(encoding="utf-8"))
    return {
        place: [Column(*column) for column in columns]
        for place, columns in found.items()
        if place.partition(".")[0] in schemas
    }


def _described(company: Company, scratch: Path) -> dict[str, list[Column]]:
    """Build all models over empty copies of the loaded tables."""
    empty = scratch / "capstream.duckdb"
    with connect(company.warehouse_path, read_only=True) as local, connect(empty) as copy:
        for schema in SENT:
            copy.execute(f"create schema {identifier(schema)}")
            for table, columns in tables_of(local, schema).items():
                declared = ", ".join(f'"{name}" {kind}' for name, kind in columns)
                copy.execute(f"create table {schema}.{identifier(table)} ({declared})")
    outcome = run_models(empty, scratch / "dbt")
    if not outcome.success:
        raise WarehouseError("the models could not be described: run the month on duckdb first")
    with connect(empty, read_only=True) as built:
        return {
            f"{schema}.{table}": columns
            for schema in _built_schemas(built)
            for table, columns in tables_of(built, schema).items()
        }


def _built_schemas(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        "select distinct schema_name from duckdb_columns() where not internal order by schema_name"
    ).fetchall()
    return [str(name) for (name,) in rows if name not in SENT]

"""`make bench-scale`: wall seconds and memory of the whole ledger, by model.

Builds a company of `--people` persons over 36 months (2,000: 300,000 items, 3 million changes,
1 million pull requests) as neutral tables, then runs every model from there to
`fct_cost_allocations` with two threads, in a process of its own whose peak memory is measured.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks.ledger.company import COMPANY, FIRST_YEAR, NEUTRAL, Size
from tests.dbt.company_columns import company_columns
from tests.dbt.compiled_project import Relation, compiled_relations
from tests.dbt.harness import fill
from tests.dbt.ledger_world import World

LIMIT_SECONDS, LIMIT_MEGABYTES = 150, 4096
TARGET = "marts.fct_cost_allocations"
CUT = frozenset({"input", "staging"})

Seconds = dict[str, tuple[float, float]]
"""Wall and processor seconds by model."""


def main() -> None:
    """Build each company and print what its ledger cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[1000, 2000])
    parser.add_argument("--slowest", type=int, default=12, help="models to list")
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.build:
        print(json.dumps(build(arguments.build)))
        return
    for people in arguments.people:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "ledger.duckdb"
            generate(path, Size(people))
            seconds, megabytes = _built_apart(path)
        wall, processor = map(sum, zip(*seconds.values(), strict=True))
        print(f"{people} people: {wall:.1f} s, {processor:.1f} CPU s, peak {megabytes:.0f} MB")
        slowest = sorted(seconds, key=lambda name: seconds[name][1], reverse=True)
        for name in slowest[: arguments.slowest]:
            wall, processor = seconds[name]
            print(f"  {wall:8.1f} s {processor:8.1f} CPU s  {name}", flush=True)
    print(f"promised for 2,000: {LIMIT_SECONDS} s and {LIMIT_MEGABYTES} MB on two cores")


def _built_apart(path: Path) -> tuple[Seconds, float]:
    """Build in a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "benchmarks.ledger", "--build", str(path)]
    finished = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    seconds, megabytes = json.loads(finished.stdout)
    return seconds, megabytes


def connected(path: Path) -> duckdb.DuckDBPyConnection:
    """Open the warehouse as a run does, within the memory that is promised."""
    settings = {"threads": 2, "memory_limit": "3GB", "preserve_insertion_order": False}
    connection = duckdb.connect(str(path), config=settings)
    connection.execute("set TimeZone = 'UTC'")
    return connection


def generate(path: Path, size: Size) -> None:
    """Write configuration, inputs and neutral tables of a company."""
    connection = connected(path)
    relations = compiled_relations()
    for relation in relations.values():
        if relation.sql is None or relation.schema in CUT:
            _create(connection, relation, relations)
    months = tuple(
        f"{FIRST_YEAR + number // 12}-{number % 12 + 1:02d}" for number in range(size.months)
    )
    for place, rows in World(months=months).given().items():
        fill(connection, place if "." in place else f"input.{place}", rows)
    for schema, statements, prefix in (("company", COMPANY, ""), ("input", NEUTRAL, "inp_")):
        for table, statement in statements.items():
            place = f"{schema}.{prefix}{table}"
            counts = size.counts
            connection.execute(f"insert into {place} by name {statement.format(**counts)}")
    connection.close()


def build(path: Path) -> tuple[Seconds, float]:
    """Run the models; returns seconds by model and the peak memory in megabytes."""
    connection = connected(path)
    seconds: Seconds = {}
    for relation in _in_order(compiled_relations()):
        sql = str(relation.sql).replace('"memory".', "").replace("memory.", "")
        started = time.perf_counter(), time.process_time()
        connection.execute(f"create schema if not exists {relation.schema}")
        kind = "view" if relation.is_view else "table"
        connection.execute(f"create {kind} {relation.identifier} as {sql}")
        wall, processor = time.perf_counter() - started[0], time.process_time() - started[1]
        seconds[relation.name] = (wall, processor)
    connection.close()
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _create(
    connection: duckdb.DuckDBPyConnection, relation: Relation, relations: Mapping[str, Relation]
) -> None:
    columns = {column.name: column.data_type for column in relation.columns}
    if relation.schema == "closed" and not columns:
        mart = relations[f"marts.{relation.name}"]
        columns = {"month_key": "varchar"} | {one.name: one.data_type for one in mart.columns}
    if relation.schema == "company":
        columns = company_columns()[relation.name]
    if columns:
        declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        connection.execute(f"create schema if not exists {relation.schema}")
        connection.execute(f"create table if not exists {relation.identifier} ({declared})")


def _in_order(relations: Mapping[str, Relation]) -> list[Relation]:
    """List the models between the neutral tables and the target, parents first."""
    ordered: dict[str, Relation] = {}

    def visit(place: str) -> None:
        relation = relations[place]
        if place in ordered or relation.sql is None or relation.schema in CUT:
            return
        for parent in sorted(relation.parents):
            visit(parent)
        ordered[place] = relation

    visit(TARGET)
    return list(ordered.values())


if __name__ == "__main__":
    main()

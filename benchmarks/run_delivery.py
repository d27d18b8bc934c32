"""What delivery and flow cost: processor seconds from the neutral tables to the marts.

`python -m benchmarks.run_delivery` builds a synthetic organisation of 10,000 merged pull
requests, 100,000 item changes and 2,000 deployments (`--size medium`: a million, 3 million and
20,000), walks its commits and runs every model of delivery and flow, with two threads.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from capstream.flow import write_first_deployments
from capstream.warehouse import bootstrap
from tests.dbt.company_columns import company_columns
from tests.dbt.compiled_project import PROJECT, Relation, compiled_relations
from tests.dbt.flow_world import flow_world
from tests.dbt.harness import fill

REPOSITORIES = 20
SLOWEST = 8
"""How many models are named with their seconds."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much an organisation holds, and the seconds promised for it on two cores."""

    pulls: int
    items: int
    changes_per_item: int
    deployments: int
    limit_seconds: float


SIZES = {
    "small": Size(10_000, 12_500, 8, 2_000, 20.0),
    "medium": Size(1_000_000, 300_000, 10, 20_000, 90.0),
}
MOVES = ("Ready", "Dev", "Review", "Dev", "Review", "Dev", "Review", "Test", "Deploy", "Done")
"""What an item goes through; one with fewer moves comes in later."""

COMMITS = """
    select 'code' as source, 'org/r' || (n % {repositories}) as repository, 'c' || n as sha,
        'dev' || (n % 60) || '@example.org' as author,
        timestamp '2025-09-01' + to_seconds(n * {seconds} // {commits}) as authored_at,
        timestamp '2025-09-01' + to_seconds(n * {seconds} // {commits}) as committed_at,
        'APP-' || (n * {items} // {commits}) as message,
        case when n < {repositories} then '[]'
            else '["c' || (n - {repositories}) || '"]' end as parents
    from range({commits}) as t(n)
"""
PULL_REQUESTS = """
    select 'forge' as source, 'org/r' || ((n * 3 + 2) % {repositories}) as repository, n as number,
        'APP-' || (n * {items} // {pulls}) || ' change' as title,
        'dev' || (n % 60) as author, 'merged' as state, false as is_draft,
        merged - interval 2 day as created_at, merged as merged_at, 'dev1' as merged_by,
        'c' || (n * 3 + 2) as merge_commit_sha, '[]' as labels, '[]' as work_item_keys
    from (select n, timestamp '2025-09-03' + to_seconds(n * {seconds} // {pulls}) as merged
          from range({pulls}) as t(n))
"""
OWN_COMMITS = """
    select 'forge' as source, 'org/r' || ((n * 3 + 2) % {repositories}) as repository, n as number,
        'c' || (n * 3 + k) as sha
    from range({pulls}) as t(n), range(3) as u(k)
"""
REVIEWS = """
    select 'forge' as source, repository, number, 'r' || number || k as review_id,
        'dev' || ((number + 7) % 60) as reviewer,
        case k when 0 then 'commented' else 'approved' end as state,
        created_at + to_hours(5 + 20 * k) as submitted_at
    from input.inp_pull_requests, range(2) as u(k)
"""
RELEASES = """
    select 'forge' as source, 'd' || n as deployment_id,
        'service' || (n % {repositories}) as service,
        'org/r' || (n % {repositories}) as repository, 'production' as environment,
        'c' || (n * {commits} // {deployments} // {repositories} * {repositories}
            + n % {repositories}) as sha,
        timestamp '2025-09-05' + to_seconds(n * {seconds} // {deployments}) as started_at,
        timestamp '2025-09-05' + to_seconds(n * {seconds} // {deployments} + 600) as finished_at,
        case when n % 31 = 0 then 'rollback' else 'success' end as status
    from range({deployments}) as t(n)
"""
INCIDENTS = """
    select 'pager' as source, 'i' || number as incident_id,
        'service' || (number % {repositories}) as service,
        timestamp '2025-09-06' + to_hours(number * 40) as created_at,
        timestamp '2025-09-06' + to_hours(number * 40 + 3) as resolved_at
    from (select n as number from range({deployments} // 10) as t(n)) where number < 240
"""
WORK_ITEMS = """
    select 'tracker' as source, 'APP-' || n as work_item_key, 'Story' as item_type,
        'Done' as status, 'APP' as project_key, '[]' as labels, '[]' as components,
        '[]' as fix_versions, 'dev' || (n % 60) as assignee,
        timestamp '2025-09-01' + to_seconds(n * {seconds} // {items}) as created_at,
        false as is_deleted, true as has_history
    from range({items}) as t(n)
"""
CHANGES = """
    select 'tracker' as source, 'APP-' || n as work_item_key, n * {changes} + k as change_id,
        timestamp '2025-09-01' + to_seconds(n * {seconds} // {items} + (k + 1) * 43_000)
            as changed_at,
        'dev' || (n % 60) as author, 'status' as field,
        case k when 0 then 'Open' else {statuses}[k] end as from_value,
        {statuses}[k + 1] as to_value
    from range({items}) as t(n), range({changes}) as u(k)
"""
TABLES = {
    "commits": COMMITS, "pull_requests": PULL_REQUESTS, "pull_request_commits": OWN_COMMITS,
    "reviews": REVIEWS, "deployments": RELEASES, "incidents": INCIDENTS,
    "work_items": WORK_ITEMS, "work_item_changes": CHANGES,
}  # fmt: skip


def main() -> None:
    """Print the seconds of the walk, of the models below, and of delivery and flow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="small")
    size = SIZES[parser.parse_args().size]
    with TemporaryDirectory() as folder:
        connection = duckdb.connect(str(Path(folder) / "bench.duckdb"), config={"threads": 2})
        connection.execute("set TimeZone = 'UTC'")
        relations = compiled_relations()
        _prepare(connection, relations, size)
        own = {path.stem for path in PROJECT.glob("models/*/delivery/*.sql")}
        own |= {path.stem for path in PROJECT.glob("models/*/flow/*.sql")}
        order = _in_order(own, relations)
        started, spent = time.perf_counter(), time.process_time()
        with _timed("walk over the commits"):
            write_first_deployments(connection)
        with _timed("models below them"):
            _build(connection, [one for one in order if one.name not in own])
        with _timed(f"delivery and flow, {len(own)} models"):
            _build(connection, [one for one in order if one.name in own])
        print(
            f"{time.perf_counter() - started:.1f} s together, {time.process_time() - spent:.1f} CPU"
            f" s; promised {size.limit_seconds:.0f} s on two cores;"
            f" peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
        )


def _prepare(
    connection: duckdb.DuckDBPyConnection, relations: Mapping[str, Relation], size: Size
) -> None:
    """Fill the configuration and the neutral tables; the walk reads the raw ones."""
    bootstrap(connection)
    sizes = {
        "pulls": size.pulls, "commits": 3 * size.pulls, "items": size.items,
        "deployments": size.deployments, "repositories": REPOSITORIES,
        "changes": size.changes_per_item, "seconds": 400 * 86_400,
        "statuses": list(MOVES[-size.changes_per_item :]),
    }  # fmt: skip
    months = tuple(f"{2025 + (8 + n) // 12}-{(8 + n) % 12 + 1:02d}" for n in range(14))
    given = flow_world(months=months).given()
    for place, relation in relations.items():
        if relation.name.startswith("inp_") or relation.sql is None:
            _create(connection, relation)
        if relation.schema == "company" and place in given:
            fill(connection, place, given[place])
    for table, statement in TABLES.items():
        rows = connection.execute(statement.format(**sizes)).to_arrow_table()
        fill(connection, f"input.inp_{table}", rows)
        connection.execute(f"insert into raw.{table} by name from input.inp_{table}")


def _create(connection: duckdb.DuckDBPyConnection, relation: Relation) -> None:
    columns = {column.name: column.data_type for column in relation.columns}
    if relation.schema == "closed" and not columns:
        mart = compiled_relations()[f"marts.{relation.name}"]
        columns = {"month_key": "varchar"} | {one.name: one.data_type for one in mart.columns}
    if relation.schema == "company":
        columns = company_columns()[relation.name]
    if columns:
        declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        connection.execute(f"create schema if not exists {relation.schema}")
        connection.execute(f"create table if not exists {relation.identifier} ({declared})")


def _in_order(names: set[str], relations: Mapping[str, Relation]) -> list[Relation]:
    """List the models and all below them down to the neutral tables, parents first."""
    ordered: dict[str, Relation] = {}

    def visit(place: str) -> None:
        relation = relations[place]
        if place in ordered or relation.sql is None or relation.schema in {"input", "staging"}:
            return
        for parent in sorted(relation.parents):
            visit(parent)
        ordered[place] = relation

    for place, relation in relations.items():
        if relation.name in names:
            visit(place)
    return list(ordered.values())


def _build(connection: duckdb.DuckDBPyConnection, relations: list[Relation]) -> None:
    """Build the models and name those that take the most."""
    taken: dict[str, float] = {}
    for relation in relations:
        started = time.process_time()
        sql = str(relation.sql).replace('"memory".', "").replace("memory.", "")
        kind = "view" if relation.is_view else "table"
        connection.execute(f"create {kind} {relation.identifier} as {sql}")
        taken[relation.name] = time.process_time() - started
    for name in sorted(taken, key=lambda name: (-taken[name], name))[:SLOWEST]:
        print(f"{taken[name]:8.1f} CPU s {'':10}   {name}")


@contextmanager
def _timed(what: str) -> Iterator[None]:
    processor, wall = time.process_time(), time.perf_counter()
    yield
    taken = time.process_time() - processor, time.perf_counter() - wall
    print(f"{taken[0]:8.1f} CPU s {taken[1]:8.1f} s  {what}")


if __name__ == "__main__":
    main()

"""What sources delivered stands in the input layer, keys global, nothing lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.connectors.loading_company import LoadingCompany
from tests.connectors.native_records import (
    event,
    github_issue,
    github_pull,
    history,
    issue,
    worklog,
    write_lines,
)
from tests.dbt.company_columns import company_columns
from tests.dbt.compiled_project import compiled_relations

MOMENT = "2026-03-02T09:00:00.000+0000"


def tracked(number: int, epic: str | None) -> dict[str, Any]:
    moves = [history(number, MOMENT, "ada", ("Epic Link", None, epic), ("status", "A", "B"))]
    return issue(
        number,
        histories=moves,
        customfield_10014=epic,
        worklogs=[worklog(number, MOMENT, "ada", 60)],
    )


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse with two trackers that share a project, a forge and tables."""
    root = tmp_path_factory.mktemp("company")
    write_lines(root / "one" / "a.jsonl", [tracked(1, "CHK-9"), tracked(2, "PAY-1")])
    write_lines(root / "two" / "a.jsonl", [tracked(1, None)])
    commit = {"event": "committed", "sha": "f" * 40, "message": "x",
              "author": {"email": "a@x.test", "date": "2026-03-01T00:00:00Z"},
              "committer": {"email": "a@x.test", "date": "2026-03-01T00:00:00Z"}}  # fmt: skip
    forge = [github_issue(1, event(5, "closed", "2026-03-01T09:00:00Z")),
             github_pull(2, commit), github_pull(3, commit), "broken"]  # fmt: skip
    write_lines(root / "forge" / "a.jsonl", forge)
    (root / "tables").mkdir()
    (root / "tables" / "worklogs.csv").write_text(
        "worklog_id,work_item_key,author,started_at,seconds\n1,other:7,ada,2026-03-01T09:00:00Z,60\n"
    )
    for name, kind, mode in (("one", "jira", "files"), ("two", "jira", "files"),
                             ("forge", "github", "files"), ("tables", "tables", None)):  # fmt: skip
        company = LoadingCompany(root, name=name, kind=kind, mode=mode, path=name)
        company.load(max_rejected_share=0.5)
    return company.warehouse


@pytest.fixture(scope="module")
def built(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a connection in which the input layer and the checks of sources are built."""
    connection = duckdb.connect(config={"threads": 1})
    connection.execute("set TimeZone = 'UTC'")
    connection.execute(f"attach '{warehouse}' as loaded (read_only)")
    connection.execute("copy from database loaded to memory")
    connection.execute("create schema if not exists company")
    connection.execute("create table company.settings as select '2026-03' as run_month")
    for table in ("ai_seats", "ai_usage", "ai_costs"):
        columns = company_columns()[table]
        declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        connection.execute(f"create table company.{table} ({declared})")
    done: set[str] = set()
    relations = compiled_relations()
    for name, relation in relations.items():
        if relation.schema == "input" or relation.name == "int_checks__sources":
            _build(connection, name, relations, done)
    yield connection
    connection.close()


def _build(
    connection: duckdb.DuckDBPyConnection, name: str, relations: Any, done: set[str]
) -> None:
    relation = relations[name]
    if relation.sql is None or name in done:
        return
    done.add(name)
    for parent in sorted(relation.parents):
        _build(connection, parent, relations, done)
    connection.execute(f"create schema if not exists {relation.schema}")
    connection.execute(f"create table {relation.identifier} as {relation.sql}")


def rows(connection: duckdb.DuckDBPyConnection, statement: str) -> list[tuple[Any, ...]]:
    return connection.execute(statement).fetchall()


def test_keys_that_two_sources_could_give_carry_the_source(
    built: duckdb.DuckDBPyConnection,
) -> None:
    items = "select work_item_key, epic_key from input.inp_work_items order by 1"
    assert rows(built, items) == [
        ("example/checkout#1", None),
        ("one:CHK-1", "one:CHK-9"),
        ("one:CHK-2", "PAY-1"),
        ("two:CHK-1", None),
    ]


def test_every_reference_to_a_shared_key_carries_the_source(
    built: duckdb.DuckDBPyConnection,
) -> None:
    changes = (
        "select work_item_key, field, from_value, to_value from input.inp_work_item_changes "
        "where source = 'one' order by all"
    )
    assert rows(built, changes) == [
        ("one:CHK-1", "epic_key", None, "one:CHK-9"),
        ("one:CHK-1", "status", "A", "B"),
        ("one:CHK-2", "epic_key", None, "PAY-1"),
        ("one:CHK-2", "status", "A", "B"),
    ]
    worklogs = "select work_item_key from input.inp_worklogs order by 1"
    assert rows(built, worklogs) == [("one:CHK-1",), ("one:CHK-2",), ("other:7",), ("two:CHK-1",)]


def test_a_commit_of_two_pull_requests_stands_once(built: duckdb.DuckDBPyConnection) -> None:
    assert rows(built, "select count(*) from input.inp_commits") == [(1,)]
    assert rows(built, "select number from input.inp_pull_request_commits order by 1") == [
        (2,), (3,),
    ]  # fmt: skip


def test_checks_tie_what_was_delivered_to_the_input_layer(
    built: duckdb.DuckDBPyConnection,
) -> None:
    failed = (
        "select check_id, left_value, right_value, severity from intermediate.int_checks__sources "
        "where left_value <> right_value"
    )
    assert [(each[0], int(each[1]), each[3]) for each in rows(built, failed)] == [
        ("SRC-REJECTED:forge", 1, "WARN")
    ]
    ids = "select count(*), count(distinct check_id) from intermediate.int_checks__sources"
    ((total, distinct),) = rows(built, ids)
    assert total == distinct > 20


def test_a_lost_row_trips_its_check(built: duckdb.DuckDBPyConnection) -> None:
    relations = compiled_relations()
    check = next(each for each in relations.values() if each.name == "int_checks__sources")
    counted = next(each for each in relations.values() if each.name == "int_source_rows__counted")
    built.execute("begin")
    built.execute("delete from input.inp_worklogs where work_item_key = 'one:CHK-1'")
    built.execute(f"create or replace table {counted.identifier} as {counted.sql}")
    failed = rows(
        built,
        f"select check_id, severity from ({check.sql}) where left_value <> right_value "
        "and severity = 'BLOCK'",
    )
    built.execute("rollback")
    assert failed == [("SRC-ROWS:one:worklogs", "BLOCK")]


def test_a_source_that_did_not_answer_blocks_the_books_and_says_why(
    built: duckdb.DuckDBPyConnection,
) -> None:
    relations = compiled_relations()
    check = next(each for each in relations.values() if each.name == "int_checks__sources")
    said = "source one: GET https://host: no answer: run the command again"
    built.execute("begin")
    built.execute("insert into ops.source_failures values ('one', 'jira', ?)", [said])
    failed = rows(
        built,
        f"select check_id, severity, detail from ({check.sql}) where left_value <> right_value "
        "and check_id like 'SRC-LOADED:%'",
    )
    built.execute("rollback")
    assert failed == [("SRC-LOADED:one", "BLOCK", said)]

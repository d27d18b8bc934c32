"""A large company as a folder: configuration, inputs as Parquet, and loaded neutral tables.

The rows are those of `benchmarks.ledger.company`, written by SQL over numbers.
"""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from benchmarks.ledger.company import COMPANY, FIRST_YEAR, NEUTRAL, Size
from capstream.sample.files import write_csv, write_text
from capstream.warehouse import bootstrap, connect

PRESETS = Path(__file__).parents[2] / "policies"
POLICY = "us_350_40_legacy"
STREAMS, COMPONENTS = 20, 200
GATES = ("alternatives_closed", "authorised", "funding_committed", "probable_to_complete")
ACCOUNTS = {
    "work_item_changes": "author",
    "comments": "author",
    "pull_requests": "author",
    "reviews": "reviewer",
    "commits": "author",
}
CONFIGURATION = f"""\
# Written by benchmarks.scale: every person, item and amount is made of numbers.
schema_version: 1
company: {{name: Scale Works, reporting_currency: USD, timezone: UTC, first_month: {FIRST_YEAR}-01}}
entities:
  - {{entity: US01, name: Scale Works Inc., functional_currency: USD, country: US}}
sources:
  - {{name: tracker, kind: tables, path: sources/tables, timezone: UTC}}
policies:
  - {{policy: {POLICY}, from: {FIRST_YEAR}-01}}
roles: {{prepare: [Preparer], approve: [Approver]}}
"""
WORKFLOW = """\
workflows:
  - projects: ["*"]
    steps:
      - {step: Dev, kind: work, statuses: [In Progress]}
      - {step: Review, kind: work, statuses: [In Review], from_pull_requests: true}
    before: [To Do]
    done: [Done]
"""


def last_month(size: Size) -> str:
    """Return the month that closes the company's history."""
    number = size.months - 1
    return f"{FIRST_YEAR + number // 12}-{number % 12 + 1:02d}"


def write_folder(root: Path, size: Size) -> None:
    """Write configuration and inputs.

    Args:
        root: The company folder.
        size: How large the company is.
    """
    write_text(root / "capstream.yaml", CONFIGURATION)
    write_text(root / "workflow.yaml", WORKFLOW)
    write_text(root / "value_streams.yaml", _value_streams(size))
    preset = (PRESETS / f"{POLICY}.yaml").read_text(encoding="utf-8")
    early = re.sub(r"(?m)^effective_from:.*$", "effective_from: 2010-01-01", preset, count=1)
    write_text(root / "policies" / f"{POLICY}.yaml", early)
    _write_components(root / "inputs")
    (root / "inputs").mkdir(exist_ok=True)
    with duckdb.connect() as connection:
        _months(connection, size)
        for table in ("people", "identities", "time_off", "payroll"):
            _copy(
                connection, COMPANY[table].format(**size.counts), root / f"inputs/{table}.parquet"
            )


def write_tables(root: Path, size: Size) -> None:
    """Write the neutral tables as files, to be loaded by `capstream ingest`."""
    folder = root / "sources" / "tables"
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        for table, statement in NEUTRAL.items():
            columns = "* exclude (is_deleted, has_history)" if table == "work_items" else "*"
            text = f"select {columns} from ({statement.format(**size.counts)})"
            _copy(connection, text, folder / f"{table}.parquet")


def fill_warehouse(root: Path, size: Size) -> None:
    """Put the neutral tables where a load puts them, at once: what is measured comes after it."""
    (root / "sources" / "tables").mkdir(parents=True, exist_ok=True)
    with connect(root / "var" / "capstream.duckdb") as connection:
        bootstrap(connection)
        for table, statement in NEUTRAL.items():
            _fill(connection, table, statement.format(**size.counts))
        people = " union ".join(
            f"select source, {column} as account from raw.{table}"
            for table, column in ACCOUNTS.items()
        )
        _fill(connection, "actors", f"select *, 'human' as kind from ({people})")


def _fill(connection: duckdb.DuckDBPyConnection, table: str, statement: str) -> None:
    marks = (
        f"'tracker' as record_source, '{table}' as record_type, "
        "cast(row_number() over () as text) as record_key"
    )
    connection.execute(f"insert into raw.{table} by name select *, {marks} from ({statement})")


def _copy(connection: duckdb.DuckDBPyConnection, statement: str, path: Path) -> None:
    connection.execute(f"copy ({statement}) to '{path}' (format parquet)")


def _months(connection: duckdb.DuckDBPyConnection, size: Size) -> None:
    connection.execute("create schema company")
    connection.execute(
        "create table company.months as select strftime(first_date, '%Y-%m') as month_key, "
        "first_date, n as month_index from (select n, cast(date '"
        f"{FIRST_YEAR}-01-01' + to_months(cast(n as integer)) as date) as first_date "
        f"from range({size.months}) as t(n))"
    )


def _value_streams(size: Size) -> str:
    """Return streams whose rules map epics to components and projects to the stream alone."""
    counts = size.counts
    lines = ["value_streams:"]
    for stream in range(STREAMS):
        epics = range(stream, counts["epics"] // 3, STREAMS)
        teams = range(stream, counts["teams"], STREAMS)
        lines += [f"  - value_stream_id: s{stream}", f"    name: Stream {stream}", "    rules:"]
        lines += [
            f"      - {{epic: EPIC-{epic}, component_id: c{epic % COMPONENTS}}}" for epic in epics
        ]
        lines += [f"      - {{project: T{team}}}" for team in teams] or [
            f"      - {{label: stream-{stream}}}"
        ]
    return "\n".join(lines) + "\n"


def _write_components(inputs: Path) -> None:
    names = [f"c{number}" for number in range(COMPONENTS)]
    write_csv(
        inputs / "components.csv",
        "component_id,name,value_stream_id,entity,life_months,scope",
        [
            (name, f"Component {name}", f"s{number % STREAMS}", "US01", 36, "hosted")
            for number, name in enumerate(names)
        ],
    )
    write_csv(
        inputs / "gates.csv",
        "component_id,gate,effective_date,recorded_at,recorded_by,note",
        [
            (name, gate, "2022-12-01", "2022-12-02T12:00:00+00:00", "Approver", "made of numbers")
            for name in names
            for gate in GATES
        ],
    )

"""What a company holds, as fingerprints that two moments or two companies can be compared by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

RAW = ("raw",)
RESULTS = ("company", "input", "intermediate", "marts", "reporting", "staging")
WAREHOUSE = Path("var") / "capstream.duckdb"
UNSTABLE = frozenset({"marts.fct_close_ledger"})
"""A closing carries the time at which it was made."""

_OF_A_MONTH = (
    "marts.fct_capitalization",
    "marts.fct_cost_allocations",
    "marts.fct_effort_days",
    "marts.fct_journal_lines",
    "marts.fct_asset_movements",
)
_LISTING = """
select table_schema, table_name from information_schema.tables
where table_schema in (select unnest(?)) order by all
"""

Fingerprints = Mapping[str, str]


def relations(company: Path, schemas: Iterable[str]) -> Fingerprints:
    """Return rows and joint hash of every relation of the schemas, in any order of rows."""
    path = company / WAREHOUSE
    if not path.exists():
        return {}
    with duckdb.connect(str(path), read_only=True) as connection:
        listed = connection.execute(_LISTING, [list(schemas)]).fetchall()
        names = [f"{schema}.{name}" for schema, name in listed]
        return {name: _fingerprint(connection, name) for name in names if name not in UNSTABLE}


def closed_rows(company: Path, month: str) -> Fingerprints:
    """Return what the marts show of a closed month."""
    with duckdb.connect(str(company / WAREHOUSE), read_only=True) as connection:
        return {
            name: _fingerprint(connection, f"(select * from {name} where month_key = '{month}')")
            for name in _OF_A_MONTH
        }


def files(folder: Path) -> Fingerprints:
    """Return the SHA-256 of every file below a folder; work in progress (dotted) left out."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in found
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def differences(before: Fingerprints, after: Fingerprints) -> list[str]:
    """Name what one has and the other has not, or has otherwise."""
    names = before.keys() | after.keys()
    return sorted(name for name in names if before.get(name) != after.get(name))


def _fingerprint(connection: duckdb.DuckDBPyConnection, rows: str) -> str:
    found = connection.execute(
        f"select count(*), coalesce(sum(hash(each)::hugeint), 0) from {rows} as each"
    ).fetchone() or (0, 0)
    return f"{found[0]}:{found[1]}"

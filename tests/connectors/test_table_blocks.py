"""Tables decided by column give what the reader of rows gives, for good rows and bad."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from capstream.connectors import open_connector, table_files
from capstream.connectors.batches import Batches
from capstream.connectors.records import DecidedRows
from capstream.connectors.tables import blocks
from capstream.connectors.tables.contract import (
    KEYS,
    LISTS,
    REQUIRED,
    TABLES,
    WORDS,
    contract_columns,
)
from capstream.warehouse.raw_tables import NEUTRAL_TABLES, RAW_TABLES
from tests.connectors.loading_company import LoadingCompany, ReadCompany

ROWS = 30
BY_ROW, BY_COLUMN = 10**9, 1

TEXTS = ["a", "Ünï", "日本", 'a "word"', "back\\slash", "two\nlines", "tab\tbed", "\x01\x7f", "🎉",
         "\u2028", " padded ", "null", "[1]", "-", "0"]  # fmt: skip
ACCOUNTS = ["ada", "Ada@X.test", "dependabot[bot]", "claude", "İlker", "ΑΣ", "ada "]
TIMES = ["2026-03-01T09:00:00Z", "2026-03-01 09:00:00+01:00", "2026-03-01T09:00:00.123456-05:30",
         "2026-03-01T09:00:00.500Z"]  # fmt: skip
ODD_TIMES = ["2026-03-01T09:00:00", "2026-03-29T02:30:00", "2026-11-01T01:30:00", "2026-03-01",
             "2026-02-30T09:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T09:00Z", "soon at last",
             "2026-03-01T09:00:00.1Z", "20260301T090000Z", "0001-01-01T00:00:00+14:00",
             "9999-12-31T23:59:59-14:00", "1850-01-01T00:00:00Z", "2026-03-01T09:00:00z",
             "2026-03-01T09:00:00+15:00", "٢٠٢٦-03-01T09:00:00Z"]  # fmt: skip
WHOLE = ["3", "-0", "007", "12", "900"]
ODD_WHOLE = ["1.0", "1e3", "1_000", "٣", "9" * 19, "-9223372036854775808", "x", "NaN", "1.5", "-60"]
QUANTITIES = ["2.5", "0.00005", "999999999999", "1e13", "-3.14159", "abc", "1e2", "Infinity"]
BOOLEANS = ["true", "TRUE", "Yes", "0", "no", "2", "maybe"]
LISTED = ["b;a;b", " b ; ;a", '["b", "a", "b"]', "[broken", "[1, null]", "[]", "ü"]
OBJECTS = ['{"b": 1, "a": "ü"}', "{}", "[]", "{", '{"a": NaN}', "text"]
EXTRA = ["note", 'a "quoted" name', "Größe", "note2"]


def pool(table: str, column: str, chance: random.Random) -> list[str]:
    """Return texts for a cell, most of them good, so that most rows are."""
    kind = NEUTRAL_TABLES[table].field(column).type if column not in EXTRA else pa.string()
    if (table, column) in WORDS:
        words = sorted(WORDS[table, column])
        return words * 4 + ["Done!", words[0].upper()]
    if column in KEYS[table] and pa.types.is_string(kind):
        return [f"K-{number}" for number in range(20)]
    if column in LISTS:
        return LISTED
    if column == "fields":
        return OBJECTS[:2] * 9 + OBJECTS
    if pa.types.is_timestamp(kind):
        return TIMES * 8 + ODD_TIMES if chance.random() < 0.7 else TIMES
    if pa.types.is_int64(kind):
        return WHOLE * 6 + ODD_WHOLE if chance.random() < 0.7 else WHOLE
    if pa.types.is_boolean(kind):
        return BOOLEANS[:5] * 5 + BOOLEANS
    if pa.types.is_decimal(kind):
        return QUANTITIES[:3] * 5 + QUANTITIES
    return ACCOUNTS if column in {"author", "committer", "assignee", "reviewer"} else TEXTS


def drawn_table(chance: random.Random, table: str) -> dict[str, list[str]]:
    """Draw the columns of a table as texts; optional ones may be missing."""
    optional = [name for name in contract_columns(table) if name not in REQUIRED[table]]
    names = [*REQUIRED[table], *chance.sample(optional, chance.randint(0, len(optional)))]
    names += chance.sample(EXTRA, chance.randint(0, 2))
    chance.shuffle(names)
    drawn = {}
    for name in names:
        empty = chance.choice((0, 0, 0.03)) if name in REQUIRED[table] else chance.choice((0, 0.4))
        texts = pool(table, name, chance)
        drawn[name] = ["" if chance.random() < empty else chance.choice(texts) for _ in range(ROWS)]
    return drawn


def write_csv(path: Path, drawn: dict[str, list[str]], chance: random.Random) -> None:
    header = list(drawn)
    rows = [list(cells) for cells in zip(*drawn.values(), strict=True)]
    if chance.random() < 0.1:  # two columns of one name
        header.append(f" {header[0]} ")
        rows = [[*row, row[-1]] for row in rows]
    for row in chance.sample(rows, chance.choice((0, 0, 3))):
        chance.choice((lambda cells: cells.append("more"), list.pop, list.clear))(row)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def native(chance: random.Random, texts: list[str]) -> pa.Array:
    """Return cells as a system that knows types would write them; texts where they are none."""
    makers: list[Callable[[], pa.Array]] = [
        lambda: pa.array(texts, chance.choice((pa.string(), pa.large_string()))),
        lambda: pa.array([text or None for text in texts]).dictionary_encode(),
        lambda: pa.array([int(text) if text else None for text in texts], chance.choice(
            (pa.int64(), pa.int16(), pa.uint64(), pa.float64(), pa.string_view()))),
        lambda: pa.array([float(text) if text else None for text in texts]),
        lambda: pa.array([Decimal(text) if text else None for text in texts],
                         pa.decimal128(30, chance.choice((2, 9)))),
        lambda: pa.array([{"true": True, "no": False}.get(text) for text in texts]),
        lambda: pa.array([text.split(";") if text else None for text in texts]),
        lambda: pa.array([json.loads(text) if text else None for text in texts]),
        lambda: pa.array([datetime.fromisoformat(text).astimezone(UTC) for text in texts],
                         pa.timestamp("us", chance.choice(("UTC", "America/New_York")))),
        lambda: pa.array([datetime.fromisoformat(text).replace(tzinfo=None) for text in texts],
                         pa.timestamp(chance.choice(("us", "ns")))),
        lambda: pa.array([datetime.fromisoformat(text) for text in texts],
                         pa.timestamp("ms", "UTC")),
        lambda: pa.array([date(2026, 1, 1) for _ in texts]),
        lambda: pa.nulls(len(texts)),
    ]  # fmt: skip
    if chance.random() < 0.5:
        return pa.array([text or None for text in texts])
    try:
        return chance.choice(makers)()
    except (ValueError, ArithmeticError, TypeError, pa.ArrowException):
        return pa.array(texts)


def write_folder(root: Path, chance: random.Random, tables: Sequence[str]) -> None:
    folder = root / "sources"
    folder.mkdir(parents=True)
    for table in tables:
        drawn = drawn_table(chance, table)
        if chance.random() < 0.5:
            write_csv(folder / f"{table}.csv", drawn, chance)
        else:
            arrays = {name: native(chance, texts) for name, texts in drawn.items()}
            pq.write_table(pa.table(arrays), folder / f"{table}.parquet")


def landed(company: LoadingCompany) -> dict[str, list[dict[str, Any]]] | str:
    """Return all that would land, by the record it came from; or what kind of error there is."""
    connector = open_connector(company.root, company.source)
    names = frozenset(extract.name for extract in connector.extracts())
    found: dict[str, list[dict[str, Any]]] = {}
    batches = Batches(company.source.name, "tables")
    try:
        for table, rows in batches.filled(connector.records(names), connector.normaliser()):
            found.setdefault(table, []).extend(rows.to_pylist())
    except Exception as error:  # noqa: BLE001 -- both ways must fail alike
        return type(error).__name__
    for table, rows in found.items():
        if table == "actors":  # of whom only the account becomes public
            for row in rows:
                del row["record_type"], row["record_key"], row["record_number"]
        rows.sort(key=lambda row: (row.get("record_number") or 0, repr(row)))
    return found


def company_of(root: Path, seed: int, *tables: str) -> LoadingCompany:
    chance = random.Random(seed)  # noqa: S311 -- an order, not a secret
    write_folder(root, chance, tables or TABLES)
    zone = chance.choice((None, "UTC", "America/New_York"))
    return LoadingCompany(root, kind="tables", path="sources", timezone=zone)


def read_both_ways(company: LoadingCompany, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any]:
    found = []
    for fewest in (BY_ROW, BY_COLUMN):
        monkeypatch.setattr(blocks, "FEWEST_ROWS", fewest)
        found.append(landed(company))
    return found[0], found[1]


@pytest.mark.parametrize("seed", range(8))
def test_columns_give_what_rows_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(table_files, "_BLOCK_ROWS", 13)
    by_row, by_column = read_both_ways(company_of(tmp_path, seed), monkeypatch)
    assert by_row == by_column


def test_the_warehouse_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for name, fewest in (("by_row", BY_ROW), ("by_column", BY_COLUMN)):
        monkeypatch.setattr(blocks, "FEWEST_ROWS", fewest)
        company = company_of(tmp_path / name, 0, "commits")
        company.load(max_rejected_share=1)
        found.append({
            f"{schema}.{table}": company.query(f"select * from {schema}.{table} order by all")
            for schema, tables in RAW_TABLES.items() for table in tables
        })  # fmt: skip
    assert found[0] == found[1]
    filled = ("raw.records", "raw.commits", "raw.actors", "ops.rejected_records")
    assert all(found[0][table] for table in filled)
    assert any(load[5] for load in found[0]["ops.source_loads"]), "no key came twice"


def test_most_rows_are_decided_by_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "FEWEST_ROWS", BY_COLUMN)
    company = company_of(tmp_path, 3)
    connector = open_connector(company.root, company.source)
    names = frozenset(extract.name for extract in connector.extracts())
    decided = [each for each in connector.records(names) if isinstance(each, DecidedRows)]
    rows, others = sum(each.count for each in decided), sum(len(each.others) for each in decided)
    assert 0 < others < rows * 0.6


EDGES: list[pa.Array] = [
    pa.array([-(2**63), 2**63 - 1]),
    pa.array([2**64 - 1, 7], pa.uint64()),
    pa.array([1.5, float("nan")]),
    pa.array([1e16, -0.0]),
    pa.array([True, None]),
    pa.array([1_700_000_000_123_456_789, 0], pa.timestamp("ns", "UTC")),
    pa.array([-3_786_912_000_000, 253_402_300_799_000], pa.timestamp("ms", "UTC")),
    pa.array([1_700_000_000_000_001, None], pa.timestamp("us")),
    pa.array([b"7", b"\xff"]),
    pa.array([Decimal("7.00"), Decimal("0E-9")], pa.decimal128(20, 9)),
    pa.array([["a", None], []]),
    pa.array([{"a": 1}, None]),
]


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: str(edge.type))
def test_odd_native_cells_are_read_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edge: pa.Array
) -> None:
    good: dict[str, Any] = {
        "repository": ["pay", "pay"], "number": [1, 2], "state": ["open", "open"],
        "created_at": [TIMES[0]] * 2, "title": ["a", "b"], "is_draft": [None, True],
        "labels": ["a", "b"], "note": ["a", "b"],
    }  # fmt: skip
    (tmp_path / "sources").mkdir()
    company = LoadingCompany(tmp_path, kind="tables", path="sources", timezone="UTC")
    for name in good:
        path = tmp_path / "sources" / "pull_requests.parquet"
        pq.write_table(pa.table({**good, name: edge}), path)
        by_row, by_column = read_both_ways(company, monkeypatch)
        assert by_row == by_column, name


def test_a_number_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    rows = {"repository": ["pay"], "sha": ["abc"], "author": ["ada"], "parents": [12],
            "authored_at": TIMES[:1], "committed_at": TIMES[:1]}  # fmt: skip
    pq.write_table(pa.table(rows), tmp_path / "sources" / "commits.parquet")
    company = ReadCompany(tmp_path, kind="tables", path="sources")
    assert company.load().rejected == 1
    assert company.query("select column_name, reason from ops.rejected_records") == [
        ("parents", "12 is not a list")
    ]

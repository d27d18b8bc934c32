"""Neutral tables are checked row by row against the contract."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from capstream.errors import InputError
from tests.connectors.loading_company import ReadCompany, utc

ITEMS = "source,work_item_key,item_type,status,created_at,labels,estimate_points,fields\n"
WORKLOGS = "source,worklog_id,work_item_key,author,started_at,seconds\n"


def company_of(tmp_path: Path, files: dict[str, str], **source: str) -> ReadCompany:
    folder = tmp_path / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return ReadCompany(tmp_path, kind="tables", path="sources", **source)


def test_cells_are_read_by_the_type_of_their_column(tmp_path: Path) -> None:
    row = (
        "\ufeff"
        + ITEMS
        + ',A-1,Story,Open,2026-03-01T09:00:00+01:00,b;a; ,2.5,"{""team"": ""Pay""}"\n'
    )
    company = company_of(tmp_path, {"work_items.csv": row})
    company.load()
    assert company.rows(
        "work_items", "source, work_item_key, created_at, labels, components, fields"
    ) == [("tracker", "A-1", utc("2026-03-01T08:00"), '["a", "b"]', "[]", '{"team": "Pay"}')]
    assert str(company.rows("work_items", "estimate_points")[0][0]) == "2.5000"
    assert company.rows("work_items", "has_history, is_deleted") == [(False, False)]


def test_a_row_may_name_the_system_it_comes_from(tmp_path: Path) -> None:
    rows = ITEMS + "linear,A-1,Story,Open,2026-03-01T09:00:00Z,,,\n"
    company = company_of(tmp_path, {"work_items.csv": rows})
    company.load()
    assert company.rows("work_items", "source, record_source") == [("linear", "tracker")]


def test_parquet_gives_the_rows_of_csv(tmp_path: Path) -> None:
    csv = company_of(
        tmp_path / "csv",
        {"commits.csv": "repository,sha,author,authored_at,committed_at,parents,additions\n"
         "pay,abc,Ada@x.test,2026-03-01T09:00:00Z,2026-03-01T10:00:00Z,b;a,3\n"},
    )  # fmt: skip
    folder = tmp_path / "parquet" / "sources"
    folder.mkdir(parents=True)
    row = {"repository": "pay", "sha": "abc", "author": "Ada@x.test",
           "authored_at": "2026-03-01T09:00:00Z", "committed_at": "2026-03-01T10:00:00Z",
           "parents": ["b", "a"], "additions": 3}  # fmt: skip
    pq.write_table(pa.Table.from_pylist([row]), folder / "commits.parquet")
    parquet = ReadCompany(tmp_path / "parquet", kind="tables", path="sources")
    csv.load()
    parquet.load()
    assert csv.tables() == parquet.tables()
    assert csv.rows("commits", "author, parents, additions") == [("ada@x.test", '["b", "a"]', 3)]


def test_changed_lists_become_json(tmp_path: Path) -> None:
    company = company_of(
        tmp_path,
        {"work_item_changes.csv": "work_item_key,change_id,changed_at,field,from_value,to_value\n"
         "A-1,1,2026-03-01T09:00:00Z,labels,,b;a\nA-1,2,2026-03-01T09:00:00Z,status,Open,Done\n"},
    )  # fmt: skip
    company.load()
    assert company.rows("work_item_changes", "field, from_value, to_value") == [
        ("labels", "[]", '["a", "b"]'),
        ("status", "Open", "Done"),
    ]


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ("1,,ada,2026-03-01T09:00:00Z,60", "work_item_key", "missing"),
        ("1,A-1,ada,2026-03-01T09:00:00,60", "started_at", "no offset"),
        ("1,A-1,ada,2026-03-01,60", "started_at", "no time of day"),
        ("1,A-1,ada,yesterday noon,60", "started_at", "not a time"),
        ("1,A-1,ada,2026-03-01T09:00:00Z,1.5", "seconds", "whole number"),
        ("1,A-1,ada,2026-03-01T09:00:00Z,-60", "seconds", "negative"),
        ("1,A-1,ada,2026-03-01T09:00:00Z,1e30", "seconds", "too large"),
        ("1,A-1,ada,2026-03-01T09:00:00Z,60,extra", "", "7 cells"),
    ],
)
def test_a_bad_row_is_set_aside_with_place_reason_and_remedy(
    tmp_path: Path, cells: str, column: str, reason: str
) -> None:
    good = "".join(f",{n},A-1,ada,2026-03-01T09:00:00Z,60\n" for n in range(10, 20))
    company = company_of(tmp_path, {"worklogs.csv": f"{WORKLOGS}{good},{cells}\n"})
    load = company.load(max_rejected_share=0.2)
    assert load.rejected == 1
    assert load.counts["worklogs"] == 10
    (row,) = company.query("select origin, column_name, reason, remedy from ops.rejected_records")
    assert row[0] == "sources/worklogs.csv:12"
    assert row[1] == column
    assert reason in row[2]
    assert row[3]


def test_the_lost_time_of_a_rejected_worklog_is_its_volume(tmp_path: Path) -> None:
    good = "".join(f",{n},A-1,ada,2026-03-01T09:00:00Z,60\n" for n in range(10, 20))
    bad = ",1,A-1,ada,never,5400\n"
    company = company_of(tmp_path, {"worklogs.csv": WORKLOGS + good + bad})
    company.load(max_rejected_share=0.2)
    (row,) = company.query("select volume, volume_unit, record_key from ops.rejected_records")
    assert (int(row[0]), row[1], row[2]) == (5400, "seconds", "1")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("worklog.csv", WORKLOGS, "rename it to worklogs"),
        ("worklogs.csv", WORKLOGS.replace("author", "autor"), "rename column autor"),
        ("worklogs.parquet", "this is no parquet", "cannot be read"),
        ("notes.csv", "a,b\n", "no neutral table"),
    ],
)
def test_a_file_that_is_no_table_is_refused(
    tmp_path: Path, name: str, content: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        company_of(tmp_path, {name: content}).load()


def test_the_declared_zone_serves_times_without_an_offset(tmp_path: Path) -> None:
    rows = WORKLOGS + ",1,A-1,ada,2026-07-01T09:00:00,60\n"
    company = company_of(tmp_path, {"worklogs.csv": rows}, timezone="America/New_York")
    company.load()
    assert company.rows("worklogs", "started_at") == [(utc("2026-07-01T13:00"),)]

"""Bad, shrunken and cut-off extracts never replace good ones."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from capstream.connectors import retire_sources
from capstream.errors import InputError, SourceError
from tests.connectors.loading_company import LoadingCompany, ReadCompany
from tests.connectors.native_records import github_pull, history, issue, worklog, write_lines

MOMENT = "2026-03-02T09:00:00.000+0000"


def rich_issue(number: int) -> dict[str, Any]:
    return issue(
        number,
        histories=[history(number, MOMENT, "ada", ("status", "To Do", "Done"))],
        worklogs=[worklog(number, MOMENT, "ada", 60)],
    )


@pytest.fixture
def company(tmp_path: Path) -> LoadingCompany:
    """Return a company whose tracker is loaded with ten issues."""
    write_lines(tmp_path / "sources" / "a.jsonl", [rich_issue(n) for n in range(10)])
    company = LoadingCompany(tmp_path, kind="jira", mode="files", path="sources/*.jsonl*")
    company.load()
    return company


def refused(company: LoadingCompany, match: str, **options: Any) -> InputError:
    """Load, expect a refusal, and see that nothing was changed."""
    before = company.tables(), company.query("select * from ops.source_loads order by all")
    with pytest.raises(InputError, match=match) as caught:
        company.load(**options)
    assert before == (
        company.tables(),
        company.query("select * from ops.source_loads order by all"),
    )
    return caught.value


@pytest.mark.parametrize("kept", [0, 9])
def test_a_shrunken_extract_is_refused_with_the_counts(company: LoadingCompany, kept: int) -> None:
    write_lines(company.root / "sources" / "a.jsonl", [rich_issue(n) for n in range(kept)])
    refused(company, rf"lists {kept} records of type issue.* had 10 \({10 - kept} are missing\)")
    refused(company, "--accept-shrink", full=True)


def test_a_missing_file_is_a_shrunken_extract(company: LoadingCompany) -> None:
    write_lines(company.root / "sources" / "b.jsonl", [rich_issue(20)])
    company.load()
    (company.root / "sources" / "b.jsonl").unlink()
    refused(company, "lists 10 records of type issue")


def test_no_file_at_all_is_refused(company: LoadingCompany) -> None:
    (company.root / "sources" / "a.jsonl").unlink()
    refused(company, "no file is at")


def test_an_accepted_shrink_lets_go_and_keeps_the_native_text(company: LoadingCompany) -> None:
    write_lines(company.root / "sources" / "a.jsonl", [rich_issue(n) for n in range(4)])
    load = company.load(accept_shrink=True)
    assert load.counts["work_items"] == 4
    assert load.counts["worklogs"] == 4
    assert company.query("select is_deleted, count(*) from raw.records group by 1 order by 1") == [
        (False, 4),
        (True, 6),
    ]


def test_a_record_that_went_missing_is_marked_while_others_came(company: LoadingCompany) -> None:
    write_lines(company.root / "sources" / "a.jsonl", [rich_issue(n) for n in range(1, 14)])
    company.load()
    assert company.query(
        "select is_deleted, count(*) from raw.work_items group by 1 order by 1"
    ) == [(False, 13), (True, 1)]
    assert company.query("select missing_count from ops.source_loads") == [(1,)]
    write_lines(company.root / "sources" / "b.jsonl", [rich_issue(0)])
    company.load()
    assert company.query("select count(*) from raw.work_items where is_deleted") == [(0,)]


def test_an_extract_without_its_history_is_refused(company: LoadingCompany) -> None:
    bare = [{**rich_issue(n), "changelog": None} for n in range(10)]
    write_lines(company.root / "sources" / "a.jsonl", bare)
    refused(company, "leaves 0 work_item_changes, the last good load had 10")


def test_a_file_cut_short_is_refused(company: LoadingCompany) -> None:
    whole = gzip.compress(b"".join(b'{"key": "X-1"}\n' for _ in range(1000)), mtime=0)
    (company.root / "sources" / "b.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    refused(company, "b.jsonl.gz.*cut short")


BAD_LINES = [
    ("{not json", "not JSON"),
    ("[1, 2]", "not a JSON object"),
    ({"id": "1", "key": "CHK-1"}, "Field required"),
    (issue(1, status=None), "fields.status"),
    (issue(1, created="soon"), "not a time"),
    (issue(1, created="2026-03-01T09:00:00"), "no offset"),
    (issue(1, labels="wallet"), "fields.labels"),
    ({**issue(1), "key": ""}, "key"),
]


@pytest.mark.parametrize(("bad", "reason"), BAD_LINES)
def test_a_bad_record_is_set_aside_and_the_rest_loads(
    tmp_path: Path, bad: Any, reason: str
) -> None:
    write_lines(tmp_path / "sources" / "a.jsonl", [*(issue(n) for n in range(2, 12)), bad])
    company = ReadCompany(tmp_path, kind="jira", mode="files", path="sources")
    load = company.load(max_rejected_share=0.1)
    assert (load.counts["work_items"], load.rejected) == (10, 1)
    (row,) = company.query("select * from ops.rejected_records")
    assert reason in " ".join(map(str, row))
    assert row[4] == "sources/a.jsonl:11"


@pytest.mark.parametrize(("bad", "reason"), BAD_LINES[::3])
def test_too_many_bad_records_refuse_the_load(tmp_path: Path, bad: Any, reason: str) -> None:
    write_lines(tmp_path / "sources" / "a.jsonl", [*(issue(n) for n in range(2, 12)), bad])
    company = LoadingCompany(tmp_path, kind="jira", mode="files", path="sources")
    with pytest.raises(InputError, match="1 of 11 records cannot be used") as caught:
        company.load()
    places = [(problem.file, problem.row) for problem in caught.value.problems]
    assert ("sources/a.jsonl", 11) in places
    assert company.rows("work_items") == []
    assert reason in str(caught.value)


def test_a_bad_part_is_set_aside_and_its_issue_loads(tmp_path: Path) -> None:
    logs = [worklog(n, MOMENT, "ada", 60) for n in range(200)]
    bad = {**worklog(900, "never", "ada", 7200)}
    write_lines(tmp_path / "sources" / "a.jsonl", [issue(1, worklogs=[*logs, bad])])
    company = LoadingCompany(tmp_path, kind="jira", mode="files", path="sources")
    load = company.load()
    assert (load.counts["worklogs"], load.rejected) == (200, 1)
    (row,) = company.query("select record_type, record_key, volume from ops.rejected_records")
    assert (row[0], row[1], int(row[2])) == ("worklog", "900", 7200)


def test_the_remedy_for_a_missing_zone_names_one(tmp_path: Path) -> None:
    write_lines(tmp_path / "sources" / "a.jsonl", [issue(1, created="2026-03-01T09:00:00")])
    company = LoadingCompany(tmp_path, kind="jira", mode="files", path="sources")
    with pytest.raises(InputError, match="timezone: Europe/Berlin"):
        company.load()


def test_a_name_does_not_change_its_kind(company: LoadingCompany) -> None:
    other = LoadingCompany(company.root, kind="github", mode="files", path="sources")
    with pytest.raises(InputError, match="another kind"):
        other.load()


def test_two_sources_of_a_kind_do_not_touch_each_other(company: LoadingCompany) -> None:
    write_lines(company.root / "more" / "a.jsonl", [issue(n) for n in range(50, 53)])
    second = LoadingCompany(
        company.root, name="second", kind="jira", mode="files", path="more/*.jsonl"
    )
    second.load()
    second.load(full=True)
    assert company.query(
        "select record_source, count(*) from raw.work_items group by 1 order by 1"
    ) == [("second", 3), ("tracker", 10)]
    assert retire_sources(company.warehouse, ["second"]) == ["tracker"]
    assert company.query("select distinct record_source from raw.work_items") == [("second",)]


def test_a_column_never_changes_its_type(
    company: LoadingCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyarrow as pa

    from capstream.connectors import batches

    schema = batches.LANDING_TABLES["work_items"]
    position = schema.get_field_index("title")
    changed = schema.set(position, pa.field("title", pa.int64()))
    tables = {**batches.LANDING_TABLES, "work_items": changed}
    monkeypatch.setattr(batches, "LANDING_TABLES", tables)
    records = [issue(n, summary=None) for n in range(11)]
    write_lines(company.root / "sources" / "a.jsonl", records)
    before = company.tables()
    with pytest.raises(SourceError, match="changed its type"):
        company.load()
    assert company.tables() == before
    monkeypatch.undo()


def test_columns_may_be_added(company: LoadingCompany, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow as pa

    from capstream.connectors import batches

    schema = batches.LANDING_TABLES["work_items"].append(pa.field("fresh", pa.string()))
    monkeypatch.setattr(batches, "LANDING_TABLES", {**batches.LANDING_TABLES, "work_items": schema})
    assert company.load(full=True).counts["work_items"] == 10


def test_a_pull_request_without_a_repository_is_set_aside(tmp_path: Path) -> None:
    nameless = github_pull(1, base={"ref": "main"})
    write_lines(tmp_path / "sources" / "a.jsonl", [nameless])
    company = LoadingCompany(tmp_path, kind="github", mode="files", path="sources")
    with pytest.raises(InputError, match="names no repository"):
        company.load()
    named = LoadingCompany(
        tmp_path, kind="github", mode="files", path="sources", repository="example/pay"
    )
    named.load()
    assert named.rows("pull_requests", "repository") == [("example/pay",)]

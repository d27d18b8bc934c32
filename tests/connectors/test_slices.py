"""Slices, repetitions and shuffles give the tables of one full load, byte for byte."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.loading_company import LoadingCompany
from tests.connectors.native_records import (
    comment,
    event,
    github_issue,
    github_pull,
    history,
    issue,
    worklog,
    write_lines,
)


def jira_records() -> list[Any]:
    def one(number: int, updated: str, status: str) -> dict[str, Any]:
        at = f"2026-03-{number % 20 + 1:02d}T09:00:00.000+0000"
        return issue(
            number,
            updated=updated,
            status={"name": status},
            histories=[history(number * 10, at, "ada", ("status", "To Do", status))],
            worklogs=[worklog(number, at, "bo", 600)],
            comments=[comment(number, at, "cy")],
        )

    first = [one(n, "2026-03-02T10:00:00.000+0000", "In Progress") for n in range(1, 25)]
    newer = [one(n, "2026-03-05T10:00:00.000+0000", "Done") for n in range(1, 9)]
    same_moment = [one(n, "2026-03-05T10:00:00.000+0000", "Closed") for n in range(5, 12)]
    return [*first, *newer, *same_moment]


def github_records() -> list[Any]:
    def pull(number: int, day: int) -> dict[str, Any]:
        review = {"id": number, "event": "reviewed", "state": "APPROVED",
                  "user": {"login": "bo"}, "submitted_at": "2026-03-02T09:00:00Z"}  # fmt: skip
        said = event(number, "commented", "2026-03-01T09:00:00Z")
        return github_pull(number, review, said, updated_at=f"2026-03-{day:02d}T09:00:00Z")

    closed = [
        github_issue(n, event(n, "closed", "2026-03-01T09:00:00Z"), state="closed")
        for n in range(30, 45)
    ]
    return [*(pull(n, 3) for n in range(1, 15)), *closed, *(pull(n, 4) for n in range(1, 6))]


RECORDS: dict[str, Callable[[], list[Any]]] = {"jira": jira_records, "github": github_records}


def company_of(root: Path, kind: str) -> LoadingCompany:
    return LoadingCompany(root, kind=kind, mode="files", path="sources/*.jsonl")


@pytest.fixture(params=sorted(RECORDS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def full(tmp_path: Path, kind: str) -> dict[str, Any]:
    """Return the tables of one full load."""
    write_lines(tmp_path / "full" / "sources" / "a.jsonl", RECORDS[kind]())
    company = company_of(tmp_path / "full", kind)
    company.load()
    return company.tables()


def test_three_slices_equal_a_full_load(tmp_path: Path, kind: str, full: dict[str, Any]) -> None:
    company = company_of(tmp_path / "sliced", kind)
    records = RECORDS[kind]()
    for number in range(3):
        write_lines(company.root / "sources" / f"{number}.jsonl", records[number::3])
        assert not company.load().is_skipped
    assert company.tables() == full
    assert company.load().is_skipped
    company.load(full=True)
    assert company.tables() == full


def test_counts_of_slices_equal_those_of_a_full_load(tmp_path: Path, kind: str) -> None:
    sliced, whole = company_of(tmp_path / "a", kind), company_of(tmp_path / "b", kind)
    records = RECORDS[kind]()
    for number in range(3):
        content = [*records[number::3], "broken"]
        write_lines(sliced.root / "sources" / f"{number}.jsonl", content)
        write_lines(whole.root / "sources" / f"{number}.jsonl", content)
        sliced.load(max_rejected_share=0.5)
    whole.load(max_rejected_share=0.5)
    for table in ("source_loads", "source_rows", "source_files", "rejected_records"):
        statement = f"select * from ops.{table} order by all"
        assert sliced.query(statement) == whole.query(statement)
    sums = "select sum(delivered_count), sum(accepted_count + superseded_count + rejected_count)"
    assert whole.query(f"{sums} from ops.source_loads") == [(len(records) + 3, len(records) + 3)]


@pytest.mark.parametrize("seed", [1, 2])
def test_order_and_repetition_do_not_matter(
    tmp_path: Path, kind: str, full: dict[str, Any], seed: int
) -> None:
    records = RECORDS[kind]() * 2
    random.Random(seed).shuffle(records)  # noqa: S311 -- an order, not a secret
    company = company_of(tmp_path / "shuffled", kind)
    write_lines(company.root / "sources" / "a.jsonl", records)
    company.load()
    assert company.tables() == full


def test_loading_twice_changes_nothing(tmp_path: Path, kind: str, full: dict[str, Any]) -> None:
    company = company_of(tmp_path / "full", kind)
    assert company.load().is_skipped
    company.load(full=True)
    assert company.tables() == full


def test_a_changed_file_is_read_again_even_with_the_same_updated_time(tmp_path: Path) -> None:
    company = company_of(tmp_path, "jira")
    file = write_lines(tmp_path / "sources" / "a.jsonl", [issue(1, summary="old")])
    company.load()
    for title in ("new", "newer", "a"):
        write_lines(file, [issue(1, summary=title)])
        company.load()
        assert company.rows("work_items", "title") == [(title,)]


def test_a_moved_item_keeps_its_record_and_changes_its_key(tmp_path: Path) -> None:
    company = company_of(tmp_path, "jira")
    write_lines(tmp_path / "sources" / "a.jsonl", [issue(1, worklogs=[
        worklog(5, "2026-03-02T09:00:00.000+0000", "ada", 60)])])  # fmt: skip
    company.load()
    moved = issue(1, updated="2026-03-09T10:00:00.000+0000", worklogs=[
        worklog(5, "2026-03-02T09:00:00.000+0000", "ada", 60)])  # fmt: skip
    move = history(1, "2026-03-09T10:00:00.000+0000", "ada", ("Key", "CHK-1", "PAY-7"))
    moved["changelog"] = {"histories": [move]}
    write_lines(tmp_path / "sources" / "b.jsonl", [{**moved, "key": "PAY-7"}])
    company.load()
    assert company.rows("work_items", "fields") == [('{"former_keys": ["CHK-1"]}',)]
    assert company.rows("work_item_changes", "field, from_value, to_value") == [
        ("project_key", "CHK", "PAY")
    ]
    assert company.rows("work_items", "work_item_key") == [("PAY-7",)]
    assert company.rows("worklogs", "work_item_key") == [("PAY-7",)]


def test_a_lost_warehouse_is_rebuilt(tmp_path: Path, kind: str, full: dict[str, Any]) -> None:
    company = company_of(tmp_path / "full", kind)
    company.warehouse.unlink()
    company.load()
    assert company.tables() == full
    company.warehouse.unlink()
    shutil.rmtree(company.root / "var")
    company.load()
    assert company.tables() == full

"""What the real records must say, counted on them; skipped where they are not at hand."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.loading_company import LoadingCompany

pytestmark = pytest.mark.real

_RECORDS = os.environ.get("CAPSTREAM_REAL_DATA", "")


@pytest.fixture(scope="module")
def real_records() -> Path:
    if not _RECORDS:
        pytest.skip("CAPSTREAM_REAL_DATA is empty: it names the folder of real records")
    return Path(_RECORDS)


def _loaded(root: Path, **source: Any) -> LoadingCompany:
    company = LoadingCompany(root, allow_outside=True, **source)
    company.load()
    return company


@pytest.fixture(scope="module")
def arrow(real_records: Path, tmp_path_factory: pytest.TempPathFactory) -> LoadingCompany:
    path = str(real_records / "arrow" / "jira_issues.jsonl.gz")
    return _loaded(tmp_path_factory.mktemp("arrow"), kind="jira", mode="files", path=path)


@pytest.fixture(scope="module")
def arrow_git(real_records: Path, tmp_path_factory: pytest.TempPathFactory) -> LoadingCompany:
    path = str(real_records / "arrow" / "git")
    return _loaded(tmp_path_factory.mktemp("arrow_git"), kind="git", path=path)


@pytest.fixture(scope="module")
def secp256k1(real_records: Path, tmp_path_factory: pytest.TempPathFactory) -> LoadingCompany:
    path = str(real_records / "secp256k1" / "*.jsonl.gz")
    return _loaded(tmp_path_factory.mktemp("forge"), kind="github", mode="files", path=path)


@pytest.fixture(scope="module")
def secp256k1_git(real_records: Path, tmp_path_factory: pytest.TempPathFactory) -> LoadingCompany:
    path = str(real_records / "secp256k1" / "git")
    return _loaded(tmp_path_factory.mktemp("code"), kind="git", path=path, deployments="tags")


@pytest.fixture(scope="module")
def cloud(real_records: Path, tmp_path_factory: pytest.TempPathFactory) -> LoadingCompany:
    path = str(real_records / "jira_cloud_samples" / "issues.jsonl.gz")
    return _loaded(tmp_path_factory.mktemp("cloud"), kind="jira", mode="files", path=path)


def test_arrow_has_its_issues_by_status(arrow: LoadingCompany) -> None:
    rows = arrow.query("select status, count(*) from raw.work_items group by status")
    assert dict(rows) == {
        "Resolved": 12_491, "Closed": 2_905, "Open": 2_727, "In Progress": 147, "Reopened": 15,
    }  # fmt: skip


def test_arrows_spent_time_is_nobodys(arrow: LoadingCompany) -> None:
    payloads = arrow.query("select payload from raw.records")
    spent = [json.loads(payload)["fields"].get("timespent") for (payload,) in payloads]
    assert sum(1 for seconds in spent if seconds) == 10_672
    authors = arrow.query("select distinct author from raw.worklogs")
    assert authors == [("githubbot",)]
    assert arrow.query("select kind from raw.actors where account = 'githubbot'") == [("bot",)]


def test_arrows_shared_commits_are_seen_by_author_and_author_time(
    arrow_git: LoadingCompany,
) -> None:
    rows = arrow_git.query(
        "select count(*) from (select author, authored_at from raw.commits group by all "
        "having count(distinct repository) > 1)"
    )
    assert rows == [(197,)]
    assert arrow_git.query("select count(*) from raw.commits") == [(12_110,)]


def test_secp256k1_has_its_pull_requests(secp256k1: LoadingCompany) -> None:
    states = secp256k1.query("select state, count(*) from raw.pull_requests group by state")
    assert sum(count for _, count in states) == 1_308
    assert dict(states)["merged"] == 944
    assert secp256k1.query(
        "select state, merged_at is not null from raw.pull_requests where number = 650"
    ) == [("merged", True)]


def test_secp256k1_has_its_reviews(secp256k1: LoadingCompany) -> None:
    rows = secp256k1.query("select state, count(*) from raw.reviews group by state")
    assert dict(rows) == {"approved": 942, "changes_requested": 8, "commented": 1_642}


def test_secp256k1_has_its_tags_and_merges_that_name_their_pull(
    secp256k1_git: LoadingCompany,
) -> None:
    assert secp256k1_git.query("select count(*) from raw.tags") == [(12,)]
    assert secp256k1_git.query("select count(*) from raw.deployments") == [(12,)]
    ((named, merges),) = secp256k1_git.query(
        "select count(*) filter (where regexp_matches(message, '#[0-9]+')), count(*) "
        "from raw.commits where json_array_length(parents) > 1 and message like 'Merge%'"
    )
    assert round(named / merges, 3) == 0.999


def test_the_cloud_samples_have_their_history(cloud: LoadingCompany) -> None:
    assert cloud.query("select count(*) from raw.work_items") == [(33,)]
    assert cloud.query(
        "select count(*), count(*) filter (where field = 'status') from raw.work_item_changes"
    ) == [(714, 165)]


def test_the_cloud_samples_carry_the_rewrites_that_the_ledger_sets_aside(
    cloud: LoadingCompany,
) -> None:
    rows = cloud.query(
        """
        with moves as (select * from raw.work_item_changes where field = 'status'),
        counted as (
            select first.from_value, first.to_value, count(distinct other.work_item_key) as items
            from moves as first
            inner join moves as other
                on first.author = other.author and first.from_value = other.from_value
                and first.to_value = other.to_value
                and other.changed_at between first.changed_at
                    and first.changed_at + interval 5 minute
            group by first.change_id, first.from_value, first.to_value
        )
        select from_value, to_value, max(items) from counted group by all having max(items) >= 10
        """
    )
    assert {(old, new): count for old, new, count in rows} == {
        ("Closed", "已完成"): 30, ("To Do", "Open"): 29, ("Resolved", "Closed"): 22,
        ("Resolved", "To Do"): 14,
    }  # fmt: skip

"""Exports of native objects become the rows that an API load gives, however they are wrapped."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.loading_company import LoadingCompany, ReadCompany
from tests.connectors.native_kinds import EXPORTED
from tests.connectors.native_records import issue, write_lines


def company_of(root: Path, kind: str, lines: list[Any], *, loads: bool = False) -> LoadingCompany:
    write_lines(root / "sources" / "a.jsonl", lines)
    build = LoadingCompany if loads else ReadCompany
    return build(
        root, kind=kind, mode="files", path="sources/*.json*", name="src", **EXPORTED[kind].settings
    )


@pytest.mark.parametrize("kind", sorted(EXPORTED))
def test_an_export_becomes_its_rows(tmp_path: Path, kind: str) -> None:
    company = company_of(tmp_path, kind, EXPORTED[kind].lines)
    company.load()
    assert company.query("select * from ops.rejected_records") == []
    for table, (columns, expected) in EXPORTED[kind].rows.items():
        assert sorted(company.rows(table, columns), key=str) == sorted(expected, key=str), table


@pytest.mark.parametrize("kind", sorted(EXPORTED))
def test_slices_repetitions_and_shuffles_of_an_export_equal_the_whole(
    tmp_path: Path, kind: str
) -> None:
    lines = EXPORTED[kind].lines
    whole = company_of(tmp_path / "whole", kind, lines, loads=True)
    whole.load()
    sliced = company_of(tmp_path / "sliced", kind, lines[:1], loads=True)
    sliced.load()
    for number, start in enumerate((1, 2)):
        part = lines[start::2] * 2
        random.Random(number).shuffle(part)  # noqa: S311 -- an order, not a secret
        write_lines(sliced.root / "sources" / f"{number}.jsonl", part)
        sliced.load()
    assert sliced.tables() == whole.tables()
    assert sliced.load().is_skipped
    sliced.load(full=True)
    assert sliced.tables() == whole.tables()


_RELEASE = {
    "id": 8, "name": "Release-8", "releaseDefinition": {"name": "app"},
    "artifacts": [{"isPrimary": True, "definitionReference": {
        "sourceVersion": {"id": "c" * 40}, "project": {"name": "Shop"},
        "repository": {"name": "app"}}}],
    "environments": [{"name": "eu", "deploySteps": [
        {"deploymentId": 5, "status": "failed", "lastModifiedOn": "2026-03-02T09:00:00Z"},
        {"deploymentId": 6, "status": "succeeded", "lastModifiedOn": "2026-03-02T10:00:00Z"},
        {"deploymentId": 7, "status": "inProgress", "lastModifiedOn": "2026-03-02T11:00:00Z"}]}],
}  # fmt: skip


def test_the_stages_of_releases_are_deployments_when_configured(tmp_path: Path) -> None:
    write_lines(tmp_path / "sources" / "a.jsonl", [_RELEASE, *EXPORTED["azure_devops"].lines])
    company = ReadCompany(
        tmp_path, kind="azure_devops", mode="files", path="sources/*.jsonl",
        deployments="releases",
    )  # fmt: skip
    company.load()
    columns = "deployment_id, repository, environment, sha, status"
    assert company.rows("deployments", columns) == [
        ("5", "Shop/app", "eu", "c" * 40, "failure"),
        ("6", "Shop/app", "eu", "c" * 40, "success"),
    ]


def test_a_saved_answer_reads_like_lines(tmp_path: Path) -> None:
    lined = company_of(tmp_path / "lines", "pagerduty", EXPORTED["pagerduty"].lines)
    lined.load()
    saved = tmp_path / "saved" / "sources"
    saved.mkdir(parents=True)
    for number, line in enumerate(EXPORTED["pagerduty"].lines):
        (saved / f"{number}.json").write_text(json.dumps(line, indent=2))
    company = ReadCompany(tmp_path / "saved", kind="pagerduty", mode="files", name="src",
                          path="sources/*.json")  # fmt: skip
    company.load()
    assert company.tables() == lined.tables()


def test_a_list_of_issues_and_a_search_answer_read_like_lines(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "list.json").write_text(json.dumps([issue(1), issue(2)], indent=1))
    (folder / "search.json").write_text(json.dumps({"issues": [issue(3)], "isLast": True}))
    company = ReadCompany(tmp_path, kind="jira", mode="files", path="sources/*.json")
    company.load()
    assert company.rows("work_items", "work_item_key") == [("CHK-1",), ("CHK-2",), ("CHK-3",)]


def test_what_has_not_the_documented_shape_is_set_aside(tmp_path: Path) -> None:
    line = {"type": "merge_request", "merge_request": ["not", "an", "object"]}
    company = company_of(tmp_path, "gitlab", [line, {"type": "issue", "issue": {"iid": {}}}, 7])
    company.load()
    assert company.query("select count(*) from raw.records") == [(0,)]
    assert company.query("select count(*) from ops.rejected_records") == [(3,)]

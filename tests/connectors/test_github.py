"""Issues, pull requests and deployments of GitHub become neutral rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.connectors.loading_company import ReadCompany, utc
from tests.connectors.native_records import (
    deployment,
    event,
    github_issue,
    github_pull,
    write_lines,
)


def loaded(tmp_path: Path, *records: Any, **source: Any) -> ReadCompany:
    write_lines(tmp_path / "sources" / "forge.jsonl", records)
    company = ReadCompany(tmp_path, kind="github", mode="files", path="sources", **source)
    company.load()
    return company


def test_an_issue_is_an_item_of_its_repository(tmp_path: Path) -> None:
    company = loaded(tmp_path, github_issue(3, labels=[{"name": "bug"}], state_reason=None))
    assert company.rows("work_items", "work_item_key, item_type, status, project_key, labels") == [
        ("example/checkout#3", "Bug", "open", "example/checkout", '["bug"]')
    ]


def test_events_are_replayed_whatever_order_they_arrive_in(tmp_path: Path) -> None:
    events = [
        event(4, "closed", "2026-03-04T09:00:00Z", "bo"),
        event(1, "labeled", "2026-03-01T09:00:00Z", label={"name": "api"}),
        event(3, "unassigned", "2026-03-03T09:00:00Z", assignee={"login": "ada"}),
        event(2, "assigned", "2026-03-02T09:00:00Z", assignee={"login": "ada"}),
        event(5, "reopened", "2026-03-05T09:00:00Z", "bo"),
        event(6, "unlabeled", "2026-03-06T09:00:00Z", label={"name": "old"}),
        event(7, "subscribed", "2026-03-06T09:00:00Z"),
    ]
    company = loaded(tmp_path, github_issue(3, *events, labels=[{"name": "api"}]))
    assert company.rows("work_item_changes", "change_id, field, from_value, to_value") == [
        ("1", "labels", '["old"]', '["api", "old"]'),
        ("2", "assignee", None, "ada"),
        ("3", "assignee", "ada", None),
        ("4", "status", "open", "closed"),
        ("5", "status", "closed", "open"),
        ("6", "labels", '["api", "old"]', '["api"]'),
    ]


def test_a_pull_request_listed_among_issues_is_no_item(tmp_path: Path) -> None:
    listed = github_issue(
        3, event(1, "commented", "2026-03-01T09:00:00Z"), pull_request={"url": "x"}
    )
    company = loaded(tmp_path, listed)
    assert company.rows("work_items") == []
    assert company.rows("comments") == []
    assert len(company.rows("records")) == 1


def test_merged_goes_by_merged_at(tmp_path: Path) -> None:
    company = loaded(
        tmp_path,
        github_pull(1, state="closed", merged_at="2026-03-02T09:00:00Z", merge_commit_sha="c" * 40),
        github_pull(2, state="closed", merged=False, merge_commit_sha="d" * 40),
        github_pull(3, merge_commit_sha="e" * 40),
    )
    assert company.rows("pull_requests", "number, state, merge_commit_sha") == [
        (1, "merged", "c" * 40), (2, "closed", None), (3, "open", None),
    ]  # fmt: skip


def test_ready_is_the_last_time_before_the_merge(tmp_path: Path) -> None:
    events = [
        event(1, "ready_for_review", "2026-03-01T10:00:00Z"),
        event(2, "ready_for_review", "2026-03-01T12:00:00Z"),
        event(3, "merged", "2026-03-02T09:00:00Z", "bo"),
        event(4, "ready_for_review", "2026-03-03T09:00:00Z"),
    ]
    company = loaded(
        tmp_path, github_pull(1, *events, state="closed", merged_at="2026-03-02T09:00:00Z")
    )
    assert company.rows("pull_requests", "ready_at, merged_by") == [(utc("2026-03-01T12:00"), "bo")]


def test_reviews_count_when_submitted(tmp_path: Path) -> None:
    review = {"id": 9, "event": "reviewed", "state": "CHANGES_REQUESTED",
              "user": {"login": "bo"}, "created_at": "2026-01-01T00:00:00Z",
              "submitted_at": "2026-03-02T09:00:00Z"}  # fmt: skip
    pending = {"id": 10, "event": "reviewed", "state": "PENDING", "user": {"login": "bo"}}
    company = loaded(tmp_path, github_pull(1, review, pending))
    assert company.rows("reviews", "review_id, reviewer, state, submitted_at") == [
        ("9", "bo", "changes_requested", utc("2026-03-02T09:00"))
    ]


def test_commits_of_a_pull_request_keep_their_author_time(tmp_path: Path) -> None:
    signature = {"name": "Ada", "email": "Ada@Example.test", "date": "2026-02-27T23:30:00-02:00"}
    commit = {"event": "committed", "sha": "f" * 40, "author": signature,
              "committer": {**signature, "date": "2026-03-05T00:00:00Z"}, "message": "x",
              "parents": [{"sha": "2" * 40}, {"sha": "1" * 40}]}  # fmt: skip
    company = loaded(tmp_path, github_pull(1, commit))
    assert company.rows("commits", "author, authored_at, parents") == [
        ("ada@example.test", utc("2026-02-28T01:30"), f'["{"2" * 40}", "{"1" * 40}"]')
    ]
    assert company.rows("pull_request_commits", "number, sha") == [(1, "f" * 40)]


def test_comments_on_lines_and_in_the_conversation_do_not_collide(tmp_path: Path) -> None:
    spoken = event(5, "commented", "2026-03-01T09:00:00Z")
    on_line = {"id": 5, "user": {"login": "bo"}, "created_at": "2026-03-01T10:00:00Z"}
    company = loaded(tmp_path, github_pull(1, spoken, comments=[on_line]))
    assert company.rows("comments", "comment_id, number, author") == [
        ("5", 1, "ada"), ("line-5", 1, "bo"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("statuses", "fields", "expected"),
    [
        ([("in_progress", "2026-03-05T10:01:00Z"), ("success", "2026-03-05T10:09:00Z"),
          ("inactive", "2026-03-07T10:00:00Z")], {}, ("success", utc("2026-03-05T10:09"))),
        ([("failure", "2026-03-05T10:09:00Z")], {}, ("failure", utc("2026-03-05T10:09"))),
        ([("error", "2026-03-05T10:09:00Z")], {}, ("failure", utc("2026-03-05T10:09"))),
        ([("success", "2026-03-05T10:09:00Z")], {"task": "deploy:rollback"},
         ("rollback", utc("2026-03-05T10:09"))),
        ([("success", "2026-03-05T10:09:00Z")], {"payload": {"rollback": True}},
         ("rollback", utc("2026-03-05T10:09"))),
    ],
)  # fmt: skip
def test_a_deployment_ends_with_its_deciding_status(
    tmp_path: Path, statuses: Any, fields: Any, expected: Any
) -> None:
    company = loaded(tmp_path, deployment(1, *statuses, **fields))
    assert company.rows("deployments", "status, finished_at") == [expected]
    assert company.rows("deployments", "is_planned") == [(None,)]


def test_a_deployment_under_way_has_no_row(tmp_path: Path) -> None:
    company = loaded(tmp_path, deployment(1, ("in_progress", "2026-03-05T10:01:00Z")))
    assert company.rows("deployments") == []


def test_releases_stand_in_for_deployments_where_configured(tmp_path: Path) -> None:
    records = [
        {"type": "release", "repository": "example/checkout", "release": {
            "id": number, "tag_name": tag, "draft": draft, "published_at": "2026-03-05T10:00:00Z"}}
        for number, tag, draft in ((1, "v1.0", False), (2, "v1.1-rc1", False), (3, "v2", True))
    ]  # fmt: skip
    company = loaded(tmp_path / "a", *records, deployments="releases")
    assert company.rows("deployments", "deployment_id, environment, ref") == [
        ("release:1", "production", "v1.0"), ("release:2", "preview", "v1.1-rc1"),
    ]  # fmt: skip
    assert loaded(tmp_path / "b", *records).rows("deployments") == []


def test_bots_and_agents_are_classes_of_their_own(tmp_path: Path) -> None:
    company = loaded(
        tmp_path,
        github_issue(1, user={"login": "dependabot[bot]", "type": "Bot"}),
        github_issue(2, user={"login": "Copilot", "type": "Bot"}),
        github_issue(3, user={"login": "ada", "type": "User"}),
    )
    assert company.rows("actors", "account, kind") == [
        ("Copilot", "agent"), ("ada", "human"), ("dependabot[bot]", "bot"),
    ]  # fmt: skip

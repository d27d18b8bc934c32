"""Issues of Jira Cloud and Server become neutral rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.loading_company import ReadCompany, utc
from tests.connectors.native_records import comment, history, issue, person, worklog, write_lines


def loaded(tmp_path: Path, *records: Any, **source: Any) -> ReadCompany:
    write_lines(tmp_path / "sources" / "issues.jsonl.gz", records)
    company = ReadCompany(tmp_path, kind="jira", mode="files", path="sources/*.jsonl*", **source)
    company.load()
    return company


def item(company: ReadCompany, columns: str) -> tuple[Any, ...]:
    (row,) = company.rows("work_items", columns)
    return row


def test_an_issue_keeps_its_fields_in_utc(tmp_path: Path) -> None:
    company = loaded(
        tmp_path,
        issue(
            7,
            labels=["wallet", "api", "api"],
            components=[{"id": "1", "name": "Cart"}],
            assignee=person("ada"),
            resolution={"name": "Done"},
            timeoriginalestimate=3600,
            customfield_10050={"value": "Checkout"},
            customfield_10060=[{"name": "one"}, {"name": "two"}],
        ),
    )
    assert item(company, "work_item_key, item_type, status, status_category, project_key") == (
        "CHK-7", "Story", "In Progress", "in_progress", "CHK",
    )  # fmt: skip
    assert item(company, "labels, components, fix_versions, assignee, resolution") == (
        '["api", "wallet"]', '["Cart"]', "[]", "id-ada", "Done",
    )  # fmt: skip
    assert item(company, "created_at, estimate_seconds, url, has_history") == (
        utc("2026-03-01T08:00"), 3600, "https://jira.example.test/browse/CHK-7", True,
    )  # fmt: skip
    fields = json.loads(item(company, "fields")[0])
    assert fields == {"customfield_10050": "Checkout", "customfield_10060": ["one", "two"]}


def test_an_envelope_and_a_bare_issue_are_the_same(tmp_path: Path) -> None:
    bare = loaded(tmp_path / "bare", issue(1))
    wrapped = loaded(tmp_path / "wrapped", {"url": "https://x", "data": issue(1)})
    assert bare.tables() == wrapped.tables()


def test_server_users_are_known_by_name_and_history_may_be_absent(tmp_path: Path) -> None:
    company = loaded(
        tmp_path, issue(1, histories=None, assignee={"name": "asmith", "key": "JIRAUSER1"})
    )
    assert item(company, "assignee, has_history") == ("asmith", False)


def test_a_blank_account_id_is_found_in_the_users_address(tmp_path: Path) -> None:
    blank = {"accountId": "", "self": "https://x/rest/api/3/user?accountId=557%3Aabc"}
    company = loaded(tmp_path, issue(1, assignee=blank))
    assert item(company, "assignee") == ("557:abc",)


def test_the_category_goes_by_number_because_keys_are_translated(tmp_path: Path) -> None:
    status = {"name": "已完成", "statusCategory": {"id": 3, "key": "new", "name": "完成"}}
    assert item(loaded(tmp_path, issue(1, status=status)), "status, status_category") == (
        "已完成", "done",
    )  # fmt: skip


def test_a_parent_that_is_an_epic_is_the_epic(tmp_path: Path) -> None:
    epic = {"key": "CHK-100", "fields": {"issuetype": {"name": "Epic", "hierarchyLevel": 1}}}
    assert item(loaded(tmp_path, issue(1, parent=epic)), "parent_key, epic_key") == (
        None,
        "CHK-100",
    )


def test_a_subtask_has_a_parent_and_a_server_link_an_epic(tmp_path: Path) -> None:
    subtask = {"name": "Sub-task", "subtask": True}
    company = loaded(tmp_path / "a", issue(1, issuetype=subtask, parent={"key": "CHK-5"}))
    assert item(company, "parent_key, epic_key") == ("CHK-5", None)
    server = loaded(
        tmp_path / "b", issue(2, customfield_12311120="CHK-9"), epic_field="customfield_12311120"
    )
    assert item(server, "parent_key, epic_key") == (None, "CHK-9")


def test_history_is_replayed_whatever_order_it_arrives_in(tmp_path: Path) -> None:
    entries = [
        history(3, "2026-03-03T09:00:00.000+0000", "bo", ("Component", "Cart", None)),
        history(1, "2026-03-01T09:00:00.000+0000", "ada", ("Component", None, "Cart")),
        history(2, "2026-03-02T09:00:00.000+0000", None, ("Component", None, "Api"),
                ("status", "To Do", "In Progress"), ("description", "a", "b")),
    ]  # fmt: skip
    company = loaded(tmp_path, issue(1, histories=entries, components=[{"name": "Api"}]))
    assert company.rows("work_item_changes", "change_id, author, field, from_value, to_value") == [
        ("1.0", "id-ada", "components", "[]", '["Cart"]'),
        ("2.0", None, "components", '["Cart"]', '["Api", "Cart"]'),
        ("2.1", None, "status", "To Do", "In Progress"),
        ("2.2", None, "other", None, None),
        ("3.0", "id-bo", "components", '["Api", "Cart"]', '["Api"]'),
    ]


@pytest.mark.parametrize("number", ["²", "x", "٣", "9" * 5000])
def test_an_entrys_id_need_not_be_a_number(tmp_path: Path, number: str) -> None:
    at = "2026-03-01T09:00:00.000+0000"
    second = history(2, at, "ada", ("labels", "", "wallet"))
    first = history(1, at, "ada", ("status", "To Do", "In Progress"))
    company = loaded(tmp_path, issue(1, histories=[first, {**second, "id": number}]))
    assert {field for (field,) in company.rows("work_item_changes", "field")} == {
        "labels", "status",
    }  # fmt: skip


def test_a_renamed_version_is_the_same_version(tmp_path: Path) -> None:
    entry = history(1, "2026-03-01T09:00:00.000+0000", "ada", ("Fix Version", None, "SaaS"))
    entry["items"][0]["to"] = "26"
    company = loaded(
        tmp_path, issue(1, histories=[entry], fixVersions=[{"id": "26", "name": "v2.7"}])
    )
    assert company.rows("work_item_changes", "from_value, to_value") == [("[]", '["v2.7"]')]


def test_each_kind_of_change_has_its_neutral_field(tmp_path: Path) -> None:
    items = [
        ("assignee", "id-ada", "id-bo"),
        ("issuetype", "Bug", "Story"),
        ("labels", "b a", ""),
        ("Epic Link", "CHK-1", "CHK-2"),
        ("Key", "OLD-4", "CHK-1"),
        ("resolution", None, "Done"),
    ]
    entries = [history(1, "2026-03-01T09:00:00.000+0000", "ada", *items)]
    company = loaded(tmp_path, issue(1, histories=entries))
    assert company.rows("work_item_changes", "field, from_value, to_value") == [
        ("assignee", "id-ada", "id-bo"),
        ("epic_key", "CHK-1", "CHK-2"),
        ("item_type", "Bug", "Story"),
        ("labels", '["a", "b"]', "[]"),
        ("project_key", "OLD", "CHK"),
        ("resolution", None, "Done"),
    ]


def test_spent_time_without_worklogs_is_nobodys_time(tmp_path: Path) -> None:
    company = loaded(tmp_path, issue(1, timespent=36_000, aggregatetimespent=72_000))
    assert company.rows("worklogs") == []
    assert "36000" in str(company.rows("records", "payload"))


def test_worklogs_and_comments_become_rows(tmp_path: Path) -> None:
    company = loaded(
        tmp_path,
        issue(
            1,
            worklogs=[worklog(5, "2026-03-02T09:00:00.000+0100", "ada", 1800)],
            comments=[comment(6, "2026-03-02T09:00:00.000+0100", None)],
        ),
    )
    assert company.rows("worklogs", "worklog_id, work_item_key, author, started_at, seconds") == [
        ("5", "CHK-1", "id-ada", utc("2026-03-02T08:00"), 1800)
    ]
    assert company.rows("comments", "comment_id, author") == [("6", "anonymous")]


def test_lists_shorter_than_their_total_are_noticed(tmp_path: Path) -> None:
    cut = issue(1, worklogs=[worklog(5, "2026-03-02T09:00:00.000+0100", "ada", 60)])
    cut["fields"]["worklog"]["total"] = 21
    cut["changelog"]["total"] = 3
    company = loaded(tmp_path, cut)
    notices = company.query("select notice_code, volume from ops.source_notices order by 1")
    assert [(code, int(volume)) for code, volume in notices] == [
        ("truncated_history", 3),
        ("truncated_worklogs", 20),
    ]


def test_apps_are_bots(tmp_path: Path) -> None:
    app = person("automation", accountType="app")
    company = loaded(tmp_path, issue(1, assignee=app, reporter=person("ada")))
    assert company.rows("actors", "account, kind") == [
        ("id-ada", "human"), ("id-automation", "bot"),
    ]  # fmt: skip

"""Requests are few: a first load and a day's increment, counted by the host."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.connectors.fetching_company import FetchingCompany
from tests.connectors.hosts import github_site as github
from tests.connectors.hosts import gitlab_site as gitlab
from tests.connectors.hosts.host import TOKEN, VARIABLE, serving
from tests.connectors.hosts.incident_sites import OpsgenieSite, PagerdutySite
from tests.connectors.hosts.jira_site import JiraSite
from tests.connectors.hosts.versions import moment
from tests.connectors.native_records import history, issue, worklog

LATER = "2026-09-01T09:00:00.000+0000"


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, TOKEN)


def test_ten_thousand_issues_and_a_day_of_changes(tmp_path: Path) -> None:
    site = JiraSite()
    site.page, site.histories_page = 100, 10_000
    for number in range(10_000):
        at = f"2026-03-{number % 28 + 1:02d}T{number % 24:02d}:{number % 60:02d}:00.000+0000"
        moved = [history(number * 10 + n, at, "ada", ("status", "A", "B")) for n in range(3)]
        logged = [
            worklog(number * 10 + n, at, "bo", 60) for n in range(5 if number % 9 == 0 else 1)
        ]
        site.add(str(number), at, issue(number, updated=at, histories=moved, worklogs=logged))
    with serving(site) as host:
        company = FetchingCompany(tmp_path, kind="jira", url=host.url, token_env=VARIABLE)
        kept = company.fetched()
        assert len(kept) == 10_000
        assert kept["issue", "10009"].count("timeSpentSeconds") == 5
        assert host.count <= 250
        for number in range(100):
            site.add(str(number), LATER, issue(number, updated=LATER, histories=()))
        before = host.count
        company.fetched()
        assert host.count - before <= 15


def test_a_day_of_a_hundred_incidents(tmp_path: Path) -> None:
    site = PagerdutySite()
    site.page = 100
    for number in range(100):
        at = f"2026-10-31T{number // 6:02d}:{number % 6}0:00Z"
        logged = [{"id": f"{number}-{kind}", "type": f"{kind}_log_entry", "created_at": at}
                  for kind in ("trigger", "acknowledge", "resolve")]  # fmt: skip
        site.add(str(number), at, {"id": f"P{number}", "created_at": at, "status": "resolved",
                                   "service": {"summary": "pay"}, "logged": logged})  # fmt: skip
    with serving(site) as host:
        company = FetchingCompany(
            tmp_path, kind="pagerduty", url=host.url, token_env=VARIABLE
        )  # fmt: skip
        site.now = moment("2026-10-30")
        company.fetched()
        site.now, before = moment("2026-11-01"), host.count
        assert len(company.fetched()) == 100
        assert host.count - before <= 15


def test_a_hundred_incidents_that_were_open_end_on_one_day(tmp_path: Path) -> None:
    site = PagerdutySite()
    site.page = 100
    for number in range(100):
        opened, ended = f"2026-10-20T{number // 6:02d}:{number % 6}0:00Z", "2026-10-31T12:00:00Z"
        record = {"id": f"P{number}", "created_at": opened, "service": {"summary": "pay"}}
        seen = {"type": "acknowledge_log_entry", "created_at": "2026-10-20T17:00:00Z"}
        resolved = {"type": "resolve_log_entry", "created_at": ended}
        held = {"status": "acknowledged", "updated_at": opened, "logged": [seen]}
        site.add(str(number), opened, {**record, **held})
        gone = {"status": "resolved", "updated_at": ended, "logged": [seen, resolved]}
        site.add(str(number), ended, {**record, **gone})
    with serving(site) as host:
        company = FetchingCompany(tmp_path, kind="pagerduty", url=host.url, token_env=VARIABLE)
        company.today = site.now = moment("2026-10-30")
        company.load()
        company.today, site.now, before = moment("2026-11-01"), moment("2026-11-01"), host.count
        company.load()
        ends = company.query("select count(acknowledged_at), count(resolved_at) from raw.incidents")
        assert ends == [(100, 100)]
        assert host.count - before <= 15


def test_five_thousand_pull_requests_and_a_day_of_changes(tmp_path: Path) -> None:
    site = github.GithubSite()
    site.page, site.embedded = 100, 50
    for number in range(1, 5_001):
        at = f"2026-03-{number % 28 + 1:02d}T{number % 24:02d}:{number % 60:02d}:00Z"
        site.lists["pullRequests"].add(str(number), at, github.pull(number, at, commits=2))
    with serving(site) as host:
        company = FetchingCompany(
            tmp_path, kind="github", organization="example", url=host.url,
            token_env=VARIABLE,
        )  # fmt: skip
        assert len(company.fetched()) == 5_000
        assert host.count <= 300
        for number in range(1, 101):
            at = "2026-09-01T09:00:00Z"
            record = github.pull(number, at, commits=2)
            site.lists["pullRequests"].add(str(number), at, record)
        before = host.count
        company.fetched()
        assert host.count - before <= 15


def test_a_day_of_a_hundred_changes_at_gitlab(tmp_path: Path) -> None:
    site = gitlab.GitlabSite()
    site.page, site.embedded = 100, 100
    for number in range(1, 301):
        at = f"2026-03-{number % 28 + 1:02d}T10:00:00Z"
        site.add(f"i{number}", at, gitlab.issue(number, at, "opened", notes=3))
        site.add(f"m{number}", at, gitlab.merge_request(number, at, "opened", commits=3))
    with serving(site) as host:
        company = FetchingCompany(
            tmp_path, kind="gitlab", group="example", url=host.url, token_env=VARIABLE
        )
        assert len(company.fetched()) == 600
        first = host.count
        for number in range(1, 51):
            at = "2026-09-01T09:00:00Z"
            site.add(f"i{number}", at, gitlab.issue(number, at, "closed", notes=4))
            site.add(f"m{number}", at, gitlab.merge_request(number, at, "merged", commits=4))
        kept = company.fetched()
        assert kept["merge_request", "example/checkout#7"].count("authored_date") == 4
        assert host.count - first <= 15


def test_a_hundred_incidents_of_opsgenie_end_on_one_day(tmp_path: Path) -> None:
    site = OpsgenieSite()
    site.page = 100
    for number in range(100):
        opened, ended = f"2026-03-{number % 28 + 1:02d}T10:00:00Z", "2026-09-01T09:00:00Z"
        record = {"id": f"o{number}", "createdAt": opened, "impactedServices": ["pay"]}
        site.add(str(number), opened, {**record, "status": "open", "updatedAt": opened})
        site.add(str(number), ended, {**record, "status": "resolved", "updatedAt": ended})
    with serving(site) as host:
        company = FetchingCompany(tmp_path, kind="opsgenie", url=host.url, token_env=VARIABLE)
        site.now = moment("2026-08-30")
        company.fetched()
        site.now, before = moment("2026-11-01"), host.count
        kept = company.fetched()
        assert sum('"resolved"' in text for text in kept.values()) == 100
        assert host.count - before <= 15

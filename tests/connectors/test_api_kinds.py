"""Every further kind asks what its vendor documents, and completes what it is given."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from capstream.connectors.pagerduty.windows import Incidents
from tests.connectors.fetching_company import FetchingCompany
from tests.connectors.hosts.azure_site import azure_site
from tests.connectors.hosts.github_site import github_site
from tests.connectors.hosts.host import TOKEN, VARIABLE, Asked, Reply, serving
from tests.connectors.hosts.incident_sites import pagerduty_site
from tests.connectors.hosts.versions import END, moment

Answers = Mapping[str, Callable[[Asked], Any]]
DAY = 1_793_318_400  # 2026-10-30


@dataclass
class ScriptedSite:
    """Answers by path; a path that is not listed is not found."""

    answers: Answers
    asked: list[Asked] = field(default_factory=list)

    def answer(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        found = self.answers.get(asked.path)
        value = found(asked) if found else None
        if isinstance(value, Reply):
            return value
        return Reply({"error": asked.path}, 404) if found is None else Reply(value)


def listed(*items: Any, key: str) -> Callable[[Asked], Any]:
    """Answer with all items on the first page, and with none after it."""
    return lambda asked: {key: list(items) if asked.query.get("offset", "0") == "0" else []}


INCIDENT = {"id": "P1", "service": {"summary": "pay"}, "status": "resolved", "urgency": "high",
            "created_at": "2026-10-20T10:00:00Z"}  # fmt: skip
LOGGED = [{"type": "acknowledge_log_entry", "created_at": "2026-10-20T10:05:00Z"},
          {"type": "resolve_log_entry", "created_at": "2026-10-20T11:00:00Z"}]  # fmt: skip
PERSON = {"email": "ada@example.test"}


def _reports(asked: Asked) -> Any:
    return {"download_links": [f"{asked.base}/signed/{asked.query['day']}"]}


def _linear(asked: Asked) -> Any:
    issue = {"id": "i1", "identifier": "ENG-1", "createdAt": "2026-10-01T00:00:00Z",
             "updatedAt": "2026-10-02T00:00:00Z", "state": {"name": "Done", "type": "completed"},
             "labels": {"nodes": []}, "comments": {"nodes": [], "pageInfo": {}}}  # fmt: skip
    entry = {
        "createdAt": "2026-10-02T00:00:00Z",
        "fromState": {"name": "A"},
        "toState": {"name": "B"},
    }
    end = {"hasNextPage": False, "endCursor": "z"}
    if "id" in asked.body["variables"]:
        rest = {"nodes": [{**entry, "id": "h2"}], "pageInfo": end}
        return {"data": {"issue": {"history": rest}}}
    issue["history"] = {"nodes": [{**entry, "id": "h1"}],
                        "pageInfo": {"hasNextPage": True, "endCursor": "a"}}  # fmt: skip
    return {"data": {"issues": {"nodes": [issue], "pageInfo": end}}}


def _user_day(asked: Asked) -> Reply:
    day = asked.path.rsplit("/", 1)[-1]
    row = {"day": day, "user_id": 7, "user_login": "ada", "loc_added_sum": 4}
    return Reply(json.dumps(row).encode() + b"\n", kind="application/x-ndjson")


PULL = {"pullRequestId": 4, "status": "completed", "creationDate": "2026-10-01T00:00:00Z",
        "closedDate": "2026-10-02T00:00:00Z"}  # fmt: skip
FIELDS = {"System.WorkItemType": "Bug", "System.CreatedDate": "2026-10-01T00:00:00Z",
          "System.ChangedDate": "2026-10-02T00:00:00Z", "System.TeamProject": "Shop"}  # fmt: skip
REVISIONS = [{"id": 9, "rev": rev, "fields": {**FIELDS, "System.State": state}}
             for rev, state in ((1, "New"), (2, "Active"))]  # fmt: skip
REPOSITORIES = "/Shop/_apis/git/repositories"
DEPLOYED = {"id": 3, "deploymentStatus": "succeeded", "completedOn": "2026-10-03T00:00:00Z",
            "lastModifiedOn": "2026-10-03T00:00:00Z"}  # fmt: skip
MERGE = {"iid": 7, "state": "opened", "created_at": "2026-10-01T00:00:00Z",
         "updated_at": "2026-10-01T00:00:00Z"}  # fmt: skip
PROJECT = "/api/v4/projects/5"

KINDS: dict[str, tuple[dict[str, Any], Answers, dict[str, int]]] = {
    "pagerduty": (
        {},
        {
            "/incidents": lambda asked: listed(
                *([INCIDENT] if asked.query["since"] < "2026-10-20" < asked.query["until"] else []),
                key="incidents")(asked),
            "/log_entries": listed(
                *({**entry, "incident": {"id": "P1"}} for entry in LOGGED), key="log_entries"),
        },
        {"incidents": 1},
    ),
    "opsgenie": (
        {},
        {"/v1/incidents": lambda asked: {
            "data": [{"id": "a", "status": "open", "createdAt": "2026-10-01T00:00:00Z"}]
            if "offset" not in asked.query else [],
            "paging": {} if "offset" in asked.query
            else {"next": f"{asked.base}/v1/incidents?offset=100"}}},
        {"incidents": 1},
    ),
    "linear": ({}, {"/graphql": _linear}, {"work_items": 1, "work_item_changes": 2}),
    "gitlab": (
        {"group": "g"},
        {
            "/api/v4/groups/g/projects": lambda _: [{"id": 5, "path_with_namespace": "g/p"}],
            "/api/graphql": lambda _: {"errors": [{"message": "'x' doesn't exist on type 'Y'"}]},
            f"{PROJECT}/issues": lambda _: [], f"{PROJECT}/deployments": lambda _: [],
            f"{PROJECT}/merge_requests": lambda _: [MERGE],
            f"{PROJECT}/merge_requests/7/notes": lambda _: [
                {"id": 1, "system": True, "body": "approved this merge request",
                 "author": {"username": "bo"}, "created_at": "2026-10-01T01:00:00Z"}],
            f"{PROJECT}/merge_requests/7/commits": lambda _: [],
        },
        {"pull_requests": 1, "reviews": 1},
    ),
    "azure_devops": (
        {"organization": "example", "projects": ["Shop"]},
        {
            "/Shop/_apis/wit/reporting/workitemrevisions": lambda _: {
                "values": REVISIONS, "continuationToken": "c1", "isLastBatch": True},
            REPOSITORIES: lambda _: {"value": [{"id": "r1", "name": "app"}]},
            f"{REPOSITORIES}/r1/pullrequests": lambda asked: {
                "value": [PULL] if asked.query["$skip"] == "0" else []},
            **{f"{REPOSITORIES}/r1/pullrequests/4/{part}": lambda _: {"value": []}
               for part in ("threads", "commits")},
            f"{REPOSITORIES}/r1/pullrequests/4": lambda _: {**PULL, "workItemRefs": [{"id": "9"}]},
            "/Shop/_apis/release/deployments": lambda _: {"value": [DEPLOYED]},
        },
        {"work_items": 1, "work_item_changes": 1, "pull_requests": 1, "deployments": 1},
    ),
    "copilot": (
        {"organization": "example", "since": "2026-10-30"},
        {
            "/orgs/example/copilot/metrics/reports/users-1-day": _reports,
            "/signed/2026-10-30": _user_day, "/signed/2026-10-31": _user_day,
            "/orgs/example/copilot/billing/seats": lambda _: {
                "seats": [{"assignee": {"login": "ada"}, "plan_type": "business"}]},
            "/organizations/example/settings/billing/ai_credit/usage": lambda _: {
                "usageItems": [{"sku": "credits", "netAmount": 1.5}]},
        },
        {"ai_usage": 2, "ai_seats": 1, "ai_costs": 2},
    ),
    "cursor": (
        {"since": "2026-10-30"},
        {
            "/teams/daily-usage-data": lambda _: {
                "data": [{**PERSON, "date": DAY * 1000, "chatRequests": 3}]},
            "/teams/filtered-usage-events": lambda asked: {
                "usageEvents": [{"timestamp": str(DAY * 1000 + asked.body["page"]),
                                 "userEmail": PERSON["email"], "chargedCents": 12.5}],
                "pagination": {"hasNextPage": asked.body["page"] < 2}},
            "/teams/members": lambda _: {"teamMembers": [PERSON]},
            "/teams/spend": lambda _: {
                "teamMemberSpend": [{**PERSON, "spendCents": 500, "includedSpendCents": 200}],
                "subscriptionCycleStart": DAY * 1000, "totalPages": 1},
        },
        {"ai_usage": 3, "ai_seats": 1, "ai_costs": 1},
    ),
    "claude_code": (
        {"since": "2026-10-30"},
        {
            "/v1/organizations/usage_report/claude_code": lambda asked: {
                "data": [{"date": asked.query["starting_at"],
                          "actor": {"email_address": PERSON["email"]},
                          "terminal_type": asked.query.get("page", "first"),
                          "core_metrics": {"num_sessions": 1}}],
                "has_more": "page" not in asked.query, "next_page": "second"},
            "/v1/organizations/cost_report": lambda _: {
                "data": [{"starting_at": "2026-10-30T00:00:00Z",
                          "results": [{"amount": "123.45", "currency": "USD"}]}],
                "has_more": False, "next_page": None},
        },
        {"ai_usage": 4, "ai_costs": 1},
    ),
    "openai": (
        {"since": "2026-10-30"},
        {
            "/organization/usage/completions": lambda _: {
                "data": [{"start_time": DAY, "results": [{"user_id": "u", "input_tokens": 5}]}],
                "has_more": False, "next_page": None},
            "/organization/costs": lambda _: {
                "data": [{"start_time": DAY, "results": [{"amount": {"value": 0.06}}]}],
                "has_more": False, "next_page": None},
        },
        {"ai_usage": 1, "ai_costs": 1},
    ),
    "codex": (
        {"workspace": "w", "since": "2026-10-30"},
        {"/v1/analytics/codex/workspaces/w/usage": lambda _: {
            "data": [{"start_time": DAY, **PERSON, "totals": {"turns": 4}}],
            "has_more": False, "next_page": None}},
        {"ai_usage": 1},
    ),
}  # fmt: skip


def test_builds_of_named_pipelines_deploy_when_configured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, TOKEN)
    columns = "deployment_id, service, repository, environment, status"
    with serving(azure_site()) as host:
        company = FetchingCompany(
            tmp_path, kind="azure_devops", url=host.url, token_env=VARIABLE, organization="example",
            projects=["Shop"], deployments="builds", pipelines=["deploy"],
        )  # fmt: skip
        host.site.now = moment("2026-06-20")  # type: ignore[attr-defined]
        for expected in (2, 3):
            company.load()
            rows = company.query(f"select {columns} from raw.deployments order by deployment_id")
            assert len(rows) == expected
            host.site.now = END  # type: ignore[attr-defined]
        (bodies,) = company.query("select distinct length(body) from raw.pull_requests")
    assert rows == [
        ("build:71", "deploy", "Shop/app", "eu", "success"),
        ("build:72", "deploy", "Shop/app", "production", "failure"),
        ("build:75", "deploy", "Shop/app", "production", "success"),
    ]
    assert bodies == (600,)  # the list tells the first 400 characters alone


def test_a_deployment_that_the_host_deleted_is_asked_for_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, TOKEN)
    site = github_site()
    with serving(site) as host:
        company = FetchingCompany(
            tmp_path, kind="github", url=host.url, token_env=VARIABLE, organization="example"
        )
        site.now = moment("2026-06-01")
        company.load()
        del site.lists["deployments"].stamped["d99"]
        site.now = END
        company.load()
        state = (tmp_path / "var" / "raw" / "tracker" / "state.json").read_text()
    assert json.loads(state)["generations"]["0001"]["streams"][
        "example/checkout/deployment"]["place"]["open"] == []  # fmt: skip


def test_a_window_of_more_records_than_a_question_reaches_is_halved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, TOKEN)
    with serving(pagerduty_site()) as host:
        source = {"kind": "pagerduty", "url": host.url, "token_env": VARIABLE}
        whole = FetchingCompany(tmp_path / "whole", **source)
        whole.load()
        monkeypatch.setattr("capstream.connectors.pagerduty.Incidents", narrow)
        halved = FetchingCompany(tmp_path / "halved", **source)
        before = host.count
        halved.load()
        assert host.count > 2 * before
    assert halved.tables() == whole.tables()


def narrow(api: Any, services: Any) -> Incidents:
    """Return incidents of a host whose questions reach three records."""
    return Incidents(api, services, most=3)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kind_is_fetched_twice_and_stands_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv(VARIABLE, TOKEN)
    settings, answers, expected = KINDS[kind]
    with serving(ScriptedSite(answers), is_open=kind == "copilot") as host:
        company = FetchingCompany(
            tmp_path, kind=kind, url=host.url, token_env=VARIABLE, **settings
        )  # fmt: skip
        for _ in range(2):
            company.load()
            tables = company.tables()
            assert {name: len(tables[name]) for name in expected} == expected
    assert company.query("select * from ops.rejected_records") == []
    assert TOKEN.encode() not in company.everything_written()

"""Native objects of the further kinds as their vendors document them, and the rows they become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

AT, LATER = "2026-03-02T09:00:00Z", "2026-03-05T10:00:00Z"
_ADA = {"username": "ada", "name": "Ada", "bot": False}
_BO = {"username": "bo", "name": "Bo"}
_PROJECT = {"references": {"full": "example/shop/app#4"}}


@dataclass(frozen=True)
class Exported:
    """An export and what it says.

    Attributes:
        lines: Its records.
        rows: Some columns of the rows that must come of it, by table.
        settings: Further keys of the source.
    """

    lines: list[dict[str, Any]]
    rows: Mapping[str, tuple[str, list[tuple[Any, ...]]]]
    settings: Mapping[str, Any] = field(default_factory=dict)


GITLAB = Exported(
    [
        {"type": "issue", "issue": {
            "id": 84, "iid": 4, "type": "ISSUE", "issue_type": "issue", "title": "Pay twice",
            "state": "closed", "labels": [{"name": "bug"}, {"name": "pay"}], "author": _ADA,
            "assignee": None, "assignees": [_BO], "milestone": {"title": "1.0"}, "weight": 3,
            "time_stats": {"time_estimate": 7200}, "created_at": AT, "updated_at": LATER,
            "closed_at": LATER, **_PROJECT},
         "notes": [{"id": 1, "body": "why?", "author": _BO, "created_at": AT},
                   {"id": 2, "body": "closed", "system": True, "author": _BO, "created_at": LATER}],
         "resource_state_events": [
             {"id": 9, "user": _BO, "created_at": LATER, "state": "closed"}],
         "resource_label_events": [
             {"id": 5, "user": _ADA, "created_at": AT, "action": "add", "label": {"name": "pay"}}],
         "timelogs": [{"id": "gid://gitlab/Timelog/1", "timeSpent": 1800, "spentAt": AT,
                       "user": _BO}]},
        {"iid": 7, "title": "Draft: pay", "state": "merged", "draft": False, "author": _ADA,
         "source_branch": "pay", "target_branch": "main", "created_at": AT, "updated_at": LATER,
         "merged_at": LATER, "merge_user": _BO, "sha": "a" * 40, "merge_commit_sha": "b" * 40,
         "labels": [], "changes_count": "12", "references": {"full": "example/shop/app!7"}},
        {"type": "note", "repository": "example/shop/app", "note": {
            "id": 30, "body": "approved this merge request", "system": True, "author": _BO,
            "noteable_type": "MergeRequest", "noteable_iid": 7, "created_at": LATER}},
        {"type": "pipeline", "repository": "example/shop/app", "pipeline": {
            "id": 3, "sha": "b" * 40, "ref": "main", "status": "success", "created_at": LATER}},
        {"type": "deployment", "deployment": {
            "id": 11, "status": "success", "sha": "b" * 40, "ref": "main", "created_at": LATER,
            "updated_at": LATER, "environment": {"name": "production"}, "user": _BO,
            "deployable": {"finished_at": LATER, "web_url": "https://git.test/example/shop/app/-/jobs/5"}}},
    ],
    {
        "work_items": ("work_item_key, item_type, status_category, assignee, estimate_seconds",
                       [("example/shop/app#4", "Bug", "done", "bo", 7200)]),
        "work_item_changes": ("field, to_value",
                              [("labels", '["bug", "pay"]'), ("status", "closed")]),
        "worklogs": ("author, seconds", [("bo", 1800)]),
        "comments": ("author, work_item_key", [("bo", "example/shop/app#4")]),
        "pull_requests": ("number, state, merged_by, changed_files", [(7, "merged", "bo", 12)]),
        "reviews": ("repository, number, reviewer, state",
                    [("example/shop/app", 7, "bo", "approved")]),
        "deployments": ("service, environment, status",
                        [("example/shop/app", "production", "success")]),
    },
)  # fmt: skip

_PERSON = {"id": "u1", "name": "Ada", "email": "Ada@example.test"}
LINEAR = Exported(
    [
        {"type": "issue", "issue": {
            "id": "i1", "identifier": "ENG-1", "title": "Pay", "priority": 2, "estimate": 3,
            "priorityLabel": "High", "createdAt": AT, "updatedAt": LATER, "completedAt": LATER,
            "state": {"name": "Done", "type": "completed"}, "team": {"key": "ENG"},
            "assignee": _PERSON, "creator": None, "labels": {"nodes": [{"id": "l", "name": "Bug"}]},
            "history": {"nodes": [
                {"id": "h1", "createdAt": LATER, "actor": _PERSON,
                 "fromState": {"name": "Todo"}, "toState": {"name": "Done"}},
                {"id": "h2", "createdAt": AT, "actor": None, "botActor": {"name": "GitHub"},
                 "addedLabels": [{"id": "l", "name": "Bug"}]}]},
            "comments": {"nodes": [{"id": "c1", "createdAt": AT, "user": _PERSON}]}}},
        {"identifier": "ENG-2", "id": "i2", "createdAt": AT, "updatedAt": AT, "trashed": True,
         "state": {"name": "Backlog", "type": "backlog"}, "labels": [], "history": None,
         "comments": None},
    ],
    {
        "work_items": ("work_item_key, item_type, status, is_deleted, has_history",
                       [("src:ENG-1", "Bug", "Done", False, True),
                        ("src:ENG-2", "Issue", "Backlog", True, False)]),
        "work_item_changes": ("field, author, from_value, to_value",
                              [("labels", "github", "[]", '["Bug"]'),
                               ("status", "ada@example.test", "Todo", "Done")]),
        "comments": ("author", [("ada@example.test",)]),
    },
)  # fmt: skip


def _fields(state: str, at: str, **more: Any) -> dict[str, Any]:
    who = {"displayName": "Ada", "uniqueName": "Ada@example.test"}
    return {"System.WorkItemType": "User Story", "System.Title": "Pay", "System.State": state,
            "System.CreatedDate": AT, "System.ChangedDate": at, "System.ChangedBy": who,
            "System.TeamProject": "Shop", **more}  # fmt: skip


_SIGNED = {"name": "Ada", "email": "ada@example.test", "date": AT}
AZURE = Exported(
    [
        {"type": "work_item",
         "work_item": {"id": 1, "rev": 2, "fields": _fields("Active", LATER)},
         "revisions": [{"id": 1, "rev": 2, "fields": _fields("Active", LATER)},
                       {"id": 1, "rev": 1, "fields": _fields("New", AT)}]},
        {"type": "work_item",
         "work_item": {"id": 2, "rev": 2, "fields": _fields("Closed", LATER)},
         "updates": [{"id": 1, "rev": 1, "fields": {"System.State": {"newValue": "New"}}},
                     {"id": 2, "rev": 2, "revisedBy": {"uniqueName": "bo@example.test"},
                      "fields": {"System.State": {"oldValue": "New", "newValue": "Closed"},
                                 "System.ChangedDate": {"oldValue": AT, "newValue": LATER}}}]},
        {"type": "revision", "revision": {"id": 3, "rev": 2, "fields": _fields("Active", LATER)}},
        {"type": "revision", "revision": {"id": 3, "rev": 1, "fields": _fields("New", AT)}},
        {"type": "pull_request",
         "pull_request": {
             "pullRequestId": 5, "status": "completed", "creationDate": AT, "closedDate": LATER,
             "repository": {"name": "app", "project": {"name": "Shop"}}, "labels": None,
             "createdBy": {"uniqueName": "ada@example.test"},
             "closedBy": {"uniqueName": "bo@example.test"},
             "sourceRefName": "refs/heads/pay", "targetRefName": "refs/heads/main",
             "workItemRefs": [{"id": "1"}]},
         "threads": [{"id": 7, "properties": {"CodeReviewVoteResult": {"$value": "-5"}},
                      "comments": [{"id": 1, "commentType": "system", "publishedDate": AT,
                                    "author": {"uniqueName": "bo@example.test"}}]}],
         "commits": [{"commitId": "c" * 40, "comment": "pay", "author": _SIGNED}]},
        {"type": "deployment", "deployment": {
            "id": 6, "deploymentStatus": "partiallySucceeded", "completedOn": LATER,
            "releaseDefinition": {"name": "app"}, "releaseEnvironment": {"name": "Production"}}},
        {"id": 7, "buildNumber": "1", "definition": {"name": "deploy"}, "result": "succeeded",
         "finishTime": LATER},
        {"id": 8, "releaseDefinition": {"name": "app"}, "environments": []},
    ],
    {
        "work_items": ("work_item_key, status, status_category, has_history",
                       [("src:1", "Active", "in_progress", True), ("src:2", "Closed", "done", True),
                        ("src:3", "Active", "in_progress", True)]),
        "work_item_changes": ("work_item_key, field, from_value, to_value",
                              [("src:1", "status", "New", "Active"),
                               ("src:2", "status", "New", "Closed"),
                               ("src:3", "status", "New", "Active")]),
        "pull_requests": ("repository, state, merged_by, work_item_keys",
                          [("Shop/app", "merged", "bo@example.test", '["src:1"]')]),
        "reviews": ("reviewer, state", [("bo@example.test", "changes_requested")]),
        "pull_request_commits": ("sha", [("c" * 40,)]),
        "deployments": ("service, environment, status", [("app", "Production", "success")]),
    },
)  # fmt: skip

PAGERDUTY = Exported(
    [
        {"type": "incident", "incident": {
            "id": "P1", "type": "incident", "status": "resolved", "urgency": "high",
            "created_at": AT, "resolved_at": None, "last_status_change_at": LATER,
            "service": {"id": "S", "summary": "pay"}, "priority": None, "acknowledgements": [],
            "external_references": None,
            "custom_fields": [{"name": "deployment_id", "value": "77"}]},
         "log_entries": [{"type": "acknowledge_log_entry", "created_at": "2026-03-02T09:05:00Z"},
                         {"type": "resolve_log_entry", "created_at": "2026-03-02T11:00:00Z"}]},
        {"id": "P2", "type": "incident", "status": "triggered", "urgency": "low", "created_at": AT,
         "service": {"summary": "web"}, "last_status_change_at": AT},
        {"incidents": [{"id": "P3", "type": "incident", "status": "acknowledged", "created_at": AT,
                        "acknowledgements": [{"at": LATER}]}], "more": False},
    ],
    {"incidents": (
        "incident_id, service, severity, hour(acknowledged_at), hour(resolved_at), deployment_id",
        [("P1", "pay", "high", 9, 11, "77"), ("P2", "web", "low", None, None, None),
         ("P3", None, None, 10, None, None)])},
)  # fmt: skip

OPSGENIE = Exported(
    [
        {"type": "incident", "incident": {
            "id": "a", "status": "resolved", "priority": "P1", "createdAt": AT, "updatedAt": LATER,
            "impactedServices": ["pay"], "links": {"web": "https://ops.test/a", "api": None},
            "extraProperties": {"deployment_id": "77"}}},
        {"type": "alert", "alert": {
            "id": "b", "status": "closed", "acknowledged": True, "isSeen": True, "priority": "P3",
            "createdAt": AT, "updatedAt": LATER, "source": "web", "details": None,
            "report": {"ackTime": 60_000, "closeTime": 3_600_000}}},
        {"data": [{"id": "c", "status": "open", "createdAt": AT, "impactedServices": None}]},
    ],
    {"incidents": (
        "incident_id, service, severity, minute(acknowledged_at), hour(resolved_at), deployment_id",
        [("a", "pay", "P1", None, 10, "77"), ("b", "web", "P3", 1, 10, None),
         ("c", None, None, None, None, None)])},
)  # fmt: skip

_DAY = {"day": "2026-03-02", "user_id": 7, "user_login": "Ada", "organization_id": "1"}
COPILOT = Exported(
    [
        {**_DAY, "user_initiated_interaction_count": 5, "loc_added_sum": 40,
         "totals_by_cli": {"session_count": 2, "token_usage": {"prompt_tokens_sum": 9}}},
        {**_DAY, "organization_id": "2", "user_initiated_interaction_count": 1},
        {**_DAY, "team_id": 3},
        {"day": "2026-03-02", "organization_id": "1", "daily_active_users": 3},
        {"date": "2026-03-02", "total_active_users": 3, "copilot_ide_chat": {}},
        {"total_seats": 2, "seats": [
            {"assignee": {"login": "ada", "id": 7}, "created_at": AT, "plan_type": "business",
             "last_activity_at": LATER},
            {"assignee": {"login": "bo"}, "created_at": AT, "last_activity_at": None}]},
        {"timePeriod": {"year": 2026, "month": 3}, "organization": "example", "usageItems": [
            {"product": "Copilot", "sku": "Premium", "model": "m", "grossAmount": 4,
             "discountAmount": 1, "netAmount": 3.0000000000000004, "netQuantity": 75}]},
        {"timePeriod": {"year": 2026, "month": 3, "day": 1}, "organization": "example",
         "usageItems": []},
    ],
    {
        "ai_usage": ("account, interactions, lines_added, sessions, tokens_in",
                     [("ada", 1, None, None, None), ("ada", 5, 40, 2, 9)]),
        "ai_seats": ("account, plan, date::text, assigned_from::text",
                     [("ada", "business", "2026-03-05", "2026-03-02"),
                      ("bo", "unknown", "2026-03-05", "2026-03-02")]),
        "ai_costs": ("month, sku, net_amount::double, quantity::double",
                     [("2026-03", "Premium:m", 3.0, 75.0)]),
    },
)  # fmt: skip

_MAIL = "ada@example.test"
CURSOR = Exported(
    [
        {"data": [{"date": 1772409600000, "day": "2026-03-02", "email": _MAIL, "chatRequests": 3,
                   "composerRequests": 1, "totalAccepts": 2, "acceptedLinesAdded": 9}],
         "period": {}},
        {"usageEvents": [{"timestamp": "1772442000000", "userEmail": _MAIL, "model": "m",
                          "chargedCents": 12.5, "tokenUsage": {"inputTokens": 5, "totalCents": 10}},
                         {"timestamp": "1772442000000", "serviceAccountId": "svc", "kind": "x"}]},
        {"teamMemberSpend": [{"email": _MAIL, "spendCents": 500, "includedSpendCents": 200}],
         "subscriptionCycleStart": 1772409600000},
        {"date": "2026-03-02", "teamMembers": [{"email": _MAIL, "name": "Ada", "role": "owner"}]},
    ],
    {
        "ai_usage": ("account, date::text, interactions, estimated_amount::double",
                     [("ada@example.test", "2026-03-02", 4, None),
                      ("ada@example.test", "2026-03-02", None, 0.125),
                      ("svc", "2026-03-02", None, None)]),
        "ai_costs": ("account, net_amount::double", [("ada@example.test", 3.0)]),
        "ai_seats": ("account, plan", [("ada@example.test", "owner")]),
    },
)  # fmt: skip

_CLAUDE = {
    "date": "2026-03-02T00:00:00Z",
    "actor": {"email_address": _MAIL},
    "core_metrics": {"num_sessions": 2, "lines_of_code": {"added": 10, "removed": 1}},
}
CLAUDE_CODE = Exported(
    [
        {"data": [{**_CLAUDE, "terminal_type": "vscode"},
                  {**_CLAUDE, "terminal_type": "iTerm", "model_breakdown": [
                      {"model": "m", "tokens": {"input": 5, "cache_read": 2, "output": 7},
                       "estimated_cost": {"currency": "USD", "amount": 123.45}}]}],
         "has_more": False},
        {"data": [{"starting_at": AT, "ending_at": LATER, "results": [
            {"amount": "123.45", "currency": "USD", "description": "d", "workspace_id": None},
            {"amount": "0.55", "currency": "USD", "description": "d", "workspace_id": "w"},
            {"amount": "1", "currency": "USD", "description": "d", "workspace_id": None}]}]},
    ],
    {
        "ai_usage": ("surface, model, sessions, tokens_in, estimated_amount::double",
                     [("iTerm", "m", None, 7, 1.2345), ("iTerm", None, 2, None, None),
                      ("vscode", None, 2, None, None)]),
        "ai_costs": ("sku, net_amount::double", [("d (default)", 0.01), ("d (default)", 1.2345),
                                                 ("d (w)", 0.0055)]),
    },
)  # fmt: skip

_EPOCH = 1772409600
OPENAI = Exported(
    [
        {"object": "page", "data": [{"start_time": _EPOCH, "results": [
            {"object": "organization.usage.completions.result", "user_id": "u1", "model": "m",
             "input_tokens": 5, "output_tokens": 7, "num_model_requests": 2}]}], "has_more": False},
        {"start_time": _EPOCH, "results": [
            {"object": "organization.usage.embeddings.result", "input_tokens": 3}]},
        {"start_time": _EPOCH + 86_400, "results": []},
        {"start_time": _EPOCH, "results": [
            {"object": "organization.costs.result", "amount": {"value": 0.1, "currency": "usd"},
             "line_item": None, "project_id": "p"},
            {"object": "organization.costs.result", "line_item": "x", "project_id": None,
             "amount": {"value": 0.30000000000000004, "currency": "usd"}}]},
    ],
    {
        "ai_usage": ("account, tokens_in, interactions", [("api", 3, None), ("u1", 5, 2)]),
        "ai_costs": ("sku, net_amount::double, currency", [("cost (p)", 0.1, "USD"),
                                                           ("x", 0.3, "USD")]),
    },
)  # fmt: skip

CODEX = Exported(
    [
        {"data": [{"start_time": _EPOCH, "user_id": "u1", "email": _MAIL, "clients": [
            {"client_id": "cli", "threads": 1, "turns": 4, "text_input_tokens": 5,
             "cached_input_tokens": 2},
            {"client_id": "ide", "turns": 1, "input_tokens": 9, "cached_input_tokens": 3}]}],
         "has_more": False},
        {"start_time": _EPOCH, "user_id": "u2", "totals": {"threads": 1, "turns": 2}},
    ],
    {"ai_usage": ("account, surface, interactions, tokens_in",
                  [("ada@example.test", "cli", 4, 7), ("ada@example.test", "ide", 1, 9),
                   ("u2", None, 2, None)])},
)  # fmt: skip

EXPORTED: Mapping[str, Exported] = {
    "gitlab": GITLAB, "linear": LINEAR, "azure_devops": AZURE, "pagerduty": PAGERDUTY,
    "opsgenie": OPSGENIE, "copilot": COPILOT, "cursor": CURSOR, "claude_code": CLAUDE_CODE,
    "openai": OPENAI, "codex": CODEX,
}  # fmt: skip

"""Native records of invented systems, as their exports write them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

SITE = "https://jira.example.test"


def person(name: str, **more: Any) -> dict[str, Any]:
    return {
        "accountId": f"id-{name}",
        "displayName": name.title(),
        "accountType": "atlassian",
        **more,
    }


def history(
    number: int, at: str, author: str | None, *items: tuple[str, Any, Any]
) -> dict[str, Any]:
    return {
        "id": str(number),
        "created": at,
        "author": person(author) if author else None,
        "items": [
            {"field": field, "from": old, "fromString": old, "to": new, "toString": new}
            for field, old, new in items
        ],
    }


def worklog(number: int, at: str, author: str, seconds: int) -> dict[str, Any]:
    return {"id": str(number), "started": at, "created": at, "author": person(author),
            "timeSpentSeconds": seconds}  # fmt: skip


def comment(number: int, at: str, author: str | None) -> dict[str, Any]:
    return {"id": str(number), "created": at, "author": person(author) if author else None}


def issue(
    number: int,
    *,
    updated: str = "2026-03-02T10:00:00.000+0000",
    histories: Iterable[Mapping[str, Any]] | None = (),
    worklogs: Iterable[Mapping[str, Any]] = (),
    comments: Iterable[Mapping[str, Any]] = (),
    **fields: Any,
) -> dict[str, Any]:
    logged, said = list(worklogs), list(comments)
    record: dict[str, Any] = {
        "id": str(10_000 + number),
        "key": f"CHK-{number}",
        "self": f"{SITE}/rest/api/2/issue/{10_000 + number}",
        "fields": {
            "summary": f"Item {number}",
            "issuetype": {"id": "1", "name": "Story", "subtask": False, "hierarchyLevel": 0},
            "status": {"name": "In Progress", "statusCategory": {"id": 4, "key": "indeterminate"}},
            "project": {"key": "CHK"},
            "created": "2026-03-01T09:00:00.000+0100",
            "updated": updated,
            "labels": [],
            "components": [],
            "fixVersions": [],
            "worklog": {"total": len(logged), "worklogs": logged},
            "comment": {"total": len(said), "comments": said},
            **fields,
        },
    }
    if histories is not None:
        entries = list(histories)
        record["changelog"] = {"total": len(entries), "histories": entries}
    return record


def event(
    number: int | None, name: str, at: str | None, actor: str = "ada", **more: Any
) -> dict[str, Any]:
    user = {"login": actor, "type": "User"}
    return {"id": number, "event": name, "created_at": at, "actor": user, **more}


def github_issue(number: int, *events: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    inner = {
        "number": number,
        "html_url": f"https://github.com/example/checkout/issues/{number}",
        "title": f"Issue {number}",
        "state": "open",
        "user": {"login": "ada", "type": "User"},
        "labels": [],
        "created_at": "2026-03-01T09:00:00Z",
        "updated_at": "2026-03-02T09:00:00Z",
        **fields,
    }
    return {"type": "issue", "issue": inner, "events": list(events)}


def github_pull(
    number: int,
    *events: Mapping[str, Any],
    comments: Iterable[Mapping[str, Any]] = (),
    **fields: Any,
) -> dict[str, Any]:
    inner = {
        "number": number,
        "title": f"CHK-{number}: do it",
        "state": "open",
        "draft": False,
        "user": {"login": "ada", "type": "User"},
        "head": {"ref": f"CHK-{number}", "sha": "a" * 40},
        "base": {"ref": "main", "repo": {"full_name": "example/checkout"}},
        "created_at": "2026-03-01T09:00:00Z",
        "updated_at": "2026-03-02T09:00:00Z",
        **fields,
    }
    return {"type": "pull", "pull": inner, "events": list(events), "comments": list(comments)}


def deployment(number: int, *statuses: tuple[str, str], **fields: Any) -> dict[str, Any]:
    inner = {
        "id": number,
        "sha": "b" * 40,
        "ref": "main",
        "environment": "production",
        "creator": {"login": "deployer[bot]", "type": "Bot"},
        "created_at": "2026-03-05T10:00:00Z",
        "updated_at": "2026-03-09T10:00:00Z",
        **fields,
    }
    return {
        "type": "deployment",
        "repository": "example/checkout",
        "deployment": inner,
        "statuses": [{"state": state, "created_at": at} for state, at in statuses],
    }


def write_lines(path: Path, records: Iterable[Any]) -> Path:
    """Write JSON lines, compressed where the name says so; text is written as it is."""
    lines = [each if isinstance(each, str) else json.dumps(each) for each in records]
    content = "".join(f"{line}\n" for line in lines).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path

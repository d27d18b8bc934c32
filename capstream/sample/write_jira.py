"""Tickets as Jira Cloud's `search/jql` returns them with `expand=changelog`.

Issue object and embedded changelog, comments and worklogs follow the Jira Cloud platform REST
API v3: https://developer.atlassian.com/cloud/jira/platform/rest/v3/
"""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from pathlib import Path

from capstream.sample.company_plan import COMPANY_ZONE, Team
from capstream.sample.files import write_json_lines
from capstream.sample.jira_vocabulary import (
    COMPONENT_FIELD,
    FIELDS,
    SITE,
    STATUSES,
    TYPES,
    changelog_value,
    named,
)
from capstream.sample.records import Actor, Change, Machine, TimeEntry, WorkItem
from capstream.sample.working_time import with_offset
from capstream.sample.world import World

Json = dict[str, object]


def write_jira(world: World, folder: Path) -> None:
    """Write one file of issues per project."""
    for traces in world.traces:
        path = folder / f"{traces.team.prefix}.jsonl.gz"
        write_json_lines(path, (issue_object(item) for item in traces.items))


def issue_object(item: WorkItem) -> Json:
    """Return the native issue object of a work item."""
    histories, values, resolved = _replay(item)
    updated = max([item.created, *(c.at for c in item.changes), *(r.at for r in item.remarks)])
    project = _project(item.team)
    return {
        "expand": "operations,versionedRepresentations,editmeta,changelog,renderedFields",
        "id": str(item.number),
        "self": f"{SITE}/rest/api/3/issue/{item.number}",
        "key": item.key,
        "changelog": {
            "startAt": 0,
            "maxResults": len(histories),
            "total": len(histories),
            "histories": histories,
        },
        "fields": {
            "summary": item.title,
            "issuetype": TYPES[str(values["item_type"])],
            "project": project,
            "status": STATUSES[str(values["status"])],
            "priority": {"id": "3", "name": "Medium"},
            "created": _time(item.created),
            "updated": _time(updated),
            "resolution": values["resolution"] and named(str(values["resolution"])),
            "resolutiondate": None if resolved is None else _time(resolved),
            "assignee": _user(values["assignee"]),
            "reporter": _user(item.reporter),
            "creator": _user(item.reporter),
            "labels": list(_texts(values["labels"])),
            "components": [named(name) for name in _texts(values["components"])],
            "fixVersions": [],
            "customfield_10016": float(item.points) if item.points else None,
            COMPONENT_FIELD: values["field"] and named(str(values["field"]), "value"),
            "timespent": sum(entry.seconds for entry in item.time_entries) or None,
            "timeoriginalestimate": None,
            **({"parent": _parent(values["parent"])} if values["parent"] else {}),
            "comment": _comments(item),
            "worklog": _worklogs(item),
        },
    }


def _replay(item: WorkItem) -> tuple[list[Json], dict[str, object], datetime | None]:
    """Return the histories, newest first, the final values and the time of the resolution."""
    values, histories = dict(item.first), list[Json]()
    resolved: datetime | None = None
    for (at, _), group in groupby(item.changes, key=lambda c: (c.at, _account(c.author))):
        changes = list(group)
        entries: list[Json] = []
        for change in changes:
            entries += _entries(change, values[change.field])
            values[change.field] = change.value
            if change.field == "resolution":
                resolved = at if change.value else None
        histories.append(
            {
                "id": str(item.number * 100 + len(histories)),
                "author": _user(changes[0].author),
                "created": _time(at),
                "items": entries,
            }
        )
    return histories[::-1], values, resolved


def _entries(change: Change, before: object) -> list[Json]:
    """Return the changelog entries of one change of one field."""
    name, field_type, field_id = FIELDS[change.field]
    old_id, old_text = changelog_value(change.field, before)
    new_id, new_text = changelog_value(change.field, change.value)
    entry: Json = {
        "field": name,
        "fieldtype": field_type,
        "from": old_id,
        "fromString": old_text,
        "to": new_id,
        "toString": new_text,
    }
    return [entry | {"fieldId": field_id} if field_id else entry]


def _comments(item: WorkItem) -> Json:
    comments = [
        {
            "self": f"{SITE}/rest/api/3/issue/{item.number}/comment/{item.number * 100 + place}",
            "id": str(item.number * 100 + place),
            "author": _user(remark.author),
            "updateAuthor": _user(remark.author),
            "body": _document(remark.text),
            "created": _time(remark.at),
            "updated": _time(remark.at),
            "jsdPublic": True,
        }
        for place, remark in enumerate(item.remarks)
    ]
    return {
        "comments": comments,
        "maxResults": len(comments),
        "total": len(comments),
        "startAt": 0,
    }


def _worklogs(item: WorkItem) -> Json:
    worklogs = [_worklog(item, place, entry) for place, entry in enumerate(item.time_entries)]
    return {"startAt": 0, "maxResults": 20, "total": len(worklogs), "worklogs": worklogs}


def _worklog(item: WorkItem, place: int, entry: TimeEntry) -> Json:
    minutes = entry.seconds // 60
    return {
        "self": f"{SITE}/rest/api/3/issue/{item.number}/worklog/{item.number * 100 + place}",
        "id": str(item.number * 100 + place),
        "issueId": str(item.number),
        "author": _user(entry.author),
        "updateAuthor": _user(entry.author),
        "created": _time(entry.at),
        "updated": _time(entry.at),
        "started": _time(entry.at),
        "timeSpent": f"{minutes // 60}h {minutes % 60}m" if minutes >= 60 else f"{minutes}m",
        "timeSpentSeconds": entry.seconds,
    }


def _document(text: str) -> Json:
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": text}]}
    return {"type": "doc", "version": 1, "content": [paragraph]}


def _parent(parent: object) -> Json | None:
    if not isinstance(parent, WorkItem):
        return None
    return {
        "id": str(parent.number),
        "key": parent.key,
        "self": f"{SITE}/rest/api/3/issue/{parent.number}",
        "fields": {
            "summary": parent.title,
            "issuetype": TYPES[str(parent.first["item_type"])],
        },
    }


def _project(team: Team) -> Json:
    return {
        "id": str(10_000 + team.index),
        "key": team.prefix,
        "name": team.name,
        "projectTypeKey": "software",
        "self": f"{SITE}/rest/api/3/project/{10_000 + team.index}",
    }


def _user(actor: object) -> Json | None:
    if actor is None or isinstance(actor, str):
        return None
    account = _account(actor)
    is_app = isinstance(actor, Machine) and actor.is_bot
    return {
        "self": f"{SITE}/rest/api/3/user?accountId={account}",
        "accountId": account,
        "accountType": "app" if is_app else "atlassian",
        "displayName": getattr(actor, "name", ""),
        "active": True,
        "timeZone": COMPANY_ZONE,
    }


def _account(actor: object) -> str:
    account: Actor = actor  # type: ignore[assignment]
    return account.tracker_account


def _texts(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _time(at: datetime) -> str:
    """Write a time the way Jira does, with the reader's offset and without its colon."""
    text = with_offset(at, COMPANY_ZONE).isoformat(timespec="milliseconds")
    return text[:-3] + text[-2:]

"""Tickets as Jira Cloud's `search/jql` returns them with `expand=changelog`.

Issue object and embedded changelog, comments and worklogs follow the Jira Cloud platform REST
API v3: https://developer.atlassian.com/cloud/jira/platform/rest/v3/
"""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from pathlib import Path

from capstream.sample.company_plan import Team
from capstream.sample.files import write_json_lines
from capstream.sample.jira_discussion import (
    Json,
    comments_object,
    time_text,
    user_object,
    worklogs_object,
)
from capstream.sample.jira_vocabulary import (
    COMPONENT_FIELD,
    FIELDS,
    SITE,
    STATUSES,
    TYPES,
    changelog_value,
    named,
)
from capstream.sample.records import Change, WorkItem
from capstream.sample.world import World


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
            "created": time_text(item.created),
            "updated": time_text(updated),
            "resolution": values["resolution"] and named(str(values["resolution"])),
            "resolutiondate": None if resolved is None else time_text(resolved),
            "assignee": user_object(values["assignee"]),
            "reporter": user_object(item.reporter),
            "creator": user_object(item.reporter),
            "labels": list(_texts(values["labels"])),
            "components": [named(name) for name in _texts(values["components"])],
            "fixVersions": [],
            "customfield_10016": float(item.points) if item.points else None,
            COMPONENT_FIELD: values["field"] and named(str(values["field"]), "value"),
            "timespent": sum(entry.seconds for entry in item.time_entries) or None,
            "timeoriginalestimate": None,
            **({"parent": _parent(values["parent"])} if values["parent"] else {}),
            "comment": comments_object(item),
            "worklog": worklogs_object(item),
        },
    }


def _replay(item: WorkItem) -> tuple[list[Json], dict[str, object], datetime | None]:
    """Return the histories, newest first, the final values and the time of the resolution."""
    values, histories = dict(item.first), list[Json]()
    resolved: datetime | None = None
    for (at, _), group in groupby(item.changes, key=lambda c: (c.at, c.author.tracker_account)):
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
                "author": user_object(changes[0].author),
                "created": time_text(at),
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


def _texts(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()

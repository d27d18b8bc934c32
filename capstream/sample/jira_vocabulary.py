"""Names and ids of the sample's Jira site: statuses, types, fields and how changes are written."""

from __future__ import annotations

from capstream.sample.chance import hex_id
from capstream.sample.records import WorkItem
from capstream.sample.roster import Person

SITE = "https://northlight.atlassian.example"
COMPONENT_FIELD = "customfield_10050"
"""The custom field by which one component is found."""
_CATEGORIES = {
    "new": {"id": 2, "key": "new", "name": "To Do", "colorName": "blue-gray"},
    "indeterminate": {
        "id": 4,
        "key": "indeterminate",
        "name": "In Progress",
        "colorName": "yellow",
    },
    "done": {"id": 3, "key": "done", "name": "Done", "colorName": "green"},
}
_STATUS_CATEGORIES = {
    "Backlog": "new",
    "Ready": "new",
    "In Progress": "indeterminate",
    "Reopened": "indeterminate",
    "In Review": "indeterminate",
    "Testing": "indeterminate",
    "Ready to Deploy": "indeterminate",
    "Done": "done",
    "Closed": "done",
    "Won't Do": "done",
}
_LEVELS = {"Epic": 1, "Story": 0, "Task": 0, "Bug": 0, "Spike": 0, "Sub-task": -1}
STATUSES = {
    name: {
        "id": str(10_100 + place),
        "name": name,
        "self": f"{SITE}/rest/api/3/status/{10_100 + place}",
        "statusCategory": _CATEGORIES[category],
    }
    for place, (name, category) in enumerate(_STATUS_CATEGORIES.items())
}
TYPES = {
    name: {
        "id": str(10_200 + place),
        "name": name,
        "self": f"{SITE}/rest/api/3/issuetype/{10_200 + place}",
        "subtask": level < 0,
        "hierarchyLevel": level,
    }
    for place, (name, level) in enumerate(_LEVELS.items())
}
FIELDS = {
    "status": ("status", "jira", "status"),
    "assignee": ("assignee", "jira", "assignee"),
    "item_type": ("issuetype", "jira", "issuetype"),
    "labels": ("labels", "jira", "labels"),
    "resolution": ("resolution", "jira", "resolution"),
    "parent": ("IssueParentAssociation", "jira", ""),
}
"""Our field → the changelog's field, fieldtype and fieldId (none for the parent)."""


def named(name: str, key: str = "name") -> dict[str, object]:
    """Return an object with a name and the id that belongs to it."""
    return {"id": str(int(hex_id(key, name, length=6), 16)), key: name}


def changelog_value(field: str, value: object) -> tuple[str | None, str | None]:
    """Return a value as the changelog writes it: its id and its text."""
    if isinstance(value, WorkItem):
        return str(value.number), value.key
    if isinstance(value, Person):
        return value.tracker_account, value.name
    if isinstance(value, tuple):
        return None, " ".join(value)
    if value is None:
        return None, None
    if field == "status":
        return str(STATUSES[str(value)]["id"]), str(value)
    if field == "item_type":
        return str(TYPES[str(value)]["id"]), str(value)
    return str(named(str(value))["id"]), str(value)

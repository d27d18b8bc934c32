"""Lists that Jira cuts off inside an issue, fetched to their end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from capstream.connectors.api.asking import Answer, Api
from capstream.connectors.api.paging import by_offset

EMBEDDED_CAP = 20
"""Worklogs that Jira Cloud embeds at most."""

_LISTS = {"worklog": "worklogs", "comment": "comments"}
_PAGE = 1_000


def complete_lists(api: Api, issue: Mapping[str, Any], base: str) -> dict[str, Any]:
    """Return the issue with all its worklogs and comments.

    Args:
        api: The site.
        issue: A native issue, its lists perhaps cut off.
        base: Path of the API's version.

    Raises:
        SourceError: The host failed, or still lists fewer than it says there are.
    """
    fields = dict(issue.get("fields") or {})
    for field, items in _LISTS.items():
        embedded = fields.get(field)
        if isinstance(embedded, dict) and is_cut(embedded, items):
            path = f"{base}/issue/{issue['id']}/{field}"
            fields[field] = _whole(api, path, items)
    return {**issue, "fields": fields}


def is_cut(embedded: Mapping[str, Any], items: str) -> bool:
    """Say whether an embedded list is shorter than its total, or at the known cap."""
    held, total = len(embedded.get(items) or ()), embedded.get("total")
    return held >= EMBEDDED_CAP if total is None else held < total


def _whole(api: Api, path: str, items: str) -> dict[str, Any]:
    paginator = by_offset(start="startAt", limit="maxResults", size=_PAGE, total="total")
    found: dict[str, Any] = {}
    page: Answer | None = None
    for page in api.pages(path, items=items, paginator=paginator):
        found |= {str(item["id"]): item for item in page.items}
    if page is not None:
        api.require_all(page, len(found), page.body.get("total"), items)
    return {"total": len(found), items: list(found.values())}

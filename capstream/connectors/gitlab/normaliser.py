"""A line of GitLab, told by its `type`, as rows of the neutral tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from capstream.company.sources import GitlabSource
from capstream.connectors.gitlab.deployments import add_deployment, add_release, add_tag
from capstream.connectors.gitlab.issues import add_issue
from capstream.connectors.gitlab.merge_requests import add_merge_request, add_note
from capstream.connectors.records import UnusableValueError
from capstream.connectors.times import TimeReader
from capstream.connectors.typed_records import Reader, Told, TypedNormaliser

_SHOWN_BY: Mapping[str, frozenset[str]] = {
    "merge_request": frozenset({"iid", "source_branch", "target_branch"}),
    "note": frozenset({"body", "noteable_type"}),
    "issue": frozenset({"iid", "title", "author"}),
    "deployment": frozenset({"environment", "deployable"}),
    "release": frozenset({"tag_name", "released_at"}),
    "pipeline": frozenset({"ref", "sha", "status", "source"}),
    "tag": frozenset({"name", "target", "commit"}),
}
"""Fields that together only objects of one type have."""

_PAGE = re.compile(r"https?://[^/]+/(?P<path>.+?)/-/")


def gitlab_normaliser(source: GitlabSource, times: TimeReader) -> TypedNormaliser:
    """Open the normaliser of a configured source."""

    def placed(add: Any, *, counts: bool = True) -> Any:
        def read(told: Told) -> None:
            if counts:
                add(told, repository_of(told.native, told.line))

        return read

    numbered = partial(_key, field="iid", joint="#")
    named = partial(_key, joint=":")
    way = source.deployments
    readers = {
        "issue": Reader(numbered, placed(add_issue)),
        "merge_request": Reader(numbered, placed(add_merge_request)),
        "deployment": Reader(
            partial(named, field="id"), placed(add_deployment, counts=way == "status_events")
        ),
        "release": Reader(
            partial(named, field="tag_name"), placed(add_release, counts=way == "releases"),
            ("released_at", "created_at"),
        ),
        "tag": Reader(partial(named, field="name"), placed(add_tag, counts=way == "tags")),
        "note": Reader(partial(named, field="id"), placed(add_note)),
        # Kept as it came: what reaches users is told by deployments.
        "pipeline": Reader(partial(named, field="id"), placed(add_note, counts=False)),
    }  # fmt: skip
    return TypedNormaliser(times, readers, _guess)


def _guess(value: Mapping[str, Any]) -> str | None:
    """Name the type of a line by the object it holds, or of an object by what only it has."""
    wrapped = (kind for kind in _SHOWN_BY if isinstance(value.get(kind), dict))
    shown = (kind for kind, fields in _SHOWN_BY.items() if fields <= value.keys())
    return next(wrapped, None) or next(shown, None)


def _key(native: Mapping[str, Any], line: Mapping[str, Any], *, field: str, joint: str) -> str:
    return f"{repository_of(native, line)}{joint}{native[field]}"


def repository_of(native: Mapping[str, Any], line: Mapping[str, Any]) -> str:
    """Return the full path of the project: beside the object, in its reference or its page.

    Raises:
        UnusableValueError: Nothing names it.
    """
    beside = line.get("repository") or line.get("project")
    if isinstance(beside, dict):
        beside = beside.get("path_with_namespace")
    if isinstance(beside, str) and beside:
        return beside
    full = _below(native, "references", "full")
    if isinstance(full, str):
        return re.split(r"[#!]", full)[0]
    job = _below(native, "deployable", "web_url")
    run = _below(native, "deployable", "pipeline", "web_url")
    for address in (native.get("web_url"), job, run):
        match = _PAGE.match(address) if isinstance(address, str) else None
        if match:
            return match["path"]
    raise UnusableValueError("the record names no project", "write repository beside the object")


def _below(native: Mapping[str, Any], *names: str) -> Any:
    found: Any = native
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found

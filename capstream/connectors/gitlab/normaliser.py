"""A line of GitLab, told by its `type`, as rows of the neutral tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from capstream.company.sources import GitlabSource
from capstream.connectors.gitlab.deployments import add_deployment, add_release, add_tag
from capstream.connectors.gitlab.issues import add_issue
from capstream.connectors.gitlab.merge_requests import add_merge_request
from capstream.connectors.records import UnusableValueError
from capstream.connectors.times import TimeReader
from capstream.connectors.typed_records import Reader, Told, TypedNormaliser

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
    }  # fmt: skip
    return TypedNormaliser(times, readers, _guess)


def _guess(value: Mapping[str, Any]) -> str | None:
    held = (kind for kind in ("merge_request", "issue", "deployment") if kind in value)
    return next(held, None)


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
    full = (native.get("references") or {}).get("full")
    if isinstance(full, str):
        return re.split(r"[#!]", full)[0]
    job = (native.get("deployable") or {}).get("web_url")
    for address in (native.get("web_url"), job):
        match = _PAGE.match(address) if isinstance(address, str) else None
        if match:
            return match["path"]
    raise UnusableValueError("the record names no project", "write repository beside the object")

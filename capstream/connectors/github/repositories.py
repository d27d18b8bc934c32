"""Which repository a native object belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from capstream.connectors.records import UnusableValueError

_PAGE = re.compile(
    r"https?://[^/]+/(?:api/v3/)?(?:repos/)?(?P<name>[^/]+/[^/]+?)"
    r"(?:/(?:issues|pull|pulls|deployments|releases|git|commits|tags)(?:/.*)?)?/?"
)


def repository_of(record: Mapping[str, Any], inner: Mapping[str, Any], default: str | None) -> str:
    """Return `owner/name` from beside the object, from inside it, or as configured.

    Args:
        record: The line of the export.
        inner: The native object in it.
        default: The repository of the configuration.

    Raises:
        UnusableValueError: Nothing names it.
    """
    for found in _candidates(record, inner):
        if found:
            return found
    if default:
        return default
    raise UnusableValueError(
        "the record names no repository",
        "write repository beside the object, or repository in the source's configuration",
    )


def _candidates(record: Mapping[str, Any], inner: Mapping[str, Any]) -> Iterable[str | None]:
    yield _named(record.get("repository"))
    yield _named(inner.get("repository"))
    base = inner.get("base")
    if isinstance(base, dict):
        yield _named(base.get("repo"))
    for key in ("repository_url", "html_url", "url"):
        yield _from_page(inner.get(key))


def _named(value: Any) -> str | None:
    name = value.get("full_name") if isinstance(value, dict) else value
    return name if isinstance(name, str) and name else None


def _from_page(address: Any) -> str | None:
    match = _PAGE.fullmatch(address) if isinstance(address, str) else None
    return match["name"] if match else None

"""Lists of Azure DevOps whose next page a header names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from capstream.connectors.api.asking import Api
from capstream.connectors.api.paging import by_header_cursor

VERSION = {"api-version": "7.1"}
"""Parameter of every request."""


def answers(api: Api, path: str) -> Iterator[Mapping[str, Any]]:
    """Yield the records of a list, all its pages.

    Raises:
        SourceError: The host refuses, or a page holds fewer records than it says.
    """
    for page in api.pages(path, items="value", paginator=by_token(), params=VERSION):
        api.require_all(page, len(page.items), page.body.get("count"), path)
        yield from page.items


def by_token() -> Any:
    """Page by the token that a header of each answer names."""
    return by_header_cursor("x-ms-continuationtoken", "continuationToken")

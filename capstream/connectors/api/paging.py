"""Paging as vendors do it, on dlt's paginators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from capstream.connectors.dlt_library import quiet_dlt

if TYPE_CHECKING:
    from dlt.sources.helpers.rest_client.paginators import BasePaginator

Item = TypeVar("Item")


def by_offset(
    *, start: str, limit: str, size: int, first: int = 0, total: str | None, in_body: bool = False
) -> BasePaginator:
    """Page by offset and limit.

    Args:
        start: Name of the offset.
        limit: Name of the limit.
        size: Records a page.
        first: Offset of the first page.
        total: Where the answer says how many there are; None: until a page is empty.
        in_body: Both stand in the body instead of the address.
    """
    quiet_dlt()
    from capstream.connectors.api.held_offset import HeldOffset

    place = "body_path" if in_body else "param"
    names: Any = {f"offset_{place}": start, f"limit_{place}": limit}
    return HeldOffset(limit=size, offset=first, total_path=total, **names)


def by_cursor(
    answer: str,
    *,
    param: str | None = None,
    body: str | None = None,
    more: str | None = None,
    last: str | None = None,
) -> BasePaginator:
    """Page by a cursor that each answer names.

    Args:
        answer: Where the answer names it.
        param: Parameter that takes it back.
        body: Place in the body that takes it back, in place of a parameter.
        more: Where the answer says whether there is more.
        last: Where the answer says that this was the last page, though it names a cursor.
    """
    quiet_dlt()
    if last:
        from capstream.connectors.api.marked_cursor import MarkedCursor

        return MarkedCursor(answer, str(param), last)
    from dlt.sources.helpers.rest_client.paginators import JSONResponseCursorPaginator

    return JSONResponseCursorPaginator(
        cursor_path=answer, cursor_param=param, cursor_body_path=body, has_more_path=more
    )


def by_link() -> BasePaginator:
    """Page by the `Link` header."""
    quiet_dlt()
    from dlt.sources.helpers.rest_client.paginators import HeaderLinkPaginator

    return HeaderLinkPaginator()


def by_number(*, param: str = "page", first: int = 1, total: str | None = None) -> BasePaginator:
    """Page by number, until a page is empty or the answer's count of pages is reached."""
    quiet_dlt()
    from dlt.sources.helpers.rest_client.paginators import PageNumberPaginator

    return PageNumberPaginator(base_page=first, page_param=param, total_path=total)


def groups(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Cut a stream into lists of a size; the last may be shorter."""
    remaining = iter(items)
    while group := list(islice(remaining, size)):
        yield group


def by_json_link(answer: str) -> BasePaginator:
    """Page by the whole address of the next page, which each answer names."""
    quiet_dlt()
    from dlt.sources.helpers.rest_client.paginators import JSONLinkPaginator

    return JSONLinkPaginator(next_url_path=answer)


def by_body_number() -> BasePaginator:
    """Page by a number in the body, as long as `pagination.hasNextPage` says so."""
    quiet_dlt()
    from capstream.connectors.api.body_number import BodyNumber

    return BodyNumber()


def by_header_cursor(header: str, param: str) -> BasePaginator:
    """Page by a cursor that a header of each answer names."""
    quiet_dlt()
    from dlt.sources.helpers.rest_client.paginators import HeaderCursorPaginator

    return HeaderCursorPaginator(cursor_key=header, cursor_param=param)

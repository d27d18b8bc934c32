"""Pages numbered in the body of a request; imported on first use, as dlt is heavy."""

from __future__ import annotations

from typing import Any

from dlt.sources.helpers.rest_client.paginators import BasePaginator


class BodyNumber(BasePaginator):
    """Counts pages from 1 until the answer names no further one."""

    def __init__(self) -> None:
        super().__init__()
        self._page = 1

    def init_request(self, request: Any) -> None:
        """Ask for the first page."""
        request.json = {**(request.json or {}), "page": self._page}

    def update_state(self, response: Any, data: list[Any] | None = None) -> None:
        """Read from the answer whether there is another page."""
        answer = response.json()
        paging = answer.get("pagination") or {}
        has_next = paging.get("hasNextPage", self._page < int(answer.get("totalPages") or 0))
        self._has_next_page = bool(has_next)
        self._page += 1

    def update_request(self, request: Any) -> None:
        """Ask for the next page."""
        request.json = {**(request.json or {}), "page": self._page}

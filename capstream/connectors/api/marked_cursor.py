"""A cursor beside a mark of the last page; imported on first use, as dlt is heavy."""

from __future__ import annotations

from typing import Any

from dlt.sources.helpers.rest_client.paginators import JSONResponseCursorPaginator


class MarkedCursor(JSONResponseCursorPaginator):
    """Ends at the page that says it is the last, which names a cursor for the next load.

    Args:
        answer: Where the answer names the cursor.
        param: Parameter that takes it back.
        last: Field that is true on the last page.
    """

    def __init__(self, answer: str, param: str, last: str) -> None:
        super().__init__(cursor_path=answer, cursor_param=param)
        self._last = last

    def update_state(self, response: Any, data: list[Any] | None = None) -> None:
        """Read cursor and mark."""
        super().update_state(response, data)
        if response.json().get(self._last):
            self._has_next_page = False

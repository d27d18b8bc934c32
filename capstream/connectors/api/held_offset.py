"""An offset that moves by what a page held; imported on first use, as dlt is heavy."""

from __future__ import annotations

from typing import Any

from dlt.sources.helpers.rest_client.paginators import OffsetPaginator


class HeldOffset(OffsetPaginator):
    """An offset for hosts that may hold less on a page than they were asked for."""

    def update_state(self, response: Any, data: list[Any] | None = None) -> None:
        """Move behind the page."""
        self.value_step = len(data or ())
        super().update_state(response, data)

"""Lists whose history is told one value at a time, replayed backward from what they are now."""

from __future__ import annotations

from collections.abc import Iterable

from capstream.connectors.edges import json_list


class ListHistory:
    """The values of a list column, walked from now into the past.

    Args:
        values: What the list holds now.
    """

    def __init__(self, values: Iterable[str]) -> None:
        self._values = set(values)

    def undo(self, *, added: str | None, removed: str | None) -> tuple[str, str]:
        """Take one change back; return the whole list before and after it, as JSON."""
        after = json_list(self._values)
        if added:
            self._values.discard(added)
        if removed:
            self._values.add(removed)
        return json_list(self._values), after

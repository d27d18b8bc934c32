"""Lists whose history is told one value at a time, replayed backward from what they are now."""

from __future__ import annotations

from collections.abc import Mapping

from capstream.connectors.edges import json_list

Value = tuple[str, str]
"""What stays the same of a value when it is renamed, and its name."""


class ListHistory:
    """The values of a list column, walked from now into the past.

    Args:
        values: What the list holds now: name by identity.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self._names = dict(values)
        self._held = set(values)

    def undo(self, *, added: Value | None, removed: Value | None) -> tuple[str, str]:
        """Take one change back; return the whole list before and after it, as JSON.

        A value that was renamed since has its present name throughout.
        """
        after = self._listed()
        if added:
            self._held.discard(added[0])
        if removed:
            self._names.setdefault(*removed)
            self._held.add(removed[0])
        return self._listed(), after

    def _listed(self) -> str:
        return json_list(self._names[identity] for identity in self._held)

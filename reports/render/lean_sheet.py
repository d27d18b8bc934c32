"""A worksheet that holds a long table in a quarter of the memory: the same cells, kept once.

XlsxWriter keeps each cell until the file is closed (its constant-memory mode takes no tables).
Here equal texts share one record, a row is a list in place of a dictionary, and the cells of a
table are not listed a second time to find overlaps: `layout` places blocks one below the other.
"""

from __future__ import annotations

from collections.abc import Hashable
from itertools import repeat
from typing import Any

from xlsxwriter.worksheet import Worksheet

_SHARED = frozenset({"String", "Blank"})
"""Records that may be shared. Numbers may not: 0.0 equals -0.0 and is written otherwise."""


class LeanSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A worksheet for `add_worksheet(worksheet_class=LeanSheet)`."""

    def __init__(self) -> None:
        """Start with no cells."""
        super().__init__()
        self.table = _Rows()
        self.table_cells = _Nowhere()


class _Row(list[Any]):
    """The cells of a row by column; None where there is none."""

    __slots__ = ("_known",)

    def __init__(self, known: dict[Hashable, Any]) -> None:
        super().__init__()
        self._known = known

    def __contains__(self, column: object) -> bool:
        return isinstance(column, int) and column < len(self) and self[column] is not None

    def __setitem__(self, column: Any, cell: Any) -> None:
        if cell.__class__.__name__ in _SHARED:
            cell = self._known.setdefault(cell, cell)
        if column >= len(self):
            self.extend(repeat(None, column + 1 - len(self)))
        super().__setitem__(column, cell)


class _Rows(dict[int, _Row]):
    """The rows of a sheet by number, made when they are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[Hashable, Any] = {}

    def __missing__(self, row: int) -> _Row:
        self[row] = made = _Row(self._known)
        return made


class _Nowhere(dict[Hashable, Any]):
    """Forgets what it is told."""

    def __setitem__(self, key: Hashable, value: Any) -> None:
        return

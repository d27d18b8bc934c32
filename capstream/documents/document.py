"""A file that was read, with the line of everything in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from capstream.errors import Problem

KeyPath: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """A file that was read.

    Attributes:
        file: Path as it is shown in problems, relative to the company folder.
        value: What it holds: None, text, int, Decimal, bool, or dicts and lists of them.
        lines: Line (from 1) of every key and list item, by its path.
    """

    file: str
    value: Any
    lines: dict[KeyPath, int]

    def line(self, path: KeyPath) -> int:
        """Return the line of the deepest part of the path that the file has."""
        for length in range(len(path), -1, -1):
            found = self.lines.get(path[:length])
            if found is not None:
                return found
        return 1

    def problem(self, path: KeyPath, message: str, remedy: str) -> Problem:
        """Say that what stands at the path is wrong."""
        return Problem(self.file, self.line(path), written_path(path), message, remedy)


def written_path(path: KeyPath) -> str:
    """Write a path as a reader would: `sources[0].kind`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text

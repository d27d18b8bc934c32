"""Read a YAML file into plain values, and remember on which line everything stands.

Duplicate keys, tags and several documents in a file are refused, and aliases may not make a small
file large.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from capstream.documents.document import Document, KeyPath, written_path
from capstream.documents.yaml_scalars import scalar_value
from capstream.errors import Problem

_LARGEST_FILE = 4_000_000
_MOST_VALUES = 200_000
_DEEPEST = 32


def read_yaml(path: Path, file: str) -> tuple[Document | None, list[Problem]]:
    """Read one file.

    Args:
        path: Where it is.
        file: How problems name it.

    Returns:
        The document, None when it cannot be read at all; and the problems found.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None, [Problem(file, 0, "", "is not there", "write it, or run capstream init")]
    except UnicodeDecodeError:
        return None, [Problem(file, 0, "", "is not UTF-8 text", "save it as UTF-8")]
    except OSError as error:
        return None, [Problem(file, 0, "", f"cannot be read ({error.strerror})", "allow reading")]
    return parse_yaml(text, file)


def parse_yaml(text: str, file: str) -> tuple[Document | None, list[Problem]]:
    """Parse the text of a file; see `read_yaml`."""
    if len(text) > _LARGEST_FILE:
        return None, [Problem(file, 0, "", "is larger than 4 MB", "split it or shorten it")]
    reader = _Reader(file)
    try:
        value = reader.document(yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        column = f"column {error.problem_mark.column + 1}" if error.problem_mark else ""
        message = f"is not valid YAML ({error.problem})"
        return None, [Problem(file, line, column, message, "correct the indentation or the signs")]
    except yaml.YAMLError:
        return None, [Problem(file, 0, "", "holds signs that YAML forbids", "remove them")]
    except _RefusedError as refusal:
        return None, [refusal.problem]
    if reader.problems:
        return None, reader.problems
    return Document(file, value, reader.lines), []


class _RefusedError(Exception):
    """Reading stops: the rest of the file would mean something else than it seems to."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class _Reader:
    """Builds values from the parser's events."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[KeyPath, int] = {}
        self.problems: list[Problem] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._count = 0

    def document(self, events: Iterator[yaml.Event]) -> Any:
        """Read the only document of the stream."""
        value: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refusal(event, (), "holds a second document", "keep one (no ---)")
                value = self._value(next(events), events, ())
        return value

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], path: KeyPath) -> Any:
        self.lines.setdefault(path, _line(event))
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, path)
        assert isinstance(event, yaml.NodeEvent)  # noqa: S101 - the parser has no other event here
        self._refuse_tag(event, path)
        if len(path) > _DEEPEST:
            raise self._refusal(event, path, "is nested too deeply", "flatten it")
        before = self._count
        self._spend(1, event, path)
        if isinstance(event, yaml.ScalarEvent):
            value: Any = scalar_value(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(events, path)
        else:
            value = self._mapping(events, path)
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, self._count - before)
        return value

    def _sequence(self, events: Iterator[yaml.Event], path: KeyPath) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(event, events, (*path, len(items))))
        return items

    def _mapping(self, events: Iterator[yaml.Event], path: KeyPath) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refusal(event, path, "has a key that is not text", "write a plain key")
            self._refuse_tag(event, path)
            key, place = event.value, (*path, event.value)
            line = _line(event)
            if key in entries:
                first = self.lines[place]
                message = f"the key stands twice (first in line {first})"
                self.problems.append(
                    Problem(self.file, line, written_path(place), message, "keep one of them")
                )
            self.lines[place] = line
            entries[key] = self._value(next(events), events, place)
        return entries

    def _alias(self, event: yaml.AliasEvent, path: KeyPath) -> Any:
        if event.anchor not in self._anchors:
            raise self._refusal(
                event, path, f"*{event.anchor} names no value above", "write it out"
            )
        value, size = self._anchors[event.anchor]
        self._spend(size, event, path)
        return value

    def _spend(self, count: int, event: yaml.Event, path: KeyPath) -> None:
        self._count += count
        if self._count > _MOST_VALUES:
            raise self._refusal(event, path, "holds more than 200,000 values", "shorten the file")

    def _refuse_tag(self, event: yaml.NodeEvent, path: KeyPath) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise self._refusal(event, path, f"the tag {tag} is not read", "remove the tag")

    def _refusal(
        self, event: yaml.Event, path: KeyPath, message: str, remedy: str
    ) -> _RefusedError:
        line = _line(event)
        return _RefusedError(Problem(self.file, line, written_path(path), message, remedy))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 0

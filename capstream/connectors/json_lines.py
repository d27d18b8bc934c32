"""JSON lines, plain or gzip, streamed record by record; a `.json` file may be one document."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from pydantic_core import from_json

from capstream.connectors.records import RawRecord, Rejection
from capstream.errors import InputError, Problem

_EXPORT_AGAIN = "export the file again"
_LONGEST_LINE = 64_000_000


def json_records(path: Path, name: str) -> Iterator[RawRecord | Rejection]:
    """Stream the objects of a file, one a line; an envelope `{"data": {…}}` is opened.

    A file that ends in `.json` may also be one object or one list over many lines, as an answer
    is saved.

    Args:
        path: The file; gzip where its first bytes say so.
        name: How records name the file in their origin.

    Raises:
        InputError: The compressed file is cut short or damaged, or a line is no single record's
            size: unpacking it would fill the memory.
    """
    number = 0
    try:
        document = _document(path)
        if document is not None:
            yield from _records(document, name)
            return
        with _opened(path) as lines:
            for number, line in enumerate(iter(lambda: lines.readline(_LONGEST_LINE), b""), 1):
                if len(line) == _LONGEST_LINE:
                    raise _oversized(name, number)
                if not line.isspace():
                    yield from _line_records(line, f"{name}:{number}")
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        message = f"the file is cut short or damaged after line {number} ({error})"
        raise InputError([Problem(name, number, "", message, _EXPORT_AGAIN)]) from error


def _opened(path: Path) -> BinaryIO:
    with path.open("rb") as probe:
        is_compressed = probe.read(2) == b"\x1f\x8b"
    return cast("BinaryIO", gzip.open(path, "rb")) if is_compressed else path.open("rb")


def _oversized(name: str, number: int) -> InputError:
    message = f"the line is longer than {_LONGEST_LINE:,} bytes"
    return InputError([Problem(name, number, "", message, "write one record a line")])


def _document(path: Path) -> Any:
    """Return what a `.json` file holds as one value; None for lines of JSON."""
    if ".json" not in path.suffixes:
        return None
    with _opened(path) as file:
        content = file.read(_LONGEST_LINE)
    try:
        return None if len(content) == _LONGEST_LINE else from_json(_clean(content))
    except ValueError:
        return None


def _line_records(line: bytes, origin: str) -> Iterator[RawRecord | Rejection]:
    try:
        text = _clean(line).decode("utf-8")
        value = from_json(text)
    except UnicodeDecodeError:
        yield _unreadable(origin, "the line is not UTF-8")
    except ValueError as error:
        yield _unreadable(origin, f"the line is not JSON ({error})")
    else:
        if isinstance(value, dict):
            yield RawRecord(origin, text, _without_envelope(value))
        else:
            yield _unreadable(origin, "the line is not a JSON object")


def _records(document: Any, name: str) -> Iterator[RawRecord | Rejection]:
    """Yield the objects of a document; an entry of a list is named by its number."""
    listed = document if isinstance(document, list) else [document]
    for number, value in enumerate(listed, 1):
        origin = f"{name}:{number}"
        if isinstance(value, dict):
            text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            yield RawRecord(origin, text, _without_envelope(value))
        else:
            yield _unreadable(origin, "the entry is not a JSON object")


def _without_envelope(value: dict[str, Any]) -> dict[str, Any]:
    inner = value.get("data")
    return inner if isinstance(inner, dict) else value


def _clean(content: bytes) -> bytes:
    return content.strip().removeprefix(b"\xef\xbb\xbf")


def _unreadable(origin: str, reason: str) -> Rejection:
    return Rejection("unknown", None, origin, "", reason, _EXPORT_AGAIN)

"""JSON lines, plain or gzip, streamed record by record."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from pydantic_core import from_json

from capstream.connectors.records import RawRecord, Rejection
from capstream.errors import InputError, Problem

_EXPORT_AGAIN = "export the file again"
_LONGEST_LINE = 64_000_000


def json_records(path: Path, name: str) -> Iterator[RawRecord | Rejection]:
    """Stream the objects of a file, one a line; an envelope `{"data": {…}}` is opened.

    Args:
        path: The file; gzip where its first bytes say so.
        name: How records name the file in their origin.

    Raises:
        InputError: The compressed file is cut short or damaged, or a line is no single record's
            size: unpacking it would fill the memory.
    """
    number = 0
    try:
        with _opened(path) as lines:
            for number, line in enumerate(iter(lambda: lines.readline(_LONGEST_LINE), b""), 1):
                if len(line) == _LONGEST_LINE:
                    raise _oversized(name, number)
                if not line.isspace():
                    yield _record(line, f"{name}:{number}")
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


def _record(line: bytes, origin: str) -> RawRecord | Rejection:
    try:
        text = line.strip().removeprefix(b"\xef\xbb\xbf").decode("utf-8")
        value = from_json(text)
    except UnicodeDecodeError:
        return _unreadable(origin, "the line is not UTF-8")
    except ValueError as error:
        return _unreadable(origin, f"the line is not JSON ({error})")
    if not isinstance(value, dict):
        return _unreadable(origin, "the line is not a JSON object")
    inner = value.get("data")
    return RawRecord(origin, text, inner if isinstance(inner, dict) else value)


def _unreadable(origin: str, reason: str) -> Rejection:
    return Rejection("unknown", None, origin, "", reason, _EXPORT_AGAIN)

"""Cells of a whole column at once: what reading one after the other would give.

A column whose every cell is of the plain form (native times, ISO times with an offset, digits,
texts) is converted as a whole. Any other goes through the reader of single cells, each distinct
value once, so that there is one definition of what a cell may be.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from capstream.connectors.records import UnusableValueError
from capstream.connectors.table_files import write_json

_OFFSET_TIME = (
    r"^(19|20)\d\d-\d\d-\d\d[T ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{3}|\.\d{6})?"
    r"(Z|[+-](0\d|1[0-4]):[0-5]\d)$"
)
_DIGITS = r"^-?[0-9]{1,18}$"
_ESCAPED = r'["\\\x00-\x1f]'
_MOMENT = pa.timestamp("us", "UTC")
_EARLIEST, _LATEST = (pa.scalar(f"{year}-01-01T00:00:00Z").cast(_MOMENT) for year in (1900, 2200))
_UTC_NAMES = frozenset({"UTC", "Etc/UTC", "+00:00"})


class Cells(NamedTuple):
    """What became of a column.

    Attributes:
        values: The value of each cell; null where it is empty or cannot be read.
        is_read: Whether the cell could be read.
    """

    values: pa.Array
    is_read: pa.Array


def by_value(column: pa.Array, read: Callable[[Any], Any], kind: pa.DataType) -> Cells:
    """Read every distinct value of a column once.

    Args:
        column: The cells.
        read: Reads one cell, None among them; raises `UnusableValueError`.
        kind: Type of what it returns.
    """
    values: list[Any] = []
    is_read: list[bool] = []
    distinct, places = _distinct(column)
    for value in distinct.to_pylist():
        try:
            values.append(read(value))
            is_read.append(True)
        except UnusableValueError:
            values.append(None)
            is_read.append(False)
    found = Cells(pa.array(values, kind), pa.array(is_read, pa.bool_()))
    return found if places is None else Cells(found.values.take(places), found.is_read.take(places))


def converted(column: pa.Array, kind: pa.DataType, *, is_utc: bool) -> pa.Array | None:
    """Convert a column of plain cells as a whole.

    Args:
        column: The cells, with null for empty text.
        kind: Type of the neutral column: text, whole number or time.
        is_utc: Whether times without an offset are UTC.

    Returns:
        The values; None where a cell is not plain or no type is that plain.
    """
    if pa.types.is_string(kind):
        return _text(column)
    if pa.types.is_int64(kind):
        return _whole_numbers(column)
    return _moments(column, is_utc=is_utc) if pa.types.is_timestamp(kind) else None


def json_texts(column: pa.Array) -> pa.Array:
    """Return each cell as its row's payload holds it."""
    texts = _plain_json(column)
    if texts is None:
        return by_value(column, write_json, pa.string()).values
    return pc.fill_null(texts, "null")


def without_empty_texts(column: pa.Array) -> pa.Array:
    """Return the column with null in place of empty text."""
    if not pa.types.is_string(column.type):
        return column
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)


def usual_form(column: pa.Array) -> pa.Array:
    """Return a column of the types that are told apart here: no dictionaries, one kind of text."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    is_text = pa.types.is_large_string(column.type) or pa.types.is_string_view(column.type)
    return column.cast(pa.string()) if is_text else column


def _distinct(column: pa.Array) -> tuple[pa.Array, pa.Array | None]:
    if pa.types.is_nested(column.type):
        return column, None
    encoded = column.dictionary_encode(null_encoding="encode")
    return encoded.dictionary, encoded.indices


def _text(column: pa.Array) -> pa.Array | None:
    if pa.types.is_integer(column.type) or pa.types.is_null(column.type):
        return column.cast(pa.string())
    return column if pa.types.is_string(column.type) else None


def _whole_numbers(column: pa.Array) -> pa.Array | None:
    is_digits = pa.types.is_string(column.type) and _all_match(column, _DIGITS)
    is_native = pa.types.is_signed_integer(column.type) or pa.types.is_null(column.type)
    if not is_digits and not is_native:
        return None
    numbers = column.cast(pa.int64())
    return numbers if _all(pc.greater(numbers, -(2**63))) else None


def _moments(column: pa.Array, *, is_utc: bool) -> pa.Array | None:
    if pa.types.is_null(column.type):
        return column.cast(_MOMENT)
    is_native = pa.types.is_timestamp(column.type) and (column.type.tz is not None or is_utc)
    if not is_native and not (pa.types.is_string(column.type) and _all_match(column, _OFFSET_TIME)):
        return None
    try:
        moments = column.cast(_MOMENT)
    except pa.ArrowInvalid:  # 30 February, or parts of a microsecond
        return None
    return moments if _all(pc.and_(pc.greater_equal(moments, _EARLIEST),
                                   pc.less(moments, _LATEST))) else None  # fmt: skip


def _plain_json(column: pa.Array) -> pa.Array | None:
    kind = column.type
    if pa.types.is_string(kind):
        is_bare = not pc.any(pc.match_substring_regex(column, _ESCAPED)).as_py()
        return pc.binary_join_element_wise('"', column, '"', "") if is_bare else None
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_null(kind):
        return column.cast(pa.string())
    return _written_times(column) if pa.types.is_timestamp(kind) else None


def _written_times(column: pa.Array) -> pa.Array | None:
    """Return times as Python writes them: a fraction of six places, or none."""
    zone = column.type.tz
    if zone is not None and zone not in _UTC_NAMES:
        return None
    if _moments(column, is_utc=True) is None:
        return None
    texts = column.cast(pa.timestamp("us")).cast(pa.string())
    short = pc.replace_substring_regex(texts, r"\.000000$", "")
    return pc.binary_join_element_wise('"', short, '+00:00"' if zone else '"', "")


def _all_match(column: pa.Array, pattern: str) -> bool:
    return _all(pc.match_substring_regex(column, pattern))


def _all(claims: pa.Array) -> bool:
    """Say whether all claims hold; nothing is said of null."""
    return pc.all(claims, min_count=0).as_py() is True

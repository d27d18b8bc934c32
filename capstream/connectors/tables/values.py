"""Cells of neutral tables, read by the type of their column."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import pyarrow as pa

from capstream.connectors.edges import json_list
from capstream.connectors.records import UnusableValueError
from capstream.connectors.times import TimeReader

_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}

Reader = Callable[[Any], Any]


def reader_of(kind: pa.DataType, times: TimeReader) -> Reader:
    """Return what reads a filled cell of a column of this type.

    The reader raises `UnusableValueError` for a value that is not of the type.
    """
    if pa.types.is_timestamp(kind):
        return lambda value: times.read(_time_text(value))
    if pa.types.is_int64(kind):
        return _integer
    if pa.types.is_decimal(kind):
        return _decimal
    return _boolean if pa.types.is_boolean(kind) else _text


def list_text(value: Any, *, is_ordered: bool) -> str:
    """Write a list column as JSON: from `a;b`, JSON text or a native list.

    Raises:
        UnusableValueError: The value is a number or the like.
    """
    values = _listed(value)
    return json.dumps(values, ensure_ascii=False) if is_ordered else json_list(values)


def object_text(value: Any) -> str:
    """Write a JSON object column, checked.

    Raises:
        UnusableValueError: The value is no JSON object.
    """
    try:
        read = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        read = None
    if not isinstance(read, Mapping):
        raise UnusableValueError(f"{value!r} is not a JSON object", 'write {"name": "value"}')
    return json.dumps(read, ensure_ascii=False, sort_keys=True)


def _listed(value: Any) -> list[str]:
    if isinstance(value, str):
        text = value.strip()
        if text.startswith("["):
            try:
                value = json.loads(text)
            except ValueError:
                value = text.split(";")
        else:
            value = text.split(";")
    if value and not isinstance(value, Iterable):
        raise UnusableValueError(f"{value!r} is not a list", "write a;b")
    return [str(each).strip() for each in value or () if str(each).strip()]


def _time_text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        raise UnusableValueError(f"{value} has no time of day", "write a time with an offset")
    text = str(value)
    if len(text) <= len("2026-01-31"):
        raise UnusableValueError(f"{text!r} has no time of day", "write a time with an offset")
    return text


def _integer(value: Any) -> int:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or number != number.to_integral_value():
        raise UnusableValueError(f"{value!r} is not a whole number", "write digits only")
    if abs(number) >= Decimal(2) ** 63:
        raise UnusableValueError(f"{value!r} is too large", "correct the number")
    return int(number)


def _decimal(value: Any) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite() or abs(number) >= Decimal(10) ** 13:
        raise UnusableValueError(f"{value!r} is not a number", "write it with . for decimals")
    return number.quantize(Decimal("0.0001"))


def _boolean(value: Any) -> bool:
    found = value if isinstance(value, bool) else _BOOLEANS.get(str(value).strip().lower())
    if found is None:
        raise UnusableValueError(f"{value!r} is neither true nor false", "write true or false")
    return found


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value)

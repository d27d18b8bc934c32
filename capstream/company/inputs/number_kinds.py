"""Numbers in cells: money, shares, quantities and integers, never through floating point."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pyarrow as pa

from capstream.company.inputs.kinds import MONEY_TYPE, QUANTITY_TYPE, CellError, CellKind

_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
_MONEY_DIGITS, _MONEY_WHOLE = 2, 16
_QUANTITY_DIGITS, _QUANTITY_WHOLE = 8, 10
_INTEGER_LIMIT = 2**63

_NUMBER_REMEDY = "write digits with '.' for decimals, such as 1234.50"


def read_decimal(text: str) -> Decimal:
    """Read plain decimal notation.

    Raises:
        CellError: Thousands separators, a decimal comma, an exponent, a sign other than `-`,
            not-a-number or infinity.
    """
    if _PLAIN.fullmatch(text) and text.isascii():
        return Decimal(text)
    raise CellError(f"{text!r} is not a plain number", _explain(text))


def _explain(text: str) -> str:
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text) or re.fullmatch(r"-?[\d ' ]+", text):
        return "take out the thousands separators"
    if re.fullmatch(r"-?[\d.]*,\d+", text):
        return "write the decimals with '.', without thousands separators"
    if re.fullmatch(r"[-+]?[\d.]+[eE][-+]?\d+", text):
        return "write the number out, without an exponent"
    if text.endswith("%"):
        return "write a share between 0 and 1, such as 0.25"
    if text.startswith(("−", "–", "(")):
        return "write a negative number with a plain hyphen, such as -12.50"
    return _NUMBER_REMEDY


def _bounded(text: str, *, digits: int, whole: int) -> Decimal:
    value = read_decimal(text)
    if abs(value) >= Decimal(10) ** whole:
        raise CellError(f"{text} is too large", f"use at most {whole} digits before the point")
    rounded = value.quantize(Decimal(1).scaleb(-digits))
    if rounded != value:
        raise CellError(f"{text} has more than {digits} decimals", f"round it to {digits} decimals")
    return rounded


def read_money(text: str) -> Decimal:
    """Read an amount of at most two decimals; the currency's own digits are checked by row."""
    return _bounded(text, digits=_MONEY_DIGITS, whole=_MONEY_WHOLE)


def read_quantity(text: str) -> Decimal:
    """Read a number of at most eight decimals."""
    return _bounded(text, digits=_QUANTITY_DIGITS, whole=_QUANTITY_WHOLE)


def read_integer(text: str) -> int:
    """Read a whole number; a written fraction of zero, as spreadsheets export it, is accepted.

    Raises:
        CellError: The number has a fraction or is out of range.
    """
    value = read_decimal(text)
    if value != value.to_integral_value() or abs(value) >= _INTEGER_LIMIT:
        raise CellError(f"{text} is not a whole number", "write a whole number, such as 36")
    return int(value)


def _within(
    read: Callable[[str], Decimal | int], least: int, most: int | None, remedy: str
) -> Callable[[str], Decimal | int]:
    def read_within(text: str) -> Decimal | int:
        value = read(text)
        if value < least or (most is not None and value > most):
            raise CellError(f"{text} is out of range", remedy)
        return value

    return read_within


def _read_positive(text: str) -> Decimal:
    value = read_quantity(text)
    if value <= 0:
        raise CellError(f"{text} is not above zero", "write a number above zero")
    return value


MONEY = CellKind("amount", MONEY_TYPE, read_money, _NUMBER_REMEDY)
MONEY_FROM_ZERO = CellKind(
    "amount ≥ 0",
    MONEY_TYPE,
    _within(read_money, 0, None, "write the amount without a sign"),
    _NUMBER_REMEDY,
)
SHARE = CellKind(
    "share 0..1",
    QUANTITY_TYPE,
    _within(read_quantity, 0, 1, "write a share between 0 and 1, such as 0.25"),
    _NUMBER_REMEDY,
)
QUANTITY = CellKind("number", QUANTITY_TYPE, read_quantity, _NUMBER_REMEDY)
QUANTITY_FROM_ZERO = CellKind(
    "number ≥ 0",
    QUANTITY_TYPE,
    _within(read_quantity, 0, None, "write a number that is not negative"),
    _NUMBER_REMEDY,
)
POSITIVE_QUANTITY = CellKind("number > 0", QUANTITY_TYPE, _read_positive, _NUMBER_REMEDY)
INTEGER = CellKind("integer", pa.int64(), read_integer, "write a whole number, such as 36")
COUNT = CellKind(
    "integer ≥ 0",
    pa.int64(),
    _within(read_integer, 0, None, "write a whole number that is not negative"),
    "write a whole number, such as 36",
)
POSITIVE_INTEGER = CellKind(
    "integer ≥ 1",
    pa.int32(),
    _within(read_integer, 1, 9999, "write a whole number from 1 to 9999"),
    "write a whole number, such as 36",
)

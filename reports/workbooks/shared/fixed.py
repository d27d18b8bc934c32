"""Fixed decimals of whole columns: the exact money of `facts`, for tables of any length."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

_DIGITS = 38
"""Most digits that a decimal of a table may have."""


def fixed(column: pa.ChunkedArray, places: int, digits: int = 18) -> pa.ChunkedArray:
    """Return numbers as decimals with that many places; nothing is zero.

    Args:
        column: Numbers of any type.
        places: Digits behind the point.
        digits: Digits in all.

    Raises:
        pyarrow.ArrowInvalid: A decimal has further places, or more digits.
    """
    exact = column.cast(pa.decimal128(_DIGITS, places)).cast(pa.decimal128(digits, places))
    return pc.fill_null(exact, pa.scalar(Decimal(0), exact.type))

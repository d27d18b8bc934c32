"""Whole numbers in texts of other systems, where a text need not be one."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"[0-9]{1,38}", re.ASCII)


def whole_number(text: str) -> int | None:
    """Return the number that the text is, None where it is none.

    `str.isdigit` is not enough: "²" is a digit that `int` refuses, as it does thousands of them.
    """
    return int(text) if _DIGITS.fullmatch(text) else None

"""What a plain scalar of a YAML file means.

Narrower than YAML 1.1: only `true` and `false` are booleans, so that the country NO and the answer
Yes stay text; dates and months stay text until a field asks for them; numbers with a point are
exact decimals; a number with a leading zero is a code, and so text.
"""

from __future__ import annotations

import re
from decimal import Decimal

import yaml

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))([eE][-+]?[0-9]{1,3})?")
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "false": False}


def scalar_value(event: yaml.ScalarEvent) -> str | int | Decimal | bool | None:
    """Return the value that a scalar stands for."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _NOTHING:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text

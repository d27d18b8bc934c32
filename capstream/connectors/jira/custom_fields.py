"""Custom fields, flattened to texts that rules can compare."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

MAX_LENGTH = 200
"""Longer texts are prose, and no rule compares prose."""

_ITEM_KEY = re.compile(r"[A-Z][A-Z0-9_]*-\d+")

Flat = str | list[str]


def custom_values(fields: Mapping[str, Any]) -> dict[str, Flat]:
    """Return the filled custom fields by name: a text, or a list of texts."""
    flat = {name: _flat(fields[name]) for name in sorted(fields) if name.startswith("customfield_")}
    return {name: value for name, value in flat.items() if value}


def linked_key(value: Any) -> str | None:
    """Return the item key that an epic link holds: a text, or an object with `key`."""
    text = value.get("key") if isinstance(value, dict) else value
    return text if isinstance(text, str) and _ITEM_KEY.fullmatch(text) else None


def _flat(value: Any) -> Flat | None:
    if isinstance(value, list):
        texts = [text for text in map(_text, value) if text]
        return texts or None
    return _text(value)


def _text(value: Any) -> str | None:
    if isinstance(value, dict):
        named = (value.get(key) for key in ("value", "name", "key", "displayName", "accountId"))
        return next((_text(each) for each in named if isinstance(each, (str, int))), None)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return f"{value:g}" if isinstance(value, float) else str(value)
    if isinstance(value, str) and 0 < len(value.strip()) <= MAX_LENGTH:
        return value.strip()
    return None

"""Which web addresses may be followed from a workbook, and how they read."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

LONGEST = 2_079
"""Characters that a hyperlink can hold (Excel's limit)."""


def is_allowed(address: str, hosts: Collection[str]) -> bool:
    """Return whether an address is https, short enough, on a listed host, without credentials."""
    if len(address) > LONGEST or any(character.isspace() for character in address):
        return False
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    return parts.scheme == "https" and host in hosts and "@" not in parts.netloc

"""How much memory the engine may hold while it computes; what is more it writes beside the file."""

from __future__ import annotations

import os
import re

import duckdb

from capstream.errors import UsageError

SETTING = "CAPSTREAM_MEMORY"
"""Environment variable with another amount, such as `8GB`."""

_AMOUNT = re.compile(r"\d+(\.\d+)? ?([KMGT]i?B)")
_OF_ITS_OWN_CHOICE = 5
_MEGABYTES = {"KiB": 1 / 1024, "MiB": 1, "GiB": 1024, "TiB": 1024**2}
_LEAST_MEGABYTES = 1024


def computing_memory() -> str:
    """Return the amount in the engine's words.

    By itself the engine takes four fifths of the machine, or of the container it runs in; a fifth
    of that is enough for a month of a large company and leaves the machine to others.

    Raises:
        UsageError: The environment names what is no amount.
    """
    named = os.environ.get(SETTING, "").strip()
    if named:
        if not _AMOUNT.fullmatch(named):
            raise UsageError(f"environment variable {SETTING} is {named!r}: write such as 8GB")
        return named
    with duckdb.connect() as connection:
        row = connection.execute("select current_setting('memory_limit')").fetchone()
    number, unit = str(row[0] if row else "").split()
    share = int(float(number) * _MEGABYTES[unit] / _OF_ITS_OWN_CHOICE)
    return f"{max(share, _LEAST_MEGABYTES)}MiB"

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
_OF_OPEN_MONTHS = 512
_OF_A_PERSON = 0.5
"""Megabytes that days, price and decisions of the open months need: by people, not by history."""


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
    return f"{_share()}MiB"


def open_months_memory(people: int) -> tuple[str, ...]:
    """Return the amounts that a run of the open months alone tries, in the engine's words.

    The engine keeps what it read for as long as it may hold it, so a long history would fill any
    share without being faster. The first amount is enough for nearly all; each next one is twice
    as much, up to what a whole run may hold. An amount named in the environment stands alone.

    Args:
        people: How many are in the books.

    Raises:
        UsageError: The environment names what is no amount.
    """
    if os.environ.get(SETTING, "").strip():
        return (computing_memory(),)
    most = _share()
    amounts = [max(int(people * _OF_A_PERSON), _OF_OPEN_MONTHS)]
    while amounts[-1] < most:
        amounts.append(amounts[-1] * 2)
    return tuple(f"{min(amount, most)}MiB" for amount in amounts)


def _share() -> int:
    with duckdb.connect() as connection:
        row = connection.execute("select current_setting('memory_limit')").fetchone()
    number, unit = str(row[0] if row else "").split()
    share = int(float(number) * _MEGABYTES[unit] / _OF_ITS_OWN_CHOICE)
    return max(share, _LEAST_MEGABYTES)

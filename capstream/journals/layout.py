"""What a journal format is: its columns, its limits and how an entry becomes rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from capstream.journals.lines import JournalEntry

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One ERP's import file.

    Attributes:
        name: Value of `format` in capstream.yaml.
        columns: Header, or the names of positions where the file has none.
        rows: From an entry and the ERP's name of the entity to rows of text.
        has_header: Whether the header is written.
        archive_member: Name inside the zip; empty where the file is plain CSV.
        line_limit: Most lines in a file; 0 = none.
    """

    name: str
    columns: Row
    rows: Callable[[JournalEntry, str], Iterator[Row]]
    has_header: bool = True
    archive_member: str = ""
    line_limit: int = 0


def amount(value: Decimal) -> str:
    """Write money with two decimals and no thousands separator; an absent side is blank."""
    return f"{value:.2f}" if value else ""


def month_name(day: date) -> str:
    """Write `Oct`, whatever the locale of the machine."""
    start = 3 * (day.month - 1)
    return "JanFebMarAprMayJunJulAugSepOctNovDec"[start : start + 3]


def american(day: date) -> str:
    """Write MM/DD/YYYY."""
    return f"{day:%m/%d/%Y}"


def placed(columns: Row, values: Iterable[tuple[str, str]]) -> Row:
    """Return a row with values by column name, the rest blank."""
    row = dict.fromkeys(columns, "")
    for name, value in values:
        if name not in row:
            raise KeyError(name)
        row[name] = value
    return tuple(row.values())

"""Finds counts of one to four people in a workbook: what no leader may see."""

from __future__ import annotations

import re
from pathlib import Path

from reports.rules.opened import Opened

PEOPLE = re.compile(r"\b(people|active|seats|use|persons|respondents)\b.*\(count\)", re.IGNORECASE)
"""Headers of columns that count people."""


def small_counts(path: Path) -> list[str]:
    """Return where a column of people holds a number from one to four."""
    book = Opened(path)
    found = []
    for table in book.tables:
        sheet = book.sheet(table.sheet)
        assert sheet is not None
        for column, header in enumerate(table.headers, table.left):
            if PEOPLE.search(header):
                cells = [sheet.at(row, column) for row in range(table.top, table.bottom + 1)]
                found += [
                    f"{table.sheet}!{cell.ref} {header}: {cell.value}"
                    for cell in cells
                    if cell is not None and cell.is_number and 0 < cell.number < 5
                ]
    return found

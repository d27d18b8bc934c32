"""Stored values against an independent recalculation (F03)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from reports.recalculation import recalculated
from reports.rules.file_rules import Breach
from reports.rules.opened import Cell, Opened

ABSOLUTE = Decimal("0.005")
RELATIVE = Decimal("1e-9")
NOTHING = Decimal("1e-12")
"""What a difference of equal numbers may leave behind in one arithmetic and not in the other."""


def f03(book: Opened) -> Iterator[Breach]:
    """Every stored value equals what another program computes from the formulas alone."""
    with tempfile.TemporaryDirectory(prefix="capstream-") as folder:
        other = Opened(recalculated(book.path, Path(folder)))
        anew = {
            (sheet.name, cell.row, cell.column): cell
            for sheet in other.sheets
            for cell in sheet.cells.values()
        }
    for sheet, cell in book.formulas():
        found = anew.get((sheet.name, cell.row, cell.column))
        if not _agree(cell, found):
            seen = None if found is None else found.value
            yield f"{sheet.name}!{cell.ref}", f"stored {cell.value}, recalculated {seen}"


def _agree(stored: Cell, anew: Cell | None) -> bool:
    left, right = stored.value or "", (anew.value if anew else None) or ""
    if left == right:
        return True
    try:
        one, other = Decimal(left or "0"), Decimal(right or "0")
    except InvalidOperation:
        return False
    tolerance = ABSOLUTE if _is_money(one, other) else NOTHING
    return abs(one - other) <= max(tolerance, RELATIVE * abs(one))


def _is_money(one: Decimal, other: Decimal) -> bool:
    """Ratios lie within ±1 and are compared relatively; amounts to half a cent."""
    return max(abs(one), abs(other)) > 1

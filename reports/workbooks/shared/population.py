"""The full population of cost rows: a file beside the workbook, and its control totals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Population:
    """The file with every cost row of the month.

    Attributes:
        name: File name.
        rows: Rows in it.
        capex: Capitalised, functional currencies added as a control total.
        opex: Expensed, likewise.
        sha256: Hash of the file's bytes.
    """

    name: str
    rows: int
    capex: Decimal
    opex: Decimal
    sha256: str

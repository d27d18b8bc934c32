"""Formulas taken apart: functions, numbers, references, and their form relative to the cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.formula import Tokenizer

from reports.rules.opened import column_number

ALLOWED_FUNCTIONS = frozenset(
    {
        "SUM", "SUMIFS", "COUNTIFS", "AVERAGEIFS", "SUMPRODUCT", "SUBTOTAL", "INDEX", "MATCH",
        "IF", "IFERROR", "ROUND", "ABS", "MIN", "MAX", "MEDIAN", "PERCENTILE", "EDATE", "EOMONTH",
        "NETWORKDAYS", "NETWORKDAYS.INTL", "HYPERLINK", "PRODUCT", "_xlfn.ISFORMULA",
    }
)  # fmt: skip
LATER_FUNCTIONS = frozenset(
    {
        "ISFORMULA", "MAXIFS", "MINIFS", "IFS", "SWITCH", "TEXTJOIN", "CONCAT", "XLOOKUP", "LET",
        "UNIQUE", "FILTER", "LAMBDA", "PERCENTILE.INC", "AGGREGATE", "STDEV.S",
    }
)  # fmt: skip
ALLOWED_NUMBERS = frozenset({"0", "1", "-1", "2", "12", "24", "60", "100", "109", "9"})
_RANGE = re.compile(
    r"(?:(?P<sheet>'[^']+'|[A-Za-z_][A-Za-z0-9_]*)!)?"
    r"(?P<c1>\$?[A-Z]{1,3})(?P<r1>\$?\d+)(?::(?P<c2>\$?[A-Z]{1,3})(?P<r2>\$?\d+))?"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A rectangle that a formula refers to; rows and columns from one."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_cell(self) -> bool:
        """Whether it is a single cell."""
        return (self.top, self.left) == (self.bottom, self.right)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A formula's functions, numbers, references and names."""

    functions: tuple[str, ...]
    numbers: tuple[str, ...]
    references: tuple[Reference, ...]
    names: tuple[str, ...]
    relative: str


def parsed(formula: str, *, sheet: str, row: int, column: int) -> Parsed:
    """Take a formula apart.

    Raises:
        ValueError: It cannot be taken apart: a payload, or damage.
    """
    try:
        items = Tokenizer(f"={formula}").items
    except Exception as error:
        raise ValueError(f"the formula cannot be read: {formula[:80]!r}") from error
    functions, numbers, names = [], [], []
    references: list[Reference] = []
    relative: list[str] = []
    for item in items:
        relative.append(item.value)
        if item.type == "FUNC" and item.subtype == "OPEN":
            functions.append(item.value.rstrip("("))
        elif item.type == "OPERAND" and item.subtype == "NUMBER":
            numbers.append(item.value)
        elif item.type == "OPERAND" and item.subtype == "RANGE":
            found = reference_of(item.value, sheet)
            if found is None:
                names.append(item.value)
            else:
                references.append(found)
                relative[-1] = _relative(item.value, row, column)
    return Parsed(
        tuple(functions), tuple(numbers), tuple(references), tuple(names), "".join(relative)
    )


def reference_of(text: str, sheet: str) -> Reference | None:
    """Return the rectangle that an address names; None where it is no address."""
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    top, left = int(match["r1"].replace("$", "")), _column(match["c1"])
    bottom = int((match["r2"] or match["r1"]).replace("$", ""))
    right = _column(match["c2"] or match["c1"])
    return Reference((match["sheet"] or sheet).strip("'"), top, left, bottom, right)


def _column(text: str) -> int:
    return column_number(text.replace("$", ""))


def _relative(text: str, row: int, column: int) -> str:
    """Write a reference relative to its cell where it is relative (R1C1)."""

    def one(match: re.Match[str]) -> str:
        letters, digits = match[1], match[2]
        across = letters if letters.startswith("$") else f"C[{_column(letters) - column}]"
        down = digits if digits.startswith("$") else f"R[{int(digits) - row}]"
        return down + across

    prefix, _, address = text.rpartition("!")
    return prefix + re.sub(r"(\$?[A-Z]{1,3})(\$?\d+)", one, address)


def cells_of(reference: Reference) -> Iterator[tuple[int, int]]:
    """Yield the row and column of every cell of a rectangle."""
    for row in range(reference.top, reference.bottom + 1):
        for column in range(reference.left, reference.right + 1):
            yield row, column

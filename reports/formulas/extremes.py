"""Nodes that take the least or the greatest of a few cells, a percentile or a product of many."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from reports.formulas.references import Span
from reports.formulas.values import all_sheets, as_number
from reports.spec import Formula, Scope, Value


@dataclass(frozen=True, slots=True)
class Least:
    """The smallest of a few single cells."""

    parts: tuple[Formula, ...]

    def excel(self, scope: Scope) -> str:
        """Write `MIN(a,b)`."""
        return f"MIN({','.join(part.excel(scope) for part in self.parts)})"

    def evaluate(self, scope: Scope) -> Value:
        """Compare the parts."""
        return min(as_number(part.evaluate(scope)) for part in self.parts)

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to what the parts refer to."""
        return all_sheets(scope, self.parts)


@dataclass(frozen=True, slots=True)
class Greatest:
    """The largest of a few single cells."""

    parts: tuple[Formula, ...]

    def excel(self, scope: Scope) -> str:
        """Write `MAX(a,b)`."""
        return f"MAX({','.join(part.excel(scope) for part in self.parts)})"

    def evaluate(self, scope: Scope) -> Value:
        """Compare the parts."""
        return max(as_number(part.evaluate(scope)) for part in self.parts)

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to what the parts refer to."""
        return all_sheets(scope, self.parts)


@dataclass(frozen=True, slots=True)
class ColumnProduct:
    """The product of a column of the formula's own block; empty cells and text count nothing."""

    name: str

    def excel(self, scope: Scope) -> str:
        """Write `PRODUCT(range)`."""
        return f"PRODUCT({Span(scope.block, self.name).excel(scope)})"

    def evaluate(self, scope: Scope) -> Value:
        """Multiply the numbers; a column without any is 0, as in a spreadsheet."""
        values = Span(scope.block, self.name).values(scope)
        numbers = [Decimal(value) for value in values if isinstance(value, (Decimal, int))]
        found = Decimal(1 if numbers else 0)
        for number in numbers:
            found *= number
        return found

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to the own sheet."""
        return frozenset({scope.grid.sheet_of(scope.block)})


@dataclass(frozen=True, slots=True)
class Percentile:
    """The percentile of a column, between two of its numbers where none lies on it."""

    span: Span
    share: Formula

    def excel(self, scope: Scope) -> str:
        """Write `PERCENTILE(range,share)`."""
        return f"PERCENTILE({self.span.excel(scope)},{self.share.excel(scope)})"

    def evaluate(self, scope: Scope) -> Value:
        """Interpolate as a spreadsheet does: the smallest number is at 0, the largest at 1."""
        numbers = _ordered(scope, self.span)
        place = as_number(self.share.evaluate(scope)) * (len(numbers) - 1)
        below = int(place)
        above = min(below + 1, len(numbers) - 1)
        return numbers[below] + (numbers[above] - numbers[below]) * (place - below)

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to the sheets of the range and of the share."""
        return self.span.sheets(scope) | self.share.sheets(scope)


def _ordered(scope: Scope, span: Span) -> list[Decimal]:
    """Return the numbers of a column in order, sorted once."""
    kept = scope.grid.remembered(("ordered", span))
    if not kept:
        values = span.values(scope)
        kept["numbers"] = sorted(Decimal(v) for v in values if isinstance(v, (Decimal, int)))
    return cast("list[Decimal]", kept["numbers"])

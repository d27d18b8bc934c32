"""Nodes that take the least or the greatest of a few cells, or multiply a column."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

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

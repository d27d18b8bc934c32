"""Nodes that name a constant, a cell, a total or a range."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reports.formulas.values import CONSTANTS, quoted_text
from reports.spec import Scope, Value


@dataclass(frozen=True, slots=True)
class Const:
    """A constant: one of the few numbers allowed in a formula, or text."""

    constant: int | str

    def __post_init__(self) -> None:
        """Refuse numbers that belong into a named cell."""
        if isinstance(self.constant, int) and Decimal(self.constant) not in CONSTANTS:
            raise ValueError(f"{self.constant} may not stand in a formula: name a cell for it")

    def excel(self, scope: Scope) -> str:
        """Write the number, or the text in quotes."""
        return quoted_text(self.constant) if isinstance(self.constant, str) else str(self.constant)

    def evaluate(self, scope: Scope) -> Value:
        """Return the constant."""
        return self.constant if isinstance(self.constant, str) else Decimal(self.constant)

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to nothing."""
        return frozenset()


@dataclass(frozen=True, slots=True)
class Here:
    """The cell of another column in the same row (in the totals, of another total)."""

    name: str

    def excel(self, scope: Scope) -> str:
        """Write a relative address."""
        if scope.row < 0:
            return scope.grid.total_address(scope, scope.block, self.name)
        return scope.grid.address(scope, scope.block, self.name, scope.row)

    def evaluate(self, scope: Scope) -> Value:
        """Return the cell's value."""
        if scope.row < 0:
            return scope.grid.total(scope.block, self.name)
        return scope.grid.cell(scope.block, self.name, scope.row)

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to the own sheet."""
        return frozenset({scope.grid.sheet_of(scope.block)})


@dataclass(frozen=True, slots=True)
class Alongside:
    """The cell of another block in the same body row; both blocks list the same rows."""

    block: str
    name: str

    def excel(self, scope: Scope) -> str:
        """Write a relative address, so that every row has the same formula."""
        return scope.grid.address(scope, self.block, self.name, scope.row).replace("$", "")

    def evaluate(self, scope: Scope) -> Value:
        """Return the cell's value."""
        return scope.grid.cell(self.block, self.name, scope.row)

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to the sheet of the block."""
        return frozenset({scope.grid.sheet_of(self.block)})


@dataclass(frozen=True, slots=True)
class CrossRef:
    """One cell of a block, found by its row key (or by number)."""

    block: str
    name: str
    key: str | int = 0

    def _row(self, scope: Scope) -> int:
        return self.key if isinstance(self.key, int) else scope.grid.row_of(self.block, self.key)

    def excel(self, scope: Scope) -> str:
        """Write an absolute address with its sheet."""
        return scope.grid.address(scope, self.block, self.name, self._row(scope))

    def evaluate(self, scope: Scope) -> Value:
        """Return the cell's value."""
        return scope.grid.cell(self.block, self.name, self._row(scope))

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to the sheet of the block."""
        return frozenset({scope.grid.sheet_of(self.block)})


@dataclass(frozen=True, slots=True)
class Total:
    """The total cell of a column."""

    block: str
    name: str

    def excel(self, scope: Scope) -> str:
        """Write its address."""
        return scope.grid.total_address(scope, self.block, self.name)

    def evaluate(self, scope: Scope) -> Value:
        """Return the total."""
        return scope.grid.total(self.block, self.name)

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to the sheet of the block."""
        return frozenset({scope.grid.sheet_of(self.block)})


@dataclass(frozen=True, slots=True)
class Named:
    """A cell by its defined name."""

    name: str

    def excel(self, scope: Scope) -> str:
        """Write the name."""
        scope.grid.sheet_of_name(self.name)
        return self.name

    def evaluate(self, scope: Scope) -> Value:
        """Return the named cell's value."""
        return scope.grid.named(self.name)

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to the sheet that holds the named cell."""
        return frozenset({scope.grid.sheet_of_name(self.name)})


@dataclass(frozen=True, slots=True)
class Span:
    """The body of a column as a range; an operand of the nodes below, never a value itself."""

    block: str
    name: str

    def excel(self, scope: Scope) -> str:
        """Write the range."""
        return scope.grid.address(scope, self.block, self.name, None)

    def values(self, scope: Scope) -> tuple[Value, ...]:
        """Return the cells of the range."""
        return scope.grid.column(self.block, self.name)

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to the sheet of the block."""
        return frozenset({scope.grid.sheet_of(self.block)})

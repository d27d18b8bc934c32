"""Nodes that look up, compare, judge and join text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from reports.formulas.references import Const, Span
from reports.formulas.values import all_sheets, as_number
from reports.spec import Formula, Scope, Value


@dataclass(frozen=True, slots=True)
class Lookup:
    """The cell of one column in the row where another column equals a key."""

    key: Formula
    keys: Span
    results: Span

    def excel(self, scope: Scope) -> str:
        """Write `INDEX(results,MATCH(key,keys,0))`."""
        match = f"MATCH({self.key.excel(scope)},{self.keys.excel(scope)},0)"
        return f"INDEX({self.results.excel(scope)},{match})"

    def evaluate(self, scope: Scope) -> Value:
        """Find the first row with that key.

        Raises:
            ValueError: The key is not there: a lookup that fails is an error in the description.
        """
        index = scope.grid.remembered(("lookup", self.keys))
        if not index:
            for row, value in enumerate(self.keys.values(scope)):
                index.setdefault(str(value).casefold(), row)
        wanted = str(self.key.evaluate(scope)).casefold()
        if wanted not in index:
            raise ValueError(f"{wanted!r} is not in {self.keys.block}.{self.keys.name}")
        return self.results.values(scope)[cast("int", index[wanted])]

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to key, keys and results."""
        own = self.keys.sheets(scope) | self.results.sheets(scope)
        return own | self.key.sheets(scope)


@dataclass(frozen=True, slots=True)
class Choose:
    """One of two values, by a comparison of two cells (`=`, `<>`, `<`, `<=`, `>`, `>=`)."""

    left: Formula
    sign: str
    right: Formula
    then: Formula
    otherwise: Formula

    def excel(self, scope: Scope) -> str:
        """Write `IF(a=b,x,y)`."""
        test = f"{self.left.excel(scope)}{self.sign}{self.right.excel(scope)}"
        return f"IF({test},{self.then.excel(scope)},{self.otherwise.excel(scope)})"

    def evaluate(self, scope: Scope) -> Value:
        """Compare, then choose."""
        chosen = self.then if self._holds(scope) else self.otherwise
        return chosen.evaluate(scope)

    def _holds(self, scope: Scope) -> bool:
        left, right = self.left.evaluate(scope), self.right.evaluate(scope)
        if isinstance(left, str) or isinstance(right, str):
            equal = str(left or "").casefold() == str(right or "").casefold()
            return equal if self.sign == "=" else not equal
        low, high = as_number(left), as_number(right)
        return {
            "=": low == high,
            "<>": low != high,
            "<": low < high,
            "<=": low <= high,
            ">": low > high,
            ">=": low >= high,
        }[self.sign]

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to what the parts refer to."""
        return all_sheets(scope, (self.left, self.right, self.then, self.otherwise))


@dataclass(frozen=True, slots=True)
class Status:
    """PASS where a difference lies within its tolerance, else FAIL."""

    difference: Formula
    tolerance: Formula

    def excel(self, scope: Scope) -> str:
        """Write `IF(ABS(d)<=t,"PASS","FAIL")`."""
        test = f"ABS({self.difference.excel(scope)})<={self.tolerance.excel(scope)}"
        return f'IF({test},"PASS","FAIL")'

    def evaluate(self, scope: Scope) -> Value:
        """Judge the difference."""
        difference = as_number(self.difference.evaluate(scope))
        return "PASS" if abs(difference) <= as_number(self.tolerance.evaluate(scope)) else "FAIL"

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to what the parts refer to."""
        return all_sheets(scope, (self.difference, self.tolerance))


@dataclass(frozen=True, slots=True)
class IsFormula:
    """1 where a named cell holds a formula, 0 where somebody pasted a value over it."""

    name: str

    def excel(self, scope: Scope) -> str:
        """Write `IF(_xlfn.ISFORMULA(name),1,0)`."""
        scope.grid.sheet_of_name(self.name)
        return f"IF(_xlfn.ISFORMULA({self.name}),1,0)"

    def evaluate(self, scope: Scope) -> Value:
        """Ask the description."""
        names = getattr(scope.grid, "names", {})
        block, column, row = names[self.name]
        return Decimal(int(scope.grid.is_formula(block, column, row)))

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to the sheet that holds the named cell."""
        return frozenset({scope.grid.sheet_of_name(self.name)})


@dataclass(frozen=True, slots=True)
class Concat:
    """Text and whole numbers joined."""

    parts: tuple[Formula, ...]

    def excel(self, scope: Scope) -> str:
        """Write `a&b`."""
        return "&".join(part.excel(scope) for part in self.parts)

    def evaluate(self, scope: Scope) -> Value:
        """Join."""
        return "".join(_plain(part.evaluate(scope)) for part in self.parts)

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to what the parts refer to."""
        return all_sheets(scope, self.parts)


def where_known(cells: Iterable[Formula], formula: Formula) -> Formula:
    """Return the formula, or `n/a` where one of the cells that it needs says `n/a`."""
    for cell in cells:
        formula = Choose(cell, "=", Const("n/a"), Const("n/a"), formula)
    return formula


def _plain(value: Value) -> str:
    """Write a value as a spreadsheet joins it to text."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)

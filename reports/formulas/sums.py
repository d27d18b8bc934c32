"""Nodes that add or count ranges, whole or by key."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import cast

from reports.formulas.references import Here, Span
from reports.formulas.values import ZERO, all_sheets, as_number, criterion_key
from reports.spec import Formula, Scope, Value


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of whole columns."""

    spans: tuple[Span, ...]

    def excel(self, scope: Scope) -> str:
        """Write `SUM(range, …)`."""
        return f"SUM({','.join(span.excel(scope) for span in self.spans)})"

    def evaluate(self, scope: Scope) -> Value:
        """Add the numbers; text in a range counts nothing, as in a spreadsheet."""
        return sum(
            (
                as_number(value)
                for span in self.spans
                for value in span.values(scope)
                if not isinstance(value, (str, date))
            ),
            ZERO,
        )

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to the sheets of the ranges."""
        return frozenset(sheet for span in self.spans for sheet in span.sheets(scope))


@dataclass(frozen=True, slots=True)
class RowSum:
    """The sum of neighbouring cells of the same row, from the first column to the last."""

    first: str
    last: str
    between: tuple[str, ...]

    def excel(self, scope: Scope) -> str:
        """Write `SUM(F7:J7)`."""
        return f"SUM({Here(self.first).excel(scope)}:{Here(self.last).excel(scope)})"

    def evaluate(self, scope: Scope) -> Value:
        """Add the cells."""
        return sum((as_number(Here(name).evaluate(scope)) for name in self.between), ZERO)

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to the own sheet."""
        return frozenset({scope.grid.sheet_of(scope.block)})


@dataclass(frozen=True, slots=True)
class ColumnTotal:
    """The sum of a column of the formula's own block."""

    name: str

    def excel(self, scope: Scope) -> str:
        """Write `SUM(range)`."""
        return Sum((Span(scope.block, self.name),)).excel(scope)

    def evaluate(self, scope: Scope) -> Value:
        """Add the column."""
        return Sum((Span(scope.block, self.name),)).evaluate(scope)

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to the own sheet."""
        return frozenset({scope.grid.sheet_of(scope.block)})


@dataclass(frozen=True, slots=True)
class Subtotal:
    """The subtotal of a column: like a sum, and it follows the reader's filter."""

    span: Span

    def excel(self, scope: Scope) -> str:
        """Write `SUBTOTAL(109,range)`."""
        return f"SUBTOTAL(109,{self.span.excel(scope)})"

    def evaluate(self, scope: Scope) -> Value:
        """Add the column, unfiltered."""
        return Sum((self.span,)).evaluate(scope)

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to the sheet of the range."""
        return self.span.sheets(scope)


Criteria = tuple[tuple[Span, Formula], ...]


def _criteria_text(criteria: Criteria, scope: Scope) -> str:
    return ",".join(f"{span.excel(scope)},{test.excel(scope)}" for span, test in criteria)


def _criteria_sheets(criteria: Criteria, scope: Scope) -> frozenset[str]:
    spans = frozenset(sheet for span, _ in criteria for sheet in span.sheets(scope))
    return spans | all_sheets(scope, (test for _, test in criteria))


def _is_plain(test: str) -> bool:
    return "*" not in test and "?" not in test and test[:1] not in {"<", ">", "="}


def _meets(cell: str, test: str) -> bool:
    """Judge one cell as a spreadsheet does: comparison, wildcard or equality."""
    if test[:1] in {"<", ">"} and test[1:2] not in {"=", ">"}:
        try:
            limit, number = Decimal(test[1:]), Decimal(cell)
        except InvalidOperation:
            return False
        return number < limit if test[0] == "<" else number > limit
    if "*" in test or "?" in test:
        return bool(cell) and fnmatch.fnmatchcase(cell, test.replace("[", "[[]"))
    return cell == test


def _select(index: dict[object, object], wanted: tuple[str, ...]) -> Decimal:
    """Add the indexed sums whose keys meet the criteria."""
    if all(_is_plain(test) for test in wanted):
        return cast("Decimal", index.get(wanted, ZERO))
    return sum(
        (
            cast("Decimal", amount)
            for key, amount in index.items()
            if all(map(_meets, cast("tuple[str, ...]", key), wanted))
        ),
        ZERO,
    )


def _index(scope: Scope, criteria: Criteria, summed: Span | None) -> dict[object, object]:
    """Build, once per set of columns, the sums (or counts) by key."""
    spans = tuple(span for span, _ in criteria)
    index = scope.grid.remembered(("sums", summed, spans))
    if not index:
        keys = zip(*(span.values(scope) for span in spans), strict=True)
        amounts: Iterable[Value] = (
            summed.values(scope) if summed else (1,) * len(spans[0].values(scope))
        )
        for key, amount in zip(keys, amounts, strict=True):
            if isinstance(amount, (str, date)):
                continue
            found = tuple(criterion_key(value) for value in key)
            index[found] = cast("Decimal", index.get(found, ZERO)) + as_number(amount)
    return index


@dataclass(frozen=True, slots=True)
class SumIfs:
    """The sum of a column over the rows whose other columns equal the criteria."""

    summed: Span
    criteria: Criteria

    def excel(self, scope: Scope) -> str:
        """Write `SUMIFS(sum, range, criterion, …)`."""
        return f"SUMIFS({self.summed.excel(scope)},{_criteria_text(self.criteria, scope)})"

    def evaluate(self, scope: Scope) -> Value:
        """Look the sum up in an index by key."""
        wanted = tuple(criterion_key(test.evaluate(scope)) for _, test in self.criteria)
        return _select(_index(scope, self.criteria, self.summed), wanted)

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to the sheets of ranges and criteria."""
        return self.summed.sheets(scope) | _criteria_sheets(self.criteria, scope)


@dataclass(frozen=True, slots=True)
class CountIfs:
    """The count of the rows whose columns equal the criteria."""

    criteria: Criteria

    def excel(self, scope: Scope) -> str:
        """Write `COUNTIFS(range, criterion, …)`."""
        return f"COUNTIFS({_criteria_text(self.criteria, scope)})"

    def evaluate(self, scope: Scope) -> Value:
        """Look the count up in an index by key."""
        wanted = tuple(criterion_key(test.evaluate(scope)) for _, test in self.criteria)
        return _select(_index(scope, self.criteria, None), wanted)

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to the sheets of ranges and criteria."""
        return _criteria_sheets(self.criteria, scope)


@dataclass(frozen=True, slots=True)
class MatrixSum:
    """The sum of a matrix over the columns, and where asked the rows, with a given label.

    The matrix is the body of neighbouring columns of one block. The labels of its columns stand
    in the single row of another block with the same column keys; the labels of its rows in a
    column of its own block.
    """

    block: str
    columns: tuple[str, ...]
    band: str
    column_test: Formula
    row_labels: str = ""
    row_test: Formula | None = None

    def _corners(self, scope: Scope, block: str) -> str:
        first = scope.grid.address(scope, block, self.columns[0], None)
        last = scope.grid.address(scope, block, self.columns[-1], None)
        return f"{first.split(':')[0]}:{last.split(':')[1]}"

    def excel(self, scope: Scope) -> str:
        """Write `SUMPRODUCT((rows=x)*(columns=y)*matrix)`."""
        band = self._corners(scope, self.band)
        factors = [f"({band}={self.column_test.excel(scope)})", self._corners(scope, self.block)]
        if self.row_test is not None:
            rows = scope.grid.address(scope, self.block, self.row_labels, None)
            factors.insert(0, f"({rows}={self.row_test.excel(scope)})")
        return f"SUMPRODUCT({'*'.join(factors)})"

    def _labels(self, scope: Scope) -> tuple[str, ...]:
        if not self.row_labels:
            return ("",) * len(scope.grid.column(self.block, self.columns[0]))
        labels = scope.grid.column(self.block, self.row_labels)
        return tuple(str(label).casefold() for label in labels)

    def evaluate(self, scope: Scope) -> Value:
        """Look the sum up in an index by both labels."""
        grid = scope.grid
        index = grid.remembered(("matrix", self.block, self.band, self.columns, self.row_labels))
        if not index:
            labels = self._labels(scope)
            for name in self.columns:
                over = str(grid.cell(self.band, name, 0)).casefold()
                for label, value in zip(labels, grid.column(self.block, name), strict=True):
                    key = (label, over)
                    index[key] = cast("Decimal", index.get(key, ZERO)) + as_number(value)
        row = "" if self.row_test is None else str(self.row_test.evaluate(scope)).casefold()
        column = str(self.column_test.evaluate(scope)).casefold()
        return cast("Decimal", index.get((row, column), ZERO))

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to the sheets of matrix, band and tests."""
        own = frozenset({scope.grid.sheet_of(self.block), scope.grid.sheet_of(self.band)})
        tests = (self.column_test,) if self.row_test is None else (self.column_test, self.row_test)
        return own | all_sheets(scope, tests)

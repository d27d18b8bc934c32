"""Formula nodes: each writes itself for a spreadsheet and computes itself over the description.

The computation follows the spreadsheet's reading: text compares without case, a criterion that
looks like a number meets text that looks like the same number, an empty cell counts as zero.
Only functions that Excel 2016 and LibreOffice 7.4 both compute are written.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import cast

from reports.spec import Formula, Scope, Value

ZERO = Decimal(0)
DAY_ZERO = date(1899, 12, 30)
"""Day that a spreadsheet counts days from."""
CONSTANTS = frozenset(Decimal(value) for value in (0, 1, -1, 2, 12, 24, 60, 100))
"""Numbers that a formula may hold; everything else is a named cell."""


def as_number(value: Value) -> Decimal:
    """Read a cell as a number; an empty cell is zero.

    Raises:
        ValueError: The cell holds text.
    """
    if value is None:
        return ZERO
    if isinstance(value, (Decimal, int)):
        return Decimal(value)
    if isinstance(value, date):
        return Decimal((value - DAY_ZERO).days)
    raise ValueError(f"{value!r} is not a number")


@lru_cache(maxsize=262_144)
def criterion_key(value: Value) -> str:
    """Return how a spreadsheet compares a cell with a criterion: number if it reads as one."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).strip()
    try:
        return str(Decimal(text).normalize()) if text[:1] in "+-.0123456789" else text.casefold()
    except InvalidOperation:
        return text.casefold()


def _text(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


def _union(scope: Scope, parts: Iterable[Formula]) -> frozenset[str]:
    return frozenset(sheet for part in parts for sheet in part.sheets(scope))


def _grouped(part: Formula, scope: Scope) -> str:
    """Write an operand, in brackets where it is a sum itself."""
    written = part.excel(scope)
    return f"({written})" if isinstance(part, (Plus, Difference)) else written


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
        return _text(self.constant) if isinstance(self.constant, str) else str(self.constant)

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


def total_of(name: str) -> ColumnTotal:
    """Return the usual total of a column: the sum of its own body."""
    return ColumnTotal(name)


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
    return spans | _union(scope, (test for _, test in criteria))


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
        return own | _union(scope, tests)


@dataclass(frozen=True, slots=True)
class Plus:
    """The sum of a few single cells."""

    parts: tuple[Formula, ...]

    def excel(self, scope: Scope) -> str:
        """Write `a+b+c`."""
        return "+".join(part.excel(scope) for part in self.parts)

    def evaluate(self, scope: Scope) -> Value:
        """Add the parts."""
        return sum((as_number(part.evaluate(scope)) for part in self.parts), ZERO)

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to what the parts refer to."""
        return _union(scope, self.parts)


@dataclass(frozen=True, slots=True)
class Difference:
    """One number less one or more others."""

    left: Formula
    right: Formula

    def excel(self, scope: Scope) -> str:
        """Write `a-b`."""
        return f"{self.left.excel(scope)}-{_grouped(self.right, scope)}"

    def evaluate(self, scope: Scope) -> Value:
        """Subtract."""
        return as_number(self.left.evaluate(scope)) - as_number(self.right.evaluate(scope))

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to what the parts refer to."""
        return _union(scope, (self.left, self.right))


@dataclass(frozen=True, slots=True)
class Product:
    """The product of two numbers."""

    left: Formula
    right: Formula

    def excel(self, scope: Scope) -> str:
        """Write `a*b`."""
        return f"{_grouped(self.left, scope)}*{_grouped(self.right, scope)}"

    def evaluate(self, scope: Scope) -> Value:
        """Multiply."""
        return as_number(self.left.evaluate(scope)) * as_number(self.right.evaluate(scope))

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to what the parts refer to."""
        return _union(scope, (self.left, self.right))


@dataclass(frozen=True, slots=True)
class Ratio:
    """A quotient that says `n/a` where there is nothing to divide by."""

    numerator: Formula
    denominator: Formula

    def excel(self, scope: Scope) -> str:
        """Write `IF(d=0,"n/a",n/d)`."""
        below = _grouped(self.denominator, scope)
        return f'IF({below}=0,"n/a",{_grouped(self.numerator, scope)}/{below})'

    def evaluate(self, scope: Scope) -> Value:
        """Divide, or say so."""
        below = as_number(self.denominator.evaluate(scope))
        return "n/a" if below == 0 else as_number(self.numerator.evaluate(scope)) / below

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to what the parts refer to."""
        return _union(scope, (self.numerator, self.denominator))


@dataclass(frozen=True, slots=True)
class Round:
    """A number rounded half away from zero."""

    number: Formula
    digits: int = 2

    def excel(self, scope: Scope) -> str:
        """Write `ROUND(x,2)`."""
        return f"ROUND({self.number.excel(scope)},{self.digits})"

    def evaluate(self, scope: Scope) -> Value:
        """Round."""
        number = as_number(self.number.evaluate(scope))
        return number.quantize(Decimal(1).scaleb(-self.digits), rounding=ROUND_HALF_UP)

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to what the number refers to."""
        return self.number.sheets(scope)


@dataclass(frozen=True, slots=True)
class Cumulative:
    """A period's charge as the difference of two rounded cumulated charges.

    Charges of all periods sum to the base exactly (`base × n / N` with integers n and N).
    """

    base: Formula
    elapsed: Formula
    elapsed_before: Formula
    whole: Formula
    digits: int = 2

    def excel(self, scope: Scope) -> str:
        """Write `ROUND(b*n/N,2)-ROUND(b*m/N,2)`."""
        base, whole = self.base.excel(scope), self.whole.excel(scope)
        now, before = self.elapsed.excel(scope), self.elapsed_before.excel(scope)
        digits = self.digits
        return f"ROUND({base}*{now}/{whole},{digits})-ROUND({base}*{before}/{whole},{digits})"

    def evaluate(self, scope: Scope) -> Value:
        """Subtract the two rounded quotients."""
        base = as_number(self.base.evaluate(scope))
        whole = as_number(self.whole.evaluate(scope))
        unit = Decimal(1).scaleb(-self.digits)
        now, before = (
            (base * as_number(part.evaluate(scope)) / whole).quantize(unit, ROUND_HALF_UP)
            for part in (self.elapsed, self.elapsed_before)
        )
        return now - before

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to what the parts refer to."""
        return _union(scope, (self.base, self.elapsed, self.elapsed_before, self.whole))


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
        return _union(scope, (self.left, self.right, self.then, self.otherwise))


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
        return _union(scope, (self.difference, self.tolerance))


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
        return _union(scope, self.parts)


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

"""Nodes that calculate with single cells."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from reports.formulas.values import ZERO, all_sheets, as_number
from reports.spec import Formula, Scope, Value


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
        return all_sheets(scope, self.parts)


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
        return all_sheets(scope, (self.left, self.right))


def _grouped(part: Formula, scope: Scope) -> str:
    """Write an operand, in brackets where it is a sum itself."""
    written = part.excel(scope)
    return f"({written})" if isinstance(part, (Plus, Difference)) else written


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
        return all_sheets(scope, (self.left, self.right))


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
        return all_sheets(scope, (self.numerator, self.denominator))


@dataclass(frozen=True, slots=True)
class Absolute:
    """A number without its sign."""

    number: Formula

    def excel(self, scope: Scope) -> str:
        """Write `ABS(x)`."""
        return f"ABS({self.number.excel(scope)})"

    def evaluate(self, scope: Scope) -> Value:
        """Drop the sign."""
        return abs(as_number(self.number.evaluate(scope)))

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to what the number refers to."""
        return self.number.sheets(scope)


@dataclass(frozen=True, slots=True)
class Quotient:
    """A quotient whose denominator is known to be there: it stands behind a test for zero."""

    numerator: Formula
    denominator: Formula

    def excel(self, scope: Scope) -> str:
        """Write `n/d`."""
        return f"{_grouped(self.numerator, scope)}/{_grouped(self.denominator, scope)}"

    def evaluate(self, scope: Scope) -> Value:
        """Divide."""
        below = as_number(self.denominator.evaluate(scope))
        return as_number(self.numerator.evaluate(scope)) / below

    def sheets(self, scope: Scope) -> frozenset[str]:
        """Refer to what the parts refer to."""
        return all_sheets(scope, (self.numerator, self.denominator))


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
        return all_sheets(scope, (self.base, self.elapsed, self.elapsed_before, self.whole))

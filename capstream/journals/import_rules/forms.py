"""Forms that a value of a journal file can have: each says what is wrong, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CURRENCY = re.compile(r"[A-Z]{3}")
_AMOUNT = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DAY = re.compile(r"[0-9A-Za-z/ -]+")


@dataclass(frozen=True, slots=True)
class Form:
    """What a value may look like.

    Attributes:
        problem: Says what is wrong with a value; empty text when nothing is.
        wants: What to write instead.
        date_formats: How a date is written; none where the value is no date.
    """

    problem: Callable[[str], str]
    wants: str
    date_formats: tuple[str, ...] = ()


def words(longest: int) -> Form:
    """Accept text of at most that many characters, on one line."""

    def problem(value: str) -> str:
        if len(value) > longest:
            return f"the text has {len(value)} characters"
        return "the text holds a control character" if _CONTROL.search(value) else ""

    return Form(problem, f"write at most {longest} characters")


def matching(pattern: str, wants: str) -> Form:
    """Accept what a regular expression matches as a whole."""
    compiled = re.compile(pattern)

    def problem(value: str) -> str:
        return "" if compiled.fullmatch(value) else f"{value[:40]!r} has another form"

    return Form(problem, wants)


def one_of(*values: str, because: str = "") -> Form:
    """Accept a few values, without regard to case."""
    known = {value.casefold() for value in values}

    def problem(value: str) -> str:
        return "" if value.casefold() in known else f"{value[:40]!r} is not allowed{because}"

    return Form(problem, f"write {' or '.join(value or 'nothing' for value in values)}")


def blank() -> Form:
    """Accept nothing: the target wants the column empty."""

    def problem(value: str) -> str:
        return f"{value[:40]!r} stands where nothing may"

    return Form(problem, "leave it empty")


def whole() -> Form:
    """Accept a positive whole number."""
    return matching(r"[1-9][0-9]{0,14}", "write a positive whole number")


def currency() -> Form:
    """Accept a currency code of three capital letters (ISO 4217)."""

    def problem(value: str) -> str:
        return "" if _CURRENCY.fullmatch(value) else f"{value[:10]!r} is no currency code"

    return Form(problem, "write the ISO 4217 code, such as USD")


def money(digits: int, *, is_signed: bool = False) -> Form:
    """Accept an amount of at most that many digits before the point and two after it."""

    def problem(value: str) -> str:
        if not _AMOUNT.fullmatch(value):
            return f"{value[:40]!r} is no plain amount"
        if not is_signed and Decimal(value) < 0:
            return f"{value} is negative"
        before, _, after = value.lstrip("-").partition(".")
        if len(after) > 2:
            return f"{value} has more than two decimals"
        return f"{value} has more than {digits} digits" if len(before) > digits else ""

    sign = "with a minus for credits" if is_signed else "positive"
    return Form(problem, f"write it {sign}, without thousands separator, two decimals")


def day(shown: str, *formats: str) -> Form:
    """Accept a date in one of some formats of `strptime`; `shown` is how a person writes it."""

    def problem(value: str) -> str:
        return "" if read_day(value, formats) else f"{value[:40]!r} is no date like {shown}"

    return Form(problem, f"write the date as {shown}", formats)


def read_day(value: str, formats: tuple[str, ...]) -> date | None:
    """Read a date in the first format that fits; None where none does."""
    if not _DAY.fullmatch(value):
        return None
    for form in formats:
        try:
            return datetime.strptime(value, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None

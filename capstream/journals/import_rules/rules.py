"""What a target accepts: its fields, how rows form an entry, and where amounts and dates stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from capstream.journals.import_rules.forms import Form


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a target.

    Attributes:
        name: Header, or name of the position where a file has no header.
        form: What a value may look like.
        is_filled: Every row must have a value.
        is_optional: A file may leave the column out.
    """

    name: str
    form: Form
    is_filled: bool = False
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """A column that names the accounting period, and how the period of a date is written."""

    column: str
    written: Callable[[date], str]


@dataclass(frozen=True, slots=True)
class ImportRules:
    """How one target reads a journal file.

    Attributes:
        fields: The columns, in order where `is_positional`.
        entry: Columns whose values together name an entry.
        day: Column of the accounting date.
        debit: Column of debits; empty where amounts are signed.
        credit: Column of credits; empty where amounts are signed.
        signed: Column of signed amounts; empty where debits and credits stand apart.
        currency: Column of the currency; empty where the target's own currency is meant.
        line: Column that numbers the lines of an entry; empty for none.
        shared: Columns that must say the same on every row of an entry.
        period: Column of the period, which must be the period of the date.
        is_positional: The file has no header, and every position must be there.
        takes_more: Columns of the customer's own template are welcome.
        member: File inside the zip; empty for a plain file.
        line_limit: Most rows in a file; 0 for none.
    """

    fields: tuple[Field, ...]
    entry: tuple[str, ...]
    day: str
    debit: str = ""
    credit: str = ""
    signed: str = ""
    currency: str = ""
    line: str = ""
    shared: tuple[str, ...] = ()
    period: Period | None = None
    is_positional: bool = False
    takes_more: bool = False
    member: str = ""
    line_limit: int = 0


def filled(name: str, form: Form) -> Field:
    """Return a column that every row fills."""
    return Field(name, form, is_filled=True)


def column(name: str, form: Form) -> Field:
    """Return a column that must be there, with or without values."""
    return Field(name, form)


def optional(name: str, form: Form) -> Field:
    """Return a column that the target knows and a file may leave out."""
    return Field(name, form, is_optional=True)

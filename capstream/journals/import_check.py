"""A journal file read back and held against what its target documents.

The check reads the file alone: columns, lengths, forms of dates and amounts, one side a line,
entries that balance in one currency and period, nothing marked as posted.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from capstream.errors import Problem, UsageError
from capstream.journals.import_rules import IMPORT_RULES
from capstream.journals.import_rules.forms import read_day
from capstream.journals.import_rules.rules import Field, ImportRules
from capstream.types import ZERO_DIGIT_CURRENCIES

LARGEST_BYTES = 200 * 1024 * 1024
Row = Mapping[str, str]


@dataclass(slots=True)
class _Entry:
    """What has been seen of one entry: its first row, its lines and its balance by currency."""

    first_row: int
    shared: tuple[str, ...]
    count: int = 0
    numbers: set[str] = field(default_factory=set)
    balance: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What a journal file holds, and everything that its target would refuse."""

    format: str
    entry_count: int
    line_count: int
    problems: tuple[Problem, ...]


def check_import(path: Path, format_name: str) -> CheckedFile:
    """Read a journal file and return every breach of its target's import rules.

    Args:
        path: The file: CSV, or the zip of Oracle's file-based import.
        format_name: Name of the format as in capstream.yaml.

    Raises:
        UsageError: The format is unknown, or there is no such file.
    """
    if format_name not in IMPORT_RULES:
        known = ", ".join(sorted(IMPORT_RULES))
        raise UsageError(f"journal format {format_name!r} is unknown: choose one of {known}")
    if not path.is_file():
        raise UsageError(f"there is no file {path}: name a journal file")
    rules = IMPORT_RULES[format_name]
    reading = _Reading(path.name, rules)
    reading.read(path)
    return CheckedFile(
        format_name, len(reading.entries), reading.line_count, tuple(sorted(set(reading.problems)))
    )


class _Reading:
    """One file being read: problems and entries gathered row by row.

    Args:
        name: Name of the file, for the problems.
        rules: What its target accepts.
    """

    def __init__(self, name: str, rules: ImportRules) -> None:
        self.name = name
        self.rules = rules
        self.problems: list[Problem] = []
        self.entries: dict[tuple[str, ...], _Entry] = {}
        self.line_count = 0
        self._fields: list[Field] = []

    def report(self, row: int, column: str, message: str, remedy: str) -> None:
        """Note a breach at a row of the file, from one."""
        self.problems.append(Problem(self.name, row, column, message, remedy))

    def read(self, path: Path) -> None:
        """Check every row, then every entry as a whole."""
        content = self._content(path)
        if content is None:
            return
        try:
            text = content.decode("utf-8-sig")
            rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        except UnicodeDecodeError as error:
            self.report(0, "", f"the file is not UTF-8: {error.reason}", "write it as UTF-8")
            return
        except csv.Error as error:
            self.report(0, "", f"the file is no CSV: {error}", "write it anew")
            return
        first = 1 if self.rules.is_positional else 2
        names = self._names(rows)
        if names is None:
            return
        for number, values in enumerate(rows[first - 1 :], first):
            self._row(number, names, values)
        self._whole()

    def _content(self, path: Path) -> bytes | None:
        """Return the file's bytes, out of its zip where the target wants one."""
        content = path.read_bytes()
        member = self.rules.member
        if not member:
            if content[:2] == b"PK":
                self.report(0, "", "the file is a zip or workbook", "save it as CSV (UTF-8)")
                return None
            return content
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                inside = archive.infolist()
                if [item.filename for item in inside] != [member]:
                    held = ", ".join(item.filename for item in inside)
                    self.report(0, "", f"the zip holds {held}", f"put {member} alone into it")
                    return None
                if inside[0].file_size > LARGEST_BYTES:
                    self.report(0, "", "the file inside is larger than 200 MB", "split it")
                    return None
                return archive.read(member)
        except (zipfile.BadZipFile, OSError) as error:
            self.report(0, "", f"the file is no zip: {error}", f"zip {member}")
            return None

    def _names(self, rows: Sequence[Sequence[str]]) -> list[str] | None:
        """Return the column of each position; None where the columns are wrong."""
        fields = {known.name: known for known in self.rules.fields}
        if self.rules.is_positional:
            self._fields = list(self.rules.fields)
            return list(fields)
        header = list(rows[0]) if rows else []
        found = len(self.problems)
        for name in fields.keys() - set(header):
            if not fields[name].is_optional:
                self.report(1, name, "the column is missing", "add it to the header")
        for name in sorted({name for name in header if header.count(name) > 1}):
            self.report(1, name, "the column stands twice", "leave one of them out")
        if not self.rules.takes_more:
            for name in header:
                if name not in fields:
                    self.report(1, name, "the target has no such column", "leave it out")
        self._fields = [fields[name] for name in header if name in fields]
        return header if len(self.problems) == found else None

    def _row(self, number: int, names: list[str], values: Sequence[str]) -> None:
        if len(values) != len(names):
            self.report(
                number, "", f"the row has {len(values)} columns instead of {len(names)}",
                "write every column, blank where there is nothing",
            )  # fmt: skip
            return
        row = dict(zip(names, values, strict=True))
        self.line_count += 1
        for known in self._fields:
            self._value(number, known, row[known.name])
        self._line(number, row)

    def _value(self, number: int, known: Field, value: str) -> None:
        if not value:
            if known.is_filled:
                self.report(number, known.name, "the value is missing", known.form.wants)
            return
        if value != value.strip():
            self.report(number, known.name, "spaces stand around the value", "take them away")
        problem = known.form.problem(value)
        if problem:
            self.report(number, known.name, problem, known.form.wants)

    def _line(self, number: int, row: Row) -> None:
        """Add a line to its entry and check what must agree within it."""
        rules = self.rules
        key = tuple(row[name] for name in rules.entry)
        shared = tuple(row.get(name, "") for name in rules.shared)
        entry = self.entries.setdefault(key, _Entry(number, shared))
        for name, here, there in zip(rules.shared, shared, entry.shared, strict=True):
            if here != there:
                message = f"{here!r} differs from {there!r} on row {entry.first_row}"
                self.report(number, name, message, "write the same on every row of an entry")
        entry.count += 1
        if rules.line:
            if row[rules.line] in entry.numbers:
                self.report(number, rules.line, f"line {row[rules.line]} stands twice", "renumber")
            entry.numbers.add(row[rules.line])
        amount = self._amount(number, row)
        unit = row.get(rules.currency, "") if rules.currency else ""
        if unit in ZERO_DIGIT_CURRENCIES and amount != amount.to_integral_value():
            where = rules.signed or (rules.debit if amount > 0 else rules.credit)
            self.report(number, where, f"{amount} {unit} has decimals", "round it to whole units")
        entry.balance[unit] = entry.balance.get(unit, Decimal(0)) + amount
        self._period(number, row)

    def _amount(self, number: int, row: Row) -> Decimal:
        """Return a line's amount, debits positive, and check that it has one side."""
        rules = self.rules
        if rules.signed:
            amount = _decimal(row[rules.signed])
            if amount == 0:
                self.report(number, rules.signed, "the amount is zero", "leave the line out")
            return amount
        debit, credit_ = _decimal(row[rules.debit]), _decimal(row[rules.credit])
        if row[rules.debit] and row[rules.credit]:
            self.report(number, rules.credit, "both sides have an amount", "blank the other side")
        elif debit == 0 and credit_ == 0:
            self.report(number, rules.debit, "neither side has an amount", "leave the line out")
        return debit - credit_

    def _period(self, number: int, row: Row) -> None:
        period, posted = self.rules.period, self._day(row)
        if period is None or posted is None:
            return
        expected = period.written(posted)
        if row[period.column] != expected:
            message = f"{row[period.column]!r} is not the period of {row[self.rules.day]}"
            self.report(number, period.column, message, f"write {expected}")

    def _day(self, row: Row) -> date | None:
        known = next(item for item in self.rules.fields if item.name == self.rules.day)
        return read_day(row[self.rules.day], known.form.date_formats)

    def _whole(self) -> None:
        """Check the file as a whole and that each entry balances."""
        limit = self.rules.line_limit
        if not self.line_count:
            self.report(0, "", "the file has no lines", "write at least one entry")
        if limit and self.line_count > limit:
            self.report(0, "", f"{self.line_count} lines, the target takes {limit}", "split it")
        for key, entry in self.entries.items():
            self._balance(" ".join(key), entry)

    def _balance(self, key: str, entry: _Entry) -> None:
        if entry.count < 2:
            self.report(entry.first_row, "", f"entry {key} has one line", "write both sides")
        for unit, rest in entry.balance.items():
            if rest:
                message = f"entry {key} is out of balance by {rest} {unit}".rstrip()
                self.report(entry.first_row, "", message, "make debits equal credits")


def _decimal(value: str) -> Decimal:
    """Read an amount; what is none counts nothing, its own problem is reported with the value."""
    try:
        number = Decimal(value) if value else Decimal(0)
    except InvalidOperation:
        return Decimal(0)
    return number if number.is_finite() else Decimal(0)


def journal_problems(folder: Path) -> Iterator[Problem]:
    """Yield every problem of the journal files of a pack: `journal_<month>.<entity>.<format>…`."""
    for path in sorted(folder.glob("journal_*")):
        parts = path.name.split(".")
        names = [part for part in parts if part in IMPORT_RULES]
        if names:
            yield from check_import(path, names[-1]).problems
        else:
            yield Problem(path.name, 0, "", "the name says no known format", "write it anew")

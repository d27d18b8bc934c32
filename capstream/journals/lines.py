"""The canonical journal: entries of balanced lines, read from `fct_journal_lines`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from itertools import groupby
from typing import Any

from capstream.errors import UsageError

CONSOLIDATION = frozenset({"J12"})
"""Entry types that translate into the reporting currency: no journal of the entity itself."""

COLUMNS = (
    "entry_id", "entry_type", "month_key", "entity", "line_number", "account", "account_name",
    "cost_center", "debit_amount", "credit_amount", "currency_code", "component_id", "memo",
    "source_ref", "entry_date",
)  # fmt: skip
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line of an entry; one of the two amounts is zero, none is negative."""

    number: int
    account: str
    account_name: str
    cost_center: str
    component_id: str
    memo: str
    source_ref: str
    debit: Decimal
    credit: Decimal

    @property
    def signed(self) -> Decimal:
        """Amount with debits positive."""
        return self.debit - self.credit


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """Lines that are posted together: one type, entity and month."""

    entry_id: str
    entry_type: str
    entity: str
    currency: str
    posted_on: date
    lines: tuple[JournalLine, ...]

    @property
    def memo(self) -> str:
        """Text of the entry: its number and what its first line books, without the component."""
        return f"{self.entry_id}: {self.lines[0].memo.partition(':')[0]}"

    def number(self, longest: int) -> str:
        """Return the entry's number in at most that many characters, at least sixteen.

        A number that is too long keeps type and month; a digest stands for the entity.
        """
        if len(self.entry_id) <= longest:
            return self.entry_id
        digest = sha256(self.entry_id.encode()).hexdigest()[:4]
        return f"{self.entry_type}-{self.posted_on:%Y%m}-{digest}"[:longest]

    def parts(self, limit: int) -> Iterator[JournalEntry]:
        """Cut the entry into balanced parts of at most `limit` lines, component by component.

        Raises:
            UsageError: One component alone has more lines than the format takes in a file.
        """
        part: list[JournalLine] = []
        by_component = sorted(self.lines, key=lambda line: (line.component_id, line.number))
        for component, group in groupby(by_component, key=lambda line: line.component_id):
            lines = list(group)
            if len(lines) > limit:
                raise UsageError(
                    f"entry {self.entry_id} has {len(lines)} lines of component {component}, the "
                    f"format takes {limit} a file: choose another format for {self.entity}"
                )
            if len(part) + len(lines) > limit:
                yield self.with_lines(part)
                part = []
            part += lines
        if part:
            yield self.with_lines(part)

    def with_lines(self, lines: Iterable[JournalLine]) -> JournalEntry:
        """Return the same entry with other lines."""
        return JournalEntry(
            self.entry_id, self.entry_type, self.entity, self.currency, self.posted_on,
            tuple(lines),
        )  # fmt: skip


def journal_entries(rows: Iterable[Mapping[str, Any]]) -> list[JournalEntry]:
    """Gather rows of `fct_journal_lines` into entries, in the order of entry and line.

    Entries of the consolidation are left out: no entity posts them.

    Raises:
        UsageError: A column is missing, or an entry does not balance.
    """
    own = (row for row in map(_complete, rows) if row["entry_type"] not in CONSOLIDATION)
    ordered = sorted(own, key=lambda row: (row["entry_id"], row["line_number"]))
    entries = [
        _entry(list(group)) for _, group in groupby(ordered, key=lambda row: row["entry_id"])
    ]
    for entry in entries:
        if sum((line.signed for line in entry.lines), ZERO) != ZERO:
            raise UsageError(f"entry {entry.entry_id} does not balance: see sheet Checks")
    return entries


def _complete(row: Mapping[str, Any]) -> Mapping[str, Any]:
    missing = [name for name in COLUMNS if name not in row]
    if missing:
        raise UsageError(f"journal lines lack {', '.join(missing)}: read fct_journal_lines")
    return row


def _entry(rows: list[Mapping[str, Any]]) -> JournalEntry:
    first = rows[0]
    return JournalEntry(
        entry_id=first["entry_id"],
        entry_type=first["entry_type"],
        entity=first["entity"],
        currency=first["currency_code"],
        posted_on=_day(first["entry_date"]),
        lines=tuple(_line(row) for row in rows),
    )


def _line(row: Mapping[str, Any]) -> JournalLine:
    return JournalLine(
        number=int(row["line_number"]),
        account=row["account"],
        account_name=row["account_name"],
        cost_center="" if row["cost_center"] == "NONE" else row["cost_center"],
        component_id=row["component_id"],
        memo=" ".join(row["memo"].split()),
        source_ref=row["source_ref"],
        debit=Decimal(row["debit_amount"]),
        credit=Decimal(row["credit_amount"]),
    )


def _day(value: Any) -> date:
    """Return a date; data frames hand over timestamps."""
    return date(value.year, value.month, value.day)

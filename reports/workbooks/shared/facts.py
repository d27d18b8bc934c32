"""Pipeline facts as columns of values: reads a reporting relation once, types it exactly."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from reports.spec import PackStamp, Value

Reader = Callable[[str], pd.DataFrame]
"""Returns one reporting relation of the run month by its name."""

NONE_ROW = "(none)"
"""Key of the one row of a table that has nothing to show."""


class Facts:
    """The reporting relations behind one pack.

    Args:
        reader: Reads a relation by name.
        stamp: What ties the pack to its run.
    """

    def __init__(self, reader: Reader, stamp: PackStamp) -> None:
        self._reader = reader
        self._frames: dict[str, Rows] = {}
        self.stamp = stamp

    def rows(self, relation: str) -> Rows:
        """Return the rows of a relation."""
        if relation not in self._frames:
            self._frames[relation] = Rows.of(self._reader(relation))
        return self._frames[relation]

    def remembered(self, name: str, compute: Callable[[], Rows]) -> Rows:
        """Return rows that several sheets derive alike, computed once."""
        if name not in self._frames:
            self._frames[name] = compute()
        return self._frames[name]

    @property
    def currency(self) -> str:
        """The reporting currency."""
        return self.stamp.currency

    def setting(self, name: str) -> Value:
        """Return one value of the one row of settings."""
        return _typed(self.rows("rpt_shared__settings").records[0][name])


class Rows:
    """Rows of a relation as plain records; columns come out typed."""

    def __init__(self, records: list[dict[str, Any]]) -> None:
        self.records = records

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Rows:
        """Take the rows of a data frame."""
        names = [str(name) for name in frame.columns]
        columns = [frame[name].tolist() for name in frame.columns]
        return cls([dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)])

    def __len__(self) -> int:
        return len(self.records)

    def where(self, **equal: object) -> Rows:
        """Keep the rows whose columns equal the given values."""
        return Rows([row for row in self.records if all(row[k] == v for k, v in equal.items())])

    def sorted_by(self, *columns: str) -> Rows:
        """Return the rows ordered by some columns, so that equal facts give equal files."""
        keys = zip(*(self._sort_keys(column) for column in columns), strict=True)
        numbered = sorted(zip(keys, range(len(self)), strict=True))
        return Rows([self.records[place] for _, place in numbered])

    def _sort_keys(self, column: str) -> list[Any]:
        """Return what a column is ordered by; text alone orders itself."""
        values = [row[column] for row in self.records]
        if all(type(value) is str for value in values):
            return values
        return [_sort_key(value) for value in values]

    def distinct(self, *columns: str) -> list[tuple[str, ...]]:
        """Return the distinct text keys of some columns, sorted."""
        return sorted({tuple(_text(row[name]) for name in columns) for row in self.records})

    def texts(self, column: str, empty: str = "") -> tuple[str, ...]:
        """Return a column as text."""
        return tuple(_text(row[column]) or empty for row in self.records)

    def amounts(self, column: str, places: int = 2) -> tuple[Decimal, ...]:
        """Return a column of money or other fixed decimals; nothing is zero."""
        return tuple(exact(row[column], places) for row in self.records)

    def optional_amounts(self, column: str, places: int = 2) -> tuple[Decimal | None, ...]:
        """Return a column of fixed decimals in which nothing stays nothing."""
        return tuple(
            None if _is_missing(row[column]) else exact(row[column], places) for row in self.records
        )

    def hours(self, column: str) -> tuple[Decimal, ...]:
        """Return a column of whole minutes as hours."""
        return tuple(exact(row[column], 0) / 60 for row in self.records)

    def integers(self, column: str) -> tuple[int, ...]:
        """Return a column of whole numbers; nothing is zero."""
        return tuple(int(exact(row[column], 0)) for row in self.records)

    def dates(self, column: str) -> tuple[date | None, ...]:
        """Return a column of days."""
        return tuple(_day(row[column]) for row in self.records)

    def summed(self, by: Iterable[str], amounts: Iterable[str]) -> Rows:
        """Add whole groups: one row a key, the amounts summed, other columns left out."""
        keys, values = tuple(by), tuple(amounts)
        groups: dict[tuple[Hashable, ...], dict[str, Any]] = {}
        for row in self.records:
            key = tuple(row[name] for name in keys)
            group = groups.setdefault(
                key, dict(zip(keys, key, strict=True)) | dict.fromkeys(values, Decimal(0))
            )
            for name in values:
                group[name] += exact(row[name], 8)
        return Rows(list(groups.values()))


def exact(value: Any, places: int) -> Decimal:
    """Return a number as Decimal with that many places; nothing is zero."""
    if _is_missing(value):
        return Decimal(0)
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    return number.quantize(Decimal(1).scaleb(-places))


def _sort_key(value: Any) -> tuple[int, Any]:
    """Order missing values first, numbers by size, everything else as text."""
    if _is_missing(value):
        return (0, "")
    if isinstance(value, (int, float, Decimal)):
        return (1, value)
    return (2, str(value))


def _is_missing(value: Any) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or value != value


def _text(value: Any) -> str:
    return "" if _is_missing(value) else str(value)


def _day(value: Any) -> date | None:
    if _is_missing(value) or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def _typed(value: Any) -> Value:
    """Return a setting as a cell holds it."""
    if _is_missing(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, (str, date, Decimal)):
        return value
    return Decimal(str(value))

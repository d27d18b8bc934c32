"""Pipeline facts as columns of values: reads a reporting relation once, types it exactly."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from capstream.types import minor_digits
from reports.spec import PackStamp, Value

Reader = Callable[[str], pa.Table]
"""Returns one reporting relation of the run month by its name."""

_UNITS = tuple(Decimal(1).scaleb(-places) for places in range(39))

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
        self._tables: dict[str, pa.Table] = {}
        self._rows: dict[str, Rows] = {}
        self.stamp = stamp

    def table(self, relation: str) -> pa.Table:
        """Return a relation as it was read: what is long is sorted and summed as a whole."""
        if relation not in self._tables:
            self._tables[relation] = self._reader(relation)
        return self._tables[relation]

    def rows(self, relation: str) -> Rows:
        """Return the rows of a relation."""
        return self.remembered(relation, lambda: Rows.of(self.table(relation)))

    def remembered(self, name: str, compute: Callable[[], Rows]) -> Rows:
        """Return rows that several sheets derive alike, computed once."""
        if name not in self._rows:
            self._rows[name] = compute()
        return self._rows[name]

    def release(self, relation: str) -> None:
        """Let go of a relation that no sheet needs any more."""
        self._tables.pop(relation, None)
        self._rows.pop(relation, None)

    @property
    def currency(self) -> str:
        """The reporting currency."""
        return self.stamp.currency

    @property
    def places(self) -> int:
        """Digits behind the point of the reporting currency."""
        return minor_digits(self.currency)

    def setting(self, name: str) -> Value:
        """Return one value of the one row of settings."""
        return _typed(self.rows("rpt_shared__settings").records[0][name])


class Rows:
    """Rows of a relation, kept by column; columns come out typed.

    Args:
        records: The rows, all with the columns of the first.
    """

    def __init__(self, records: Sequence[Mapping[str, Any]]) -> None:
        names = list(records[0]) if records else []
        self._columns = {name: [row[name] for row in records] for name in names}
        self._length = len(records)

    @classmethod
    def of(cls, table: pa.Table) -> Rows:
        """Take the rows of a table; equal texts share one object."""
        frame = table.to_pandas()
        return cls.by_column(
            {str(name): _shared(frame[name].tolist()) for name in frame.columns}, len(frame)
        )

    @classmethod
    def by_column(cls, columns: Mapping[str, list[Any]], length: int) -> Rows:
        """Take columns of one length."""
        rows = cls(())
        rows._columns, rows._length = dict(columns), length
        return rows

    def __len__(self) -> int:
        return self._length

    @property
    def names(self) -> tuple[str, ...]:
        """The columns, in order."""
        return tuple(self._columns)

    @property
    def records(self) -> list[dict[str, Any]]:
        """The rows as plain records, made when asked for: meant for few rows."""
        values = zip(*self._columns.values(), strict=True)
        return [dict(zip(self._columns, row, strict=True)) for row in values]

    def _column(self, name: str) -> list[Any]:
        """Return the raw values of a column; no rows have every column."""
        return self._columns[name] if self._length else []

    def at(self, places: Sequence[int]) -> Rows:
        """Return the rows at some places, in that order."""
        columns = {
            name: [values[place] for place in places] for name, values in self._columns.items()
        }
        return Rows.by_column(columns, len(places))

    def with_columns(self, columns: Mapping[str, Sequence[Any]]) -> Rows:
        """Return the rows with further columns, or with others in their place."""
        added = {name: list(values) for name, values in columns.items()}
        return Rows.by_column(self._columns | added, self._length)

    def where(self, **equal: object) -> Rows:
        """Keep the rows whose columns equal the given values."""
        tested = [(self._column(name), value) for name, value in equal.items()]
        return self.at(
            [
                place
                for place in range(self._length)
                if all(column[place] == value for column, value in tested)
            ]
        )

    def sorted_by(self, *columns: str) -> Rows:
        """Return the rows ordered by some columns, so that equal facts give equal files."""
        return self.at(self.order(*columns))

    def order(self, *columns: str) -> list[int]:
        """Return the places of the rows in the order of some columns; equal rows as they stand."""
        places: list[int] = np.lexsort([self._ranks(name) for name in reversed(columns)]).tolist()
        return places

    def _ranks(self, column: str) -> npt.NDArray[np.int32]:
        """Return the rank of each row in a column: four bytes a row instead of a key."""
        keys = self._sort_keys(column)
        ranks = {key: rank for rank, key in enumerate(sorted(set(keys)))}
        return np.fromiter(map(ranks.__getitem__, keys), np.int32, len(keys))

    def _sort_keys(self, column: str) -> list[Any]:
        """Return what a column is ordered by; text alone orders itself."""
        values = self._column(column)
        if all(type(value) is str for value in values):
            return values
        return [_sort_key(value) for value in values]

    def distinct(self, *columns: str) -> list[tuple[str, ...]]:
        """Return the distinct text keys of some columns, sorted."""
        found = set(zip(*(self._column(name) for name in columns), strict=True))
        return sorted({tuple(_text(value) for value in key) for key in found})

    def texts(self, column: str, empty: str = "") -> tuple[str, ...]:
        """Return a column as text."""
        return tuple(_text(value) or empty for value in self._column(column))

    def amounts(self, column: str, places: int = 2) -> tuple[Decimal, ...]:
        """Return a column of money or other fixed decimals; nothing is zero."""
        return tuple(self._each_amount(column, places))

    def _each_amount(self, column: str, places: int) -> Iterator[Decimal]:
        return (exact(value, places) for value in self._column(column))

    def optional_amounts(self, column: str, places: int = 2) -> tuple[Decimal | None, ...]:
        """Return a column of fixed decimals in which nothing stays nothing."""
        return tuple(exact_or_none(value, places) for value in self._column(column))

    def hours(self, column: str) -> tuple[Decimal, ...]:
        """Return a column of whole minutes as hours."""
        return tuple(exact(value, 0) / 60 for value in self._column(column))

    def integers(self, column: str) -> tuple[int, ...]:
        """Return a column of whole numbers; nothing is zero."""
        return tuple(int(exact(value, 0)) for value in self._column(column))

    def dates(self, column: str) -> tuple[date | None, ...]:
        """Return a column of days."""
        return tuple(_day(value) for value in self._column(column))

    def summed(self, by: Iterable[str], amounts: Iterable[str]) -> Rows:
        """Add whole groups: one row a key, the amounts summed, other columns left out."""
        keys, values = tuple(by), tuple(amounts)
        groups: dict[tuple[Hashable, ...], list[Decimal]] = {}
        added = zip(*(self._each_amount(name, 8) for name in values), strict=True)
        for key, row in zip(zip(*map(self._column, keys), strict=True), added, strict=True):
            group = groups.setdefault(key, [Decimal(0)] * len(values))
            for place, amount in enumerate(row):
                group[place] += amount
        if not groups:
            return Rows(())
        columns = dict(zip(keys, map(list, zip(*groups, strict=True)), strict=True))
        sums = dict(zip(values, map(list, zip(*groups.values(), strict=True)), strict=True))
        return Rows.by_column(columns | sums, len(groups))


def _shared(values: list[Any]) -> list[Any]:
    """Let equal texts of a column be one object: most columns have few."""
    known: dict[str, str] = {}
    return [known.setdefault(value, value) if type(value) is str else value for value in values]


def exact(value: Any, places: int) -> Decimal:
    """Return a number as Decimal with that many places; nothing is zero."""
    if type(value) is Decimal and value == value:  # most of a large pack's cells
        return value.quantize(_UNITS[places])
    if _is_missing(value):
        return Decimal(0)
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    return number.quantize(_UNITS[places])


def exact_or_none(value: Any, places: int) -> Decimal | None:
    """Return a number as Decimal with that many places; nothing stays nothing."""
    return None if _is_missing(value) else exact(value, places)


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
    if type(value) is str:
        return value
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

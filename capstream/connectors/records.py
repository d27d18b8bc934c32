"""What passes between a source and the warehouse: native records and what they become."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One native record as it was delivered.

    Attributes:
        origin: `file:line`, or the URL of the answer that held it.
        payload: The native text, unchanged.
        value: The text read as JSON, or the row of a table by column name.
        fetched_at: When an API answered with it, UTC; None for what was delivered as a file.
    """

    origin: str
    payload: str
    value: Mapping[str, Any]
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """A record, or a part of one, that cannot be used.

    Attributes:
        record_type: Type of the record or part; `unknown` where not even that is clear.
        record_key: Its key, as far as it has one.
        origin: Where it stands.
        column: Name or path of the offending value.
        reason: What is wrong.
        remedy: What to do about it.
        volume: What is missing because of it, in `volume_unit`.
        volume_unit: records, seconds or lines.
    """

    record_type: str
    record_key: str | None
    origin: str
    column: str
    reason: str
    remedy: str
    volume: int = 1
    volume_unit: str = "records"


@dataclass(frozen=True, slots=True)
class Notice:
    """A record taken with a reservation, such as a history that the extract cut off."""

    code: str
    record_type: str
    record_key: str | None
    origin: str
    message: str
    remedy: str
    volume: int = 1
    volume_unit: str = "records"


class RecordError(Exception):
    """The whole record cannot be used."""

    def __init__(self, rejection: Rejection) -> None:
        self.rejection = rejection
        super().__init__(rejection.reason)


class UnusableValueError(ValueError):
    """A value cannot be read; carries the remedy.

    Args:
        reason: What is wrong, naming the value.
        remedy: What to do about it.
    """

    def __init__(self, reason: str, remedy: str) -> None:
        self.remedy = remedy
        super().__init__(reason)


Row = tuple[str, Mapping[str, Any]]
"""A row of a neutral table: its table and its values by column."""


@dataclass(slots=True)
class NormalisedRecord:
    """One record in the words of the neutral tables.

    Attributes:
        record_type: Type of the record, such as `issue`.
        record_key: Its key among the source's records of that type.
        updated_at: Last change, UTC; decides which of several versions holds.
        raw: The record as delivered.
        rows: Rows of neutral tables.
        rejections: Parts that cannot be used.
        notices: Reservations.
    """

    record_type: str
    record_key: str
    updated_at: datetime | None
    raw: RawRecord
    rows: list[Row] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DecidedRows:
    """Records of one type that follow each other, decided together as far as all is plain.

    Attributes:
        record_type: Their type, and the neutral table of their rows.
        count: How many records there are.
        positions: Places among them, from 0, of those that are decided.
        records: `record_key`, `updated_at`, `origin` and `payload` of these, by column.
        rows: Their rows of the neutral table, by column.
        accounts: Rows of `actors` that they name, with the place among the decided.
        others: The records that are left to the normaliser, by place among all.
    """

    record_type: str
    count: int
    positions: pa.Array
    records: Mapping[str, pa.Array]
    rows: Mapping[str, pa.Array]
    accounts: Sequence[tuple[int, Mapping[str, Any]]]
    others: Mapping[int, RawRecord]


Delivered = RawRecord | Rejection | DecidedRows
"""What a connector hands over, in the order of its files."""


class Normaliser(Protocol):
    """Turns native records of one kind into neutral rows; the same for files and API."""

    def normalise(self, raw: RawRecord) -> NormalisedRecord:
        """Read one record.

        Raises:
            RecordError: The record cannot be used at all.
        """
        ...


@dataclass(frozen=True, slots=True)
class Extract:
    """One part of a source that changes as a whole: a file, or a clone's references.

    Attributes:
        name: Path relative to the company folder.
        content_hash: SHA-256 of what it holds.
        byte_count: Its size; 0 where it has none.
    """

    name: str
    content_hash: str
    byte_count: int


@runtime_checkable
class Fetches(Protocol):
    """A connector that brings its records from another system before they are read."""

    def fetch(self, *, full: bool, told: Callable[[str], None]) -> None:
        """Bring what is new, or everything."""
        ...

    @property
    def is_whole(self) -> bool:
        """Whether everything was brought anew."""
        ...

    def accept(self) -> None:
        """Keep what has become public."""
        ...


class Connector(Protocol):
    """A source of one kind, ready to be read.

    Attributes:
        takes_additions: Parts are independent: added ones can be read alone.
    """

    takes_additions: bool

    def extracts(self) -> list[Extract]:
        """List the parts there are, hashed, without reading their records."""
        ...

    def records(self, names: frozenset[str]) -> Iterator[Delivered]:
        """Stream the records of the named parts."""
        ...

    def normaliser(self) -> Normaliser:
        """Return what turns these records into neutral rows."""
        ...

"""Records told apart by their type: one reader each, the same edge for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from capstream.connectors.edges import explained, record_error
from capstream.connectors.records import (
    NormalisedRecord,
    RawRecord,
    RecordError,
    Rejection,
    UnusableValueError,
)
from capstream.connectors.times import TimeReader

_MISSHAPEN = (ValidationError, UnusableValueError, LookupError, TypeError, AttributeError,
              ValueError, ArithmeticError)  # fmt: skip
"""What reading a native object raises where a value is of another kind than documented."""

Part = TypeVar("Part", bound=BaseModel)
Read = TypeVar("Read")
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A record while it is read.

    Attributes:
        record: What it becomes.
        native: The native object.
        line: The whole line, with what stands beside the object.
        times: Reader of the source's times.
    """

    record: NormalisedRecord
    native: Values
    line: Values
    times: TimeReader

    def add(self, table: str, **values: Any) -> None:
        """Add a row to a neutral table."""
        self.record.rows.append((table, values))

    def parts(
        self,
        part_type: str,
        values: Iterable[Any] | None,
        model: type[Part],
        read: Callable[[Part], Read],
    ) -> list[Read]:
        """Read each part; one that cannot be read becomes a rejection of the record."""
        found: list[Read] = []
        for value in values or ():
            try:
                found.append(read(model.model_validate(value)))
            except _MISSHAPEN as error:
                column, reason, remedy = explained(_usable(error))
                key = value.get("id") if isinstance(value, dict) else None
                self.record.rejections.append(
                    Rejection(part_type, str(key) if key else None, self.record.raw.origin, column,
                              reason, remedy)
                )  # fmt: skip
        return found


@dataclass(frozen=True, slots=True)
class Reader:
    """How records of one type are read.

    Attributes:
        key: Returns the record's key among those of its type, from the object and its line.
        add: Adds the rows.
        stamps: Names of the fields that may tell the last change, the first filled one counts.
    """

    key: Callable[[Values, Values], object]
    add: Callable[[Told], None]
    stamps: tuple[str, ...] = ("updated_at", "created_at")


class TypedNormaliser:
    """Reads lines `{"type": …, …}`: the object under the name of its type, or the line itself.

    Args:
        times: Reader of the source's times.
        readers: Readers by type.
        guess: Names the type of a native object that stands alone; None where it cannot.
    """

    def __init__(
        self,
        times: TimeReader,
        readers: Mapping[str, Reader],
        guess: Callable[[Values], str | None] = lambda _: None,
    ) -> None:
        self._times = times
        self._readers = readers
        self._guess = guess

    def normalise(self, raw: RawRecord) -> NormalisedRecord:
        """Read one line.

        Raises:
            RecordError: Its type is unknown, or the object cannot be used.
        """
        record_type, native = self._typed(raw)
        reader = self._readers[record_type]
        key: object = None
        try:
            key = reader.key(native, raw.value)
            stamp = next((native[name] for name in reader.stamps if native.get(name)), None)
            stamped = self._times.read_optional(stamp) if isinstance(stamp, str) else None
            updated_at = stamped or (raw.fetched_at and raw.fetched_at.replace(tzinfo=None))
            record = NormalisedRecord(record_type, str(key), updated_at, raw)
            reader.add(Told(record, native, raw.value, self._times))
        except _MISSHAPEN as error:
            raise record_error(
                _usable(error),
                record_type=record_type,
                record_key=None if key is None else str(key),
                origin=raw.origin,
            ) from error
        return record

    def _typed(self, raw: RawRecord) -> tuple[str, Values]:
        named = raw.value.get("type")
        inner = raw.value.get(named) if isinstance(named, str) else None
        if isinstance(named, str) and named in self._readers:
            return named, inner if isinstance(inner, dict) else raw.value
        guessed = self._guess(raw.value)
        if guessed is not None:
            held = raw.value.get(guessed)
            return guessed, held if isinstance(held, dict) else raw.value
        reason = f"the record's type {named!r} is unknown"
        remedy = f"write one of {', '.join(sorted(self._readers))} as type"
        raise RecordError(Rejection("unknown", None, raw.origin, "type", reason, remedy))


def _usable(error: Exception) -> ValidationError | UnusableValueError:
    """Say of a record what kept it from being read."""
    if isinstance(error, (ValidationError, UnusableValueError)):
        return error
    if isinstance(error, KeyError):
        return UnusableValueError(f"the record has no {error.args[0]}", "export it again")
    return UnusableValueError(
        f"the record has not the shape that the vendor documents ({error})", "export it again"
    )

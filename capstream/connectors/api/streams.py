"""Streams of a source: fetched in turn, each page committed before the next is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from capstream.connectors.api.raw_store import Fetched, RawStore


@dataclass(frozen=True, slots=True)
class Step:
    """Some pages of a stream, kept together.

    Attributes:
        records: Native records, complete: what belongs to a record is inside it.
        place: Where to go on; JSON values.
        is_last: The stream has been read to its end.
        expected: Records there are in all, where the host says so; for progress.
    """

    records: Sequence[Fetched]
    place: Mapping[str, Any] = field(default_factory=dict)
    is_last: bool = False
    expected: int | None = None


class Stream(Protocol):
    """One list of a source that is read from a place on."""

    @property
    def name(self) -> str:
        """Name of the stream, unique in the source."""
        ...

    def steps(self, place: Mapping[str, Any]) -> Iterator[Step]:
        """Read on from a place; the last step says so.

        Raises:
            SourceError: The host failed or answered with something unusable.
        """
        ...


Listener = Callable[[str], None]


def fetch(streams: Iterator[Stream], store: RawStore, told: Listener) -> None:
    """Bring every stream into the store, going on where a killed load stopped.

    Args:
        streams: The streams in order; later ones may depend on what earlier ones found.
        store: Where answers are kept.
        told: Hears how far a load is.

    Raises:
        SourceError: The host failed; what was fetched before stays.
    """
    for stream in streams:
        if store.is_done(stream.name):
            continue
        count = 0
        for step in stream.steps(store.place(stream.name)):
            store.commit(stream.name, step.records, step.place, done=step.is_last)
            count += len(step.records)
            of_all = f" of about {step.expected:,}" if step.expected else ""
            told(f"{stream.name}: {count:,}{of_all}")
    store.finish()

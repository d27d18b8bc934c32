"""Lists in order of creation whose unfinished records are asked for until they are finished."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from capstream.connectors.api.raw_store import Fetched
from capstream.connectors.api.streams import Step, Stream


@dataclass(frozen=True, slots=True)
class WithOpenOnes:
    """A stream that reads again only what is new, and what was open when it was last read.

    Attributes:
        listed: The list; it may go on at its newest records.
        identity: Returns what names a record at the host.
        is_open: Says whether a record may still change.
        ask: Asks for records by what names them; one that the host no longer has is left out.
    """

    listed: Stream
    identity: Callable[[Mapping[str, Any]], str]
    is_open: Callable[[Mapping[str, Any]], bool]
    ask: Callable[[Sequence[str]], Iterable[Fetched]]

    @property
    def name(self) -> str:
        """Name of the stream."""
        return self.listed.name

    def steps(self, place: Mapping[str, Any]) -> Iterator[Step]:
        """Read the list, then what it no longer reaches and was open."""
        is_open = dict.fromkeys(place.get("open") or (), True)
        unseen = set(is_open)
        for step in self.listed.steps(place):
            unseen -= {self.identity(record.value) for record in step.records}
            asked: list[Fetched] = []
            if step.is_last and unseen:
                asked = list(self.ask(sorted(unseen)))
                is_open |= dict.fromkeys(unseen, False)
            records = [*step.records, *asked]
            is_open |= {self.identity(each.value): self.is_open(each.value) for each in records}
            still = sorted(name for name, waits in is_open.items() if waits)
            yield replace(step, records=records, place={**step.place, "open": still})

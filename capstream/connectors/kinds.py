"""What a kind of source brings: its normaliser, and how its host is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from capstream.connectors.api.opening import Opening
from capstream.connectors.api.streams import Stream
from capstream.connectors.envelopes import Envelope
from capstream.connectors.records import Normaliser, RawRecord, Rejection
from capstream.connectors.times import TimeReader

Joined = Callable[[Iterator[RawRecord | Rejection]], Iterator[RawRecord | Rejection]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of source with native objects.

    Attributes:
        normaliser: Opens the normaliser of a configured source.
        streams: Opens the streams of its host.
        findings: Asks the host what the token sees, one sentence each.
        envelopes: Lists that whole answers hold their records in, for files of such answers.
        joined: Brings together what stands on several lines of an export; None where each line
            is whole.
    """

    normaliser: Callable[[Any, TimeReader], Normaliser]
    streams: Callable[[Any, Opening], Iterator[Stream]]
    findings: Callable[[Any, Opening], Iterator[str]]
    envelopes: tuple[Envelope, ...] = ()
    joined: Joined | None = None

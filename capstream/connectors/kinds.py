"""What a kind of source brings: its normaliser, and how its host is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from capstream.connectors.api.opening import Opening
from capstream.connectors.api.streams import Stream
from capstream.connectors.records import Normaliser
from capstream.connectors.times import TimeReader


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of source with native objects.

    Attributes:
        normaliser: Opens the normaliser of a configured source.
        streams: Opens the streams of its host.
        findings: Asks the host what the token sees, one sentence each.
    """

    normaliser: Callable[[Any, TimeReader], Normaliser]
    streams: Callable[[Any, Opening], Iterator[Stream]]
    findings: Callable[[Any, Opening], Iterator[str]]

"""A source in API mode: its answers are fetched into the store and read like an export."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from capstream.company.source_base import ApiOrFilesSource
from capstream.connectors.api.opening import Opening
from capstream.connectors.api.raw_store import RawStore
from capstream.connectors.api.streams import Listener, Stream, fetch
from capstream.connectors.records import Extract, Normaliser, RawRecord, Rejection
from capstream.errors import SourceError

_NOT_FETCHED = {"name", "path", "allow_outside", "timezone", "token_env", "user_env", "price_basis",
                "entity", "epic_field", "points_field", "private_key_env"}  # fmt: skip
"""Settings that do not decide what is asked for."""
_MISSHAPEN = (LookupError, TypeError, ValueError, AttributeError)
"""What reading an answer raises that is JSON, and not what the vendor documents."""
_ODD = "run the command again; if it stays, report it with this message"


class Probe(Protocol):
    """What a source can say before it is loaded."""

    def findings(self) -> Iterator[str]:
        """Ask what the token can and cannot see, one sentence each.

        Raises:
            SourceError: The host refuses the token altogether.
        """
        ...


class ApiConnector:
    """Reads one configured source from its host.

    Args:
        root: The company folder.
        source: The entry of `sources`.
        streams: Opens the streams, which asks nothing yet.
        normaliser: Turns native records into neutral rows.
        opening: What the streams were opened with; knows what was asked last.
    """

    takes_additions = True

    def __init__(
        self,
        root: Path,
        source: ApiOrFilesSource,
        *,
        streams: Callable[[], Iterator[Stream]],
        normaliser: Normaliser,
        opening: Opening,
    ) -> None:
        self._source = source.name
        self._opening = opening
        settings = source.model_dump_json(exclude=_NOT_FETCHED)
        digest = hashlib.sha256(settings.encode()).hexdigest()
        self._store = RawStore(root, source.name, digest)
        self._streams = streams
        self._normaliser = normaliser

    def fetch(self, *, full: bool, told: Listener) -> None:
        """Bring what is new, or everything, into the store.

        Raises:
            SourceError: The host failed; safe to run again.
        """
        self._store.open(full=full)
        try:
            fetch(self._streams(), self._store, told)
        except _MISSHAPEN as error:
            message = f"the answer has not the documented shape ({type(error).__name__}: {error})"
            asked = self._opening.last_request()
            raise SourceError(self._source, f"{asked}: {message[:300]}", _ODD) from error

    def accept(self) -> None:
        """Keep what has become public."""
        self._store.accept()

    @property
    def is_whole(self) -> bool:
        """Whether the source was fetched anew."""
        return self._store.is_whole

    def extracts(self) -> list[Extract]:
        """List the kept pages."""
        return self._store.extracts()

    def records(self, names: frozenset[str]) -> Iterator[RawRecord | Rejection]:
        """Stream the native records of the named pages."""
        yield from self._store.records(names)

    def normaliser(self) -> Normaliser:
        """Return what turns these records into neutral rows."""
        return self._normaliser

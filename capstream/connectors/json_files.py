"""A source from files: JSON lines of native objects, plain or gzip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from capstream.company.source_base import SourceBase
from capstream.connectors.envelopes import Envelope, opened
from capstream.connectors.extracts import hashed, source_files
from capstream.connectors.json_lines import json_records
from capstream.connectors.kinds import Joined
from capstream.connectors.records import Extract, Normaliser, RawRecord, Rejection

SUFFIXES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")


class JsonFilesConnector:
    """Reads the export of one configured source.

    Args:
        root: The company folder.
        source: The entry of `sources`.
        normaliser: Turns native records into neutral rows.
        envelopes: Lists that whole answers of the vendor hold their records in.
        joined: Brings together what stands on several lines.
    """

    def __init__(
        self,
        root: Path,
        source: SourceBase,
        normaliser: Normaliser,
        envelopes: Sequence[Envelope] = (),
        joined: Joined | None = None,
    ) -> None:
        self.takes_additions = joined is None
        self._joined = joined
        self._normaliser = normaliser
        self._envelopes = envelopes
        self._files = source_files(root, source.path or "", SUFFIXES, source.name)

    def extracts(self) -> list[Extract]:
        """List the files, hashed."""
        return hashed(self._files)

    def records(self, names: frozenset[str]) -> Iterator[RawRecord | Rejection]:
        """Stream the records of the named files."""
        records = self._opened(names)
        return records if self._joined is None else self._joined(records)

    def _opened(self, names: frozenset[str]) -> Iterator[RawRecord | Rejection]:
        for name, path in sorted(self._files.items()):
            if name in names:
                for record in json_records(path, name):
                    yield from opened(record, self._envelopes)

    def normaliser(self) -> Normaliser:
        """Return what turns these records into neutral rows."""
        return self._normaliser

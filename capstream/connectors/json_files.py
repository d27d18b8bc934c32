"""A source from files: JSON lines of native objects, plain or gzip."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from capstream.company.source_base import SourceBase
from capstream.connectors.extracts import hashed, source_files
from capstream.connectors.json_lines import json_records
from capstream.connectors.records import Extract, Normaliser, RawRecord, Rejection

SUFFIXES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")


class JsonFilesConnector:
    """Reads the export of one configured source.

    Args:
        root: The company folder.
        source: The entry of `sources`.
        normaliser: Turns native records into neutral rows.
    """

    takes_additions = True

    def __init__(self, root: Path, source: SourceBase, normaliser: Normaliser) -> None:
        self._normaliser = normaliser
        self._files = source_files(root, source.path or "", SUFFIXES, source.name)

    def extracts(self) -> list[Extract]:
        """List the files, hashed."""
        return hashed(self._files)

    def records(self, names: frozenset[str]) -> Iterator[RawRecord | Rejection]:
        """Stream the lines of the named files."""
        for name, path in sorted(self._files.items()):
            if name in names:
                yield from json_records(path, name)

    def normaliser(self) -> Normaliser:
        """Return what turns these records into neutral rows."""
        return self._normaliser

"""GitHub from files: JSON lines of native objects with what belongs to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from capstream.company.sources import GithubSource
from capstream.connectors.extracts import hashed, source_files
from capstream.connectors.github.normaliser import GithubNormaliser
from capstream.connectors.json_lines import json_records
from capstream.connectors.records import Extract, Normaliser, RawRecord, Rejection
from capstream.connectors.times import TimeReader

SUFFIXES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")


class GithubConnector:
    """Reads one configured GitHub source."""

    takes_additions = True

    def __init__(self, root: Path, source: GithubSource, times: TimeReader) -> None:
        self._source = source
        self._times = times
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
        """Return the normaliser of issues, pull requests and deployments."""
        return GithubNormaliser(
            self._times,
            repository=self._source.repository,
            deployments=self._source.deployments,
        )

"""git from local clones, bare repositories and tables, as the path names them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from capstream.company.paths import matching_files
from capstream.company.sources import GitSource
from capstream.connectors.extracts import hashed, source_files
from capstream.connectors.git.clone import Clone, is_clone
from capstream.connectors.git.normaliser import GitNormaliser
from capstream.connectors.git.table_source import RepositoryNames, git_rows, is_git_table
from capstream.connectors.records import Extract, Normaliser, RawRecord, Rejection
from capstream.connectors.times import TimeReader
from capstream.errors import InputError, Problem

SUFFIXES = (".parquet", ".csv")


class GitConnector:
    """Reads one configured git source."""

    takes_additions = True

    def __init__(self, root: Path, source: GitSource, times: TimeReader) -> None:
        self._source = source
        self._times = times
        self._clones = _clones(root, source)
        self._files: dict[str, Path] = {}
        if not self._clones:
            found = source_files(root, source.path or "", SUFFIXES, source.name)
            self._files = {name: path for name, path in found.items() if is_git_table(path)}
            if not self._files:
                raise _nothing_found(source)

    def extracts(self) -> list[Extract]:
        """List clones by their references and tables by their bytes."""
        return [clone.extract() for clone in self._clones.values()] + hashed(self._files)

    def records(self, names: frozenset[str]) -> Iterator[RawRecord | Rejection]:
        """Stream commits, changed files and tags of the named parts."""
        for name, clone in self._clones.items():
            if name in names:
                yield from clone.records()
        repositories = RepositoryNames(self._source.repository)
        for name, path in sorted(self._files.items()):
            if name in names:
                yield from git_rows(path, name, repositories)

    def normaliser(self) -> Normaliser:
        """Return the normaliser of git rows."""
        return GitNormaliser(self._times, are_tags_deployments=self._source.deployments == "tags")


def _clones(root: Path, source: GitSource) -> dict[str, Clone]:
    """Find the clones that the path names, or that lie directly in the folders it names."""
    found: dict[str, Clone] = {}
    for match in matching_files(root, source.path or ""):
        folders = [match] if is_clone(match) else sorted(match.iterdir()) if match.is_dir() else []
        for folder in folders:
            if folder.is_dir() and is_clone(folder):
                inside = folder.absolute().is_relative_to(root.absolute())
                name = (
                    str(folder.absolute().relative_to(root.absolute())) if inside else str(folder)
                )
                found[name] = Clone(source.name, folder, name, source.repository)
    return found


def _nothing_found(source: GitSource) -> InputError:
    message = f"source {source.name}: neither a clone nor a table of commits is at {source.path!r}"
    remedy = "name a clone, or files called <repository>.commits.parquet"
    return InputError(
        [Problem("capstream.yaml", 0, f"sources.{source.name}.path", message, remedy)]
    )

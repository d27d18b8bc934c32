"""The files of a source: which there are, and whether they changed since the last good load."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from capstream.company.paths import matching_files
from capstream.connectors.records import Extract
from capstream.errors import InputError, Problem


def source_files(root: Path, path: str, suffixes: Sequence[str], source: str) -> dict[str, Path]:
    """List the files that a path, folder or glob names, by their name in the records.

    Args:
        root: The company folder.
        path: Path, folder or glob of the configuration.
        suffixes: Endings that count; a file named outright counts with any ending.
        source: Name of the source, for the message.

    Raises:
        InputError: There is no such file.
    """
    found: dict[str, Path] = {}
    for match in matching_files(root, path):
        inside = sorted(match.iterdir()) if match.is_dir() else [match]
        for file in inside:
            if file.is_file() and (file == match or file.name.endswith(tuple(suffixes))):
                found[_name(root, file)] = file
    if not found:
        message = f"source {source}: no file is at {path!r}"
        remedy = "put the exported records there or correct path"
        raise InputError([Problem("capstream.yaml", 0, f"sources.{source}.path", message, remedy)])
    return found


def hashed(files: dict[str, Path]) -> list[Extract]:
    """Describe files by name, SHA-256 and size."""
    return [
        Extract(name, file_hash(file), file.stat().st_size) for name, file in sorted(files.items())
    ]


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def joint_hash(extracts: Iterable[Extract]) -> str:
    """Return one hash over the names and contents of all parts, in whatever order they come."""
    lines = sorted(f"{extract.content_hash}  {extract.name}" for extract in extracts)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _name(root: Path, file: Path) -> str:
    absolute, base = file.absolute(), root.absolute()
    return str(absolute.relative_to(base) if absolute.is_relative_to(base) else absolute)

"""SHA-256 of files, folders and values, written as lower-case hexadecimal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path


def file_sha256(path: Path) -> str:
    """Return the hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def value_sha256(value: object) -> str:
    """Return the hash of a JSON value, the same for any order of keys."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def file_hashes(root: Path, paths: Iterable[Path]) -> Mapping[str, str]:
    """Return the hash of each file by its path relative to `root`, sorted."""
    return {path.relative_to(root).as_posix(): file_sha256(path) for path in sorted(set(paths))}

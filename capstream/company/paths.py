"""Paths of the configuration: relative to the company folder, and staying inside it."""

from __future__ import annotations

import itertools
from pathlib import Path, PurePosixPath, PureWindowsPath

from capstream.documents.sections import (
    SettingError,
)


def refuse_escape(path: str, *, allow_outside: bool) -> None:
    """Refuse a path that by its text alone leaves the company folder.

    Raises:
        SettingError: The path is absolute or has a `..` part and `allow_outside` is not set.
    """
    if allow_outside:
        return
    absolute = PurePosixPath(path).is_absolute() or PureWindowsPath(path).anchor != ""
    if absolute or ".." in path.replace("\\", "/").split("/") or path.startswith("~"):
        raise SettingError(
            "path",
            f"path {path!r} leaves the company folder: move the files inside it, "
            "or write allow_outside: true beside the path",
        )


def escapes_by_link(root: Path, path: str) -> bool:
    """Say whether the path, or anything it matches, ends outside the folder through a link."""
    fixed = itertools.takewhile(_is_plain, PurePosixPath(path).parts)
    matches = matching_files(root, path)
    contents = [entry for match in matches if match.is_dir() for entry in match.iterdir()]
    places = [root.joinpath(*fixed), *matches, *contents]
    return any(leaves_folder(root, place) for place in places)


def leaves_folder(root: Path, place: Path) -> bool:
    """Say whether a place, followed through every link, ends outside a folder."""
    try:
        return not place.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # links that lead to one another lead nowhere
        return True


def _is_plain(part: str) -> bool:
    return not any(sign in part for sign in "*?[")


def matching_files(root: Path, path: str) -> list[Path]:
    """List what a path or glob of the configuration names, sorted; a folder names itself."""
    if Path(path).is_absolute():
        anchor = Path(Path(path).anchor)
        return sorted(anchor.glob(str(Path(path).relative_to(anchor))))
    return sorted(root.glob(path))

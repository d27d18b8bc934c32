"""Paths of the configuration: relative to the company folder, and staying inside it."""

from __future__ import annotations

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
    """Say whether the path, with symbolic links followed, ends outside the company folder.

    Only the part before the first wildcard can be followed here; what a wildcard matches is
    resolved where it is read.
    """
    fixed = []
    for part in PurePosixPath(path).parts:
        if any(sign in part for sign in "*?["):
            break
        fixed.append(part)
    return not root.joinpath(*fixed).resolve().is_relative_to(root.resolve())


def matching_files(root: Path, path: str) -> list[Path]:
    """List what a path or glob of the configuration names, sorted; a folder names itself."""
    if Path(path).is_absolute():
        anchor = Path(Path(path).anchor)
        return sorted(anchor.glob(str(Path(path).relative_to(anchor))))
    return sorted(root.glob(path))

"""Pay lies in the warehouse and the packs: what the product writes is read by its owner only."""

from __future__ import annotations

import os
import stat
from pathlib import Path

_OWNER_ONLY = 0o077
_OWNER_AND_GROUP = 0o007
_PRIVATE_FOLDERS = ("var", "out")


def keep_private(company: Path) -> None:
    """Withhold from others what this process writes from here on, and what stands there already.

    A company folder with the set-group-ID bit is shared: its group keeps its rights. Nobody else
    has any, whatever the user's own umask says.

    Args:
        company: The company folder; may not be there yet.
    """
    withheld = _OWNER_AND_GROUP if _is_shared(company) else _OWNER_ONLY
    os.umask(withheld)
    for name in _PRIVATE_FOLDERS:
        _narrow(company / name, withheld)


def _is_shared(company: Path) -> bool:
    return company.is_dir() and bool(company.stat().st_mode & stat.S_ISGID)


def _narrow(folder: Path, withheld: int) -> None:
    """Take rights from a folder that another program or an earlier version left open."""
    if not folder.is_dir() or folder.is_symlink():
        return
    status = folder.stat()
    if status.st_uid == os.getuid() and status.st_mode & withheld:
        folder.chmod(stat.S_IMODE(status.st_mode) & ~withheld)

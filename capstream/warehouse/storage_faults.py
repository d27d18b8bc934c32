"""What the disk refuses, in words: full, read-only, not allowed."""

from __future__ import annotations

import errno
from collections.abc import Mapping

from capstream.errors import WarehouseError

_FAULTS: Mapping[int, tuple[str, str]] = {
    errno.ENOSPC: ("the disk is full", "free some space"),
    errno.EDQUOT: ("the quota of disk space is used up", "free some space"),
    errno.EFBIG: ("the file is larger than may be written", "raise the limit on file sizes"),
    errno.EROFS: ("the disk is read-only", "mount it for writing"),
    errno.EACCES: ("this user may not", "give it the right to read and write there"),
    errno.EPERM: ("this user may not", "give it the right to read and write there"),
    errno.EIO: ("the disk failed", "have it examined"),
    errno.EMFILE: ("too many files are open", "raise the limit on open files"),
}


def storage_fault(error: OSError) -> WarehouseError | None:
    """Return an error of the disk as one of ours; None for any other.

    What was there before still stands: files are written aside and renamed, loads and tables
    replaced in one transaction.
    """
    fault = _FAULTS.get(error.errno or 0)
    if fault is None:
        return None
    message, remedy = fault
    place = f": {error.filename}" if error.filename else ""
    return WarehouseError(f"{message}{place}: {remedy}, then run again; nothing was half-written")

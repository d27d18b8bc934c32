"""Workbooks behind a password: the encryption of the format itself, AES-256 (MS-OFFCRYPTO agile).

Excel, LibreOffice and Numbers ask for the password when the file is opened. Salt and key are drawn
anew each time, so a locked file has other bytes each time it is written; what it holds has not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from capstream.errors import UsageError

_COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
"""First bytes of a locked workbook; an open one is a zip file."""


def is_locked(path: Path) -> bool:
    """Say whether a workbook asks for a password."""
    with path.open("rb") as file:
        return file.read(len(_COMPOUND_FILE)) == _COMPOUND_FILE


def lock(path: Path, password: str) -> None:
    """Put a workbook behind a password, in place and whole."""
    from msoffcrypto.format.ooxml import OOXMLFile  # loads a cryptographic library: only when asked

    beside = path.with_name(f".{path.name}.part")
    try:
        with path.open("rb") as plain, beside.open("wb") as locked:
            OOXMLFile(plain).encrypt(password, locked)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def unlocked(path: Path, password: str) -> bytes:
    """Return what a locked workbook holds.

    Raises:
        UsageError: No password was given, it is not this file's, or the file was changed.
    """
    if not password:
        raise UsageError(
            f"{path.name} carries a password: put it into the environment variable that "
            "reporting.password_env of capstream.yaml names"
        )
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError
    from msoffcrypto.format.ooxml import OOXMLFile

    held = BytesIO()
    try:
        file = OOXMLFile(BytesIO(path.read_bytes()))
        file.load_key(password=password, verify_password=True)
        file.decrypt(held, verify_integrity=True)
    except (DecryptionError, FileFormatError, InvalidKeyError, OSError, ValueError) as error:
        raise UsageError(
            f"{path.name} does not open: the password is not its own, or the file was changed"
        ) from error
    return held.getvalue()


@contextmanager
def readable(folder: Path, password: str) -> Iterator[Path]:
    """Yield a folder whose workbooks can be read: the folder itself, or a private copy of them.

    Args:
        folder: A pack's folder.
        password: What opens its locked workbooks.

    Raises:
        UsageError: A workbook does not open.
    """
    paths = sorted(folder.glob("*.xlsx"))
    if not any(is_locked(path) for path in paths):
        yield folder
        return
    with TemporaryDirectory(prefix="capstream-") as private:
        copies = Path(private) / folder.name  # rules read the month and the issue from the name
        copies.mkdir()
        for path in [*paths, *sorted(folder.glob("report_*.html"))]:
            is_closed = path.suffix == ".xlsx" and is_locked(path)
            content = unlocked(path, password) if is_closed else path.read_bytes()
            (copies / path.name).write_bytes(content)
        yield copies

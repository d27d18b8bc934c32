"""The key of the pseudonyms that readers outside see: from the environment, else kept in `var/`."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from capstream.company.config_sections import Reporting
from capstream.errors import UsageError

KEY_FILE = "var/pseudonym.key"
"""Where a company's own key stands, readable by its owner only."""

SHORTEST = 16
"""Characters: a key that can be guessed would let anybody try names."""


def pseudonym_key(company: Path, reporting: Reporting) -> bytes:
    """Return the key under which names become pseudonyms; the same for a company every time.

    Args:
        company: The company folder; a key is drawn and kept there where none is stated.
        reporting: Names the environment variable, where the company holds the key itself.

    Raises:
        UsageError: The named variable is not set or too short, or the kept key is damaged.
    """
    if reporting.pseudonym_key_env is None:
        return _kept(company / KEY_FILE)
    stated = os.environ.get(reporting.pseudonym_key_env, "")
    if len(stated) < SHORTEST:
        raise UsageError(
            f"the environment variable {reporting.pseudonym_key_env} holds no key of at least "
            f"{SHORTEST} characters: set it, or take reporting.pseudonym_key_env away"
        )
    return stated.encode()


def _kept(path: Path) -> bytes:
    """Return the key in a file, drawn at random and written whole the first time."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".pseudonym-") as aside:  # mode 0600
            aside.write(secrets.token_hex(32).encode())
            aside.flush()
            with suppress(FileExistsError):  # another command was quicker: its key holds
                os.link(aside.name, path)
    key = path.read_bytes()
    if len(key) < SHORTEST:
        raise UsageError(f"{path} holds no key: restore it, or delete it for new pseudonyms")
    return key

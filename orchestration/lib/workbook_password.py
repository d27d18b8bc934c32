"""The password of the workbooks: the configuration names a variable, the environment holds it."""

import os
from pathlib import Path

from capstream.close.manifest import read_manifest
from capstream.company.config_sections import Reporting
from capstream.errors import UsageError

PASSWORD_VARIABLE = "password_variable"  # noqa: S105 - a key of the manifest
"""Key of the manifest that names the variable; the password itself is written nowhere."""


def workbook_password(reporting: Reporting) -> str:
    """Return the password that the environment holds; empty for none."""
    return os.environ.get(reporting.password_env, "") if reporting.password_env else ""


def require_password(reporting: Reporting) -> None:
    """Let nothing be issued open that was meant to be locked.

    Raises:
        UsageError: A variable is named and not set.
    """
    if reporting.password_env and not workbook_password(reporting):
        raise UsageError(f"{missing_password(reporting)}, or take reporting.password_env away")


def missing_password(reporting: Reporting) -> str:
    """Say that a named variable is not set; empty where all is well."""
    if not reporting.password_env or workbook_password(reporting):
        return ""
    return (
        f"the workbooks carry no password: the environment variable {reporting.password_env} "
        "is not set: set it and run the month again"
    )


def locked_with(reporting: Reporting) -> dict[str, str]:
    """Return what the manifest of a locked pack says: the name of the variable."""
    name = reporting.password_env if workbook_password(reporting) else None
    return {PASSWORD_VARIABLE: name} if name else {}


def pack_password(pack: Path) -> str:
    """Return the password of a pack, from the variable that its manifest names.

    Raises:
        InputError: The folder holds no manifest of ours.
    """
    name = str(read_manifest(pack).get(PASSWORD_VARIABLE, ""))
    return os.environ.get(name, "") if name else ""

"""The independent witness: another program recalculates a copy whose cached values are gone.

LibreOffice echoes cached values back without recalculating (a tampered total would come back
unchanged with its check still saying PASS), so the copy carries none.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

from capstream.errors import UsageError

_FORMULA_CELL = re.compile(rb"<c ([^>]*)>(<f[^>]*>[^<]*</f>)<v>[^<]*</v></c>")
_CELL_TYPE = re.compile(rb' t="[a-z]+"')
_MOST_SECONDS = 600


def office_program() -> str | None:
    """Return the path of LibreOffice; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def strip_cached_values(source: Path, target: Path) -> int:
    """Copy a workbook without the values beside its formulas; return how many were taken out."""
    stripped = 0
    with zipfile.ZipFile(source) as read, zipfile.ZipFile(target, "w") as written:
        for name in read.namelist():
            content = read.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content, count = _FORMULA_CELL.subn(_without_value, content)
                stripped += count
            written.writestr(name, content, zipfile.ZIP_DEFLATED)
    return stripped


def _without_value(match: re.Match[bytes]) -> bytes:
    return b"<c " + _CELL_TYPE.sub(b"", match[1]) + b">" + match[2] + b"</c>"


def recalculated(source: Path, folder: Path) -> Path:
    """Return a copy of a workbook whose every formula LibreOffice has computed anew.

    Args:
        source: The workbook; left alone.
        folder: An empty folder for the copy and the program's own profile.

    Raises:
        UsageError: LibreOffice is missing, fails, or takes longer than ten minutes.
    """
    bare = folder / "bare" / source.name
    bare.parent.mkdir(parents=True)
    strip_cached_values(source, bare)
    return convert(bare, folder / "recalculated", "xlsx", profile=folder / "profile")


def convert(source: Path, folder: Path, kind: str, *, profile: Path) -> Path:
    """Convert a file with LibreOffice, without a window and with a profile of its own.

    Raises:
        UsageError: LibreOffice is missing, fails, or takes longer than ten minutes.
    """
    program = office_program()
    if program is None:
        raise UsageError("recalculation not done: LibreOffice (soffice) is not installed")
    command = [
        program,
        f"-env:UserInstallation={profile.resolve().as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
        str(source),
    ]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program with paths of ours
            command, capture_output=True, text=True, timeout=_MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise UsageError(f"LibreOffice took too long over {source.name}") from error
    target = folder / f"{source.stem}.{kind}"
    if done.returncode or not target.exists():
        raise UsageError(f"LibreOffice could not read {source.name}: {done.stderr.strip()[:300]}")
    return target

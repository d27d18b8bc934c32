"""The command as a user types it: in a process of its own, with what it printed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT_VARIABLES = ("PATH", "HOME", "LANG", "SSL_CERT_FILE", "TMPDIR")


def capstream(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run `capstream` with the arguments; the caller judges the exit code."""
    return python("-m", "capstream", *map(str, arguments), cwd=cwd)


def python(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run this interpreter with the arguments in a bare environment."""
    environment = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


def said(finished: subprocess.CompletedProcess[str]) -> str:
    """Return everything a finished command printed."""
    return finished.stdout + finished.stderr

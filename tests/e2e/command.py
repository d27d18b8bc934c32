"""The command as a user types it: in a process of its own, with what it printed."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_NETWORK = Path(__file__).resolve().parent / "without_network"
KEPT_VARIABLES = ("PATH", "HOME", "LANG", "SSL_CERT_FILE", "TMPDIR")
PATIENCE = 900


def capstream(
    *arguments: str | Path,
    cwd: Path = ROOT,
    offline: bool = False,
    keep: tuple[str, ...] = (),
    seconds: int = PATIENCE,
) -> subprocess.CompletedProcess[str]:
    """Run `capstream` with the arguments; the caller judges the exit code."""
    words = ("-m", "capstream", *map(str, arguments))
    return python(*words, cwd=cwd, offline=offline, keep=keep, seconds=seconds)


def python(
    *arguments: str,
    cwd: Path = ROOT,
    offline: bool = False,
    keep: tuple[str, ...] = (),
    seconds: int = PATIENCE,
) -> subprocess.CompletedProcess[str]:
    """Run this interpreter with the arguments in a bare environment.

    Args:
        arguments: What follows the interpreter.
        cwd: Where it runs.
        offline: Without any network, where the kernel allows a namespace; and with every
            connection refused by the interpreter itself.
        keep: Further variables of the environment that it sees.
        seconds: After how long it is given up as hanging.
    """
    names = (*KEPT_VARIABLES, *keep)
    environment = {name: os.environ[name] for name in names if name in os.environ}
    if offline:
        environment["PYTHONPATH"] = str(WITHOUT_NETWORK)
    return subprocess.run(
        [*(no_network() if offline else ()), sys.executable, *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


@cache
def no_network() -> tuple[str, ...]:
    """Return the words that start a program in a namespace without a network; none if refused."""
    words = ("unshare", "--map-root-user", "--net")
    try:
        tried = subprocess.run([*words, "true"], capture_output=True, check=False)
    except FileNotFoundError:
        return ()
    return words if tried.returncode == 0 else ()


def said(finished: subprocess.CompletedProcess[str]) -> str:
    """Return everything a finished command printed."""
    return finished.stdout + finished.stderr

"""A PostgreSQL server of the tests' own: on loopback, with its data in a temporary folder."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2

USER = "capstream"
UNPRIVILEGED = "postgres"
"""Who runs the server where the tests run as root, which PostgreSQL refuses."""


def programs() -> Path | None:
    """Return the folder of the newest installed server programs; None without any."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return installed[-1].parent if installed else None


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run a server; yield its address without a database, `postgresql://user@host:port`."""
    binaries = programs()
    assert binaries is not None, "no server programs: ask `programs()` first"
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as folder:
        if os.getuid() == 0:
            shutil.chown(folder, UNPRIVILEGED)
        data, port = Path(folder) / "data", _free_port()
        _run(
            [binaries / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C"]
        )
        options = " ".join(
            f"-c {name}={value}"
            for name, value in {
                "port": port,
                "listen_addresses": "127.0.0.1",
                "unix_socket_directories": folder,
                "fsync": "off",
            }.items()
        )
        _run([binaries / "pg_ctl", "-D", data, "-l", data / "log", "-w", "-o", options, "start"])
        try:
            yield f"postgresql://{USER}@127.0.0.1:{port}"
        finally:
            _run([binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"])


def create_database(server: str, name: str, encoding: str = "UTF8") -> str:
    """Create a database and return its address."""
    connection = psycopg2.connect(f"{server}/postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(
            f"create database {name} template template0 encoding '{encoding}' "
            "lc_collate 'C' lc_ctype 'C'"
        )
    connection.close()
    return f"{server}/{name}"


def _run(command: list[object]) -> None:
    as_user = ["runuser", "-u", UNPRIVILEGED, "--"] if os.getuid() == 0 else []
    finished = subprocess.run(
        [*as_user, *(str(part) for part in command)],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""The core commands need no network: they run where there is none, and none of them asks for one.

The sample companies of this folder are written and run the same way (`conftest.run_sample`).
"""

from __future__ import annotations

from pathlib import Path

from tests.e2e.command import capstream, no_network, python, said
from tests.e2e.conftest import RunCompany

REFUSED = 86  # as without_network/sitecustomize.py ends a program
CALL = "import socket; socket.socket().connect(('127.0.0.1', 9))"
ASK = "import socket; socket.getaddrinfo('localhost', 80)"


def test_the_refusal_works() -> None:
    for attempt in (CALL, ASK):
        refused = python("-c", attempt, offline=True)
        assert refused.returncode == REFUSED, said(refused)
    if no_network():
        listed = python("-c", "print(open('/proc/net/route').read().count('\\n'))", offline=True)
        assert listed.stdout.strip() in {"0", "1"}, "a route leads out of the namespace"


def test_a_run_of_the_sample_needs_no_network(small: RunCompany) -> None:
    assert small.finished.returncode in {0, 1}, said(small.finished)


def test_the_other_commands_need_no_network(small: RunCompany, tmp_path: Path) -> None:
    month = ("--month", small.month)
    for words in (
        ("check",),
        ("verify",),
        ("export", "fct_checks", "-o", str(tmp_path / "checks.csv"), *month),
        ("explain", f"K-ATT-1@{small.month}"),
    ):
        done = capstream(*words, "-c", small.root, offline=True)
        assert done.returncode in {0, 1, 2}, (words, said(done))
        assert "without a network" not in said(done)

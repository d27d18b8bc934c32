"""Commands in forked copies of one warm process: the packages are imported once, not per kill.

The parent opens no database and starts no thread, so that a fork is a clean copy.
"""

from __future__ import annotations

import json
import os
import signal
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KILLED_BY_CLOCK = -signal.SIGPROF
KILLED_AT_STEP = -signal.SIGKILL


@dataclass(frozen=True, slots=True)
class Ended:
    """How a forked command ended: its exit code or negative signal, and the time it took."""

    code: int
    processor_seconds: float
    said: str


def warm_up() -> None:
    """Import everything that a run imports, and read the parsed dbt project once."""
    import dagster  # noqa: F401
    import dlt  # noqa: F401
    import xlsxwriter  # noqa: F401
    from dbt.cli.main import dbtRunner  # noqa: F401

    from orchestration.definitions import defs
    from orchestration.lib import dbt_project

    defs()
    manifest = dbt_project._manifest(dbt_project.prepared_project())  # noqa: SLF001 - read once
    dbt_project._manifest = lambda _folder: manifest  # noqa: SLF001 - for every fork


def command(
    arguments: Sequence[str], *, after_seconds: float | None = None, at_step: str | None = None
) -> Ended:
    """Run a command of the command line in a fork.

    Args:
        arguments: What a user would type after `capstream`.
        after_seconds: Die after this much processor time.
        at_step: Die when the orchestrator starts this step.
    """

    def run() -> int:
        from orchestration.cli.main import exit_code_of

        if at_step is not None:
            _die_at(at_step)
        if after_seconds is not None:
            # The default action of this signal ends the process in the kernel: nothing is caught.
            signal.signal(signal.SIGPROF, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_PROF, max(after_seconds, 0.001))
        return exit_code_of(list(arguments))

    return _forked(run)


def answer(question: Callable[[], Any]) -> Any:
    """Ask something in a fork, where a database may be opened, and return the answer."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answer.json"

        def ask() -> int:
            path.write_text(json.dumps(question()), encoding="utf-8")
            return 0

        ended = _forked(ask)
        if ended.code:
            raise SystemExit(f"the examination failed: {ended.said}")
        return json.loads(path.read_text(encoding="utf-8"))


def _die_at(step: str) -> None:
    from orchestration.cli.progress import Silence

    def deadly(_self: Silence, name: str) -> None:
        if name == step:
            os.kill(os.getpid(), signal.SIGKILL)

    Silence.step = deadly  # type: ignore[method-assign]


def _forked(work: Callable[[], int]) -> Ended:
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        child = os.fork()
        if child == 0:
            _become(work, output.fileno())
        _, status, usage = os.wait4(child, 0)
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)  # what the dead command had started itself
        output.seek(0)
        said = output.read()
    code = os.waitstatus_to_exitcode(status)
    return Ended(code, usage.ru_utime + usage.ru_stime, said)


def _become(work: Callable[[], int], output: int) -> None:
    """Do the work in this fork and end it, whatever happens."""
    code = 99
    try:
        os.setsid()
        os.dup2(output, 1)
        os.dup2(output, 2)
        code = work()
    finally:
        os._exit(code)

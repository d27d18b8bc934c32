"""What a month costs this machine: processor seconds and peak memory of a run on the sample.

`make bench` prints the measures beside the limits that the product promises. It is no test: a
busy machine would make it lie.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

MONTH = "2026-10"
RUN_PROCESSOR_SECONDS = 75.0
RUN_PEAK_MEGABYTES = 1536
HELP_WALL_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Measure:
    """What one command took."""

    wall_seconds: float
    processor_seconds: float
    peak_megabytes: float


def measured(arguments: Sequence[str], allowed: Collection[int] = (0, 1)) -> Measure:
    """Run the command in a process of its own and measure it with its children.

    Args:
        arguments: What stands behind `capstream`.
        allowed: Exit codes with which the measure counts.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "capstream", *arguments], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) not in allowed:
        raise SystemExit(f"capstream {' '.join(arguments)} failed")
    unit = 1 if sys.platform == "darwin" else 1024
    return Measure(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1024**2)


def main() -> None:
    """Measure a fresh company, the same month again, and the help page."""
    with tempfile.TemporaryDirectory() as folder:
        company = str(Path(folder) / "sample")
        measures = {
            "init --sample": measured(["init", company, "--sample"]),
            f"run --month {MONTH}, first": measured(["run", "-c", company, "--month", MONTH]),
            f"run --month {MONTH}, again": measured(["run", "-c", company, "--month", MONTH]),
            "verify": measured(["verify", "-c", company]),
            "--help": measured(["--help"]),
        }
    print(f"{'capstream …':<32}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}")
    for name, taken in measures.items():
        print(
            f"{name:<32}{taken.wall_seconds:>9.2f}{taken.processor_seconds:>9.2f}"
            f"{taken.peak_megabytes:>9.0f}"
        )
    print(
        f"promised: a run within {RUN_PROCESSOR_SECONDS:.0f} CPU s and {RUN_PEAK_MEGABYTES} MB, "
        f"the help page within {HELP_WALL_SECONDS} s"
    )


if __name__ == "__main__":
    main()

"""Back-tests that were made stay under `var/`, until a closing takes them into its pack.

What is kept names groups and no person, since a pack is read by more people than the ledger.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from capstream.types import Month

_FOLDER = Path("var") / "backtests"


def keep_backtest(company: Path, measured: Mapping[str, Any]) -> Path:
    """Keep the measures of a back-test; the same one is kept once.

    Args:
        company: The company folder.
        measured: At least `sample_sha256` and `months`, the months in order.
    """
    months = measured["months"]
    name = f"backtest_{months[0]}_{months[-1]}_{measured['sample_sha256'][:12]}.json"
    path = company / _FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(measured, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    beside.replace(path)
    return path


def kept_backtests(company: Path, month: Month) -> list[Path]:
    """Return the kept back-tests that speak of a month, by name."""
    found = sorted((company / _FOLDER).glob("backtest_*.json"))
    return [path for path in found if str(month) in _months(path)]


def _months(path: Path) -> list[str]:
    months: list[str] = json.loads(path.read_text(encoding="utf-8"))["months"]
    return months

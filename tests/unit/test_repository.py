"""What must not stand in any file: index addresses, machine paths, secrets."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Written in pieces, so that this file does not find itself.
FORBIDDEN = {
    "the address of a package index": r"py" + r"pi\.org|python" + r"hosted\.org|npm" + r"js\.org",
    "an index option": r"--(extra-)?index" + r"-url\s+\S|find-" + r"links\s*=\s*\S*/",
    "a path of one machine": r"(?<![\w.])/(home|Users|root|work)" + r"/\w+",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE " + r"KEY-----",
    "a token": r"\b(gh[pousr]_[A-Za-z0-9]{30,}|xox[bp]-[0-9A-Za-z-]{20,}|AKIA[0-9A-Z]{16})\b",
    "an unfinished mark": r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b",
}
TEXT_SUFFIXES = frozenset(
    {"", ".py", ".sql", ".yml", ".yaml", ".toml", ".txt", ".md", ".sh", ".csv", ".json", ".psv"}
)


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, text=True
    )
    if listed.returncode != 0:
        pytest.skip("not a repository: an archive has no list of its files")
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.suffix in TEXT_SUFFIXES and path.is_file()]


@pytest.mark.parametrize("thing", FORBIDDEN)
def test_no_file_holds(thing: str) -> None:
    pattern = re.compile(FORBIDDEN[thing])
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in tracked_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found, f"{thing}:\n" + "\n".join(found)


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for folder in ("capstream", "orchestration", "reports")
        for path in (ROOT / folder).rglob("*.py")
        if not path.read_text(encoding="utf-8").lstrip().startswith(('"""', 'r"""'))
    ]
    assert not silent


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "helpers", "common", "manager", "misc"}
    found = [
        str(path.relative_to(ROOT))
        for folder in ("capstream", "orchestration", "reports", "tests", "benchmarks")
        for path in (ROOT / folder).rglob("*")
        if path.stem in drawers
    ]
    assert not found


def test_definitions_are_short() -> None:
    lines = (ROOT / "orchestration" / "definitions.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 20

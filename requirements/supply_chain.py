"""What the product is made of: licences as a page, packages as a bill of materials, known holes.

    python requirements/supply_chain.py             write docs/licences.md and build/sbom.cdx.json
    python requirements/supply_chain.py --check     exit 1 when the page is stale or a licence is
                                                    not one that the product may be given out with

Everything is read from the lock and from the installed packages: nothing is fetched. The audit for
known holes is `pip-audit`, which asks the index that pip is told of (`make audit`).
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements" / "base.txt"
EXTRAS = ROOT / "requirements" / "container.txt"
PAGE = ROOT / "docs" / "licences.md"
BILL = ROOT / "build" / "sbom.cdx.json"

PIN = re.compile(r"^(?P<name>[A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
FREE = ("MIT", "BSD", "Apache", "PSF", "Python Software Foundation", "ISC", "MPL", "Mozilla",
        "Zlib", "CC0", "Artistic", "CNRI", "Unlicense", "OFL")  # fmt: skip
"""Families that ask for no more than their notice, or for changed files of their own."""


@dataclass(frozen=True, slots=True)
class Package:
    """One pinned package."""

    name: str
    version: str
    licence: str
    hashes: tuple[str, ...]


def packages(lock: Path = LOCK) -> list[Package]:
    """Return every package of a lock with the licence that its metadata states."""
    text = lock.read_text(encoding="utf-8")
    pins = list(PIN.finditer(text))
    ends = [pin.start() for pin in pins[1:]] + [len(text)]
    return [
        Package(
            pin["name"],
            pin["version"],
            _licence(pin["name"]),
            tuple(HASH.findall(text[pin.start() : end])),
        )
        for pin, end in zip(pins, ends, strict=True)
    ]


def _licence(name: str) -> str:
    try:
        metadata = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return "not installed here"
    expression = metadata.get("License-Expression")
    if expression:
        return str(expression)
    classifiers = [
        entry.rpartition(" :: ")[2]
        for entry in metadata.get_all("Classifier") or ()
        if entry.startswith("License ::")
    ]
    text = (metadata.get("License") or "").strip().splitlines()
    return " or ".join(classifiers) or (text[0][:60] if text else "unknown")


def is_free(licence: str) -> bool:
    """Say whether a licence is of a family that the product may be given out with."""
    return any(family in licence for family in FREE)


def extras() -> list[Package]:
    """Return what the extras add to the lock."""
    base = {each.name for each in packages()}
    return [each for each in packages(EXTRAS) if each.name not in base]


def page(found: list[Package]) -> str:
    """Return the licence page."""
    rows = [f"| {each.name} | {each.version} | {each.licence} |" for each in found]
    added = [f"| {each.name} | {each.version} | {each.licence} |" for each in extras()]
    return "\n".join(
        [
            "# Licences",
            "",
            "Every package of the locked set (`requirements/base.txt`) with the licence that it",
            "states. Written by `make audit`; a test holds it against the lock.",
            "",
            "| package | version | licence |",
            "| --- | --- | --- |",
            *rows,
            "",
            "## Extras",
            "",
            "What `notify`, `postgres` and `kubernetes` add (`requirements/container.txt`).",
            "psycopg2 is under the LGPL: used as it is, as a library of its own, it asks no more.",
            "",
            "| package | version | licence |",
            "| --- | --- | --- |",
            *added,
            "",
            "`spark` adds what only `make test-engines` installs (`requirements/engines.txt`):",
            "pyspark and dbt-spark (Apache), py4j (BSD), sqlparams (MIT).",
            "",
        ]
    )


def bill(found: list[Package]) -> dict[str, Any]:
    """Return the bill of materials in CycloneDX 1.5; the same lock gives the same bytes."""
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    serial = "-".join((digest[:8], digest[8:12], f"4{digest[13:16]}", f"8{digest[17:20]}",
                       digest[20:32]))  # fmt: skip
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "capstream"}},
        "components": [
            {
                "type": "library",
                "name": each.name,
                "version": each.version,
                "purl": f"pkg:pypi/{each.name.lower().replace('_', '-')}@{each.version}",
                "licenses": [{"license": {"name": each.licence}}],
                "hashes": [{"alg": "SHA-256", "content": text} for text in each.hashes],
            }
            for each in found
        ],
    }


def main() -> int:
    """Write or check; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    found = packages()
    barred = [each for each in found if not is_free(each.licence)]
    for each in barred:
        print(f"{each.name} {each.version}: licence {each.licence!r} is not one of the free ones")
    if options.check:
        is_stale = not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != page(found)
        if is_stale:
            print(f"{PAGE.relative_to(ROOT)} is stale: run make audit")
        return 1 if barred or is_stale else 0
    PAGE.write_text(page(found), encoding="utf-8")
    BILL.parent.mkdir(exist_ok=True)
    BILL.write_text(json.dumps(bill(found), indent=1) + "\n", encoding="utf-8")
    print(f"{len(found)} packages: {PAGE.relative_to(ROOT)}, {BILL.relative_to(ROOT)}")
    return 1 if barred else 0


if __name__ == "__main__":
    sys.exit(main())

"""Whatever is done to a closed pack, its rows, the ledger or a policy is found and named."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from capstream.close.digests import file_sha256
from capstream.close.finding import PackFinding
from capstream.close.ledger import event_from, ledger_folder
from capstream.close.manifest import MANIFEST, manifest_text
from capstream.close.verify import pack_findings
from capstream.errors import CapstreamError
from tests.property.closed_company import MONTHS, POLICY, write_company

CASES = int(os.environ.get("CAPSTREAM_TAMPERINGS", "150"))


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_company(tmp_path_factory.mktemp("closed") / "company")


@pytest.fixture
def copied(closed: Path, tmp_path: Path) -> Path:
    root = tmp_path / "company"
    shutil.copytree(closed, root)
    for path in root.rglob("*.json"):
        path.chmod(0o644)
    return root


def sealed_files(root: Path) -> list[Path]:
    """Return every file that closings wrote."""
    folders = [root / "out", root / "var" / "closed", ledger_folder(root)]
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())


def examined(root: Path) -> list[PackFinding]:
    """Verify every pack of the company, as `verify` without an argument does."""
    found: list[PackFinding] = []
    for month in MONTHS:
        try:
            found += pack_findings(root / "out" / month)
        except CapstreamError as problem:
            found.append(PackFinding("P-MANIFEST", f"out/{month}/{MANIFEST}", str(problem)))
    return found


def names(found: list[PackFinding], *words: str) -> bool:
    return any(
        word in finding.file or word in finding.message for finding in found for word in words
    )


def flipped(path: Path, random: Random) -> None:
    content = bytearray(path.read_bytes())
    content[random.randrange(len(content))] ^= 1 << random.randrange(8)
    path.write_bytes(bytes(content))


def truncated(path: Path, random: Random) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: random.randrange(len(content))])


def lengthened(path: Path, random: Random) -> None:
    path.write_bytes(path.read_bytes() + bytes([random.randrange(256)]))


def removed(path: Path, _: Random) -> None:
    path.unlink()


def renamed(path: Path, _: Random) -> None:
    path.rename(path.with_name(f"x{path.name}"))


TAMPERINGS: tuple[Callable[[Path, Random], None], ...] = (
    flipped, truncated, lengthened, removed, renamed,
)  # fmt: skip


def event_names(root: Path, path: Path) -> Iterator[str]:
    """Name what a finding about a file may speak of: the file, or the event that it broke."""
    yield path.name
    yield str(path.relative_to(root).parent)
    if path.parent == ledger_folder(root):
        yield path.stem
        yield from (later.name for later in path.parent.iterdir() if later.name > path.name)


def test_untouched_packs_have_no_finding(closed: Path) -> None:
    assert examined(closed) == []


def test_random_tampering_is_found_where_it_was_done(closed: Path, tmp_path: Path) -> None:
    random = Random(20261104)  # noqa: S311 (a test's dice)
    for case in range(CASES):
        root = tmp_path / str(case)
        shutil.copytree(closed, root)
        path = random.choice(sealed_files(root))
        expected = list(event_names(root, path))
        path.chmod(0o644)
        tamper = random.choice(TAMPERINGS)
        tamper(path, random)
        found = examined(root)
        assert names(found, *expected), (case, tamper.__name__, path.name, found)
        shutil.rmtree(root)


@pytest.mark.parametrize("first", [0, 1])
def test_events_that_change_places_are_found(copied: Path, first: int) -> None:
    one, other = sorted(ledger_folder(copied).iterdir())[first : first + 2]
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)
    assert names(examined(copied), one.name)


@pytest.mark.parametrize("number", range(3))
def test_an_event_that_is_gone_is_missed(copied: Path, number: int) -> None:
    gone = sorted(ledger_folder(copied).iterdir())[number]
    gone.unlink()
    assert names(examined(copied), gone.stem, f"event {number + 1} is missing")


def test_a_forger_who_mends_the_manifest_is_found_by_the_event(copied: Path) -> None:
    pack = copied / "out" / MONTHS[1]
    forged = pack / f"finance_{MONTHS[1]}.xlsx"
    forged.write_bytes(b"another workbook")
    manifest = json.loads((pack / MANIFEST).read_text(encoding="utf-8"))
    manifest["files"][forged.name] = file_sha256(forged)
    (pack / MANIFEST).write_text(manifest_text(manifest), encoding="utf-8")
    rules = {finding.rule for finding in examined(copied)}
    assert {"C-CONTENT", "C-EVENT"} <= rules


def test_a_forger_who_rewrites_the_chain_is_found_by_later_packs_and_by_an_anchor(
    copied: Path,
) -> None:
    paths = sorted(ledger_folder(copied).iterdir())
    anchor = json.loads(paths[0].read_text(encoding="utf-8"))["event_hash"]
    before = ""
    for number, path in enumerate(paths):
        values = json.loads(path.read_text(encoding="utf-8"))
        values.pop("event_hash")
        if number == 0:
            values["approved_by"] = "Mallory"
        event = event_from({**values, "previous_hash": before})
        assert event is not None
        path.write_text(event.text, encoding="utf-8")
        before = event.event_hash
    assert names(examined(copied), "says something else in the ledger")
    anchored = pack_findings(copied / "out" / MONTHS[2], anchor=anchor)
    assert "C-ANCHOR" in {finding.rule for finding in anchored}


def test_a_policy_file_changes_lawfully_by_a_higher_version_only(copied: Path) -> None:
    path = copied / "policies" / f"{POLICY}.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("late_gate_days: 30", "late_gate_days: 31"), encoding="utf-8")
    assert names(examined(copied), f"policies/{POLICY}.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("version: 1", "version: 2"),
                    encoding="utf-8")  # fmt: skip
    assert examined(copied) == []
    path.unlink()
    assert names(examined(copied), f"policies/{POLICY}.yaml")


def test_a_pack_that_stands_for_another_month_is_found(copied: Path) -> None:
    """Every byte of a copied pack is genuine; where it stands is not."""
    shutil.copytree(copied / "out" / MONTHS[0], copied / "out" / "2031-01")
    found = [finding for finding in examined(copied) if finding.rule == "C-PLACE"]
    assert {finding.file for finding in found} == {"out/2031-01"}
    assert MONTHS[0] in found[0].message

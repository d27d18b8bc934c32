"""The issued pack: built aside, sealed by an event of the ledger, then moved into its place whole.

The event is the point of no return: a process that dies before it leaves nothing but a folder to
clear away, one that dies after it leaves a pack that the next command moves into its place.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from capstream.close.digests import value_sha256
from capstream.close.draft import draft_folder
from capstream.close.kept_backtests import kept_backtests
from capstream.close.ledger import CLOSE, ClosingEvent, read_events
from capstream.close.manifest import MANIFEST, read_manifest, write_manifest
from capstream.errors import UsageError
from capstream.types import Month

CLOSING = "closing"
POLICY_COPY = "policy_{policy_id}.yaml"
_STAGED = ".issue-"


def issued_folders(company: Path) -> list[Path]:
    """Return the folders of issued packs, in the order of their names."""
    folders = (company / "out").glob("????-??*")
    return sorted(folder for folder in folders if (folder / MANIFEST).is_file())


def next_issue(company: Path, month: Month) -> Path:
    """Return where the next pack of a month goes: `out/YYYY-MM`, then `out/YYYY-MM_v2`.

    Raises:
        UsageError: Something that no closing wrote stands there.
    """
    folder = company / "out" / str(month)
    version = 1
    while (folder / MANIFEST).is_file():
        version += 1
        folder = folder.with_name(f"{month}_v{version}")
    foreign = [path.name for path in _children(folder) if path != draft_folder(company, month)]
    if foreign:
        raise UsageError(
            f"{folder} holds {', '.join(sorted(foreign))}, which no closing wrote: move it away, "
            "then close again"
        )
    return folder


def staged_issue(company: Path, issue: Path) -> Path:
    """Create an empty folder in which a pack is built."""
    folder = company / "out" / f"{_STAGED}{issue.name}"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def copy_policies(company: Path, policy_ids: Iterable[str], pack: Path) -> None:
    """Put the policy files that decided the month into its pack."""
    for policy_id in sorted(set(policy_ids)):
        source = company / "policies" / f"{policy_id}.yaml"
        shutil.copyfile(source, pack / POLICY_COPY.format(policy_id=policy_id))


def copy_backtests(company: Path, month: Month, pack: Path) -> None:
    """Put what customers measured of the month's attribution into its pack."""
    for source in kept_backtests(company, month):
        shutil.copyfile(source, pack / source.name)


def manifest_hash(manifest: Mapping[str, Any]) -> str:
    """Return the hash that a closing's event carries: all of the manifest but the event itself."""
    return value_sha256({name: value for name, value in manifest.items() if name != CLOSING})


def seal_pack(
    pack: Path, manifest: Mapping[str, Any], event: ClosingEvent, earlier: Iterable[ClosingEvent]
) -> None:
    """Write the manifest with the closing's event and the chain before it; flush every file."""
    closing = {
        "event_id": event.event_id,
        "chain_head": event.event_hash,
        "event": asdict(event),
        "earlier_events": [asdict(previous) for previous in earlier],
    }
    write_manifest(pack, {**manifest, CLOSING: closing})
    for path in pack.iterdir():
        _flush(path)
    _flush(pack)


def publish_issue(company: Path, pack: Path, issue: Path, month: Month) -> Path:
    """Move a sealed pack into its place; the month's draft, now issued, goes away."""
    if issue.is_dir():
        shutil.rmtree(issue)
    pack.rename(issue)
    shutil.rmtree(draft_folder(company, month), ignore_errors=True)
    _flush(issue.parent)
    return issue


def settle_issues(company: Path) -> None:
    """Finish what a killed closing left: issue a pack that the ledger knows, clear any other."""
    known = {event.event_id: event for event in read_events(company) if event.event == CLOSE}
    for staged in (company / "out").glob(f"{_STAGED}*"):
        event = known.get(_staged_event(staged))
        if event is None:
            shutil.rmtree(staged)
        else:
            publish_issue(company, staged, company / event.pack, Month.parse(event.month_key))


def _children(folder: Path) -> list[Path]:
    """List what stands in a folder, leaving out what a killed run may have left."""
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if not path.name.startswith(".")]


def _staged_event(staged: Path) -> str:
    if not (staged / MANIFEST).is_file():
        return ""
    return str(read_manifest(staged).get(CLOSING, {}).get("event_id", ""))


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

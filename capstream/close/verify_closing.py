"""An issued pack held against its closing: the manifest, the chain, the frozen rows, the policies.

Works on a copy of the pack alone; where the company's folder stands around it, the ledger, the
rows under `var/closed` and the policy files are examined as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from capstream.close.digests import file_sha256
from capstream.close.finding import PackFinding
from capstream.close.frozen import frozen_file
from capstream.close.issue import CLOSING, POLICY_COPY, issued_folders, manifest_hash
from capstream.close.ledger import (
    CLOSE,
    ChainFinding,
    ClosingEvent,
    chain_findings,
    closings_in_force,
    event_from,
    examine_ledger,
    ledger_folder,
)
from capstream.close.manifest import MANIFEST, manifest_text, read_manifest
from capstream.documents.yaml_reader import read_yaml


def company_of(pack: Path) -> Path | None:
    """Return the company folder around an issued pack; None for a copy elsewhere."""
    company = pack.parent.parent
    return company if (company / "capstream.yaml").is_file() else None


def closing_findings(pack: Path, manifest: Mapping[str, Any]) -> Iterator[PackFinding]:
    """Hold an issued pack against the event that sealed it."""
    text = (pack / MANIFEST).read_text(encoding="utf-8")
    if text != manifest_text(manifest):
        yield PackFinding("C-BYTES", MANIFEST, "it is not written as Capstream writes it")
    chain = _chain(manifest)
    if not chain:
        yield PackFinding("C-CHAIN", MANIFEST, "its closing cannot be read")
        return
    yield from _event_findings(manifest, chain[-1])
    for found in chain_findings(chain):
        yield PackFinding("C-CHAIN", MANIFEST, f"{found.event_file}: {found.message}")


def ledger_findings(company: Path, *, anchor: str = "") -> Iterator[PackFinding]:
    """Examine the ledger of a company with everything that hangs on it.

    Args:
        company: The company folder.
        anchor: Hash of an event that was kept elsewhere; it must still be in the chain.
    """
    events, broken = examine_ledger(company)
    yield from (_of_ledger(company, found) for found in broken)
    yield from _anchor_findings(events, anchor)
    known = {event.event_id: event for event in events}
    for pack in issued_folders(company):
        yield from _pack_findings(company, pack, known)
    for event in events:
        if event.event == CLOSE:
            yield from _missing_pack(company, event)
            yield from _frozen_findings(company, event)
    yield from _policy_findings(company, list(closings_in_force(events).values()))


def pack_anchor_findings(manifest: Mapping[str, Any], anchor: str) -> Iterator[PackFinding]:
    """Look for an anchor in the chain that a pack carries itself."""
    yield from _anchor_findings(_chain(manifest), anchor)


def _chain(manifest: Mapping[str, Any]) -> list[ClosingEvent]:
    closing = manifest.get(CLOSING)
    if not isinstance(closing, Mapping):
        return []
    raw = [*closing.get("earlier_events", ()), closing.get("event")]
    events = [event_from(values) for values in raw if isinstance(values, Mapping)]
    return [event for event in events if event is not None] if len(events) == len(raw) else []


def _event_findings(manifest: Mapping[str, Any], event: ClosingEvent) -> Iterator[PackFinding]:
    closing = manifest[CLOSING]
    actual = manifest_hash(manifest)
    if actual != event.content_hash:
        yield PackFinding(
            "C-CONTENT", MANIFEST, f"its content has hash {actual}, closed was {event.content_hash}"
        )
    for name, value in (("event_id", event.event_id), ("chain_head", event.event_hash)):
        if closing.get(name) != value:
            yield PackFinding(
                "C-EVENT", MANIFEST, f"{name} says {closing.get(name)}, its event gives {value}"
            )
    for name in ("files", "frozen"):
        if event.contents.get(name) != manifest.get(name):
            yield PackFinding("C-EVENT", MANIFEST, f"{name} differ from those of the event")


def _of_ledger(company: Path, found: ChainFinding) -> PackFinding:
    folder = ledger_folder(company).relative_to(company)
    return PackFinding("C-LEDGER", f"{folder}/{found.event_file}", found.message)


def _anchor_findings(events: Sequence[ClosingEvent], anchor: str) -> Iterator[PackFinding]:
    if anchor and anchor not in {event.event_hash for event in events}:
        yield PackFinding(
            "C-ANCHOR",
            "var/ledger",
            f"no event has the hash {anchor}: the chain was rewritten or cut since it was noted",
        )


def _pack_findings(
    company: Path, pack: Path, known: Mapping[str, ClosingEvent]
) -> Iterator[PackFinding]:
    """Hold the chain that a pack carries, and the place where it stands, against the ledger."""
    folder = str(pack.relative_to(company))
    place = f"{folder}/{MANIFEST}"
    chain = _chain(read_manifest(pack))
    if chain and chain[-1].pack != folder:
        yield PackFinding(
            "C-PLACE", folder, f"it is the pack of {chain[-1].event_id}, issued as {chain[-1].pack}"
        )
    for event in chain:
        kept = known.get(event.event_id)
        if kept is None:
            yield PackFinding("C-LEDGER", place, f"the ledger lacks its event {event.event_id}")
        elif kept.event_hash != event.event_hash:
            yield PackFinding(
                "C-LEDGER", place, f"event {event.event_id} says something else in the ledger"
            )


def _missing_pack(company: Path, event: ClosingEvent) -> Iterator[PackFinding]:
    if not (company / event.pack / MANIFEST).is_file():
        yield PackFinding("C-MISSING", event.pack, f"the pack of {event.event_id} is gone")


def _frozen_findings(company: Path, event: ClosingEvent) -> Iterator[PackFinding]:
    for relation, digest in event.contents.get("frozen", {}).items():
        path = frozen_file(company, event.month_key, relation, digest)
        place = str(path.relative_to(company))
        if not path.is_file():
            yield PackFinding("C-FROZEN", place, f"the rows of {event.event_id} are gone")
        elif file_sha256(path) != digest:
            yield PackFinding("C-FROZEN", place, f"the rows of {event.event_id} were changed")


def _policy_findings(company: Path, closings: Sequence[ClosingEvent]) -> Iterator[PackFinding]:
    """Compare policy files with the copies in the newest pack that was decided by them.

    A higher version is a lawful new policy; the same version with other words is not.
    """
    newest: dict[str, ClosingEvent] = {
        policy["policy_id"]: event
        for event in closings
        for policy in event.contents.get("policies", {}).values()
    }
    for policy_id, event in sorted(newest.items()):
        copy = company / event.pack / POLICY_COPY.format(policy_id=policy_id)
        current = company / "policies" / f"{policy_id}.yaml"
        place = f"policies/{policy_id}.yaml"
        if not current.is_file():
            yield PackFinding("C-POLICY", place, f"the policy of {event.event_id} is gone")
        elif copy.is_file() and _is_same_version_changed(current, copy):
            yield PackFinding(
                "C-POLICY",
                place,
                f"it was changed since {event.event_id} decided by it: put it back, or give the "
                "changed policy a higher version",
            )


def _is_same_version_changed(current: Path, copy: Path) -> bool:
    changed = current.read_bytes() != copy.read_bytes()
    return changed and _version(current) <= _version(copy)


def _version(policy: Path) -> int:
    """Return the version that a policy file states; 0 where it states none."""
    document, _ = read_yaml(policy, policy.name)
    stated = document.value.get("version") if document and isinstance(document.value, dict) else 0
    return stated if isinstance(stated, int) else 0

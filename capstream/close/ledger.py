"""The ledger of closings: one file an event, chained by hash, appended and never rewritten.

Each event carries the hash of the event before it, so a changed, removed or reordered event breaks
the chain where it stands. A chain cannot see that its last event is gone: manifests of issued
packs and `verify --anchor` keep the head elsewhere (ruling 20).
"""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from capstream.close.digests import value_sha256
from capstream.errors import UsageError
from capstream.types import Month

CLOSE = "close"
REOPEN = "reopen"
START = ""
"""What the first event names as the hash before it."""


@dataclass(frozen=True, slots=True)
class ClosingEvent:
    """One event of the ledger.

    Attributes:
        sequence: Its place, from 1 on.
        event: `close` or `reopen`.
        month_key: The month, `YYYY-MM`.
        at: When, ISO 8601 in UTC.
        prepared_by: Who prepared the closing, or asked for the reopening.
        approved_by: Who approved it; another person.
        reason: Why the month was reopened; empty for a closing.
        os_user: The operating system's user; names are asserted, this is what the machine knows.
        pack: The issued folder under `out`; empty for a reopening.
        content_hash: Hash over the manifest of the pack, or over the reopening's own words.
        previous_hash: Hash of the event before this one.
        contents: What `content_hash` covers beyond the pack: hashes of inputs, policies, code and
            frozen relations.
    """

    sequence: int
    event: str
    month_key: str
    at: str
    prepared_by: str
    approved_by: str
    reason: str
    os_user: str
    pack: str
    content_hash: str
    previous_hash: str
    contents: Mapping[str, Any] = field(default_factory=dict)

    @property
    def event_id(self) -> str:
        """Its name: `0001-close-2026-10`."""
        return f"{self.sequence:04d}-{self.event}-{self.month_key}"

    @property
    def event_hash(self) -> str:
        """The hash over everything it says; the next event carries it."""
        return value_sha256(asdict(self))

    @property
    def text(self) -> str:
        """The event as its file holds it."""
        values = {**asdict(self), "event_hash": self.event_hash}
        return json.dumps(values, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class ChainFinding:
    """Something about the ledger that is not as it was written."""

    event_file: str
    message: str


def ledger_folder(company: Path) -> Path:
    """Return the folder of the ledger's events."""
    return company / "var" / "ledger"


def read_events(company: Path) -> list[ClosingEvent]:
    """Read the ledger, refusing one that was tampered with.

    Raises:
        UsageError: The chain does not hold; nothing may be built on it.
    """
    events, findings = examine_ledger(company)
    if findings:
        first = findings[0]
        raise UsageError(
            f"the ledger of closings was changed: {first.event_file}: {first.message}: put "
            f"{ledger_folder(company)} back from a copy, then run `capstream verify`"
        )
    return events


def examine_ledger(company: Path) -> tuple[list[ClosingEvent], list[ChainFinding]]:
    """Read every event that can be read and say what does not hold."""
    events: list[ClosingEvent] = []
    findings: list[ChainFinding] = []
    for path in sorted(ledger_folder(company).glob("*.json")):
        if not path.is_file():
            findings.append(ChainFinding(path.name, "it is no file"))
            continue
        event = _read(path)
        if event is None or event.text.encode() != path.read_bytes():
            findings.append(ChainFinding(path.name, "it is not as it was written"))
        elif f"{event.event_id}.json" != path.name:
            findings.append(ChainFinding(path.name, f"it says that it is {event.event_id}"))
        if event is not None:
            events.append(event)
    return events, [*findings, *chain_findings(events)]


def chain_findings(events: Sequence[ClosingEvent]) -> Iterator[ChainFinding]:
    """Follow a chain of events and name each link that does not hold."""
    before = START
    for place, event in enumerate(events, start=1):
        name = f"{event.event_id}.json"
        if event.sequence != place:
            yield ChainFinding(
                name, f"event {place} is missing or out of order: here stands {event.sequence}"
            )
        if event.previous_hash != before:
            yield ChainFinding(
                name,
                f"it follows the event with hash {event.previous_hash or 'none'}, the one before "
                f"it has {before or 'none'}: an event was changed, removed or moved",
            )
        before = event.event_hash


def chain_head(events: Sequence[ClosingEvent]) -> str:
    """Return the hash of the last event."""
    return events[-1].event_hash if events else START


def closings_in_force(events: Sequence[ClosingEvent]) -> dict[str, ClosingEvent]:
    """Return the closing of every month that is closed now, in the order of months."""
    closed: dict[str, ClosingEvent] = {}
    for event in events:
        if event.event == CLOSE:
            closed[event.month_key] = event
        else:
            closed.pop(event.month_key, None)
    return dict(sorted(closed.items()))


def closed_months(company: Path) -> list[Month]:
    """Return the closed months, earliest first."""
    return [Month.parse(key) for key in closings_in_force(read_events(company))]


def next_event(
    events: Sequence[ClosingEvent],
    *,
    event: str,
    month: Month,
    at: datetime,
    prepared_by: str,
    approved_by: str,
    content_hash: str,
    reason: str = "",
    pack: str = "",
    contents: Mapping[str, Any] | None = None,
) -> ClosingEvent:
    """Write down an event as the successor of the last one; nothing is stored yet."""
    return ClosingEvent(
        sequence=len(events) + 1,
        event=event,
        month_key=str(month),
        at=at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        prepared_by=prepared_by,
        approved_by=approved_by,
        reason=reason,
        os_user=_operating_system_user(),
        pack=pack,
        content_hash=content_hash,
        previous_hash=chain_head(events),
        contents=dict(contents or {}),
    )


def append_event(company: Path, event: ClosingEvent) -> Path:
    """Store an event for good: created anew, flushed to the disk, never overwritten.

    Raises:
        UsageError: Its place in the ledger is taken.
    """
    folder = ledger_folder(company)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{event.event_id}.json"
    if path.exists() or any(folder.glob(f"{event.sequence:04d}-*.json")):
        raise UsageError(
            f"the ledger has an event {event.sequence} already: another closing was faster; run "
            "the command again"
        )
    beside = folder / f".{path.name}.part"
    with beside.open("w", encoding="utf-8") as file:
        file.write(event.text)
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path)
    path.chmod(0o444)
    _flush_folder(folder)
    return path


def event_from(values: Mapping[str, Any]) -> ClosingEvent | None:
    """Return an event from plain values; None when they are not one of ours."""
    try:
        event = ClosingEvent(**values)
    except TypeError:
        return None
    texts = (value for name, value in asdict(event).items() if name not in {"sequence", "contents"})
    is_sound = isinstance(event.sequence, int) and isinstance(event.contents, dict)
    return event if is_sound and all(isinstance(value, str) for value in texts) else None


def _read(path: Path) -> ClosingEvent | None:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None
    if not isinstance(values, dict):
        return None
    # The hash beside the event is compared with the rest of the text, byte by byte.
    return event_from({name: value for name, value in values.items() if name != "event_hash"})


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _operating_system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())

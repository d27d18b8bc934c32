"""The ledger of closings is a chain: whatever is changed, removed or moved breaks it visibly."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capstream.close.ledger import (
    CLOSE,
    REOPEN,
    START,
    append_event,
    chain_findings,
    chain_head,
    closings_in_force,
    examine_ledger,
    ledger_folder,
    next_event,
    read_events,
)
from capstream.errors import UsageError
from capstream.types import Month

AT = datetime(2026, 11, 4, 9, 30, tzinfo=UTC)


def write_ledger(company: Path, events: str) -> None:
    """Append events written `c1 c2 r2 c2`: c = close, r = reopen, the number is the month."""
    for word in events.split():
        chain = read_events(company)
        event = next_event(
            chain,
            event=CLOSE if word[0] == "c" else REOPEN,
            month=Month(2026, int(word[1:])),
            at=AT,
            prepared_by="Ada",
            approved_by="Bo",
            content_hash=f"content of {word}",
            reason="" if word[0] == "c" else "late invoice",
            pack=f"out/2026-{int(word[1:]):02d}",
            contents={"frozen": {}},
        )
        append_event(company, event)


def test_events_follow_each_other(tmp_path: Path) -> None:
    write_ledger(tmp_path, "c1 c2 r2 c2")
    events = read_events(tmp_path)
    assert [event.event_id for event in events] == [
        "0001-close-2026-01",
        "0002-close-2026-02",
        "0003-reopen-2026-02",
        "0004-close-2026-02",
    ]
    assert [event.previous_hash for event in events] == [
        START,
        *(event.event_hash for event in events[:-1]),
    ]
    assert chain_head(events) == events[-1].event_hash
    assert events[0].at == "2026-11-04T09:30:00Z"
    assert events[0].os_user


def test_the_last_closing_of_a_month_is_in_force(tmp_path: Path) -> None:
    write_ledger(tmp_path, "c1 c2 r2")
    assert list(closings_in_force(read_events(tmp_path))) == ["2026-01"]
    write_ledger(tmp_path, "c2")
    closings = closings_in_force(read_events(tmp_path))
    assert closings["2026-02"].event_id == "0004-close-2026-02"


def test_an_empty_ledger_is_whole(tmp_path: Path) -> None:
    assert read_events(tmp_path) == []
    assert chain_head([]) == START


def test_an_event_is_never_overwritten(tmp_path: Path) -> None:
    write_ledger(tmp_path, "c1")
    event = read_events(tmp_path)[0]
    with pytest.raises(UsageError, match="another closing was faster"):
        append_event(tmp_path, event)


def test_a_changed_ledger_is_not_built_on(tmp_path: Path) -> None:
    write_ledger(tmp_path, "c1 c2")
    next(ledger_folder(tmp_path).glob("0001*")).unlink()
    with pytest.raises(UsageError, match="ledger of closings was changed: 0002-close-2026-02"):
        read_events(tmp_path)


def test_moved_events_are_found(tmp_path: Path) -> None:
    write_ledger(tmp_path, "c1 c2 c3")
    events = read_events(tmp_path)
    found = [finding.event_file for finding in chain_findings([events[0], events[2], events[1]])]
    assert {"0003-close-2026-03.json", "0002-close-2026-02.json"} <= set(found)


def test_a_cut_end_is_the_one_thing_that_a_chain_cannot_see(tmp_path: Path) -> None:
    write_ledger(tmp_path, "c1 c2")
    next(ledger_folder(tmp_path).glob("0002*")).unlink()
    assert examine_ledger(tmp_path)[1] == []


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    company = tmp_path_factory.mktemp("ledger")
    write_ledger(company, "c1 c2 r2 c2 c3")
    return {path.name: path.read_bytes() for path in sorted(ledger_folder(company).iterdir())}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(place=st.integers(0, 4), position=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_any_changed_bit_is_found_and_named(
    ledger: dict[str, bytes],
    tmp_path_factory: pytest.TempPathFactory,
    place: int,
    position: int,
    bit: int,
) -> None:
    company = tmp_path_factory.mktemp("tampered")
    folder = ledger_folder(company)
    folder.mkdir(parents=True)
    names = list(ledger)
    for name, content in ledger.items():
        changed = bytearray(content)
        if name == names[place]:
            changed[position % len(changed)] ^= 1 << bit
        (folder / name).write_bytes(bytes(changed))
    _, findings = examine_ledger(company)
    assert names[place] in {finding.event_file for finding in findings}


def test_an_event_that_is_another_file_is_found(tmp_path: Path) -> None:
    write_ledger(tmp_path, "c1")
    path = next(ledger_folder(tmp_path).iterdir())
    values = json.loads(path.read_text(encoding="utf-8"))
    path.rename(path.with_name("0001-close-2026-09.json"))
    _, findings = examine_ledger(tmp_path)
    assert values["month_key"] == "2026-01"
    assert "it says that it is 0001-close-2026-01" in findings[0].message


def test_a_folder_in_an_events_place_is_found(tmp_path: Path) -> None:
    write_ledger(tmp_path, "c1")
    (ledger_folder(tmp_path) / "0002-close-2026-02.json").mkdir()
    events, findings = examine_ledger(tmp_path)
    assert len(events) == 1
    assert [(found.event_file, found.message) for found in findings] == [
        ("0002-close-2026-02.json", "it is no file")
    ]

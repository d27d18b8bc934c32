"""Answers kept on disk: what an API gave, page by page, with the place where to go on.

A source in API mode is an export that grows: fetched pages stand as files of native records
beside their requests, and are loaded as `mode: files` loads an export. A page and the place
after it are committed together, so that a load that is killed goes on behind its last page.
A full load fills a generation of its own, which takes the place of the other once it is public.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from capstream.connectors.records import Extract, RawRecord
from capstream.errors import InputError, Problem

_STATE = "state.json"
_REMEMBERED = 2_000
"""Hashes of the newest records of a stream: the overlap of two loads is kept once."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A native record as an answer held it.

    Attributes:
        value: The native object.
        origin: The request that was answered with it.
        fetched_at: When, UTC.
    """

    value: Mapping[str, Any]
    origin: str
    fetched_at: datetime


class RawStore:
    """The kept answers of one source.

    Args:
        root: The company folder.
        source: Name of the source.
        settings_hash: Hash of the settings that decide what is fetched.
    """

    def __init__(self, root: Path, source: str, settings_hash: str) -> None:
        self._folder = root / "var" / "raw" / source
        self._name = f"var/raw/{source}"
        self._settings = settings_hash
        self._state = self._read_state()

    def open(self, *, full: bool) -> None:
        """Choose the generation to fetch into; a full load that was killed goes on."""
        known = self._state.get("current")
        is_new = known is None or self._generation(known)["settings"] != self._settings
        candidate = self._state.get("candidate")
        may_go_on = candidate is not None and (
            self._generation(candidate)["settings"] == self._settings
            and not (full and self._generation(candidate)["finished"])
        )
        if not full and not is_new:
            self._state["candidate"] = None
        elif not may_go_on:
            number = f"{int(self._state.get('last', 0)) + 1:04d}"
            self._state |= {"last": int(number), "candidate": number}
            self._state["generations"][number] = {
                "settings": self._settings, "finished": False, "streams": {}
            }  # fmt: skip
        self._write_state()

    @property
    def is_whole(self) -> bool:
        """Whether what is being fetched is the source anew, rather than an addition."""
        return self._state.get("candidate") is not None

    def place(self, stream: str) -> dict[str, Any]:
        """Return where a stream stopped; empty before its first page."""
        return dict(self._stream(stream)["place"])

    def is_done(self, stream: str) -> bool:
        """Say whether a stream was read to its end in the load that was killed."""
        return bool(self._stream(stream).get("done")) and self.is_whole

    def commit(
        self, stream: str, records: Sequence[Fetched], place: Mapping[str, Any], *, done: bool
    ) -> int:
        """Keep a page and the place after it; return how many of its records were new."""
        entry = self._stream(stream)
        known = set(entry["recent"])
        fresh: dict[str, tuple[str, Fetched]] = {}
        for record in records:
            text = json.dumps(record.value, ensure_ascii=False, separators=(",", ":"))
            key = hashlib.sha256(text.encode()).hexdigest()[:16]
            if key not in known:
                fresh[key] = (text, record)
        if fresh:
            entry["pages"].append(self._write_page(stream, len(entry["pages"]), fresh.values()))
            entry["recent"] = [*entry["recent"], *fresh][-_REMEMBERED:]
        entry["place"], entry["done"] = dict(place), done
        self._write_state()
        return len(fresh)

    def finish(self) -> None:
        """Mark that every stream was read to its end."""
        self._current()["finished"] = True
        for entry in self._current()["streams"].values():
            entry["done"] = False
        self._write_state()

    def accept(self) -> None:
        """Let the generation that became public take the place of the one before."""
        candidate = self._state.get("candidate")
        if candidate is None:
            return
        self._state |= {"current": candidate, "candidate": None}
        gone = [number for number in self._state["generations"] if number != candidate]
        for number in gone:
            del self._state["generations"][number]
        self._write_state()
        for number in gone:
            shutil.rmtree(self._folder / number, ignore_errors=True)

    def extracts(self) -> list[Extract]:
        """List the kept pages with their hashes."""
        return [
            Extract(f"{self._name}/{page['file']}", page["sha256"], page["bytes"])
            for _, entry in sorted(self._current()["streams"].items())
            for page in entry["pages"]
        ]

    def records(self, names: frozenset[str]) -> Iterator[RawRecord]:
        """Stream the records of the named pages.

        Raises:
            InputError: A page was damaged or removed.
        """
        for extract in self.extracts():
            if extract.name in names:
                yield from self._page_records(extract)

    def _page_records(self, extract: Extract) -> Iterator[RawRecord]:
        path = self._folder / Path(extract.name).relative_to(self._name)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            content = b""
        if hashlib.sha256(content).hexdigest() != extract.content_hash:
            message = "the kept answers were changed or removed"
            remedy = "fetch them again with capstream ingest --full"
            raise InputError([Problem(extract.name, 0, "", message, remedy)])
        head, *lines = gzip.decompress(content).decode().split("\n")
        requests = from_json(head)["requests"]
        for line in filter(None, lines):
            number, _, text = line.partition(" ")
            origin, fetched_at = requests[int(number)]
            yield RawRecord(origin, text, from_json(text), datetime.fromisoformat(fetched_at))

    def _write_page(self, stream: str, number: int, fresh: Any) -> dict[str, Any]:
        """Write a page: a first line of requests, then each record after its request's number."""
        requests: dict[tuple[str, str], int] = {}
        lines = []
        for text, record in fresh:
            moment = record.fetched_at.replace(tzinfo=None).isoformat()
            place = requests.setdefault((record.origin, moment), len(requests))
            lines.append(f"{place} {text}")
        head = json.dumps({"requests": list(requests)}, ensure_ascii=False)
        content = gzip.compress("\n".join([head, *lines, ""]).encode(), 4, mtime=0)
        generation = self._state.get("candidate") or self._state["current"]
        name = f"{generation}/{stream.replace('/', '~')}-{number:06d}.jsonl.gz"
        _write_aside(self._folder / name, content)
        digest = hashlib.sha256(content).hexdigest()
        return {"file": name, "sha256": digest, "bytes": len(content)}

    def _stream(self, stream: str) -> dict[str, Any]:
        empty = {"place": {}, "done": False, "pages": [], "recent": []}
        streams: dict[str, dict[str, Any]] = self._current()["streams"]
        return streams.setdefault(stream, empty)

    def _current(self) -> dict[str, Any]:
        return self._generation(self._state.get("candidate") or self._state["current"])

    def _generation(self, number: str) -> dict[str, Any]:
        found: dict[str, Any] = self._state["generations"][number]
        return found

    def _read_state(self) -> dict[str, Any]:
        path = self._folder / _STATE
        if not path.exists():
            return {"generations": {}, "current": None, "candidate": None, "last": 0}
        state: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return state

    def _write_state(self) -> None:
        _write_aside(self._folder / _STATE, json.dumps(self._state, indent=1).encode())


def _write_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_bytes(content)
    aside.replace(path)

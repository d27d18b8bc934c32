"""git from a clone: `git log` streamed, tags peeled; nothing is fetched."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from capstream.connectors.records import Extract, RawRecord
from capstream.connectors.table_files import row_record
from capstream.errors import SourceError

_RECORD_START = b"\x1e"
_FIELDS = ("sha", "parents", "author_name", "author_id", "author_time",
           "committer_name", "committer_id", "commit_time", "message")  # fmt: skip
_LOG_FORMAT = "%x1e%H%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B%x00"
_TAG_FORMAT = "%00".join(
    f"%({name})"
    for name in ("refname:strip=2", "objecttype", "objectname", "*objecttype", "*objectname",
                 "taggerdate:iso-strict", "committerdate:iso-strict", "*committerdate:iso-strict")
)  # fmt: skip
_CHANGED_FILE = re.compile(rb"(\d+|-)\t(\d+|-)\t(.+)", re.DOTALL)
_REMOTE_NAME = re.compile(r"[:/](?P<name>[^/:]+/[^/]+?)(?:\.git)?/?$")
_CHUNK = 1 << 20
NOTES = "refs/notes/ai"
"""Where tools attest which lines they wrote (Git AI standard, authorship/3.0.0)."""
# A clone's own settings may name programs to start and places to fetch from: none are.
_SETTINGS = ("-c", "core.quotepath=off", "-c", "core.fsmonitor=false",
             "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never")  # fmt: skip


def is_clone(path: Path) -> bool:
    """Say whether a folder is a clone or a bare repository."""
    return (path / ".git").exists() or ((path / "HEAD").is_file() and (path / "objects").is_dir())


@dataclass(frozen=True, slots=True)
class Clone:
    """One local repository.

    Attributes:
        source: Name of the source, for messages.
        path: The clone or bare repository.
        name: How records name the folder.
        repository: Name of the repository; None takes it from the remote or the folder.
    """

    source: str
    path: Path
    name: str
    repository: str | None = None

    def extract(self) -> Extract:
        """Describe what the clone holds by a hash over all its references.

        Raises:
            SourceError: The clone is shallow, or git cannot read it.
        """
        if self._text("rev-parse", "--is-shallow-repository").strip() == "true":
            raise SourceError(
                self.source,
                f"{self.name} is a shallow clone: its history is cut off",
                "complete it with `git fetch --unshallow`",
            )
        references = self._text(
            "for-each-ref", "--format=%(objectname) %(refname)", "refs/heads", "refs/remotes",
            "refs/tags", NOTES,
        )  # fmt: skip
        head = self._text("rev-parse", "--verify", "--quiet", "HEAD", may_fail=True)
        content = hashlib.sha256(f"{head}\n{references}".encode()).hexdigest()
        return Extract(self.name, content, 0)

    def records(self) -> Iterator[RawRecord]:
        """Stream commits, newest first, then tags; an empty repository has none.

        Raises:
            SourceError: git failed on the way.
        """
        repository = self.repository or self._remote_name()
        yield from self._commits(repository)
        yield from self._tags(repository)
        yield from self._notes(repository)

    def _commits(self, repository: str) -> Iterator[RawRecord]:
        if not self._text("for-each-ref", "--count=1", "refs/heads", "refs/remotes").strip():
            return
        arguments = ("log", "-z", "--branches", "--remotes", "--tags", "--numstat",
                     "--no-renames", "--no-show-signature", "--no-color", "--encoding=UTF-8",
                     f"--format=format:{_LOG_FORMAT}")  # fmt: skip
        with self._started(arguments) as process:
            if process.stdout is None:
                raise SourceError(self.source, "git gave no output", "run the command again")
            for values in _read_log(_tokens(process.stdout)):
                origin = f"{self.name}@{values['sha']}"
                yield row_record({"record": "commit", "repo": repository, **values}, origin)
            errors = process.stderr.read() if process.stderr else b""
            if process.wait() != 0:
                raise self._failure(errors)

    def _tags(self, repository: str) -> Iterator[RawRecord]:
        for line in self._text("for-each-ref", f"--format={_TAG_FORMAT}", "refs/tags").splitlines():
            tag, kind, sha, inner_kind, inner_sha, tagged_at, own_time, inner_time = line.split(
                "\0"
            )
            if "commit" not in {kind, inner_kind}:
                continue  # a tag on a tree or a file is no release
            values = {
                "record": "tag",
                "repo": repository,
                "tag": tag,
                "commit_sha": inner_sha or sha,
                "tagged_at": tagged_at or None,
                "commit_time": inner_time or own_time or None,
            }
            yield row_record(values, f"{self.name}@{tag}")

    def _notes(self, repository: str) -> Iterator[RawRecord]:
        """Stream the authorship notes, each with the commit that it stands on."""
        listed = self._text("notes", f"--ref={NOTES}", "list", may_fail=True)
        for line in listed.splitlines():
            blob, _, sha = line.partition(" ")
            note = self._text("cat-file", "blob", blob)
            values = {"record": "note", "repo": repository, "sha": sha, "note": note}
            yield row_record(values, f"{self.name}@{sha}:{NOTES}")

    def _remote_name(self) -> str:
        """Return `owner/name` of the remote, else the folder's name."""
        address = self._text("config", "--get", "remote.origin.url", may_fail=True).strip()
        match = _REMOTE_NAME.search(address) if "://" in address or "@" in address else None
        return match["name"] if match else self.path.name.removesuffix(".git")

    def _text(self, *arguments: str, may_fail: bool = False) -> str:
        with self._started(arguments) as process:
            output, errors = process.communicate()
        if process.returncode != 0 and not may_fail:
            raise self._failure(errors)
        return str(output.decode("utf-8", "replace"))

    def _started(self, arguments: tuple[str, ...]) -> subprocess.Popen[bytes]:
        command = ["git", *_SETTINGS, "-C", str(self.path), *arguments]
        try:
            return subprocess.Popen(  # noqa: S603 -- a fixed program, no shell
                command,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={
                    **os.environ,
                    "GIT_OPTIONAL_LOCKS": "0",
                    "LC_ALL": "C",
                    "GIT_NO_LAZY_FETCH": "1",
                    "GIT_TERMINAL_PROMPT": "0",
                },
            )
        except FileNotFoundError as error:
            raise SourceError(self.source, "git is not installed", "install git") from error

    def _failure(self, errors: bytes) -> SourceError:
        lines = errors.decode("utf-8", "replace").strip().splitlines() or ["no message"]
        return SourceError(
            self.source, f"git cannot read {self.name} ({lines[0]})", "check the clone"
        )


def _tokens(stream: Any) -> Iterator[bytes]:
    """Split a byte stream at its NULs."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole
    if rest.strip():
        yield rest


def _read_log(tokens: Iterator[bytes]) -> Iterator[dict[str, Any]]:
    """Read commits out of the tokens: nine fields, then the files changed."""
    fields: list[bytes] = []
    changed: list[tuple[str, int | None, int | None]] = []
    for token in tokens:
        clean = token.lstrip(b"\n")
        if clean.startswith(_RECORD_START) and len(fields) in (0, len(_FIELDS)):
            if fields:
                yield _commit(fields, changed)
            fields, changed = [clean[1:]], []
        elif fields and len(fields) < len(_FIELDS):
            fields.append(token)
        elif match := _CHANGED_FILE.fullmatch(clean):
            changed.append((_decoded(match[3]), _count(match[1]), _count(match[2])))
    if fields:
        yield _commit(fields, changed)


def _commit(
    fields: list[bytes], changed: list[tuple[str, int | None, int | None]]
) -> dict[str, Any]:
    values: dict[str, Any] = dict(zip(_FIELDS, map(_decoded, fields), strict=True))
    values["message"] = values["message"].strip("\n")
    values["files"] = len(changed)
    values["insertions"] = sum(insertions or 0 for _, insertions, _ in changed)
    values["deletions"] = sum(deletions or 0 for _, _, deletions in changed)
    return {**values, "changed": changed}


def _count(text: bytes) -> int | None:
    return None if text == b"-" else int(text)


def _decoded(text: bytes) -> str:
    return text.decode("utf-8", "replace")

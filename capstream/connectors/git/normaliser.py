"""Commits, changed files and tags as rows of the neutral tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from capstream.connectors.accounts import actor_row
from capstream.connectors.ai_marks import add_commit_marks
from capstream.connectors.edges import record_error
from capstream.connectors.git.models import CommitRow, FileRow, NoteRow, TagRow
from capstream.connectors.git.notes import RULE_ID, attested
from capstream.connectors.records import (
    NormalisedRecord,
    RawRecord,
    RecordError,
    UnusableValueError,
)
from capstream.connectors.stand_ins import release_environment
from capstream.connectors.times import TimeReader

_MODELS: Mapping[str, type[CommitRow | FileRow | NoteRow | TagRow]] = {
    "commit": CommitRow,
    "commit_file": FileRow,
    "note": NoteRow,
    "tag": TagRow,
}


class GitNormaliser:
    """Reads rows that name their type under `record`.

    Args:
        times: Reader of the source's times.
        are_tags_deployments: A tag stands in for a deployment.
    """

    def __init__(self, times: TimeReader, *, are_tags_deployments: bool) -> None:
        self._times = times
        self._are_tags_deployments = are_tags_deployments

    def normalise(self, raw: RawRecord) -> NormalisedRecord:
        """Read one row.

        Raises:
            RecordError: A value is missing or cannot be read.
        """
        record_type = str(raw.value["record"])
        try:
            row = _MODELS[record_type].model_validate(raw.value)
            match row:
                case CommitRow():
                    return self._commit(row, raw)
                case FileRow():
                    return _file(row, raw)
                case NoteRow():
                    return _note(row, raw)
                case TagRow():
                    return self._tag(row, raw)
        except (ValidationError, UnusableValueError) as error:
            raise _refused(error, record_type, raw) from error

    def _commit(self, row: CommitRow, raw: RawRecord) -> NormalisedRecord:
        committed_at = self._times.read(row.commit_time)
        record = NormalisedRecord("commit", f"{row.repo}@{row.sha}", committed_at, raw)
        # git takes commits without an e-mail: then the name stands for it.
        author = (row.author_id or row.author_name or "unknown").lower()
        committer = (row.committer_id or row.committer_name or "").lower() or None
        values = {
            "repository": row.repo,
            "sha": row.sha,
            "author": author,
            "authored_at": self._times.read(row.author_time),
            "committer": committer,
            "committed_at": committed_at,
            "message": row.message,
            "parents": json.dumps((row.parents or "").split()),
            "additions": row.insertions,
            "deletions": row.deletions,
            "files": row.files,
            "author_name": row.author_name,
            "committer_name": row.committer_name,
        }
        record.rows.append(("commits", values))
        add_commit_marks(
            record, row.repo, row.sha, message=row.message, author=author,
            author_name=row.author_name,
        )  # fmt: skip
        for path, insertions, deletions in row.changed:
            record.rows.append(("commit_files", _file_values(row, path, insertions, deletions)))
        for account, name in ((author, row.author_name), (committer, row.committer_name)):
            if account:
                email = account if "@" in account else None
                record.rows.append(("actors", actor_row(account, display_name=name, email=email)))
        return record

    def _tag(self, row: TagRow, raw: RawRecord) -> NormalisedRecord:
        tagged_at = self._times.read_optional(row.tagged_at or row.commit_time)
        record = NormalisedRecord("tag", f"{row.repo}:{row.tag}", tagged_at, raw)
        values = {
            "repository": row.repo,
            "tag": row.tag,
            "sha": row.commit_sha,
            "tagged_at": tagged_at,
        }
        record.rows.append(("tags", values))
        if self._are_tags_deployments and tagged_at is not None:
            record.rows.append(("deployments", _tag_deployment(row, tagged_at)))
        return record


def _note(row: NoteRow, raw: RawRecord) -> NormalisedRecord:
    """Add what a note attests; one that cannot be read is set aside with its commit."""
    record = NormalisedRecord("note", f"{row.repo}@{row.sha}", None, raw)
    try:
        found = list(attested(row.note))
    except ValueError as error:
        reason = f"the authorship note cannot be read ({error})"
        raise UnusableValueError(reason, "write the note again with its tool") from error
    for values in found:
        rule = f"{RULE_ID}:{values['tool']}:{values['model'] or ''}"
        record.rows.append(
            ("ai_evidence", {"repository": row.repo, "sha": row.sha, "rule_id": rule,
                             "evidence_class": "attested", "confidence": "high", **values})
        )  # fmt: skip
    return record


def _tag_deployment(row: TagRow, tagged_at: Any) -> Mapping[str, Any]:
    return {
        "deployment_id": f"tag:{row.repo}:{row.tag}",
        "service": row.repo,
        "repository": row.repo,
        "environment": release_environment(row.tag),
        "sha": row.commit_sha,
        "ref": row.tag,
        "started_at": tagged_at,
        "finished_at": tagged_at,
        "status": "success",
    }


def _file(row: FileRow, raw: RawRecord) -> NormalisedRecord:
    record = NormalisedRecord("commit_file", f"{row.repo}@{row.sha}:{row.path}", None, raw)
    values = _file_values(row, row.path, row.insertions, row.deletions)
    record.rows.append(("commit_files", values))
    return record


def _file_values(
    row: CommitRow | FileRow, path: str, insertions: int | None, deletions: int | None
) -> Mapping[str, Any]:
    return {
        "repository": row.repo,
        "sha": row.sha,
        "path": path,
        "insertions": insertions,
        "deletions": deletions,
    }


def _refused(
    error: ValidationError | UnusableValueError, record_type: str, raw: RawRecord
) -> RecordError:
    names = ("repo", "sha", "path") if record_type != "tag" else ("repo", "tag")
    key = ":".join(str(raw.value[name]) for name in names if raw.value.get(name))
    return record_error(error, record_type=record_type, record_key=key or None, origin=raw.origin)

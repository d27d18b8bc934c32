"""A merge request of GitLab as rows of the neutral tables; system notes carry its turns."""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import partial

from capstream.connectors.ai_marks import add_commit_marks, add_pull_marks
from capstream.connectors.edges import json_list
from capstream.connectors.gitlab.accounts import GHOST, account
from capstream.connectors.gitlab.issues import add_comment, dated_note
from capstream.connectors.gitlab.models import Commit, MergeRequest, Note
from capstream.connectors.records import UnusableValueError
from capstream.connectors.typed_records import Told
from capstream.connectors.whole_numbers import whole_number

_READY = re.compile(
    r"marked (this merge request )?as \*\*ready\*\*|unmarked as a \*\*Work In Progress"
)
_VERDICTS = (
    (re.compile(r"^approved this merge request"), "approved"),
    (re.compile(r"^(requested changes|left review comments and requested changes)"),
     "changes_requested"),
    (re.compile(r"^unapproved this merge request"), "dismissed"),
)  # fmt: skip
_STATES = {"opened": "open", "locked": "open", "merged": "merged", "closed": "closed"}


def add_merge_request(told: Told, repository: str) -> None:
    """Add the request, its reviews, comments and own commits."""
    request = MergeRequest.model_validate(told.native)
    notes = told.parts("note", told.line.get("notes"), Note, dated_note(told))
    dated = sorted(notes, key=lambda each: (each[0], each[1].id))
    _add_request(told, request, repository, dated)
    author = request.author.username if request.author else None
    for at, note in dated:
        _add_note(told, note, at, repository, number=request.iid, author=author)
    commits = told.parts("commit", told.line.get("commits"), Commit, partial(_dated, told))
    for moments, commit in commits:
        _add_commit(told, commit, repository, request.iid, *moments)
    add_pull_marks(
        told.record, repository, request.iid, body=request.description,
        branch=request.source_branch,
        labels=request.labels, author=author,
    )  # fmt: skip


def _add_request(
    told: Told, request: MergeRequest, repository: str, notes: list[tuple[datetime, Note]]
) -> None:
    read = told.times.read_optional
    merged_at = read(request.merged_at)
    ready = [at for at, note in notes if note.system and _READY.search(note.body)]
    merger = account(told, request.merge_user, request.merged_by)
    told.add(
        "pull_requests", repository=repository, number=request.iid, title=request.title,
        body=request.description, author=account(told, request.author) or GHOST,
        state=_state(request), is_draft=bool(request.draft),
        head_ref=request.source_branch, head_sha=request.sha, base_ref=request.target_branch,
        created_at=told.times.read(request.created_at),
        ready_at=max((at for at in ready if merged_at is None or at <= merged_at), default=None),
        merged_at=merged_at, merged_by=merger if merged_at else None,
        closed_at=read(request.closed_at) or merged_at,
        merge_commit_sha=request.merge_commit_sha or request.squash_commit_sha,
        changed_files=whole_number(request.changes_count or ""),
        labels=json_list(request.labels), work_item_keys="[]",
    )  # fmt: skip


def _state(request: MergeRequest) -> str:
    if request.state not in _STATES:
        raise UnusableValueError(f"{request.state!r} is no state of a merge request", "correct it")
    return _STATES[request.state]


def add_note(told: Told, repository: str) -> None:
    """Add a note that stands alone: on a merge request, or on an issue."""
    note = Note.model_validate(told.native)
    at, number = told.times.read(note.created_at), note.noteable_iid
    if note.noteable_type == "MergeRequest" and number is not None:
        _add_note(told, note, at, repository, number=number, author=None)
    elif note.noteable_type == "Issue" and number is not None:
        add_comment(told, note, at, f"{repository}#{number}")


def _add_note(
    told: Told, note: Note, at: datetime, repository: str, *, number: int, author: str | None
) -> None:
    """Add a note: a verdict of the system's, or what somebody said."""
    who = account(told, note.author) or GHOST
    place = {"repository": repository, "number": number}
    verdict = next((state for words, state in _VERDICTS if words.search(note.body)), None)
    if not note.system:
        told.add("comments", comment_id=note.id, author=who, created_at=at, **place)
        verdict = "commented" if note.type == "DiffNote" and who != author else None
    if verdict:
        told.add(
            "reviews", review_id=note.id, reviewer=who, state=verdict, submitted_at=at, **place
        )


def _dated(told: Told, commit: Commit) -> tuple[tuple[datetime, datetime], Commit]:
    written, committed = commit.authored_date, commit.committed_date
    return (told.times.read(written), told.times.read(committed)), commit


def _add_commit(
    told: Told, commit: Commit, repository: str, number: int, authored_at: datetime,
    committed_at: datetime,
) -> None:  # fmt: skip
    author = (commit.author_email or commit.author_name or "").lower()
    committer = (commit.committer_email or commit.committer_name or "").lower() or None
    told.add(
        "commits", repository=repository, sha=commit.id, author=author,
        authored_at=authored_at, committer=committer, committed_at=committed_at,
        message=commit.message,
        parents=json.dumps(commit.parent_ids), author_name=commit.author_name,
        committer_name=commit.committer_name,
    )  # fmt: skip
    told.add("pull_request_commits", repository=repository, number=number, sha=commit.id)
    add_commit_marks(
        told.record, repository, commit.id, message=commit.message, author=author,
        author_name=commit.author_name,
    )  # fmt: skip

"""A merge request of GitLab as rows of the neutral tables; system notes carry its turns."""

from __future__ import annotations

import json
import re
from datetime import datetime

from capstream.connectors.ai_marks import add_commit_marks, add_pull_marks
from capstream.connectors.edges import json_list
from capstream.connectors.gitlab.accounts import GHOST, account
from capstream.connectors.gitlab.models import Commit, MergeRequest, Note
from capstream.connectors.typed_records import Told

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
    notes = told.parts("note", told.line.get("notes"), Note, lambda each: each)
    dated = sorted(((told.times.read(note.created_at), note) for note in notes),
                   key=lambda each: (each[0], each[1].id))  # fmt: skip
    _add_request(told, request, repository, dated)
    for at, note in dated:
        _add_note(told, request, repository, at, note)
    commits = told.parts("commit", told.line.get("commits"), Commit, lambda each: each)
    for commit in commits:
        _add_commit(told, commit, repository, request.iid)
    add_pull_marks(
        told.record, repository, request.iid, body=request.description,
        branch=request.source_branch,
        labels=request.labels, author=request.author.username if request.author else None,
    )  # fmt: skip


def _add_request(
    told: Told, request: MergeRequest, repository: str, notes: list[tuple[datetime, Note]]
) -> None:
    read = told.times.read_optional
    merged_at = read(request.merged_at)
    ready = [at for at, note in notes if note.system and _READY.search(note.body)]
    count = request.changes_count or ""
    merger = account(told, request.merge_user, request.merged_by)
    told.add(
        "pull_requests", repository=repository, number=request.iid, title=request.title,
        body=request.description, author=account(told, request.author) or GHOST,
        state=_STATES.get(request.state, request.state), is_draft=bool(request.draft),
        head_ref=request.source_branch, head_sha=request.sha, base_ref=request.target_branch,
        created_at=told.times.read(request.created_at),
        ready_at=max((at for at in ready if merged_at is None or at <= merged_at), default=None),
        merged_at=merged_at, merged_by=merger if merged_at else None,
        closed_at=read(request.closed_at) or merged_at,
        merge_commit_sha=request.merge_commit_sha or request.squash_commit_sha,
        changed_files=int(count) if count.isdigit() else None,
        labels=json_list(request.labels), work_item_keys="[]",
    )  # fmt: skip


def _add_note(told: Told, request: MergeRequest, repository: str, at: datetime, note: Note) -> None:
    """Add a note: a verdict of the system's, or what somebody said."""
    who = account(told, note.author) or GHOST
    place = {"repository": repository, "number": request.iid}
    verdict = next((state for words, state in _VERDICTS if words.search(note.body)), None)
    is_own = request.author is not None and who == request.author.username
    if not note.system:
        told.add("comments", comment_id=note.id, author=who, created_at=at, **place)
        verdict = "commented" if note.type == "DiffNote" and not is_own else None
    if verdict:
        told.add(
            "reviews", review_id=note.id, reviewer=who, state=verdict, submitted_at=at, **place
        )


def _add_commit(told: Told, commit: Commit, repository: str, number: int) -> None:
    author = (commit.author_email or commit.author_name or "").lower()
    committer = (commit.committer_email or commit.committer_name or "").lower() or None
    told.add(
        "commits", repository=repository, sha=commit.id, author=author,
        authored_at=told.times.read(commit.authored_date), committer=committer,
        committed_at=told.times.read(commit.committed_date), message=commit.message,
        parents=json.dumps(commit.parent_ids), author_name=commit.author_name,
        committer_name=commit.committer_name,
    )  # fmt: skip
    told.add("pull_request_commits", repository=repository, number=number, sha=commit.id)
    add_commit_marks(
        told.record, repository, commit.id, message=commit.message, author=author,
        author_name=commit.author_name,
    )  # fmt: skip

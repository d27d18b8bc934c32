"""A pull request of Azure Repos as rows of the neutral tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import Field

from capstream.connectors.ai_marks import add_commit_marks, add_pull_marks
from capstream.connectors.azure_devops.revisions import account, item_key
from capstream.connectors.edges import json_list
from capstream.connectors.native import Native
from capstream.connectors.records import UnusableValueError
from capstream.connectors.typed_records import Told

_STATES = {"active": "open", "completed": "merged", "abandoned": "closed"}
_VOTES = {10: "approved", 5: "approved", -5: "changes_requested", -10: "changes_requested"}


class Sha(Native):
    """A commit named by a pull request."""

    sha: str = Field(alias="commitId")


class Pull(Native):
    """A pull request."""

    number: int = Field(alias="pullRequestId")
    title: str | None = None
    description: str | None = None
    status: str
    is_draft: bool | None = Field(None, alias="isDraft")
    created: str = Field(alias="creationDate")
    closed: str | None = Field(None, alias="closedDate")
    created_by: dict[str, Any] | None = Field(None, alias="createdBy")
    closed_by: dict[str, Any] | None = Field(None, alias="closedBy")
    source_ref: str = Field("", alias="sourceRefName")
    target_ref: str = Field("", alias="targetRefName")
    source_commit: Sha | None = Field(None, alias="lastMergeSourceCommit")
    merge_commit: Sha | None = Field(None, alias="lastMergeCommit")
    labels: list[dict[str, Any]] | None = None


class Comment(Native):
    """A comment of a thread; the system writes votes and states as comments too."""

    id: int
    kind: str | None = Field(None, alias="commentType")
    author: dict[str, Any] | None = None
    published: str = Field(alias="publishedDate")


class Thread(Native):
    """A thread; its properties say what the system wrote down."""

    id: int
    comments: list[Comment] = Field(default_factory=list)
    properties: dict[str, Any] | None = None
    context: dict[str, Any] | None = Field(None, alias="threadContext")


class Signature(Native):
    """Who wrote or committed, and when."""

    name: str | None = None
    email: str | None = None
    date: str


class Commit(Native):
    """A commit of a pull request."""

    sha: str = Field(alias="commitId")
    comment: str | None = None
    author: Signature
    committer: Signature | None = None
    parents: list[str] = Field(default_factory=list)


def repository_of(native: Mapping[str, Any], line: Mapping[str, Any]) -> str:
    """Return `project/repository`: beside the pull request, or from inside it.

    Raises:
        UnusableValueError: Nothing names it.
    """
    beside = line.get("repository")
    if isinstance(beside, str) and beside:
        return beside
    held = native.get("repository") or {}
    project = (held.get("project") or {}).get("name")
    if held.get("name"):
        return f"{project}/{held['name']}" if project else str(held["name"])
    raise UnusableValueError("the pull request names no repository", "write repository beside it")


def add_pull(told: Told, source: str) -> None:
    """Add the request, its reviews, comments, own commits and the items linked to it."""
    pull = Pull.model_validate(told.native)
    repository = repository_of(told.native, told.line)
    _add_request(told, pull, repository, source)
    for thread in told.parts("thread", told.line.get("threads"), Thread, lambda each: each):
        _add_thread(told, thread, repository, pull)
    for commit in told.parts("commit", told.line.get("commits"), Commit, lambda each: each):
        _add_commit(told, commit, repository, pull.number)
    labels = [str(label.get("name")) for label in pull.labels or ()]
    add_pull_marks(
        told.record, repository, pull.number, body=pull.description,
        branch=_branch(pull.source_ref),
        labels=labels, author=None,
    )  # fmt: skip


def _add_request(told: Told, pull: Pull, repository: str, source: str) -> None:
    closed = told.times.read_optional(pull.closed)
    is_merged = pull.status == "completed"
    linked = told.line.get("workitems") or told.native.get("workItemRefs") or ()
    items = [item_key(source, each["id"]) for each in linked]
    told.add(
        "pull_requests", repository=repository, number=pull.number, title=pull.title,
        body=pull.description, author=account(told, pull.created_by) or "unknown",
        state=_state(pull), is_draft=bool(pull.is_draft),
        head_ref=_branch(pull.source_ref),
        head_sha=pull.source_commit.sha if pull.source_commit else None,
        base_ref=_branch(pull.target_ref), created_at=told.times.read(pull.created),
        merged_at=closed if is_merged else None,
        merged_by=account(told, pull.closed_by) if is_merged else None, closed_at=closed,
        merge_commit_sha=pull.merge_commit.sha if pull.merge_commit and is_merged else None,
        labels=json_list(str(label.get("name")) for label in pull.labels or ()),
        work_item_keys=json_list(items),
    )  # fmt: skip


def _state(pull: Pull) -> str:
    if pull.status not in _STATES:
        raise UnusableValueError(f"{pull.status!r} is no state of a pull request", "correct it")
    return _STATES[pull.status]


def _add_thread(told: Told, thread: Thread, repository: str, pull: Pull) -> None:
    """Add votes as reviews, and what people said as comments."""
    place = {"repository": repository, "number": pull.number}
    vote = _property(thread, "CodeReviewVoteResult")
    author = account(told, pull.created_by)
    for comment in thread.comments:
        who = account(told, comment.author) or "unknown"
        at = told.times.read(comment.published)
        identity = f"{repository}:{pull.number}:{thread.id}.{comment.id}"
        state = _VOTES.get(int(vote)) if vote else None
        if comment.kind != "system":
            told.add("comments", comment_id=identity, author=who, created_at=at, **place)
            state = "commented" if thread.context and who != author else None
        if state:
            told.add(
                "reviews", review_id=identity, reviewer=who, state=state, submitted_at=at, **place
            )


def _property(thread: Thread, name: str) -> Any:
    held = (thread.properties or {}).get(name)
    return held.get("$value") if isinstance(held, dict) else held


def _add_commit(told: Told, commit: Commit, repository: str, number: int) -> None:
    author = (commit.author.email or commit.author.name or "").lower()
    committer = commit.committer or commit.author
    told.add(
        "commits", repository=repository, sha=commit.sha, author=author,
        authored_at=told.times.read(commit.author.date),
        committer=(committer.email or committer.name or "").lower() or None,
        committed_at=told.times.read(committer.date), message=commit.comment,
        parents=json.dumps(commit.parents), author_name=commit.author.name,
        committer_name=committer.name,
    )  # fmt: skip
    told.add("pull_request_commits", repository=repository, number=number, sha=commit.sha)
    add_commit_marks(
        told.record, repository, commit.sha, message=commit.comment, author=author,
        author_name=commit.author.name,
    )  # fmt: skip


def _branch(reference: str) -> str:
    return reference.removeprefix("refs/heads/")

"""GitHub's native objects (REST v3) as far as they are read."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Native(BaseModel):
    """A native object: unknown fields are fine, types of known ones are not negotiable."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class User(Native):
    """An account; `type` is User, Bot, Organization or Mannequin."""

    login: str
    type: str | None = None
    name: str | None = None
    email: str | None = None


class Label(Native):
    """A label; the vendor's schema allows its name alone."""

    name: str

    @model_validator(mode="before")
    @classmethod
    def _named(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value


class Milestone(Native):
    """A milestone, which plays the part of a release."""

    title: str


class Typed(Native):
    """An issue type, where the organisation uses them."""

    name: str


class Repository(Native):
    """A repository."""

    full_name: str


class Issue(Native):
    """An issue; one that has `pull_request` is a pull request listed among issues."""

    number: int
    html_url: str | None = None
    repository_url: str | None = None
    repository: Repository | None = None
    title: str | None = None
    state: str
    state_reason: str | None = None
    type: Typed | None = None
    labels: list[Label] = []
    user: User | None = None
    assignee: User | None = None
    assignees: list[User] = []
    milestone: Milestone | None = None
    created_at: str
    updated_at: str | None = None
    closed_at: str | None = None
    pull_request: dict[str, Any] | None = None


class Branch(Native):
    """Head or base of a pull request."""

    ref: str | None = None
    sha: str | None = None
    repo: Repository | None = None


class Pull(Native):
    """A pull request; `merged` may be missing where `merged_at` is set."""

    number: int
    html_url: str | None = None
    title: str | None = None
    body: str | None = None
    user: User | None = None
    state: str
    draft: bool | None = None
    head: Branch | None = None
    base: Branch | None = None
    labels: list[Label] = []
    created_at: str
    updated_at: str | None = None
    closed_at: str | None = None
    merged_at: str | None = None
    merged_by: User | None = None
    merge_commit_sha: str | None = None
    additions: int | None = None
    deletions: int | None = None
    changed_files: int | None = None


class Signature(Native):
    """Who wrote or committed a commit, and when."""

    name: str | None = None
    email: str | None = None
    date: str


class CommitParent(Native):
    """A parent commit."""

    sha: str


class Commit(Native):
    """A commit as a timeline event carries it."""

    sha: str
    author: Signature
    committer: Signature
    message: str | None = None
    parents: list[CommitParent] = []


class Event(Native):
    """A timeline event; which fields are there depends on `event`."""

    event: str
    id: str | None = None
    actor: User | None = None
    user: User | None = None
    created_at: str | None = None
    label: Label | None = None
    assignee: User | None = None
    milestone: Milestone | None = None
    state_reason: str | None = None


class Comment(Native):
    """A comment on an issue, a pull request or a line."""

    id: str
    user: User | None = None
    actor: User | None = None
    created_at: str


class Review(Native):
    """A review; it counts when it was submitted, whenever it was begun."""

    id: str
    user: User | None = None
    state: str
    submitted_at: str | None = None


class Deployment(Native):
    """A deployment."""

    id: str
    sha: str | None = None
    ref: str | None = None
    task: str | None = None
    environment: str
    creator: User | None = None
    created_at: str
    updated_at: str | None = None
    url: str | None = None
    repository_url: str | None = None
    payload: Any = None


class DeploymentStatus(Native):
    """One status of a deployment; its time is when it happened."""

    state: str
    created_at: str
    creator: User | None = None
    target_url: str | None = None
    log_url: str | None = None


class Release(Native):
    """A release; a draft was never published."""

    id: str
    tag_name: str
    target_commitish: str | None = None
    draft: bool = False
    prerelease: bool = False
    author: User | None = None
    created_at: str | None = None
    published_at: str | None = None
    html_url: str | None = None
    url: str | None = None


class IssueRecord(Native):
    """A line of an export: an issue with its events."""

    issue: Issue
    events: list[Any] | None = Field(None)
    comments: list[Any] = []


class PullRecord(Native):
    """A line of an export: a pull request with what belongs to it."""

    pull: Pull
    events: list[Any] = []
    comments: list[Any] = Field([])
    reviews: list[Any] = []
    commits: list[Any] = []


class DeploymentRecord(Native):
    """A line of an export: a deployment with its statuses."""

    deployment: Deployment
    statuses: list[Any] = []


class ReleaseRecord(Native):
    """A line of an export: a release."""

    release: Release


class Tag(Native):
    """A tag as the repository lists it; `tagged_at` beside it where the export knows."""

    name: str
    commit: CommitParent
    tagged_at: str | None = None


class TagRecord(Native):
    """A line of an export: a tag."""

    tag: Tag

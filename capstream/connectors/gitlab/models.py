"""GitLab's native objects (REST v4) as far as they are read."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from capstream.connectors.native import Native


def _label_name(value: Any) -> Any:
    """Accept a label with its details in place of its name."""
    return value.get("name") if isinstance(value, dict) else value


LabelName = Annotated[str, BeforeValidator(_label_name)]


class User(Native):
    """An account."""

    username: str
    name: str | None = None
    bot: bool | None = None


class References(Native):
    """How an object is named elsewhere: `group/project!7`."""

    full: str | None = None


class Titled(Native):
    """A milestone or an epic."""

    title: str | None = None
    iid: int | None = None


class TimeStats(Native):
    """Estimates; the time spent says neither who nor when."""

    time_estimate: int | None = None


class Issue(Native):
    """An issue."""

    iid: int
    references: References = Field(default_factory=References)
    title: str | None = None
    state: str
    issue_type: str | None = None
    labels: list[LabelName] = Field(default_factory=list)
    milestone: Titled | None = None
    epic: Titled | None = None
    author: User | None = None
    assignee: User | None = None
    assignees: list[User] = Field(default_factory=list)
    weight: float | None = None
    time_stats: TimeStats = Field(default_factory=TimeStats)
    created_at: str
    updated_at: str | None = None
    closed_at: str | None = None
    web_url: str | None = None


class MergeRequest(Native):
    """A merge request."""

    iid: int
    references: References = Field(default_factory=References)
    title: str | None = None
    description: str | None = None
    state: str
    draft: bool | None = None
    author: User | None = None
    merge_user: User | None = None
    merged_by: User | None = None
    source_branch: str | None = None
    target_branch: str | None = None
    sha: str | None = None
    merge_commit_sha: str | None = None
    squash_commit_sha: str | None = None
    labels: list[LabelName] = Field(default_factory=list)
    created_at: str
    updated_at: str | None = None
    merged_at: str | None = None
    closed_at: str | None = None
    changes_count: str | None = None


class Note(Native):
    """A note: what somebody said, or what the system wrote down; alone it names what it is on."""

    id: str
    noteable_type: str | None = None
    noteable_iid: int | None = None
    body: str = ""
    system: bool = False
    type: str | None = None
    author: User | None = None
    created_at: str


class ResourceEvent(Native):
    """A change of state, label or milestone."""

    id: str
    user: User | None = None
    created_at: str
    state: str | None = None
    action: str | None = None
    label: dict[str, Any] | None = None
    milestone: Titled | None = None


class Commit(Native):
    """A commit of a merge request."""

    id: str
    message: str | None = None
    author_name: str | None = None
    author_email: str | None = None
    authored_date: str
    committer_name: str | None = None
    committer_email: str | None = None
    committed_date: str
    parent_ids: list[str] = Field(default_factory=list)


class Environment(Native):
    """Where a deployment goes."""

    name: str


class Deployable(Native):
    """The job that deployed."""

    started_at: str | None = None
    finished_at: str | None = None
    web_url: str | None = None


class Deployment(Native):
    """A deployment; running ones have no end yet."""

    id: str
    ref: str | None = None
    sha: str | None = None
    status: str
    environment: Environment
    user: User | None = None
    deployable: Deployable | None = None
    created_at: str
    updated_at: str | None = None
    finished_at: str | None = None


class CommitReference(Native):
    """The commit of a tag or release."""

    id: str
    committed_date: str | None = None
    created_at: str | None = None


class Release(Native):
    """A release."""

    tag_name: str
    released_at: str | None = None
    upcoming_release: bool = False
    author: User | None = None
    commit: CommitReference | None = None


class Tag(Native):
    """A tag."""

    name: str
    commit: CommitReference
    created_at: str | None = None


class Timelog(Native):
    """Time that somebody logged."""

    id: str
    user: User | None = None
    spent_at: str | None = Field(None, alias="spentAt")
    created_at: str | None = Field(None, alias="createdAt")
    seconds: int = Field(alias="timeSpent")

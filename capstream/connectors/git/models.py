"""Commits, changed files and tags, the same from a clone and from tables."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _time_text(value: Any) -> Any:
    """Accept a moment of a Parquet column beside its text; empty text is no value."""
    return value.isoformat() if isinstance(value, datetime) else value or None


def _empty_is_none(value: Any) -> Any:
    return None if value == "" else value


TimeText = Annotated[str, BeforeValidator(_time_text)]
OptionalTimeText = Annotated[str | None, BeforeValidator(_time_text)]
Count = Annotated[int | None, BeforeValidator(_empty_is_none)]
Sha = Annotated[str, Field(pattern=r"^[0-9a-fA-F]{7,64}$")]


class GitRow(BaseModel):
    """A row of a git table."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class CommitRow(GitRow):
    """A commit; author and committer ids are e-mails or what stands for them."""

    repo: str = Field(min_length=1)
    sha: Sha
    parents: str | None = None
    author_name: str | None = None
    author_id: str | None = None
    author_time: TimeText
    committer_name: str | None = None
    committer_id: str | None = None
    commit_time: TimeText
    message: str | None = None
    files: Count = None
    insertions: Count = None
    deletions: Count = None
    changed: list[tuple[str, int | None, int | None]] = []


class FileRow(GitRow):
    """A file that a commit changed; no counts for binary files."""

    repo: str = Field(min_length=1)
    sha: Sha
    path: str = Field(min_length=1)
    insertions: Count = None
    deletions: Count = None


class NoteRow(GitRow):
    """An authorship note on a commit."""

    repo: str = Field(min_length=1)
    sha: Sha
    note: str


class TagRow(GitRow):
    """A tag, peeled to its commit; a lightweight one has only the commit's time."""

    repo: str = Field(min_length=1)
    tag: str = Field(min_length=1)
    commit_sha: Sha
    tagged_at: OptionalTimeText = None
    commit_time: OptionalTimeText = None

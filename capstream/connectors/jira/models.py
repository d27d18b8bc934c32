"""Jira's native objects as far as they are read; Cloud and Server (REST v2, v3).

Fields that no figure needs are left out; what is left out stays in the raw record.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Native(BaseModel):
    """A native object: unknown fields are fine, types of known ones are not negotiable."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class User(Native):
    """A user: Cloud has `accountId`, Server `name` and `key`."""

    account_id: str | None = Field(None, alias="accountId")
    name: str | None = None
    key: str | None = None
    self_url: str | None = Field(None, alias="self")
    display_name: str | None = Field(None, alias="displayName")
    email: str | None = Field(None, alias="emailAddress")
    account_type: str | None = Field(None, alias="accountType")


class Named(Native):
    """Anything that is known by its name."""

    name: str


class Option(Named):
    """A component or version: renamed at times, known by its id where it has one."""

    id: str | None = None

    @property
    def identity(self) -> str:
        """What stays when the name changes."""
        return self.id or self.name


class StatusCategory(Native):
    """One of the categories that Jira knows by number in every language."""

    id: int | None = None
    key: str | None = None


class Status(Named):
    """A status and its category."""

    category: StatusCategory | None = Field(None, alias="statusCategory")


class IssueType(Named):
    """An issue type; level −1 is a sub-task, 1 an epic."""

    subtask: bool = False
    level: int | None = Field(None, alias="hierarchyLevel")


class ParentFields(Native):
    """What an issue tells of its parent."""

    issue_type: IssueType | None = Field(None, alias="issuetype")


class Parent(Native):
    """The parent of an issue."""

    key: str
    fields: ParentFields | None = None


class Epic(Native):
    """The epic as the board API embeds it."""

    key: str | None = None


class Project(Native):
    """The project of an issue."""

    key: str


class Embedded(Native):
    """A list inside an issue; shorter than its total where the answer was cut off."""

    total: int | None = None
    comments: list[Any] = []
    worklogs: list[Any] = []
    histories: list[Any] = []


class Fields(Native):
    """The fields of an issue."""

    model_config = ConfigDict(extra="allow", coerce_numbers_to_str=True)

    summary: str | None = None
    issue_type: IssueType = Field(alias="issuetype")
    status: Status
    project: Project | None = None
    parent: Parent | None = None
    epic: Epic | None = None
    priority: Named | None = None
    resolution: Named | None = None
    assignee: User | None = None
    reporter: User | None = None
    labels: list[str] | None = None
    components: list[Option] | None = None
    fix_versions: list[Option] | None = Field(None, alias="fixVersions")
    created: str
    updated: str | None = None
    resolved: str | None = Field(None, alias="resolutiondate")
    estimate_seconds: int | None = Field(None, alias="timeoriginalestimate")
    worklog: Embedded | None = None
    comment: Embedded | None = None


class Issue(Native):
    """An issue as `search` or the issue resource answers it."""

    id: str | None = None
    key: str = Field(min_length=1)
    self_url: str | None = Field(None, alias="self")
    fields: Fields
    changelog: Embedded | None = None


class ChangeItem(Native):
    """One field changed; `from` and `to` are ids, the texts are names."""

    field: str
    old_id: str | None = Field(None, alias="from")
    old_text: str | None = Field(None, alias="fromString")
    new_id: str | None = Field(None, alias="to")
    new_text: str | None = Field(None, alias="toString")


class History(Native):
    """What one person changed at one moment."""

    id: str
    author: User | None = None
    created: str
    items: list[ChangeItem]


class Worklog(Native):
    """Time that somebody logged."""

    id: str
    author: User | None = None
    started: str
    seconds: int = Field(alias="timeSpentSeconds", ge=0)
    created: str | None = None


class Comment(Native):
    """A comment."""

    id: str
    author: User | None = None
    created: str

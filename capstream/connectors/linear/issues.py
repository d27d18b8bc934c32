"""A native issue of Linear as rows of the neutral tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from pydantic import Field

from capstream.company.sources import LinearSource
from capstream.connectors.accounts import actor_row
from capstream.connectors.edges import json_list
from capstream.connectors.native import Native
from capstream.connectors.times import TimeReader
from capstream.connectors.typed_records import Reader, Told, TypedNormaliser
from capstream.connectors.value_lists import ListHistory

_CATEGORIES = {
    "triage": "todo", "backlog": "todo", "unstarted": "todo", "started": "in_progress",
    "completed": "done", "canceled": "done", "cancelled": "done", "duplicate": "done",
}  # fmt: skip


class User(Native):
    """A user of the workspace, or an integration that has only a name."""

    id: str | None = None
    name: str | None = None
    email: str | None = None


class Label(Native):
    """A label."""

    id: str | None = None
    name: str


class Named(Native):
    """A state, team, project, cycle or parent: whatever it is known by."""

    name: str | None = None
    key: str | None = None
    type: str | None = None
    identifier: str | None = None


class State(Native):
    """A state of the workflow and its category."""

    name: str
    type: str | None = None


class Nodes(Native):
    """A list inside an issue."""

    nodes: list[Any] = Field(default_factory=list)


class Entry(Native):
    """An entry of the history: each pair that is filled is a change."""

    id: str
    created: str = Field(alias="createdAt")
    actor: User | None = None
    bot: User | None = Field(None, alias="botActor")
    from_state: State | None = Field(None, alias="fromState")
    to_state: State | None = Field(None, alias="toState")
    from_assignee: User | None = Field(None, alias="fromAssignee")
    to_assignee: User | None = Field(None, alias="toAssignee")
    from_parent: Named | None = Field(None, alias="fromParent")
    to_parent: Named | None = Field(None, alias="toParent")
    from_team: Named | None = Field(None, alias="fromTeam")
    to_team: Named | None = Field(None, alias="toTeam")
    added: list[Label] | None = Field(None, alias="addedLabels")
    removed: list[Label] | None = Field(None, alias="removedLabels")


class Comment(Native):
    """A comment."""

    id: str
    created: str = Field(alias="createdAt")
    user: User | None = None


class Issue(Native):
    """An issue as GraphQL answers it; lists with or without `nodes`."""

    id: str
    identifier: str
    title: str | None = None
    url: str | None = None
    priority: str | None = Field(None, alias="priorityLabel")
    estimate: float | None = None
    created: str = Field(alias="createdAt")
    updated: str | None = Field(None, alias="updatedAt")
    completed: str | None = Field(None, alias="completedAt")
    canceled: str | None = Field(None, alias="canceledAt")
    trashed: bool | None = None
    state: State
    team: Named | None = None
    parent: Named | None = None
    project: Named | None = None
    cycle: Named | None = None
    assignee: User | None = None
    creator: User | None = None
    labels: Nodes | list[Label] = Field(default_factory=list)
    history: Nodes | list[Any] | None = None
    comments: Nodes | list[Any] | None = None


def linear_normaliser(source: LinearSource, times: TimeReader) -> TypedNormaliser:
    """Open the normaliser of a configured source."""

    def add(told: Told) -> None:
        _IssueReader(told, source.name).add()

    reader = Reader(lambda native, _: native["id"], add, ("updatedAt", "createdAt"))
    return TypedNormaliser(times, {"issue": reader}, _guess)


def _guess(value: Mapping[str, Any]) -> str | None:
    return "issue" if "identifier" in value or isinstance(value.get("issue"), dict) else None


class _IssueReader:
    """Adds the rows of one issue; a key carries the source, as the contract has it."""

    def __init__(self, told: Told, source: str) -> None:
        self._told = told
        self._source = source
        self._issue = Issue.model_validate(told.native)
        self._labels = [Label.model_validate(each) for each in _listed(self._issue.labels)]
        self._key = self._global(self._issue.identifier)

    def add(self) -> None:
        """Add the item, its changes and its comments."""
        self._add_item()
        self._add_changes()
        spoken = self._told.parts(
            "comment", _listed(self._issue.comments or []), Comment,
            lambda each: (self._told.times.read(each.created), each),
        )  # fmt: skip
        for at, each in spoken:
            self._told.add(
                "comments", comment_id=each.id, work_item_key=self._key,
                author=self._account(each.user) or "unknown", created_at=at,
            )  # fmt: skip

    def _add_item(self) -> None:
        issue, read = self._issue, self._told.times.read_optional
        labels = [label.name for label in self._labels]
        parent = issue.parent.identifier if issue.parent else None
        self._told.add(
            "work_items", work_item_key=self._key, item_type=_type_of(labels), title=issue.title,
            status=issue.state.name, status_category=_CATEGORIES.get(issue.state.type or ""),
            parent_key=self._global(parent), project_key=self._team(),
            components=json_list([name] if (name := _name(issue.project)) else []),
            labels=json_list(labels), fix_versions="[]", priority=issue.priority,
            assignee=self._account(issue.assignee), reporter=self._account(issue.creator),
            resolution="canceled" if issue.canceled else None,
            estimate_points=_points(issue.estimate),
            created_at=self._told.times.read(issue.created),
            resolved_at=read(issue.completed or issue.canceled), updated_at=read(issue.updated),
            url=issue.url, fields="{}",
            is_deleted=bool(issue.trashed), has_history=issue.history is not None,
        )  # fmt: skip

    def _add_changes(self) -> None:
        entries = self._told.parts(
            "history", _listed(self._issue.history or []), Entry,
            lambda each: (self._told.times.read(each.created), each),
        )  # fmt: skip
        replayed = ListHistory({each.id or each.name: each.name for each in self._labels})
        for at, entry in sorted(entries, key=lambda each: (each[0], each[1].id), reverse=True):
            author = self._account(entry.actor or entry.bot)
            for number, (field, old, new) in enumerate(self._changed(entry, replayed)):
                self._told.add(
                    "work_item_changes", work_item_key=self._key, change_id=f"{entry.id}.{number}",
                    changed_at=at, author=author, field=field, from_value=old, to_value=new,
                )  # fmt: skip

    def _changed(
        self, entry: Entry, labels: ListHistory
    ) -> Iterator[tuple[str, str | None, str | None]]:
        if entry.from_state or entry.to_state:
            yield "status", _name(entry.from_state), _name(entry.to_state)
        if entry.from_assignee or entry.to_assignee:
            yield "assignee", self._account(entry.from_assignee), self._account(entry.to_assignee)
        if entry.from_parent or entry.to_parent:
            old, new = entry.from_parent, entry.to_parent
            yield "parent_key", self._global(_identifier(old)), self._global(_identifier(new))
        if entry.from_team or entry.to_team:
            yield "project_key", _key(entry.from_team), _key(entry.to_team)
        for label in entry.removed or ():
            yield "labels", *labels.undo(added=None, removed=(label.id or label.name, label.name))
        for label in entry.added or ():
            yield "labels", *labels.undo(added=(label.id or label.name, label.name), removed=None)

    def _team(self) -> str:
        return _key(self._issue.team) or self._issue.identifier.rpartition("-")[0]

    def _global(self, identifier: str | None) -> str | None:
        return f"{self._source}:{identifier}" if identifier else None

    def _account(self, user: User | None) -> str | None:
        """Return who it is, and add the account: by e-mail where it is shown, else by id."""
        account = (user.email or user.id or user.name) if user else None
        if user is None or account is None:
            return None
        row = actor_row(account.lower(), is_declared_bot=user.id is None, display_name=user.name,
                        email=user.email)  # fmt: skip
        self._told.record.rows.append(("actors", row))
        return account.lower()


def _listed(values: Nodes | list[Any]) -> Iterable[Any]:
    return values.nodes if isinstance(values, Nodes) else values


def _name(named: Named | State | None) -> str | None:
    return named.name if named else None


def _key(named: Named | None) -> str | None:
    return named.key if named else None


def _identifier(named: Named | None) -> str | None:
    return named.identifier if named else None


def _points(estimate: float | None) -> Decimal | None:
    return None if estimate is None else Decimal(str(estimate))


def _type_of(labels: list[str]) -> str:
    """Return the type that a label names: Linear has no types of its own."""
    known = [name for name in sorted(labels) if name.lower() in {"bug", "feature", "improvement"}]
    return known[0].capitalize() if known else "Issue"

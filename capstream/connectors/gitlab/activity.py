"""Notes and commits as GraphQL tells them, in the shape of REST.

Among the discussions of an issue stand notes that GitLab makes of its events as they are asked
for (`StateNote`, `LabelNote`, `MilestoneNote`); their ids are hashes, those of real notes numbers.
Labels stand in them by number (`added ~7 and removed ~9 labels`), milestones by number or title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Lists = Mapping[str, list[Any]]

_LABEL = re.compile(r"~(\S+)")
_SIDES = re.compile(r"(added|removed) (.*?)(?= and removed |$)")
_DELETED = re.compile(r"\b\d+ deleted label")
_MILESTONE = re.compile(r"^(changed milestone to|removed milestone) .*?%(?:\"([^\"]+)\"|(\S+))$")
_STATES = {"closed": "closed", "reopened": "reopened", "opened": "reopened"}
_COMMIT = {
    "id": "sha", "message": "message", "author_name": "authorName", "author_email": "authorEmail",
    "authored_date": "authoredDate", "committer_name": "committerName",
    "committer_email": "committerEmail", "committed_date": "committedDate",
}  # fmt: skip


class UnreadableError(Exception):
    """A note tells of an event in words that do not say which."""


def merge_request_parts(lists: Lists) -> dict[str, list[Any]]:
    """Return notes and commits of a merge request; the host keeps no parents of such commits."""
    commits = [{**{name: each[told] for name, told in _COMMIT.items()}, "parent_ids": []}
               for each in lists["commits"]]  # fmt: skip
    return {"notes": [_note(each) for each in lists["notes"]], "commits": commits}


def issue_parts(
    lists: Lists, labels: Mapping[str, str], milestones: Mapping[str, str]
) -> dict[str, list[Any]]:
    """Return notes and events of an issue.

    Args:
        lists: Its discussions.
        labels: Number → name of the labels that exist.
        milestones: Number within the project → title.

    Raises:
        UnreadableError: A note does not say which label, milestone or state it tells of.
    """
    parts: dict[str, list[Any]] = {
        "notes": [], "state_events": [], "label_events": [], "milestone_events": [],
    }  # fmt: skip
    for note in _notes(lists["discussions"]):
        kind, number = _identity(note)
        event = {"user": note["author"], "created_at": note["createdAt"]}
        body = str(note["body"])
        if number.isdecimal():
            parts["notes"].append(_note(note))
        elif kind == "StateNote":
            parts["state_events"].append({**event, "id": number, "state": _state(body)})
        elif kind == "LabelNote":
            for action, name in _labels(body, labels):
                told = {"id": f"{number}-{action}-{name}", "action": action}
                parts["label_events"].append({**event, **told, "label": {"name": name}})
        elif kind == "MilestoneNote":
            action, title = _milestone(body, milestones)
            planned = {"id": number, "action": action, "milestone": {"title": title}}
            parts["milestone_events"].append({**event, **planned})
    return parts


def names_of(discussions: Iterable[Mapping[str, Any]], kind: str) -> bool:
    """Say whether any note of the discussions is of a kind."""
    notes = (each for one in discussions for each in one["notes"]["nodes"])
    return any(_identity(note)[0] == kind for note in notes)


def _notes(discussions: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for discussion in discussions:
        if discussion["notes"]["pageInfo"]["hasNextPage"]:
            raise UnreadableError("a discussion of more notes than come with it")
        yield from discussion["notes"]["nodes"]


def _identity(note: Mapping[str, Any]) -> tuple[str, str]:
    """Return kind and number: `gid://gitlab/DiffNote/7` → `DiffNote`, `7`."""
    kind, _, number = str(note["id"]).removeprefix("gid://gitlab/").rpartition("/")
    return kind, number


def _note(note: Mapping[str, Any]) -> dict[str, Any]:
    kind, number = _identity(note)
    return {
        "id": int(number), "type": None if kind == "Note" else kind, "body": note["body"],
        "system": note["system"], "author": note["author"], "created_at": note["createdAt"],
    }  # fmt: skip


def _state(body: str) -> str:
    word = body.split(" ")[0]
    if word not in _STATES:
        raise UnreadableError(body)
    return _STATES[word]


def _labels(body: str, labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what was done with each label; one that was deleted since has no name anywhere."""
    found = [(side, number.rpartition("~")[2]) for side, text in _SIDES.findall(body)
             for number in _LABEL.findall(text)]  # fmt: skip
    if any(number not in labels for _, number in found) or not (found or _DELETED.search(body)):
        raise UnreadableError(body)
    for side, number in found:
        yield "add" if side == "added" else "remove", labels[number]


def _milestone(body: str, milestones: Mapping[str, str]) -> tuple[str, str]:
    match = _MILESTONE.match(body)
    if match is None:
        raise UnreadableError(body)
    named = match[2] or match[3]
    title = milestones.get(named) if match[2] is None and named.isdecimal() else named
    if title is None:
        raise UnreadableError(body)
    return "add" if match[1].startswith("changed") else "remove", title

"""GraphQL records in the words of GitHub's REST, which files hold and the normaliser reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Node = Mapping[str, Any]

_EVENTS = {
    "ReadyForReviewEvent": "ready_for_review", "ClosedEvent": "closed",
    "ReopenedEvent": "reopened", "AssignedEvent": "assigned", "UnassignedEvent": "unassigned",
    "LabeledEvent": "labeled", "UnlabeledEvent": "unlabeled", "MilestonedEvent": "milestoned",
    "DemilestonedEvent": "demilestoned", "RenamedTitleEvent": "renamed",
    "TransferredEvent": "transferred",
}  # fmt: skip


def rest_shape(value: Node) -> Node:
    """Return a record as REST would give it; one that is not from GraphQL is returned as it is."""
    node = value.get("node")
    if not isinstance(node, dict):
        return value
    shaped = _SHAPES[str(value.get("type"))](node)
    return {"type": value["type"], "repository": value["repository"], **shaped}


def _pull(node: Node) -> Node:
    reviews = list(_nodes(node, "reviews"))
    return {
        "pull": {
            "number": node["number"], "title": node.get("title"), "body": node.get("body"),
            "html_url": node.get("url"), "user": _user(node.get("author")),
            "state": "open" if node["state"] == "OPEN" else "closed",
            "draft": node.get("isDraft"), "created_at": node["createdAt"],
            "updated_at": node.get("updatedAt"), "closed_at": node.get("closedAt"),
            "merged_at": node.get("mergedAt"), "merged_by": _user(node.get("mergedBy")),
            "merge_commit_sha": (node.get("mergeCommit") or {}).get("oid"),
            "head": {"ref": node.get("headRefName"), "sha": node.get("headRefOid")},
            "base": {"ref": node.get("baseRefName")},
            "labels": list(_nodes(node, "labels")), "additions": node.get("additions"),
            "deletions": node.get("deletions"), "changed_files": node.get("changedFiles"),
        },
        "events": [*_events(node), *(_spoken(each) for each in _nodes(node, "comments"))],
        "reviews": [
            {"id": each["databaseId"], "user": _user(each.get("author")), "state": each["state"],
             "submitted_at": each.get("submittedAt")}
            for each in reviews
        ],
        "comments": [
            _comment(each) for review in reviews for each in _nodes(review, "comments")
        ],
        "commits": [_commit(each["commit"]) for each in _nodes(node, "commits")],
    }  # fmt: skip


def _issue(node: Node) -> Node:
    assignees = [_user(each) for each in _nodes(node, "assignees")]
    reason = node.get("stateReason")
    return {
        "issue": {
            "number": node["number"], "title": node.get("title"), "html_url": node.get("url"),
            "state": str(node["state"]).lower(),
            "state_reason": str(reason).lower() if reason else None,
            "type": node.get("issueType"), "labels": list(_nodes(node, "labels")),
            "user": _user(node.get("author")), "assignees": assignees,
            "assignee": assignees[0] if assignees else None, "milestone": node.get("milestone"),
            "created_at": node["createdAt"], "updated_at": node.get("updatedAt"),
            "closed_at": node.get("closedAt"),
        },
        "events": [*_events(node), *(_spoken(each) for each in _nodes(node, "comments"))],
    }  # fmt: skip


def _deployment(node: Node) -> Node:
    return {
        "deployment": {
            "id": node["databaseId"], "sha": node.get("commitOid"),
            "ref": (node.get("ref") or {}).get("name"), "task": node.get("task"),
            "environment": node.get("environment") or "", "creator": _user(node.get("creator")),
            "created_at": node["createdAt"], "updated_at": node.get("updatedAt"),
            "payload": node.get("payload"),
        },
        "statuses": [
            {"state": each["state"].lower(), "created_at": each["createdAt"],
             "creator": _user(each.get("creator")), "log_url": each.get("logUrl"),
             "target_url": each.get("environmentUrl")}
            for each in _nodes(node, "statuses")
        ],
    }  # fmt: skip


def _release(node: Node) -> Node:
    return {
        "release": {
            "id": node["databaseId"], "tag_name": node["tagName"], "draft": node.get("isDraft"),
            "prerelease": node.get("isPrerelease"), "author": _user(node.get("author")),
            "target_commitish": (node.get("tagCommit") or {}).get("oid"),
            "created_at": node.get("createdAt"), "published_at": node.get("publishedAt"),
            "html_url": node.get("url"),
        }
    }  # fmt: skip


def _tag(node: Node) -> Node:
    target = node.get("target") or {}
    peeled = target.get("target") or target
    tagged_at = (target.get("tagger") or {}).get("date") or peeled.get("committedDate")
    return {
        "tag": {
            "name": node["name"], "commit": {"sha": peeled.get("oid")}, "tagged_at": tagged_at
        }
    }  # fmt: skip


_SHAPES: Mapping[str, Callable[[Node], Node]] = {
    "pull": _pull, "issue": _issue, "deployment": _deployment, "release": _release, "tag": _tag,
}  # fmt: skip


def _nodes(node: Node, field: str) -> Iterator[Any]:
    yield from (each for each in (node.get(field) or {}).get("nodes") or () if each)


def _user(actor: Node | None) -> Node | None:
    if not actor or not actor.get("login"):
        return None
    is_bot = actor.get("__typename") == "Bot"
    login = actor["login"]
    # REST names a bot with its suffix, GraphQL without; they are one account.
    shown = f"{login}[bot]" if is_bot and not login.endswith("[bot]") else login
    return {"login": shown, "type": actor.get("__typename")}


def _events(node: Node) -> Iterator[Node]:
    for each in _nodes(node, "timelineItems"):
        name = _EVENTS.get(each.get("__typename", ""))
        if name:
            yield {
                "id": each.get("id"), "event": name, "created_at": each.get("createdAt"),
                "actor": _user(each.get("actor")), "label": each.get("label"),
                "assignee": _user(each.get("assignee")),
                "milestone": {"title": each["milestoneTitle"]}
                if each.get("milestoneTitle") else None,
            }  # fmt: skip


def _comment(each: Node) -> Node:
    return {"id": each["databaseId"], "user": _user(each.get("author")),
            "created_at": each["createdAt"]}  # fmt: skip


def _spoken(each: Node) -> Node:
    return {"event": "commented", **_comment(each)}


def _commit(commit: Node) -> Node:
    author, committer = commit.get("author") or {}, commit.get("committer") or {}
    return {
        "sha": commit["oid"],
        "commit": {
            "message": commit.get("message"),
            "author": {"name": author.get("name"), "email": author.get("email"),
                       "date": commit["authoredDate"]},
            "committer": {"name": committer.get("name"), "email": committer.get("email"),
                          "date": commit["committedDate"]},
            "parents": [{"sha": each["oid"]} for each in _nodes(commit, "parents")],
        },
    }  # fmt: skip

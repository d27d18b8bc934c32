"""Commit messages and pull request texts, written once the items have their keys."""

from __future__ import annotations

from capstream.sample.records import Commit, PullRequest


def commit_message(commit: Commit) -> str:
    """Return the message: keys first where items are named, trailers last."""
    keys = " ".join(item.key for item in commit.items if item.key)
    subject = f"{keys}: {commit.subject}" if keys else commit.subject
    return f"{subject}\n\n{commit.trailer}\n" if commit.trailer else subject


def pull_title(pull: PullRequest) -> str:
    """Return the title with the item's key, when there is one."""
    return f"{pull.item.key} {pull.title}" if pull.item is not None else pull.title


def pull_body(pull: PullRequest) -> str:
    """Return the description."""
    if pull.item is None:
        return "No behaviour changes for customers."
    return f"What: {pull.title}.\nWhy: see {pull.item.key}.\nTests are part of the change."

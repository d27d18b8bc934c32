"""A pull request of GitHub as rows of the neutral tables."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from capstream.connectors.ai_marks import add_commit_marks, add_pull_marks
from capstream.connectors.edges import json_list
from capstream.connectors.github.models import (
    Comment,
    Commit,
    Event,
    Pull,
    PullRecord,
    Review,
    Signature,
)
from capstream.connectors.github.parts import (
    add_actors,
    events_of_kind,
    login_of,
    usable_parts,
)
from capstream.connectors.records import NormalisedRecord, UnusableValueError
from capstream.connectors.times import TimeReader

_REVIEW_STATES = frozenset({"approved", "changes_requested", "commented", "dismissed"})


class PullReader:
    """Adds the rows of one pull request to its record."""

    def __init__(
        self, record: NormalisedRecord, content: PullRecord, repository: str, times: TimeReader
    ) -> None:
        self._record = record
        self._content = content
        self._times = times
        self._place = {"repository": repository, "number": content.pull.number}

    def add(self) -> None:
        """Add the pull request, its reviews, comments and commits."""
        pull = self._content.pull
        moments = self._turning_points()
        self._record.rows.append(("pull_requests", self._pull_row(pull, moments)))
        self._add_reviews()
        self._add_comments()
        self._add_commits()
        add_pull_marks(
            self._record, str(self._place["repository"]), pull.number, body=pull.body,
            branch=pull.head.ref if pull.head else None,
            labels=[label.name for label in pull.labels], author=None,
        )  # fmt: skip
        add_actors(self._record, (pull.user, pull.merged_by))

    def _pull_row(self, pull: Pull, turns: Sequence[tuple[datetime, Event]]) -> Mapping[str, Any]:
        merged_at = self._times.read_optional(pull.merged_at)
        head, base = pull.head, pull.base
        return {
            **self._place,
            "title": pull.title,
            "body": pull.body,
            "author": login_of(pull.user),
            "state": "merged" if merged_at else pull.state,
            "is_draft": bool(pull.draft),
            "head_ref": head.ref if head else None,
            "head_sha": head.sha if head else None,
            "base_ref": base.ref if base else None,
            "created_at": self._times.read(pull.created_at),
            "ready_at": _ready_at(turns, merged_at),
            "merged_at": merged_at,
            "merged_by": _merged_by(pull, turns) if merged_at else None,
            "closed_at": self._times.read_optional(pull.closed_at),
            # GitHub keeps a trial merge here as long as a pull request is not merged.
            "merge_commit_sha": pull.merge_commit_sha if merged_at else None,
            "additions": pull.additions,
            "deletions": pull.deletions,
            "changed_files": pull.changed_files,
            "labels": json_list(label.name for label in pull.labels),
            "work_item_keys": "[]",
        }

    def _turning_points(self) -> list[tuple[datetime, Event]]:
        """Return ready-for-review and merge events, oldest first."""

        def dated(event: Event) -> tuple[datetime, Event]:
            return self._times.read(event.created_at or ""), event

        events = self._events({"ready_for_review", "merged"})
        found = usable_parts(self._record, "event", events, Event, dated)
        return sorted(found, key=lambda each: (each[0], each[1].id or ""))

    def _add_reviews(self) -> None:
        values = [
            each
            for each in [*self._events({"reviewed"}), *self._content.reviews]
            if not (isinstance(each, dict) and str(each.get("state", "")).lower() == "pending")
        ]
        found = usable_parts(self._record, "review", values, Review, self._review)
        once = {row["review_id"]: row for _, row in found}
        self._record.rows += (("reviews", row) for row in once.values())
        add_actors(self._record, (review.user for review, _ in found))

    def _review(self, review: Review) -> tuple[Review, Mapping[str, Any]]:
        state = review.state.lower()
        if state not in _REVIEW_STATES:
            raise UnusableValueError(f"{review.state!r} is no state of a review", "correct it")
        if not review.submitted_at:
            raise UnusableValueError("the review has no submitted_at", "export the review again")
        return review, {
            **self._place,
            "review_id": review.id,
            "reviewer": login_of(review.user),
            "state": state,
            "submitted_at": self._times.read(review.submitted_at),
        }

    def _add_comments(self) -> None:
        spoken = usable_parts(
            self._record, "comment", self._events({"commented"}), Comment, self._comment("")
        )
        # Comments on lines are numbered apart from those on the conversation.
        on_lines = usable_parts(
            self._record, "comment", self._content.comments, Comment, self._comment("line-")
        )
        once = {row["comment_id"]: row for _, row in [*spoken, *on_lines]}
        self._record.rows += (("comments", row) for row in once.values())
        add_actors(
            self._record, (comment.user or comment.actor for comment, _ in [*spoken, *on_lines])
        )

    def _comment(self, prefix: str) -> Any:
        def read(comment: Comment) -> tuple[Comment, Mapping[str, Any]]:
            return comment, {
                **self._place,
                "comment_id": f"{prefix}{comment.id}",
                "author": login_of(comment.user, comment.actor),
                "created_at": self._times.read(comment.created_at),
            }

        return read

    def _add_commits(self) -> None:
        listed = [
            {**each, **each["commit"]}
            for each in self._content.commits
            if isinstance(each, dict) and isinstance(each.get("commit"), dict)
        ]
        values = [*self._events({"committed"}), *listed]
        found = usable_parts(self._record, "commit", values, Commit, self._commit)
        for row in {row["sha"]: row for row in found}.values():
            self._record.rows.append(("commits", row))
            add_commit_marks(
                self._record, str(row["repository"]), str(row["sha"]), message=row["message"],
                author=row["author"], author_name=row["author_name"],
            )  # fmt: skip
            self._record.rows.append(("pull_request_commits", {**self._place, "sha": row["sha"]}))

    def _commit(self, commit: Commit) -> Mapping[str, Any]:
        return {
            "repository": self._place["repository"],
            "sha": commit.sha,
            "author": _signed_by(commit.author),
            "authored_at": self._times.read(commit.author.date),
            "committer": _signed_by(commit.committer),
            "committed_at": self._times.read(commit.committer.date),
            "message": commit.message,
            "parents": json.dumps([parent.sha for parent in commit.parents]),
            "author_name": commit.author.name,
            "committer_name": commit.committer.name,
        }

    def _events(self, kinds: set[str]) -> list[Any]:
        return events_of_kind(self._content.events, kinds)


def _signed_by(signature: Signature) -> str:
    return (signature.email or signature.name or "").lower()


def _ready_at(
    turns: Sequence[tuple[datetime, Event]], merged_at: datetime | None
) -> datetime | None:
    ready = [
        moment
        for moment, event in turns
        if event.event == "ready_for_review" and (merged_at is None or moment <= merged_at)
    ]
    return ready[-1] if ready else None


def _merged_by(pull: Pull, turns: Sequence[tuple[datetime, Event]]) -> str | None:
    if pull.merged_by is not None:
        return pull.merged_by.login
    actors = [event.actor.login for _, event in turns if event.event == "merged" and event.actor]
    return actors[-1] if actors else None

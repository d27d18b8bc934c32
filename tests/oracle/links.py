"""From code to items: keys in branch, title, body and message; lending by pull requests."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime

from tests.oracle.records import Records, Row, listed

TRACKER_KEY = re.compile(r"(?<![A-Za-z0-9])([A-Za-z][A-Za-z0-9]*-\d+)(?![A-Za-z0-9])")
LONGER_KEY = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]\w*_\w*-\d+)(?![A-Za-z0-9])", re.ASCII)
FORGE_KEY = re.compile(r"(?<![\w./&-])([\w.-]+/[\w.-]+)?#(\d+)(?!\w)")
FORGE_ADDRESS = re.compile(r"https?://[^/\s]+/([\w.-]+/[\w.-]+)/(?:issues|pull)/(\d+)(?!\w)")

PullId = tuple[str, int]


class Links:
    """Which items each commit and each pull request names or is lent."""

    def __init__(self, records: Records) -> None:
        self.records = records
        known = [row["work_item_key"] for _, row in records.known("inp_work_items", "created_at")]
        self.bare = self._former() | {key.split(":")[-1].lower(): key for key in known}
        self.pulls: dict[PullId, tuple[datetime, Row]] = {
            (row["repository"], int(row["number"])): (at, row)
            for at, row in records.known("inp_pull_requests", "created_at")
        }
        self.commits: dict[tuple[str, str], Row] = {
            (row["repository"], row["sha"]): row
            for _, row in records.known("inp_commits", "authored_at")
        }
        self.commits_of_pulls = self._commits_of_pulls()
        self.pulls_of_commits: dict[tuple[str, str], set[PullId]] = defaultdict(set)
        for pull, shas in self.commits_of_pulls.items():
            for sha in shas:
                self.pulls_of_commits[pull[0], sha].add(pull)

    def _former(self) -> dict[str, str]:
        """Return items by the keys that they had in other projects."""
        return {
            former.lower(): row["work_item_key"]
            for _, row in self.records.known("inp_work_items", "created_at")
            for former in (row.get("fields") or {}).get("former_keys", ())
        }

    def paths(self, sha: str) -> frozenset[str]:
        """Return the files that a commit touched."""
        rows = self.records.rows("inp_commit_files")
        return frozenset(row["path"] for row in rows if row["sha"] == sha)

    def mentioned(self, text: str | None, repository: str) -> set[str]:
        """Return the existing items that a text names."""
        words = text or ""
        found = {match[1].lower() for match in TRACKER_KEY.finditer(words)}
        longer = {match[1].lower() for match in LONGER_KEY.finditer(words)} & self.bare.keys()
        found = (found - {key.rpartition("_")[2] for key in longer}) | longer
        for match in FORGE_KEY.finditer(words):
            found.add(f"{match[1] or repository}#{match[2]}".lower())
        found |= {f"{m[1]}#{m[2]}".lower() for m in FORGE_ADDRESS.finditer(words)}
        return {self.bare[key] for key in found if key in self.bare}

    def of_commit(self, commit: Row) -> set[str]:
        """Return the items of a commit: those it names, else those its pull requests lend it."""
        lenders = self.pulls_of_commits.get((commit["repository"], commit["sha"]), ())
        own = self._named_by_commit(commit)
        return own or {item for pull in lenders for item in self.of_pull(pull)}

    def of_pull(self, pull: PullId) -> set[str]:
        """Return the items of a pull request: its own, else those of its commits."""
        if pull not in self.pulls:
            return set()
        own = self._named_by_pull(self.pulls[pull][1])
        if own:
            return own
        return {
            item
            for sha in self.commits_of_pulls.get(pull, ())
            if (pull[0], sha) in self.commits
            for item in self._named_by_commit(self.commits[pull[0], sha])
        }

    def _named_by_commit(self, commit: Row) -> set[str]:
        return self.mentioned(commit.get("message"), commit["repository"])

    def _named_by_pull(self, pull: Row) -> set[str]:
        given = listed(pull.get("work_item_keys"))
        if given:
            return {self.bare[key.lower()] for key in given if key.lower() in self.bare}
        places = (pull.get(place) for place in ("title", "body", "head_ref"))
        return {item for text in places for item in self.mentioned(text, pull["repository"])}

    def _commits_of_pulls(self) -> dict[PullId, set[str]]:
        found: dict[PullId, set[str]] = defaultdict(set)
        for row in self.records.rows("inp_pull_request_commits"):
            if (row["repository"], int(row["number"])) in self.pulls:
                found[row["repository"], int(row["number"])].add(row["sha"])
        for pull, (_, row) in self.pulls.items():
            if row.get("head_sha"):
                found[pull].add(row["head_sha"])
            if row.get("merged_at") and row.get("merge_commit_sha"):
                found[pull].add(row["merge_commit_sha"])
        return found

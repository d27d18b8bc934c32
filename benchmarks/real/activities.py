"""Who did something when, read from real records: the seed of persons and of the month to run."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from capstream.connectors.accounts import actor_kind
from capstream.types import Month

TRACKER, FORGE, CODE = "tracker", "forge", "code"


@dataclass(frozen=True, slots=True)
class Activity:
    """Something an account did.

    Attributes:
        source: Name of the source in the company's configuration.
        account: The account as that source writes it.
        name: Display name, to find the accounts of one contributor; never written anywhere.
        area: Repository or tracker.
    """

    source: str
    account: str
    name: str
    area: str
    at: datetime

    @property
    def month(self) -> Month:
        """Month of the activity in UTC."""
        return Month(self.at.year, self.at.month)

    @property
    def is_address(self) -> bool:
        """Whether the forge tells the author by address: the commit stands in git as well."""
        return self.source == FORGE and "@" in self.account


def commits(folder: Path) -> Iterator[Activity]:
    """Yield the commits of every repository in a folder, by author and author time."""
    for path in sorted(folder.glob("*.commits.parquet")):
        columns = ["repo", "author_id", "author_name", "author_time"]
        for row in pq.read_table(path, columns=columns).to_pylist():
            at = _time(row["author_time"])
            yield Activity(CODE, row["author_id"].lower(), row["author_name"], row["repo"], at)


def jira_issues(path: Path) -> Iterator[Activity]:
    """Yield creations, resolutions and comments of a Jira extract."""
    for issue in _lines(path):
        fields = issue["fields"]
        done = [(fields["reporter"], fields["created"]), *_resolved(fields)]
        comments = fields.get("comment", {}).get("comments", [])
        done += [(comment["author"], comment["created"]) for comment in comments]
        for user, at in done:
            if user:
                yield Activity(TRACKER, user["name"], user["displayName"], "tracker", _time(at))


def github_records(paths: Iterable[Path]) -> Iterator[Activity]:
    """Yield openings, comments, reviews and other moves of issues and pulls."""
    kinds = {"commented", "reviewed", "merged", "closed", "labeled", "line-commented"}
    for record in (line for path in paths for line in _lines(path)):
        opened = record[record["type"]]
        moves = [(opened["user"], opened["created_at"])]
        moves += [
            (
                event.get("actor") or event.get("user"),
                event.get("submitted_at") or event.get("created_at"),
            )
            for event in record["events"]
            if event["event"] in kinds
        ]
        moves += [(c.get("user"), c.get("created_at")) for c in record.get("comments", [])]
        for user, at in moves:
            if user and at and user.get("type") != "Bot":
                yield Activity(FORGE, user["login"], user["login"], "forge", _time(at))
        yield from _own_commits(record)


def _own_commits(record: dict[str, Any]) -> Iterator[Activity]:
    for event in record["events"]:
        author = event.get("author") or {}
        if event["event"] == "committed" and author.get("email") and author.get("date"):
            at = _time(author["date"])
            yield Activity(FORGE, author["email"].lower(), author["name"], "forge", at)


def commit_addresses(path: Path) -> dict[str, str]:
    """Return the login behind each author address: whose pulls mostly hold its commits."""
    seen: dict[str, Counter[str]] = {}
    for record in _lines(path):
        login = (record["pull"]["user"] or {}).get("login")
        for event in record["events"]:
            address = (event.get("author") or {}).get("email")
            if event["event"] == "committed" and address and login:
                seen.setdefault(address.lower(), Counter())[login] += 1
    found = {}
    for address, logins in seen.items():
        login, count = logins.most_common(1)[0]
        if count > 0.6 * logins.total():
            found[address] = login
    return found


def busiest_month(activities: Iterable[Activity]) -> Month:
    """Return the month with the most human activity; of equals, the earliest."""
    counts = Counter(activity.month for activity in activities if not activity.is_address)
    return min(counts, key=lambda month: (-counts[month], month))


def of_people(activities: Iterable[Activity]) -> list[Activity]:
    """Leave out bots and AI agents."""
    return [a for a in activities if actor_kind(a.account) == "human" and "bot" not in a.account]


def _resolved(fields: dict[str, Any]) -> list[tuple[dict[str, Any] | None, str]]:
    at = fields.get("resolutiondate")
    return [(fields["assignee"], at)] if at else []


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)

"""Acts of people as presence on items (attribution 2): who, which day, which item, how strong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.oracle.identities import Identities, key
from tests.oracle.item_states import ItemStates
from tests.oracle.links import Links
from tests.oracle.records import Records, Row, exact, listed, moment

WHOLE = 10**12  # parts of a presence of 1: splitting and comparing stay exact
BULK_ITEMS = 10
BULK_SPAN = timedelta(minutes=5)
SAME = ("author", "field", "from_value", "to_value")


@dataclass(frozen=True)
class Act:
    """A presence on items, split among them; without items it is code of a repository alone."""

    person: str
    on: date
    presence: int
    items: frozenset[str]
    repository: str | None = None
    paths: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Log:
    """Time that a trusted person logged."""

    person: str
    on: date
    item: str
    seconds: int


class Signals:
    """Everything that people did, before it is placed on working days."""

    def __init__(self, records: Records, states: ItemStates) -> None:
        self.records = records
        self.states = states
        self.identities = Identities(records)
        self.links = Links(records)
        weights = {
            name: int((exact(records.settings[f"presence_{name}"]) or 0) * WHOLE)
            for name in ("code", "tracker", "review", "merge")
        }
        self.code, self.tracker = weights["code"], weights["tracker"]
        self.review, self.merge = weights["review"], weights["merge"]

    def acts(self) -> Iterator[Act]:
        """Yield every act but worklogs."""
        yield from self._commits()
        yield from self._pulls()
        yield from self._reviews()
        yield from self._comments()
        yield from self._moves()
        yield from self._deployments()

    def logs(self) -> Iterator[Log]:
        """Yield the worklogs of trusted people."""
        everybody = self.records.settings["trusted_worklogs_people"]
        trusted = {row["account"].lower() for row in self.records.rows("company.trusted_accounts")}
        for at, row in self.records.known("inp_worklogs", "started_at"):
            actor = self.identities.actor(row["source"], row["author"], at)
            is_trusted = everybody or row["author"].lower() in trusted
            if actor and is_trusted:
                yield Log(*actor, row["work_item_key"], int(row["seconds"]))

    def _act(
        self, source: str, account: str | None, at: datetime, presence: int, items: set[str]
    ) -> Iterator[Act]:
        actor = self.identities.actor(source, account, at)
        if actor and items:
            yield Act(*actor, presence, frozenset(items))

    def _commits(self) -> Iterator[Act]:
        """One act per person and author time: copies in other repositories are the same commit."""
        copies: dict[tuple[str, date, datetime], list[Row]] = defaultdict(list)
        for at, row in self.records.known("inp_commits", "authored_at"):
            actor = self.identities.actor(row["source"], row["author"], at)
            if actor and len(listed(row.get("parents"))) < 2:
                copies[*actor, at].append(row)
        for (person, on, _), found in copies.items():
            items = frozenset(item for copy in found for item in self.links.of_commit(copy))
            first = min(row["repository"] for row in found)
            paths = self.links.paths(min(row["sha"] for row in found))
            yield Act(person, on, self.code, items, first, paths)

    def _pulls(self) -> Iterator[Act]:
        for pull, (at, row) in self.links.pulls.items():
            items = self.links.of_pull(pull)
            author = self.identities.actor(row["source"], row["author"], at)
            if author:
                yield Act(*author, self.code, frozenset(items), row["repository"])
            for merged_at, merged in self.records.known("inp_pull_requests", "merged_at"):
                if merged is row and not self._is_own(row, at, merged_at):
                    yield from self._act(
                        row["source"], row["merged_by"], merged_at, self.merge, items
                    )

    def _is_own(self, pull: Row, opened_at: datetime, merged_at: datetime) -> bool:
        """Whether author and merger are one account, or two accounts of one person."""
        author, merger = pull["author"], pull.get("merged_by")
        if merger is None or key(author) == key(merger):
            return True
        actor = self.identities.actor(pull["source"], merger, merged_at)
        opener = self.identities.person(pull["source"], author, opened_at.date())
        return actor is not None and actor[0] == opener

    def _reviews(self) -> Iterator[Act]:
        for at, row in self.records.known("inp_reviews", "submitted_at"):
            items = self.links.of_pull((row["repository"], int(row["number"])))
            yield from self._act(row["source"], row["reviewer"], at, self.review, items)

    def _comments(self) -> Iterator[Act]:
        for at, row in self.records.known("inp_comments", "created_at"):
            if row.get("work_item_key"):
                items = {row["work_item_key"]}
            else:
                items = self.links.of_pull((row["repository"], int(row["number"])))
            yield from self._act(row["source"], row["author"], at, self.review, items)

    def _moves(self) -> Iterator[Act]:
        """Status moved by the person; another field changed is a touch without presence."""
        changes = list(self.records.known("inp_work_item_changes", "changed_at"))
        for at, row in changes:
            if not _is_bulk(at, row, changes):
                presence = self.tracker if row["field"] == "status" else 0
                items = {row["work_item_key"]}
                yield from self._act(row["source"], row.get("author"), at, presence, items)

    def _deployments(self) -> Iterator[Act]:
        for at, row in self.records.known("inp_deployments", "finished_at"):
            shas = {row.get("sha")} | {
                listed_commit["sha"]
                for listed_commit in self.records.rows("inp_deployment_commits")
                if listed_commit["deployment_id"] == row["deployment_id"]
            }
            items: set[str] = set()
            for (_, sha), commit in self.links.commits.items():
                if sha in shas:
                    items |= self.links.of_commit(commit)
            yield from self._act(row["source"], row.get("actor"), at, self.merge, items)


def _is_bulk(at: datetime, move: Row, moves: list[tuple[datetime, Row]]) -> bool:
    """Whether a change is one of at least ten like it within five minutes (ruling 10)."""
    if move["field"] == "other" or move.get("author") is None:
        return False
    same = [
        (moment(row["changed_at"]), row["work_item_key"])
        for _, row in moves
        if all(row.get(name) == move.get(name) for name in SAME)
    ]
    starts = {start for start, _ in same if start <= at <= start + BULK_SPAN}
    return any(
        len({key for when, key in same if start <= when <= start + BULK_SPAN}) >= BULK_ITEMS
        for start in starts
    )

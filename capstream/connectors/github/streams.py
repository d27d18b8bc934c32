"""Lists of a repository, walked forward once and backward from the newest ever after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from capstream.connectors.api.asking import Answer, Api
from capstream.connectors.api.paging import by_cursor, groups
from capstream.connectors.api.raw_store import Fetched
from capstream.connectors.api.streams import Step
from capstream.connectors.github.queries import Inner, Listing

_DELETED = "NOT_FOUND"


@dataclass(frozen=True, slots=True)
class RepositoryList:
    """One list of one repository.

    The first walk goes from the oldest change on, so that a record that changes meanwhile is met
    again; every later walk starts at the newest and ends where the one before began.

    Attributes:
        api: The host.
        graphql: Address of its GraphQL.
        repository: `owner/name`.
        listing: Which list.
    """

    api: Api
    graphql: str
    repository: str
    listing: Listing

    @property
    def name(self) -> str:
        """Name of the stream."""
        return f"{self.repository}/{self.listing.name}"

    def steps(self, place: Mapping[str, Any]) -> Iterator[Step]:
        """Read on from the place."""
        if place.get("since") and self.listing.stamp:
            yield from self._newer(datetime.fromisoformat(place["since"]))
        else:
            yield from self._all({} if "since" in place else place)

    def asked(self, ids: Sequence[str]) -> Iterator[Fetched]:
        """Ask for records by their ids; one that was deleted since is left out.

        Raises:
            SourceError: The host refuses, or answers for fewer ids than it was asked for.
        """
        for group in groups(ids, self.listing.page):
            variables = {"ids": group}
            query = self.listing.nodes_query()
            answer = self.api.graphql(query, variables, path=self.graphql, passing=_DELETED)
            nodes = answer.body["data"]["nodes"]
            self.api.require_all(answer, len(nodes), len(group), self.listing.field)
            yield from self._records(replace(answer, items=[node for node in nodes if node]))

    def _all(self, place: Mapping[str, Any]) -> Iterator[Step]:
        seen, high = int(place.get("seen", 0)), place.get("high")
        page: Answer | None = None
        for page in self._pages("ASC", place.get("after")):
            records = self._records(page)
            seen += len(records)
            high = self._high(records, high)
            listed = self._list(page)
            after = listed["pageInfo"]["endCursor"] or place.get("after")
            here = {"after": after, "seen": seen, "high": high}
            yield Step(records, here, expected=listed.get("totalCount"))
        total = (self._list(page).get("totalCount") or 0) if page else 0
        if page is not None and seen < total:
            message = f"{seen} of {total} {self.listing.field} of {self.repository} were listed"
            raise self.api.failure(page, message, "run the command again: a page lost one")
        yield Step([], {"since": high}, is_last=True)

    def _newer(self, since: datetime) -> Iterator[Step]:
        bound = since - self.listing.overlap
        high: str | None = since.isoformat()
        records: list[Fetched] = []
        for page in self._pages("DESC", None):
            found = self._records(page)
            fresh = [each for each in found if self._moment(each) >= bound]
            records += fresh
            high = self._high(fresh, high)
            if len(fresh) < len(found):
                break
        yield Step(records, {"since": high}, is_last=True)

    def _pages(self, direction: str, after: str | None) -> Iterator[Answer]:
        owner, _, name = self.repository.partition("/")
        place = f"data.repository.{self.listing.field}"
        variables = {"owner": owner, "name": name, "first": self.listing.page, "after": after,
                     "direction": direction}  # fmt: skip
        paginator = by_cursor(
            f"{place}.pageInfo.endCursor", body="variables.after",
            more=f"{place}.pageInfo.hasNextPage",
        )  # fmt: skip
        body = {"query": self.listing.query(), "variables": variables}
        return self.api.pages(self.graphql, items=f"{place}.nodes", paginator=paginator, body=body)

    def _records(self, page: Answer) -> list[Fetched]:
        return [
            Fetched(
                {"type": self.listing.name, "repository": self.repository,
                 "node": self._complete(node)},
                page.origin,
                page.fetched_at,
            )
            for node in page.items
        ]  # fmt: skip

    def _complete(self, node: Mapping[str, Any]) -> dict[str, Any]:
        """Return a record with its lists fetched to their end."""
        whole = dict(node)
        for inner in self.listing.inner:
            held = node.get(inner.field) or {}
            if (held.get("pageInfo") or {}).get("hasNextPage"):
                whole[inner.field] = self._rest(str(node["id"]), inner, held)
        return whole

    def _rest(self, node_id: str, inner: Inner, held: Mapping[str, Any]) -> dict[str, Any]:
        place = f"data.node.{inner.field}"
        paginator = by_cursor(
            f"{place}.pageInfo.endCursor", body="variables.after",
            more=f"{place}.pageInfo.hasNextPage",
        )  # fmt: skip
        variables = {"id": node_id, "after": held["pageInfo"]["endCursor"]}
        body = {"query": self.listing.rest_query(inner), "variables": variables}
        nodes = list(held["nodes"])
        for page in self.api.pages(
            self.graphql, items=f"{place}.nodes", paginator=paginator, body=body
        ):
            nodes += page.items
        return {"totalCount": held.get("totalCount"), "nodes": nodes}

    def _list(self, page: Answer) -> dict[str, Any]:
        found: dict[str, Any] = page.body["data"]["repository"][self.listing.field]
        return found

    def _moment(self, record: Fetched) -> datetime:
        return datetime.fromisoformat(record.value["node"][self.listing.stamp])

    def _high(self, records: list[Fetched], before: str | None) -> str | None:
        """Return up to where changes were read: never beyond the host's own clock."""
        if not self.listing.stamp:
            return before or "0001-01-01T00:00:00+00:00"
        now = self.api.session.server_time
        moments = [self._moment(each) for each in records]
        if now is not None:
            moments = [min(moment, now) for moment in moments]
        known = [datetime.fromisoformat(before)] if before else []
        found = max([*moments, *known], default=None)
        return found.isoformat() if found else None

"""Pull requests of a repository with threads, commits and linked items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from capstream.connectors.api.asking import Answer, Api
from capstream.connectors.api.paging import by_offset
from capstream.connectors.api.raw_store import Fetched
from capstream.connectors.api.streams import Step
from capstream.connectors.azure_devops.listing import VERSION, answers


@dataclass(frozen=True, slots=True)
class Pulls:
    """The pull requests of a repository with threads, commits and linked items.

    The host neither filters nor orders by change: open ones are read every time, completed ones
    down to those that closed before the last load.

    Attributes:
        api: The organisation.
        project: Name of the project.
        repository: The repository.
    """

    api: Api
    project: str
    repository: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Name of the stream."""
        return f"{self.project}/{self.repository['name']}/pulls"

    def steps(self, place: Mapping[str, Any]) -> Iterator[Step]:
        """Read open ones and those closed since the place."""
        since = datetime.fromisoformat(place["since"]) if place.get("since") else None
        params: dict[str, Any] = {**VERSION, "searchCriteria.status": "all"}
        if since:
            params |= {
                "searchCriteria.queryTimeRangeType": "closed",
                "searchCriteria.minTime": (since - timedelta(days=1)).isoformat(),
            }
        now = self.api.session.server_time or self.api.clock.now()
        yield from self._listed(params, place)
        if since:
            yield from self._listed({**VERSION, "searchCriteria.status": "active"}, place)
        yield Step([], {"since": now.isoformat()}, is_last=True)

    def _listed(self, params: Mapping[str, Any], place: Mapping[str, Any]) -> Iterator[Step]:
        base = f"{self.project}/_apis/git/repositories/{self.repository['id']}/pullrequests"
        paginator = by_offset(start="$skip", limit="$top", size=100, total=None)
        for page in self.api.pages(base, items="value", paginator=paginator, params=params):
            self.api.require_all(page, len(page.items), page.body.get("count"), "pull requests")
            records = [self._whole(base, pull, page) for pull in page.items]
            yield Step(records, dict(place))

    def _whole(self, base: str, pull: Mapping[str, Any], page: Answer) -> Fetched:
        """Return a pull with what belongs to it; the list cuts descriptions and links no items."""
        place = f"{base}/{pull['pullRequestId']}"
        asked = {**VERSION, "includeWorkItemRefs": "true"}
        whole = {**pull, **self.api.one(place, params=asked).body}
        parts = {part: list(answers(self.api, f"{place}/{part}"))
                 for part in ("threads", "commits")}  # fmt: skip
        repository = f"{self.project}/{self.repository['name']}"
        line = {"type": "pull_request", "repository": repository, "pull_request": whole, **parts}
        return Fetched(line, page.origin, page.fetched_at)

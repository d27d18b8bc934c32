"""PagerDuty and Opsgenie: incidents in order of creation, resolved long after."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from tests.connectors.hosts.host import Asked, Reply
from tests.connectors.hosts.versions import Versions, moment


class PagerdutySite(Versions):
    """An account; what was logged of an incident stands inside its record."""

    page = 3

    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/incidents" and asked.query.get("date_range") == "all":
            wanted = asked.query["statuses[]"].split(",")
            found = [_bare(each) for each in self._found() if each["status"] in wanted]
            return self._paged(asked, "incidents", found)
        if asked.path == "/incidents":
            since, until = moment(asked.query["since"]), moment(asked.query["until"])
            found = [each for each in self._found() if since <= moment(each["created_at"]) < until]
            return self._paged(asked, "incidents", [_bare(each) for each in found])
        if asked.path == "/log_entries":
            return self._paged(asked, "log_entries", self._logged(asked))
        one = re.fullmatch(r"/incidents/(\w+)(/log_entries)?", asked.path)
        record = next((each for each in self._found() if one and each["id"] == one[1]), None)
        if record is None or one is None:
            return Reply({"error": {"message": "Not Found"}}, 404)
        if one[2]:
            return self._paged(asked, "log_entries", self.shuffled(record["logged"]))
        return Reply({"incident": _bare(record)})

    def _logged(self, asked: Asked) -> list[dict[str, Any]]:
        """Return what was logged of all incidents in a window, newest first."""
        since, until = moment(asked.query["since"]), moment(asked.query["until"])
        is_whole = asked.query.get("include[]") == "incidents"
        logged = [{**entry, "incident": _bare(record) if is_whole else {"id": record["id"]}}
                  for record in self._found()
                  for entry in record["logged"]
                  if since <= moment(entry["created_at"]) < until]  # fmt: skip
        return sorted(logged, key=lambda entry: entry["created_at"], reverse=True)

    def _found(self) -> list[dict[str, Any]]:
        records = [each for _, each in self.shown()]
        return sorted(records, key=lambda each: each["created_at"])

    def _paged(self, asked: Asked, name: str, records: list[Any]) -> Reply:
        start, size = int(asked.query["offset"]), min(self.page, int(asked.query["limit"]))
        page = records[start : start + size]
        more = start + size < len(records)
        answer = {name: page, "offset": start, "limit": size, "more": more, "total": None}
        return Reply({**answer, "total": len(records)} if "total" in asked.query else answer)


def _bare(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != "logged"}


def pagerduty_site() -> PagerdutySite:
    """Return an account whose incidents come in spring; every third stays open until summer."""
    site = PagerdutySite()
    for number in range(1, 9):
        opened, seen = f"2026-03-{number:02d}T10:00:00Z", f"2026-03-{number:02d}T10:05:00Z"
        ended = f"2026-{'07' if number % 3 == 0 else '03'}-{number:02d}T12:00:00Z"
        record = {"id": f"P{number}", "service": {"summary": "pay"}, "urgency": "high",
                  "created_at": opened, "html_url": f"https://pager.test/P{number}"}  # fmt: skip
        logged = [{"type": "acknowledge_log_entry", "created_at": seen}]
        resolved = {"type": "resolve_log_entry", "created_at": ended}
        seen_as = {"status": "acknowledged", "updated_at": seen, "logged": logged}
        ended_as = {"status": "resolved", "updated_at": ended, "logged": [*logged, resolved]}
        site.add(str(number), opened, {**record, **seen_as})
        site.add(str(number), ended, {**record, **ended_as})
    return site


class OpsgenieSite(Versions):
    """An account; pages are linked by whole addresses."""

    page = 3

    def answer(self, asked: Asked) -> Reply:
        if asked.path != "/v1/incidents":
            name = asked.path.removeprefix("/v1/incidents/")
            record = next((each for _, each in self.shown() if each["id"] == name), None)
            return (
                Reply({"message": "not found"}, 404) if record is None else Reply({"data": record})
            )
        stated = re.search(r"createdAt >= (\d+)", asked.query.get("query", ""))
        since = datetime.fromtimestamp(int(stated[1]) / 1000, UTC) if stated else None
        found = [each for _, each in self.shown()
                 if since is None or moment(each["createdAt"]) >= since]  # fmt: skip
        found.sort(key=lambda each: each["createdAt"])
        start = int(asked.query.get("offset", 0))
        stop = start + self.page
        answer: dict[str, Any] = {"data": found[start:stop], "totalCount": len(found), "paging": {}}
        if stop < len(found):
            query = asked.query.get("query", "").replace(" ", "%20")
            answer["paging"]["next"] = f"{asked.base}/v1/incidents?offset={stop}&query={query}"
        return Reply(answer)


def opsgenie_site() -> OpsgenieSite:
    """Return an account whose incidents come in spring; every third stays open until summer."""
    site = OpsgenieSite()
    for number in range(1, 9):
        opened = f"2026-03-{number:02d}T10:00:00Z"
        ended = f"2026-{'07' if number % 3 == 0 else '03'}-{number:02d}T12:00:00Z"
        record = {"id": f"o{number}", "priority": "P1", "impactedServices": ["pay"],
                  "createdAt": opened, "links": {"web": f"https://ops.test/{number}"}}  # fmt: skip
        site.add(str(number), opened, {**record, "status": "open", "updatedAt": opened})
        site.add(str(number), ended, {**record, "status": "resolved", "updatedAt": ended})
    return site

"""Jira Cloud and Data Center: enhanced search, bulk histories, and search by offset."""

from __future__ import annotations

import copy
import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.connectors.hosts.host import Asked, Reply
from tests.connectors.hosts.versions import Versions
from tests.connectors.native_records import comment, history, issue, worklog

ZONE = ZoneInfo("Asia/Kolkata")  # the asking user's: JQL reads dates in it
EMBEDDED = 3


class JiraSite(Versions):
    """A site whose issues change; `page` is the most that a page holds."""

    page = 4
    histories_page = 5

    def answer(self, asked: Asked) -> Reply:
        name = asked.path.rsplit("/", 1)[-1]
        if re.search(r"/issue/\d+(/|$)", asked.path):
            return self._part(asked)
        if "/worklog/" in asked.path:
            return self._worklog_numbers(asked) if name == "updated" else self._told(asked)
        match (asked.path.split("/rest/api/")[1], name):
            case ("3/search", _):
                return Reply({"errorMessages": ["removed"]}, 410)
            case ("3/search/jql", _):
                return self._cloud(asked.body)
            case ("2/search", _):
                return self._data_center(asked.body)
            case (_, "myself"):
                return Reply({"displayName": "Loader", "timeZone": ZONE.key})
            case (_, "field"):
                return Reply([{"id": "summary", "custom": False},
                              {"id": "customfield_10014", "custom": True}])  # fmt: skip
            case (_, "approximate-count"):
                return Reply({"count": len(self._found(asked.body["jql"]))})
            case (_, "bulkfetch"):
                return self._histories(asked.body)
        return Reply({"errorMessages": ["no such resource"]}, 404)

    def _found(self, jql: str) -> list[dict[str, Any]]:
        stated = re.search(r'updated >= "([^"]+)"', jql)
        if stated is None:
            return []
        since = datetime.strptime(stated[1], "%Y/%m/%d %H:%M").replace(tzinfo=ZONE)
        found = [record for at, record in self.shown() if at >= since.astimezone(UTC)]
        if "order by key" in jql:
            found.sort(key=lambda record: int(record["id"]))
        return found

    def _cloud(self, body: dict[str, Any]) -> Reply:
        if not body.get("fields") or body.get("startAt") is not None:
            return Reply({"errorMessages": ["bad request"]}, 400)
        start = int((body.get("nextPageToken") or "t0")[1:])
        size = min(self.page, body["maxResults"])
        found = self._found(body["jql"])
        page = [self._embedded(record) for record in found[start : start + size]]
        is_last = start + size >= len(found)
        answer: dict[str, Any] = {"issues": self.shuffled(page), "isLast": is_last}
        return Reply(answer if is_last else {**answer, "nextPageToken": f"t{start + size}"})

    def _data_center(self, body: dict[str, Any]) -> Reply:
        start, size = int(body.get("startAt") or 0), min(self.page, body["maxResults"])
        found = self._found(body["jql"])
        page = []
        for record in found[start : start + size]:
            histories = self.shuffled(record["changelog"]["histories"])
            embedded = self._embedded(record)
            embedded["changelog"] = {"total": len(histories), "histories": histories}
            page.append(embedded)
        return Reply({"startAt": start, "maxResults": size, "total": len(found), "issues": page})

    def _embedded(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return an issue as search shows it: no history, and only the first worklogs."""
        shown = copy.deepcopy(record)
        del shown["changelog"]
        logged = shown["fields"]["worklog"]
        logged["total"] = len(logged["worklogs"])
        logged["worklogs"] = logged["worklogs"][:EMBEDDED]
        return shown

    def _part(self, asked: Asked) -> Reply:
        number, field = asked.path.split("/issue/")[1].split("/")
        record = next(each for _, each in self.shown() if each["id"] == number)
        items = record["fields"][field][f"{field}s"]
        start, size = int(asked.query.get("startAt", 0)), int(asked.query["maxResults"])
        page = self.shuffled(items[start : start + min(size, 4)])
        return Reply({"startAt": start, "total": len(items), f"{field}s": page})

    def _worklogs(self) -> list[dict[str, Any]]:
        return [{**log, "issueId": record["id"]} for _, record in self.shown()
                for log in record["fields"]["worklog"]["worklogs"]]  # fmt: skip

    def _told(self, asked: Asked) -> Reply:
        wanted = set(map(str, asked.body["ids"]))
        return Reply(self.shuffled(each for each in self._worklogs() if each["id"] in wanted))

    def _worklog_numbers(self, asked: Asked) -> Reply:
        """List the numbers of the worklogs of all issues, a thousand a page."""
        since = datetime.fromtimestamp(int(asked.query["since"]) / 1000, UTC)
        found = sorted(int(each["id"]) for each in self._worklogs()
                       if datetime.fromisoformat(each["started"]) >= since)  # fmt: skip
        start = int(asked.query.get("from", 0))
        stop = start + 1_000
        answer: dict[str, Any] = {"values": [{"worklogId": each} for each in found[start:stop]],
                                  "lastPage": stop >= len(found)}  # fmt: skip
        if stop < len(found):
            path = f"{asked.base}{asked.path}?since={asked.query['since']}&from={stop}"
            answer["nextPage"] = path
        return Reply(answer)

    def _histories(self, body: dict[str, Any]) -> Reply:
        if len(body["issueIdsOrKeys"]) > 1000 or not body["issueIdsOrKeys"]:
            return Reply({"errorMessages": ["between 1 and 1000 issues"]}, 400)
        wanted = set(body["issueIdsOrKeys"])
        flat = [
            (record["id"], each)
            for _, record in self.shown() if record["id"] in wanted
            for each in record["changelog"]["histories"]
        ]  # fmt: skip
        start = int((body.get("nextPageToken") or "h0")[1:])
        size = min(self.histories_page, body["maxResults"])
        logs: dict[str, list[Any]] = {}
        for number, each in flat[start : start + size]:
            logs.setdefault(number, []).append(each)
        answer: dict[str, Any] = {
            "issueChangeLogs": self.shuffled(
                {"issueId": number, "changeHistories": self.shuffled(listed)}
                for number, listed in logs.items()
            )
        }
        more = start + size < len(flat)
        return Reply({**answer, "nextPageToken": f"h{start + size}"} if more else answer)


def jira_site(count: int = 22) -> JiraSite:
    """Return a site of issues, every third of which changed twice since."""
    site = JiraSite()
    for number in range(1, count + 1):
        first = f"2026-03-{number % 20 + 1:02d}T09:00:00.000+0000"
        begun = history(number * 10, first, "ada", ("status", "To Do", "In Progress"))
        logged = [worklog(number * 100 + n, first, "bo", 600) for n in range(number % 7)]
        said = [comment(number, first, "cy")]
        site.add(f"{number}", first, issue(
            number, updated=first, status={"name": "In Progress"}, histories=[begun],
            worklogs=logged, comments=said))  # fmt: skip
        for step in range(1, 3) if number % 3 == 0 else ():
            at = f"2026-0{3 + step * 2}-{number % 20 + 1:02d}T11:00:00.000+0000"
            ended = history(number * 10 + step, at, "ada", ("status", "In Progress", f"S{step}"))
            site.add(f"{number}", at, issue(
                number, updated=at, status={"name": f"S{step}"}, histories=[begun, ended],
                worklogs=[*logged, worklog(number * 1000 + step, at, "bo", 60)],
                comments=said))  # fmt: skip
    return site

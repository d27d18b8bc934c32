"""Vendors of AI tools: reports by day, final after three days, and snapshots of today."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.connectors.hosts.host import Asked, Reply
from tests.connectors.hosts.versions import Versions, moment

FIRST = date(2026, 10, 22)
PEOPLE = ("ada", "bo", "cy")
Days = list[tuple[date, list[dict[str, Any]]]]


class DailySite(Versions):
    """Counts by person and day that the vendor corrects until the third day after."""

    page = 2
    expired = 0

    def fill(self) -> None:
        for number in range(9):
            day = FIRST + timedelta(days=number)
            for age in range(1, 4):
                for person in PEOPLE:
                    count = 10 * number + age + len(person)
                    at = f"{day + timedelta(days=age)}T00:00:00Z"
                    self.add(
                        f"{day}/{person}",
                        at,
                        {"day": day, "person": person, "count": count, "age": age},
                    )

    def days(self, first: date, last: date) -> Days:
        """Return what is known of the days from the first to the last, both included."""
        found: dict[date, list[dict[str, Any]]] = {}
        for _, record in self.shown():
            if first <= record["day"] <= last:
                found.setdefault(record["day"], []).append(record)
        return [(day, self.shuffled(found[day])) for day in sorted(found)]

    def rows(self, first: date, last: date) -> list[dict[str, Any]]:
        return [row for _, rows in self.days(first, last) for row in rows]


def _mail(person: str) -> str:
    return f"{person}@example.test"


class CopilotSite(DailySite):
    """Envelopes with signed links, seats by page, cost by day."""

    def answer(self, asked: Asked) -> Reply:
        match asked.path.split("/")[-1]:
            case "users-1-day":
                link = f"{asked.base}/signed/{asked.query['day']}"
                return Reply({"download_links": [link], "report_day": asked.query["day"]})
            case "seats":
                return self._seats(asked)
            case "usage":
                return self._cost(date(*(int(asked.query[n]) for n in ("year", "month", "day"))))
        if self.expired:
            self.expired -= 1
            return Reply({"message": "AuthenticationFailed"}, 403)
        day = date.fromisoformat(asked.path.split("/")[-1])
        rows = [{"day": str(day), "user_id": len(each["person"]), "user_login": each["person"],
                 "organization_id": 1, "loc_added_sum": each["count"]}
                for each in self.rows(day, day)]  # fmt: skip
        return Reply("".join(f"{json.dumps(row)}\n" for row in rows).encode(),
                     kind="application/x-ndjson")  # fmt: skip

    def _seats(self, asked: Asked) -> Reply:
        start = int(asked.query.get("page", 1)) - 1
        held = PEOPLE[start * 2 : start * 2 + 2]
        seats = [{"assignee": {"login": person}, "plan_type": "business"} for person in held]
        more = f'<{asked.base}{asked.path}?per_page=100&page=2>; rel="next"'
        return Reply({"total_seats": len(PEOPLE), "seats": seats}, 200,
                     {} if start else {"Link": more})  # fmt: skip

    def _cost(self, day: date) -> Reply:
        rows = sorted(self.rows(day, day), key=lambda each: str(each["person"]))
        items = [{"sku": "credits", "model": each["person"], "netAmount": each["count"] / 4}
                 for each in rows]  # fmt: skip
        return Reply({"usageItems": self.shuffled(items)})


class CursorSite(DailySite):
    """Daily rows, events by page, members and spend of today."""

    def answer(self, asked: Asked) -> Reply:
        match asked.path:
            case "/teams/members":
                return Reply({"teamMembers": [{"email": _mail(each)} for each in PEOPLE]})
            case "/teams/spend":
                spend = [{"email": _mail(each), "spendCents": 500, "includedSpendCents": 200}
                         for each in PEOPLE]  # fmt: skip
                return self._page(asked, "teamMemberSpend", spend)
        first, last = (datetime.fromtimestamp(asked.body[name] / 1000, UTC).date()
                       for name in ("startDate", "endDate"))  # fmt: skip
        if asked.path == "/teams/daily-usage-data":
            rows = [{"date": _epoch(each["day"]) * 1000, "email": _mail(each["person"]),
                     "chatRequests": each["count"]} for each in self.rows(first, last)]  # fmt: skip
            return Reply({"data": rows})
        events = [{"timestamp": str(_epoch(each["day"]) * 1000), "userEmail": _mail(each["person"]),
                   "conversationId": str(n), "chargedCents": 12.5}
                  for each in self.rows(first, last) for n in range(each["age"])]  # fmt: skip
        return self._page(asked, "usageEvents", events)

    def _page(self, asked: Asked, name: str, records: list[Any]) -> Reply:
        number, size = asked.body["page"], 8
        more = number * size < len(records)
        return Reply({name: records[(number - 1) * size : number * size],
                      "subscriptionCycleStart": _epoch(FIRST) * 1000,
                      "totalPages": -(-len(records) // size),
                      "pagination": {"page": number, "hasNextPage": more}})  # fmt: skip


class ClaudeSite(DailySite):
    """Analytics by day and page, cost in daily buckets."""

    def answer(self, asked: Asked) -> Reply:
        first = moment(asked.query["starting_at"]).date()
        if asked.path.endswith("cost_report"):
            last = moment(asked.query["ending_at"]).date() - timedelta(days=1)
            buckets = [{"starting_at": f"{day}T00:00:00Z", "results": [
                {"amount": f"{each['count']}.5", "currency": "USD", "description": each["person"]}
                for each in rows]} for day, rows in self.days(first, last)]  # fmt: skip
            return _bucketed(asked, buckets, 4)
        rows = [{"date": f"{first}T00:00:00Z", "actor": {"email_address": _mail(each["person"])},
                 "terminal_type": "vscode", "core_metrics": {"num_sessions": each["count"]}}
                for each in self.rows(first, first)]  # fmt: skip
        return _bucketed(asked, rows, self.page)


class OpenaiSite(DailySite):
    """Daily buckets of usage and of cost."""

    def answer(self, asked: Asked) -> Reply:
        first, end = (datetime.fromtimestamp(int(asked.query[name]), UTC).date()
                      for name in ("start_time", "end_time"))  # fmt: skip
        is_cost = asked.path.endswith("costs")
        days = self.days(first, end - timedelta(days=1))
        buckets = [{"start_time": _epoch(day), "results": [
            {"amount": {"value": each["count"] / 8}, "line_item": each["person"]} if is_cost
            else {"user_id": each["person"], "input_tokens": each["count"], "model": "m"}
            for each in rows]} for day, rows in days]  # fmt: skip
        return _bucketed(asked, buckets, 4)


class CodexSite(DailySite):
    """A workspace's users by day."""

    def answer(self, asked: Asked) -> Reply:
        first, end = (datetime.fromtimestamp(int(asked.query[name]), UTC).date()
                      for name in ("start_time", "end_time"))  # fmt: skip
        rows = [{"start_time": _epoch(each["day"]), "email": _mail(each["person"]),
                 "totals": {"turns": each["count"]}}
                for each in self.rows(first, end - timedelta(days=1))]  # fmt: skip
        return _bucketed(asked, rows, 8)


def _bucketed(asked: Asked, records: list[Any], size: int) -> Reply:
    start = int(asked.query.get("page", 0))
    more = start + size < len(records)
    return Reply({"data": records[start : start + size], "has_more": more,
                  "next_page": str(start + size) if more else None})  # fmt: skip


def _epoch(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def filled(site: DailySite) -> DailySite:
    """Return the site with nine days of records."""
    site.fill()
    return site

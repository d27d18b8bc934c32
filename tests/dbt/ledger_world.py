"""A company of a few rows, written in the words of the attribution page; the SQL tests' subject.

Months are 2026-03 (Monday the 2nd is the first of 22 working days) and what a test adds; those that
are kept stay as they were closed. Every person has an account of the same name in the sources
`tracker`, `forge` and `code`.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import duckdb

from tests.dbt.harness import rows_of, run_models

SETTINGS: dict[str, Any] = {
    "company_name": "Example Works", "reporting_currency": "USD", "timezone": "UTC",
    "fiscal_year_start_month": 1, "hours_per_day": 8, "hours_denominator": "productive",
    "unlinked_code": "lend", "presence_code": 1, "presence_tracker": "0.5",
    "presence_review": "0.15", "presence_merge": "0.15", "nearest_days": 3,
    "stale_half_life_days": 5, "stale_end_days": 15, "max_unmatched_share": "0.05",
    "trusted_worklogs_people": True, "tolerance": 0, "materiality": 5000,
    "person_names": "pseudonym",
}  # fmt: skip
SOURCES = (("tracker", "jira"), ("forge", "github"), ("code", "git"))


@dataclass
class World:
    """Rows by relation, with a word for each kind of row."""

    months: tuple[str, ...] = ("2026-03",)
    kept_months: tuple[str, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    count: int = 0

    def __post_init__(self) -> None:
        self.entity("US01", "USD")
        self.add("company.currencies", currency_code="JPY", minor_digits=0)
        for name, kind in SOURCES:
            self.add("company.sources", name=name, kind=kind, mode="files")
        for role_class in ("manager", "product", "designer"):
            self.add("company.declared_first_roles", role_class=role_class)
        for kind, statuses in (
            ("work", ("in progress", "in review")),
            ("before", ("to do",)),
            ("done", ("done",)),
        ):
            for status in statuses:
                self.add("company.workflow_statuses", project="*", status_key=status, kind=kind)

    def add(self, relation: str, **row: Any) -> None:
        """Add a row to a relation."""
        self.rows[relation].append(row)

    def entity(self, entity: str, currency: str) -> None:
        """Add an entity and its currency."""
        self.add("company.entities", entity=entity, functional_currency=currency, country="US")
        if all(row["currency_code"] != currency for row in self.rows["company.currencies"]):
            digits = 0 if currency == "JPY" else 2
            self.add("company.currencies", currency_code=currency, minor_digits=digits)

    def person(self, person: str, start: str = "2020-01-01", end: str | None = None, **more: Any):
        """Add a spell of a person: an engineer of team Pay, full time."""
        row = {
            "person_id": person, "name": person.title(), "team": "Pay", "role": "Engineer",
            "role_class": "engineer", "worker_type": "employee", "entity": "US01",
            "cost_center": "RND", "work_country": "US", "calendar": "US", "timezone": "UTC",
            "fte": 1, "start_date": start, "end_date": end,
        }  # fmt: skip
        self.add("company.people", **(row | more))
        if all(known["person_id"] != person for known in self.rows["company.identities"]):
            for source, _ in SOURCES:
                self.add("company.identities", source=source, account=person, person_id=person)

    def off(self, person: str, first: str, last: str, share: Any = 1, kind: str = "paid") -> None:
        """Add time off, both days included."""
        self.add(
            "company.time_off",
            person_id=person, start_date=first, end_date=last, share=share, kind=kind,
        )  # fmt: skip

    def holiday(self, day: str, kind: str = "holiday", calendar: str = "US") -> None:
        """Add a day on which nobody of a calendar works."""
        self.add("company.calendar_days", calendar=calendar, holiday_date=day, name="x", kind=kind)

    def item(self, key: str, assignee: str | None = None, status: str = "To Do", **more: Any):
        """Add a work item created long ago."""
        row = {
            "source": "tracker", "work_item_key": key, "item_type": "Story", "title": key,
            "status": status, "project_key": key.split("-")[0], "components": [], "labels": [],
            "fix_versions": [], "assignee": assignee, "created_at": "2025-06-01 09:00:00",
            "is_deleted": False, "has_history": True, "fields": {},
        }  # fmt: skip
        self.add("inp_work_items", **(row | more))

    def change(self, key: str, at: str, what: str, old: Any, new: Any, by: str = "lead") -> None:
        """Change a field of an item."""
        self.add(
            "inp_work_item_changes",
            source="tracker", work_item_key=key, change_id=str(self.number()), changed_at=at,
            author=by, field=what, from_value=old, to_value=new,
        )  # fmt: skip

    def worklog(self, person: str, key: str, at: str, seconds: int) -> None:
        """Log time on an item."""
        self.add(
            "inp_worklogs",
            source="tracker", worklog_id=str(self.number()), work_item_key=key, author=person,
            started_at=at, seconds=seconds,
        )  # fmt: skip

    def comment(self, person: str, key: str, at: str) -> None:
        """Comment on an item."""
        self.add(
            "inp_comments",
            source="tracker", comment_id=str(self.number()), work_item_key=key, author=person,
            created_at=at,
        )  # fmt: skip

    def commit(self, person: str, at: str, message: str, **more: Any) -> str:
        """Commit to a repository; returns the commit's name."""
        row = {
            "source": "code", "repository": "org/app", "sha": f"sha{self.number()}",
            "author": person, "authored_at": at, "committed_at": at, "message": message,
            "parents": ["before"],
        } | more  # fmt: skip
        self.add("inp_commits", **row)
        return str(row["sha"])

    def pull(self, person: str, number: int, at: str, title: str, **more: Any) -> None:
        """Open a pull request."""
        row = {
            "source": "forge", "repository": "org/app", "number": number, "title": title,
            "author": person, "state": "open", "created_at": at, "labels": [],
            "work_item_keys": [],
        }  # fmt: skip
        self.add("inp_pull_requests", **(row | more))

    def review(self, person: str, number: int, at: str) -> None:
        """Review a pull request."""
        self.add(
            "inp_reviews",
            source="forge", repository="org/app", number=number, review_id=str(self.number()),
            reviewer=person, state="approved", submitted_at=at,
        )  # fmt: skip

    def rule(self, match_kind: str, match_value: str, stream: str, component=None, **more: Any):
        """Add a rule of value_streams.yaml, in the order of the calls."""
        order = len(self.rows["company.stream_rules"]) + 1
        self.add(
            "company.stream_rules",
            rule_order=order, value_stream_id=stream, component_id=component, level=1,
            match_kind=match_kind, match_value=match_value, **more,
        )  # fmt: skip

    def declare(self, what: str, share: Any, month: str = "2026-03", **more: Any) -> None:
        """Declare a share of a month for a component of stream `s`."""
        row = {"value_stream_id": "s", "component_id": what, "declared_by": "Lead"}
        self.add("company.declared_allocations", month=month, share=share, **(row | more))

    def pay(self, person: str, amount: Any, component: str = "salary", **more: Any) -> None:
        """Pay a person in 2026-03."""
        row = {"month": "2026-03", "currency": "USD"} | more
        self.add("company.payroll", person_id=person, pay_component=component, amount=amount, **row)

    def number(self) -> int:
        """Return the next free number."""
        self.count += 1
        return self.count

    def given(self) -> dict[str, list[dict[str, Any]]]:
        """Return the rows by relation, settings and months included."""
        months = [
            _month_row(key, index, self.months) | {"is_computed": key not in self.kept_months}
            for index, key in enumerate(self.months)
        ]
        first_last = {"first_month": self.months[0], "run_month": self.months[-1]}
        settings = [SETTINGS | first_last | self.settings]
        return {**self.rows, "company.months": months, "company.settings": settings}

    def run(self, *models: str) -> duckdb.DuckDBPyConnection:
        """Run models over the rows."""
        return run_models(models, self.given())

    def effort(self) -> dict[tuple[str, str], dict[str, int]]:
        """Return minutes by person and day, by `item tier`."""
        rows = rows_of(
            self.run("fct_effort_days"),
            "select person_id, cast(work_date as varchar), work_item_key || ' ' || evidence_tier,"
            " minutes from fct_effort_days",
        )
        ledger: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for person, day, what, minutes in rows:
            ledger[person, day][what] = minutes
        return ledger

    def column(self, name: str, day: str) -> Any:
        """Return the value of a column of the ledger, which must be the same in the day's rows."""
        rows = rows_of(
            self.run("fct_effort_days"),
            f"select distinct {name} from fct_effort_days where work_date = date '{day}'",
        )
        assert len(rows) == 1, rows
        return rows[0][0]


def _month_row(key: str, index: int, months: tuple[str, ...]) -> dict[str, Any]:
    year, number = map(int, key.split("-"))
    return {
        "month_key": key,
        "first_date": f"{key}-01",
        "last_date": f"{key}-{monthrange(year, number)[1]}",
        "fiscal_year": year,
        "month_index": index,
        "is_run_month": key == months[-1],
    }

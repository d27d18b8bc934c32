"""Companies at the edge of what a month can be, written from a table of months.

One company keeps its books in yen, under names of several scripts; another in dollars, in New
York. Each month carries its own work and pay, so that one company serves several months.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from capstream.types import Month
from tests.e2e.worked_company import write_csv, write_yaml

LONG_TITLE = "長い題名 " * 8_000


@dataclass(frozen=True, slots=True)
class EdgeMonth:
    """What happens in one month.

    Attributes:
        month: The month, `YYYY-MM`.
        pay: Monthly pay of each person, any sign; empty for none.
        items: How many items everybody works on in turn; 0 for no work at all.
    """

    month: str
    pay: str
    items: int


@dataclass(frozen=True, slots=True)
class EdgeCompany:
    """A company: its books, its words, its months.

    Attributes:
        name: Name of the company.
        currency: Its only currency.
        timezone: Where it works.
        country: Whose holidays it keeps.
        people: Display names of its people, all in one team.
        team: Name of the team.
        component: Name of the component that they build.
        titles: Titles of its items.
        first_month: Where its books begin.
        months: Its months.
        last_day: Last day that anybody works; None for no end.
        ready_date: When the component is complete; None while it is built.
        abroad: Currency of the last person's own entity; empty for none.
        abroad_pay: Monthly pay there.
    """

    name: str
    currency: str
    timezone: str
    country: str
    people: tuple[str, ...]
    team: str
    component: str
    titles: tuple[str, ...]
    first_month: str
    months: tuple[EdgeMonth, ...]
    last_day: date | None = None
    ready_date: date | None = None
    abroad: str = ""
    abroad_pay: str = ""

    @property
    def books(self) -> dict[str, str]:
        """The functional currency of each entity."""
        return {"E1": self.currency} | ({"E2": self.abroad} if self.abroad else {})

    def is_abroad(self, place: int) -> bool:
        """Return whether a person works for the entity abroad."""
        return bool(self.abroad) and place == len(self.people) - 1

    def entity_of(self, place: int) -> str:
        """Return the entity that employs a person."""
        return "E2" if self.is_abroad(place) else "E1"

    def person_id(self, place: int) -> str:
        """Return the key of a person."""
        return f"p{place + 1}"


def write_company(root: Path, company: EdgeCompany) -> Path:
    """Write the whole company folder and return it."""
    _write_configuration(root, company)
    _write_inputs(root / "inputs", company)
    _write_tracker(root / "sources" / "tables", company)
    return root


def _write_configuration(root: Path, company: EdgeCompany) -> None:
    write_yaml(
        root / "capstream.yaml",
        {
            "schema_version": 1,
            "company": {
                "name": company.name,
                "reporting_currency": company.currency,
                "timezone": company.timezone,
                "first_month": company.first_month,
            },
            "entities": [
                {
                    "entity": entity,
                    "name": f"{company.name} {entity}",
                    "functional_currency": currency,
                    "country": company.country,
                }
                for entity, currency in company.books.items()
            ],
            "sources": [{"name": "tracker", "kind": "tables", "path": "sources/tables"}],
            "policies": [{"policy": "book", "from": company.first_month}],
            "work_types": [
                {"item_type": "Bug", "activity": "defect"},
                {"item_type": "*", "activity": "development"},
            ],
            "roles": {"prepare": ["Ada"], "approve": ["Bo"]},
        },
    )
    write_yaml(
        root / "value_streams.yaml",
        {
            "value_streams": [
                {
                    "value_stream_id": "app",
                    "name": company.component,
                    "owner": company.team,
                    "rules": [{"project": "APP", "component_id": "APP-NEW"}],
                }
            ]
        },
    )
    write_yaml(
        root / "workflow.yaml",
        {
            "workflows": [
                {
                    "projects": ["*"],
                    "steps": [{"step": "Dev", "kind": "work", "statuses": ["In Progress"]}],
                    "before": ["To Do"],
                    "done": ["Done"],
                    "cancelled": [],
                }
            ]
        },
    )
    write_yaml(root / "policies" / "book.yaml", _policy(company.first_month))


def _policy(first_month: str) -> Mapping[str, object]:
    return {
        "policy_id": "book",
        "framework": "US_350_40_LEGACY",
        "version": 1,
        "status": "approved",
        "approved_by": "Bo",
        "approved_on": f"{first_month}-01",
        "effective_from": f"{first_month}-01",
        "effective_to": None,
        "start": ["authorised"],
        "stop": ["substantially_complete"],
        "resume": [],
        "ready": "substantially_complete",
        "transition": "prospective",
        "elections": {
            "capitalisable_tiers": ["T0", "T1", "T1b", "T2"],
            "pay_components": ["salary"],
            "never_roles": ["manager"],
            "default_life_months": 36,
        },
        "rules": [
            {
                "rule_id": "L-DEV-1",
                "when": {"activity": ["development"], "window": "open"},
                "treatment": "capex",
                "citation": "350-40-25-2",
                "reason": "coding inside the window",
            }
        ],
    }


def _write_inputs(folder: Path, company: EdgeCompany) -> None:
    people = range(len(company.people))
    write_csv(
        folder / "people.csv",
        (
            {
                "person_id": company.person_id(place),
                "name": company.people[place],
                "team": company.team,
                "role": "Engineer",
                "role_class": "engineer",
                "worker_type": "employee",
                "entity": company.entity_of(place),
                "cost_center": "RND",
                "work_country": company.country,
                "timezone": company.timezone,
                "start_date": "2020-01-01",
                "end_date": company.last_day or "",
            }
            for place in people
        ),
    )
    write_csv(
        folder / "identities.csv",
        (
            {
                "source": "tracker",
                "account": company.person_id(place),
                "person_id": company.person_id(place),
            }
            for place in people
        ),
    )
    write_csv(
        folder / "payroll.csv",
        (
            {
                "month": month.month,
                "person_id": company.person_id(place),
                "pay_component": "salary",
                "amount": company.abroad_pay if company.is_abroad(place) else month.pay,
                "currency": company.books[company.entity_of(place)],
            }
            for month in company.months
            for place in people
            if month.pay
        ),
    )
    if company.abroad:
        write_csv(folder / "fx_rates.csv", _rates(company))
    write_csv(
        folder / "components.csv",
        [
            {
                "component_id": component,
                "name": name,
                "value_stream_id": "app",
                "asset_class": "internal_use_software",
            }
            for component, name in (("APP-NEW", company.component), ("APP-OLD", "Old"))
        ],
    )
    write_csv(
        folder / "gates.csv",
        (
            {
                "component_id": component,
                "gate": gate,
                "effective_date": day,
                "recorded_at": f"{day}T12:00:00+00:00",
                "recorded_by": "Bo",
            }
            for component, gate, day in _gates(company)
        ),
    )


def _rates(company: EdgeCompany) -> Iterator[Mapping[str, object]]:
    """Rates of more digits than the currency has, so that every conversion rounds."""
    pairs = ((company.abroad, company.currency, "147.3281"),)
    pairs += ((company.currency, company.abroad, "0.00678757"),)
    for month in company.months:
        for kind in ("average", "closing"):
            for source, target, rate in pairs:
                yield {
                    "month": month.month,
                    "from_currency": source,
                    "to_currency": target,
                    "rate_kind": kind,
                    "rate": rate,
                }


def _gates(company: EdgeCompany) -> Iterator[tuple[str, str, str]]:
    for component in ("APP-NEW", "APP-OLD"):
        yield component, "authorised", f"{company.first_month}-01"
    if company.ready_date:
        yield "APP-NEW", "substantially_complete", str(company.ready_date)


def _write_tracker(folder: Path, company: EdgeCompany) -> None:
    born = datetime.combine(Month.parse(company.first_month).first_day, time(9), UTC)
    write_csv(
        folder / "work_items.csv",
        (
            {
                "source": "tracker",
                "work_item_key": f"APP-{place + 1}",
                "item_type": "Bug" if place % 3 == 2 else "Story",
                "title": title,
                "status": "In Progress",
                "status_category": "in_progress",
                "project_key": "APP",
                "created_at": born.isoformat(),
                "url": f"https://tracker.example.com/browse/APP-{place + 1}",
            }
            for place, title in enumerate(company.titles)
        ),
    )
    write_csv(folder / "worklogs.csv", _worklogs(company))


def _worklogs(company: EdgeCompany) -> Iterator[Mapping[str, object]]:
    """Everybody works every weekday at nine by their own clock, on the month's items in turn."""
    zone = ZoneInfo(company.timezone)
    for month in company.months:
        for number, day in enumerate(_weekdays(month.month)):
            for place in range(len(company.people) if month.items else 0):
                item = (number + place) % month.items
                yield {
                    "source": "tracker",
                    "worklog_id": f"{day}-{place}",
                    "work_item_key": f"APP-{item + 1}",
                    "author": company.person_id(place),
                    "started_at": datetime.combine(day, time(9), zone).isoformat(),
                    "seconds": 8 * 3600,
                }


def _weekdays(month: str) -> Iterable[date]:
    first, last = Month.parse(month).first_day, Month.parse(month).last_day
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if day.isoweekday() <= 5]

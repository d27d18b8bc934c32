"""A company small enough to compute by hand: example 1 of the accounting page, through CSV files.

One engineer works August 2026 (21 working days, no holiday): twenty days of trusted worklogs and
one day of paid leave. Two entities hold a twin of the same person, so that one run shows two
policies side by side: US01 capitalises stock compensation, US02 has elected not to.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import yaml

MONTH = "2026-08"
LEAVE_DAY = date(2026, 8, 31)

# Item, type, label and hours of example 1: 112 of 160 worked hours are inside the gate. Coding and
# design of the chosen path share an item, because a pay line is rounded to the cent per item.
WORK = (
    ("APP-1", "Story", "", "coding, design of the chosen path", 112),
    ("OLD-1", "Bug", "", "defects of released software", 20),
    ("APP-3", "Spike", "", "comparison of alternatives", 12),
    ("APP-4", "Task", "training", "team training", 8),
    ("MEET-1", "Task", "", "meetings", 8),
)

PAY = (
    ("salary", "15000.00"),
    ("payroll_tax", "1147.50"),
    ("benefits", "1800.00"),
    ("bonus", "1500.00"),
    ("stock_compensation", "3000.00"),
    ("overhead", "900.00"),
)

PEOPLE = (("ada", "US01"), ("ada-twin", "US02"))


def write_company(root: Path, *, hours_denominator: str = "productive") -> Path:
    """Write the whole company folder and return it."""
    _write_configuration(root, hours_denominator)
    _write_inputs(root / "inputs")
    _write_tracker(root / "sources" / "tables")
    return root


def _write_configuration(root: Path, hours_denominator: str) -> None:
    write_yaml(
        root / "capstream.yaml",
        {
            "schema_version": 1,
            "company": {
                "name": "Example Works",
                "reporting_currency": "USD",
                "timezone": "America/New_York",
                "first_month": MONTH,
            },
            "entities": [
                {
                    "entity": entity,
                    "name": f"Example Works {entity}",
                    "functional_currency": "USD",
                    "country": "US",
                }
                for _, entity in PEOPLE
            ],
            "sources": [{"name": "tracker", "kind": "tables", "path": "sources/tables"}],
            "attribution": {"hours_denominator": hours_denominator},
            "policies": [
                {"policy": "us_book", "from": MONTH, "entity": "US01"},
                {"policy": "us_book_cash", "from": MONTH, "entity": "US02"},
            ],
            "work_types": [
                {"label": "training", "activity": "training"},
                {"item_type": "Bug", "activity": "defect"},
                {"item_type": "Spike", "activity": "spike"},
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
                    "name": "App",
                    "owner": "App team",
                    "rules": [
                        {"project": "APP", "component_id": "APP-NEW"},
                        {"project": "OLD", "component_id": "APP-OLD"},
                        {"project": "MEET"},
                    ],
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
    for policy_id, stock in (("us_book", True), ("us_book_cash", False)):
        write_yaml(root / "policies" / f"{policy_id}.yaml", _policy(policy_id, stock=stock))


def _policy(policy_id: str, *, stock: bool) -> Mapping[str, object]:
    components = ["salary", "payroll_tax", "benefits", "bonus"]
    return {
        "policy_id": policy_id,
        "framework": "US_350_40_LEGACY",
        "version": 1,
        "status": "approved",
        "approved_by": "Bo",
        "approved_on": "2026-08-01",
        "effective_from": "2026-01-01",
        "effective_to": None,
        "start": ["authorised"],
        "stop": ["substantially_complete"],
        "resume": [],
        "ready": "substantially_complete",
        "transition": "prospective",
        "elections": {
            "capitalisable_tiers": ["T0", "T1"],
            "pay_components": [*components, *(["stock_compensation"] if stock else [])],
            "never_roles": ["manager"],
        },
        "rules": [
            {
                "rule_id": "L-COST-5",
                "when": {"activity": ["training"]},
                "treatment": "opex",
                "citation": "350-40-25-4",
                "reason": "training",
            },
            {
                "rule_id": "L-DEV-1",
                "when": {"activity": ["development"], "window": "open"},
                "treatment": "capex",
                "citation": "350-40-25-2",
                "reason": "coding inside the window",
            },
        ],
    }


def _write_inputs(folder: Path) -> None:
    write_csv(
        folder / "people.csv",
        (
            {
                "person_id": person,
                "name": person.title(),
                "team": "App",
                "role": "Engineer",
                "role_class": "engineer",
                "worker_type": "employee",
                "entity": entity,
                "cost_center": "RND",
                "work_country": "US",
                "start_date": "2024-01-01",
            }
            for person, entity in PEOPLE
        ),
    )
    write_csv(
        folder / "identities.csv",
        (
            {"source": "tracker", "account": f"{person}@x", "person_id": person}
            for person, _ in PEOPLE
        ),
    )
    write_csv(
        folder / "payroll.csv",
        (
            {
                "month": MONTH,
                "person_id": person,
                "pay_component": component,
                "amount": amount,
                "currency": "USD",
            }
            for person, _ in PEOPLE
            for component, amount in PAY
        ),
    )
    write_csv(
        folder / "time_off.csv",
        (
            {"person_id": person, "start_date": LEAVE_DAY, "end_date": LEAVE_DAY}
            for person, _ in PEOPLE
        ),
    )
    write_csv(
        folder / "components.csv",
        (
            {"component_id": component, "name": component, "value_stream_id": "app"}
            for component in ("APP-NEW", "APP-OLD")
        ),
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
            for component, gate, day in (
                ("APP-NEW", "authorised", "2026-07-01"),
                ("APP-OLD", "authorised", "2025-01-01"),
                ("APP-OLD", "substantially_complete", "2026-01-15"),
            )
        ),
    )


def _write_tracker(folder: Path) -> None:
    write_csv(
        folder / "work_items.csv",
        (
            {
                "source": "tracker",
                "work_item_key": key,
                "item_type": item_type,
                "title": title,
                "status": "In Progress",
                "status_category": "in_progress",
                "project_key": key.split("-")[0],
                "labels": label,
                "created_at": "2026-07-01T09:00:00+00:00",
            }
            for key, item_type, label, title, _ in WORK
        ),
    )
    write_csv(folder / "worklogs.csv", _worklogs())


def _worklogs() -> Iterable[Mapping[str, object]]:
    """Eight hours on each of the twenty worked days, items one after the other."""
    eastern = timezone(timedelta(hours=-4))
    for person, _ in PEOPLE:
        days = iter(_worked_days())
        day, free, number = next(days), 8, 0
        for key, _, _, _, item_hours in WORK:
            hours = item_hours
            while hours:
                spent = min(hours, free)
                number += 1
                yield {
                    "source": "tracker",
                    "worklog_id": f"{person}-{number}",
                    "work_item_key": key,
                    "author": f"{person}@x",
                    "started_at": datetime(
                        day.year, day.month, day.day, 9, tzinfo=eastern
                    ).isoformat(),
                    "seconds": spent * 3600,
                }
                hours, free = hours - spent, free - spent
                if free == 0:
                    day, free = next(days, day), 8


def _worked_days() -> list[date]:
    days = (date(2026, 8, number) for number in range(1, 32))
    return [day for day in days if day.weekday() < 5 and day != LEAVE_DAY]


def write_yaml(path: Path, content: Mapping[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def write_csv(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    records = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(records[0]))
        writer.writeheader()
        writer.writerows(records)

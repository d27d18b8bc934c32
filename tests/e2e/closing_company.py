"""A company whose past can be changed one cause at a time: a person, a component and a cause each.

Everybody works a full day on one item from January to April 2026; each person's item, pay or
policy is touched by one kind of late change only, so that drift must name that cause and no other.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

MONTHS = ("2026-01", "2026-02", "2026-03")
OPEN_MONTH = "2026-04"
HOLIDAYS = (date(2026, 1, 1), date(2026, 1, 19), date(2026, 2, 16))
PREPARER, APPROVER = "Ada Preparer", "Bo Approver"

# Person, entity, how the day is known. The person's component is C-<PERSON>, the item <PERSON>-1.
PEOPLE = (
    ("wil", "US01", "worklog"),  # late_worklog
    ("cod", "US01", "commit"),  # late_code
    ("lab", "US01", "worklog"),  # relabel
    ("par", "US01", "worklog"),  # reparent
    ("ros", "US01", "worklog"),  # roster
    ("map", "US01", "worklog"),  # mapping
    ("gat", "US01", "worklog"),  # gate
    ("rul", "US02", "worklog"),  # rule
    ("ele", "US03", "worklog"),  # election
    ("pay", "US01", "worklog"),  # late_pay
    ("rat", "US01", "worklog"),  # rate
    ("ias", "DE01", "worklog"),  # a late gate that IAS 38 forbids to reinstate
)
ENTITIES = (("US01", "USD"), ("US02", "USD"), ("US03", "USD"), ("DE01", "EUR"))
POLICY_OF = {"US01": "us_book", "US02": "us_rules", "US03": "us_elections", "DE01": "de_book"}
SALARY = "10000.00"

Rows = list[dict[str, str]]


def write_company(root: Path) -> Path:
    """Write the whole company folder and return it."""
    _write_configuration(root)
    for policy, framework in (
        ("us_book", "US_350_40_LEGACY"),
        ("us_rules", "US_350_40_LEGACY"),
        ("us_elections", "US_350_40_LEGACY"),
        ("de_book", "IFRS_IAS38"),
    ):
        write_yaml(root / "policies" / f"{policy}.yaml", _policy(policy, framework))
    _write_inputs(root / "inputs")
    _write_tracker(root / "sources" / "tables")
    return root


def edit_csv(path: Path, change: Callable[[Rows], Any]) -> None:
    """Let a function change the rows of a CSV file in place."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    changed = change(rows)
    write_csv(path, rows if changed is None else changed)


def edit_yaml(path: Path, change: Callable[[Any], None]) -> None:
    """Let a function change the content of a YAML file in place."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(content)
    write_yaml(path, content)


def _write_configuration(root: Path) -> None:
    write_yaml(
        root / "capstream.yaml",
        {
            "schema_version": 1,
            "company": {
                "name": "Harbour Works",
                "reporting_currency": "USD",
                "timezone": "America/New_York",
                "first_month": MONTHS[0],
            },
            "entities": [
                {"entity": entity, "name": entity, "functional_currency": currency, "country": "US"}
                for entity, currency in ENTITIES
            ],
            "sources": [{"name": "tracker", "kind": "tables", "path": "sources/tables"}],
            "attribution": {"max_unmatched_share": 1},
            "policies": [
                {"policy": policy, "from": MONTHS[0], "entity": entity}
                for entity, policy in POLICY_OF.items()
            ],
            "work_types": [
                {"label": "training", "activity": "training"},
                {"item_type": "Bug", "activity": "maintenance"},
                {"item_type": "*", "activity": "development"},
            ],
            "journals": [{"format": "netsuite", "entities": ["US01"]}],
            "roles": {"prepare": [PREPARER], "approve": [APPROVER, PREPARER.upper()]},
        },
    )
    write_yaml(
        root / "value_streams.yaml",
        {
            "value_streams": [
                {
                    "value_stream_id": "harbour",
                    "name": "Harbour",
                    "owner": "Pier team",
                    "rules": [
                        {"epic": "PAR-EPIC-1", "component_id": "C-PAR"},
                        *(
                            {"project": person.upper(), "component_id": f"C-{person.upper()}"}
                            for person, _, _ in PEOPLE
                            if person != "par"
                        ),
                        {"project": "PAR"},
                        {"project": "OPS"},
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


def _policy(policy_id: str, framework: str) -> Mapping[str, object]:
    return {
        "policy_id": policy_id,
        "framework": framework,
        "version": 1,
        "status": "approved",
        "approved_by": "Bo",
        "approved_on": "2026-01-01",
        "effective_from": "2026-01-01",
        "effective_to": None,
        "start": ["authorised"],
        "stop": ["substantially_complete"],
        "resume": [],
        "ready": "substantially_complete",
        "transition": "prospective",
        "elections": {
            "capitalisable_tiers": ["T0", "T1", "T2"],
            "pay_components": ["salary", "bonus", "blended_rate"],
            "never_roles": ["manager"],
            "default_life_months": 36,
        },
        "rules": [
            {
                "rule_id": "R-TRAIN",
                "when": {"activity": ["training"]},
                "treatment": "opex",
                "citation": "25-4",
                "reason": "training",
            },
            {
                "rule_id": "R-DEV",
                "when": {"activity": ["development"], "window": "open"},
                "treatment": "capex",
                "citation": "25-2",
                "reason": "coding inside the window",
            },
            {
                "rule_id": "R-REST",
                "when": {"window": ["open", "closed", "none"]},
                "treatment": "opex",
                "citation": "25-6",
                "reason": "everything else",
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
                "team": "Pier",
                "role": "Engineer",
                "role_class": "engineer",
                "worker_type": "employee",
                "entity": entity,
                "cost_center": "RND",
                "work_country": "US",
                "fte": "",
                "weekday_hours": "",
                "band": "B1" if person == "rat" else "",
                "start_date": "2024-01-01",
                "end_date": "",
            }
            for person, entity, _ in PEOPLE
        ),
    )
    write_csv(
        folder / "identities.csv",
        (
            {"source": "tracker", "account": f"{person}@x", "person_id": person}
            for person, _, _ in PEOPLE
        ),
    )
    write_csv(folder / "payroll.csv", _payroll())
    write_csv(
        folder / "rates.csv",
        [
            {
                "person_id": "",
                "band": "B1",
                "effective_from": "2025-01-01",
                "monthly_amount": SALARY,
                "currency": "USD",
            }
        ],
    )
    write_csv(
        folder / "fx_rates.csv",
        (
            {
                "month": month,
                "from_currency": source,
                "to_currency": target,
                "rate_kind": kind,
                "rate": rate,
            }
            for month in (*MONTHS, OPEN_MONTH)
            for kind in ("average", "closing")
            for source, target, rate in (("EUR", "USD", "1.10"), ("USD", "EUR", "0.90"))
        ),
    )
    write_csv(
        folder / "components.csv",
        [
            *(
                {
                    "component_id": f"C-{person.upper()}",
                    "name": f"Component of {person}",
                    "value_stream_id": "harbour",
                    "entity": entity,
                    "life_months": "",
                }
                for person, entity, _ in PEOPLE
            ),
            {
                "component_id": "C-LIVE",
                "name": "In service before the books began",
                "value_stream_id": "harbour",
                "entity": "US01",
                "life_months": "36",
            },
            {
                "component_id": "C-LIFE",
                "name": "Placed in service in January",
                "value_stream_id": "harbour",
                "entity": "US01",
                "life_months": "36",
            },
        ],
    )
    write_csv(
        folder / "opening_balances.csv",
        [
            {
                "component_id": "C-LIVE",
                "month": MONTHS[0],
                "cip_amount": "",
                "gross_amount": "36000.00",
                "accumulated_amount": "12000.00",
                "ready_date": "2025-01-01",
                "remaining_months": "24",
                "currency": "USD",
            },
            {
                "component_id": "C-LIFE",
                "month": MONTHS[0],
                "cip_amount": "36000.00",
                "gross_amount": "",
                "accumulated_amount": "",
                "ready_date": "",
                "remaining_months": "",
                "currency": "USD",
            },
        ],
    )
    write_csv(folder / "gates.csv", _gates())


def _payroll() -> Iterator[dict[str, str]]:
    for month in (*MONTHS, OPEN_MONTH):
        for person, _, _ in PEOPLE:
            if person != "rat":
                yield {
                    "month": month,
                    "person_id": person,
                    "pay_component": "salary",
                    "amount": SALARY,
                    "currency": "USD",
                }


def _gates() -> Iterator[dict[str, str]]:
    for person, _, _ in PEOPLE:
        if person not in {"gat", "ias"}:
            yield gate(f"C-{person.upper()}", "authorised", "2025-12-01", "2025-12-02")
    yield gate("C-LIFE", "substantially_complete", "2026-01-01", "2026-01-02")


def gate(component: str, name: str, effective: str, recorded: str) -> dict[str, str]:
    """Return a row of gates.csv."""
    return {
        "component_id": component,
        "gate": name,
        "effective_date": effective,
        "recorded_at": f"{recorded}T12:00:00+00:00",
        "recorded_by": "Bo",
        "evidence_url": f"https://example.com/{component}/{name}",
    }


def _write_tracker(folder: Path) -> None:
    keys = [f"{person.upper()}-1" for person, _, _ in PEOPLE]
    write_csv(
        folder / "work_items.csv",
        (
            {
                "source": "tracker",
                "work_item_key": key,
                "item_type": item_type,
                "title": f"Work of {key}",
                "status": "In Progress",
                "status_category": "in_progress",
                "project_key": key.split("-")[0],
                "epic_key": "PAR-EPIC-1" if key == "PAR-1" else "",
                "labels": "",
                "created_at": "2025-12-01T09:00:00+00:00",
            }
            for key, item_type in (
                *((key, "Story") for key in keys),
                ("PAR-EPIC-1", "Epic"),
                ("PAR-EPIC-2", "Epic"),
                ("OPS-1", "Bug"),
            )
        ),
    )
    write_csv(folder / "worklogs.csv", _worklogs())
    write_csv(folder / "commits.csv", _commits())


def _worklogs() -> Iterator[dict[str, str]]:
    for person, _, evidence in PEOPLE:
        if evidence == "worklog":
            for day in working_days():
                yield worklog(person, f"{person.upper()}-1", day, 8)


def worklog(person: str, key: str, day: date, hours: int) -> dict[str, str]:
    """Return a row of worklogs.csv."""
    return {
        "source": "tracker",
        "worklog_id": f"{person}-{key}-{day}",
        "work_item_key": key,
        "author": f"{person}@x",
        "started_at": f"{day}T15:00:00+00:00",
        "seconds": str(hours * 3600),
    }


def _commits() -> Iterator[dict[str, str]]:
    for person, _, evidence in PEOPLE:
        if evidence == "commit":
            for day in working_days():
                yield commit(person, f"{person.upper()}-1", day)


def commit(person: str, key: str, day: date) -> dict[str, str]:
    """Return a row of commits.csv."""
    return {
        "source": "tracker",
        "repository": "harbour/pier",
        "sha": f"{person}{key}{day}".encode().hex().ljust(40, "0")[:40],
        "author": f"{person}@x",
        "authored_at": f"{day}T16:00:00+00:00",
        "committed_at": f"{day}T16:00:00+00:00",
        "message": f"{key}: another plank",
    }


def working_days() -> list[date]:
    """Return the working days from January to April 2026."""
    days = (date(2026, 1, 1) + timedelta(days=number) for number in range(120))
    return [day for day in days if day.isoweekday() <= 5 and day not in HOLIDAYS]


def write_yaml(path: Path, content: Mapping[str, object]) -> None:
    """Write a YAML file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def write_csv(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    """Write a CSV file with the columns of its first row."""
    path.parent.mkdir(parents=True, exist_ok=True)
    records = list(rows)
    names = list(dict.fromkeys(name for row in records for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(records)

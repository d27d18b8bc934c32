"""Examples 2, 9, 11 and 14 of the accounting page as one company, under the preset as it ships.

Each person is employed for exactly the hours of an example, so that pay is cost per hour: 200 h on
one ticket of live software, 6 h on three components, 30 h before and 30 h after readiness. Five
licences of 36,000 become five assets that differ in their convention only. Two cloud arrangements
are prepaid: one in use since March, one still being implemented in the month of the run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

from tests.e2e.worked_company import write_csv, write_yaml

RUN, BOUGHT, READY = "2026-12", "2026-02", "2026-03-20"
CONVENTIONS = ("full_month", "next_month", "mid_month", "daily_actual", "half_year")
PRESET = Path(__file__).resolve().parents[2] / "policies" / "us_350_40_legacy.yaml"
START_GATES = ("alternatives_closed", "authorised", "funding_committed", "probable_to_complete")

# Person, first day, last day, hours a day, pay of March, hours a day by item.
PEOPLE = (
    ("nia", "2026-03-02", "2026-03-27", "10", "20000.00", {"LIVE-1": 10}),
    ("eli", "2026-03-02", "2026-03-02", "6", "100.00", {"ONE-1": 2, "TWO-1": 2, "THREE-1": 2}),
    ("fay", "2026-03-16", "2026-03-25", "7.5", "6000.00", {"NEW-9": 7.5}),
)
# Component, day of the start gates, day of readiness.
COMPONENTS = (
    ("LIVE", "2025-01-01", "2025-06-01"),
    ("ONE", "2026-01-01", ""),
    ("TWO", "2026-01-01", ""),
    ("THREE", "2026-01-01", ""),
    ("NEW", "2026-01-01", READY),
    *((convention.upper(), "2026-01-01", READY) for convention in CONVENTIONS),
    ("CLOUD", "2026-01-01", READY),
    ("CLOUD-TWO", "2026-01-01", ""),
)
CLOUD_COSTS = (("CLOUD", BOUGHT, "3600.00"), ("CLOUD-TWO", RUN, "1200.00"))
PREPAID = "3800.00"


def write_company(root: Path) -> Path:
    """Write the whole company folder and return it."""
    _write_configuration(root)
    _write_inputs(root / "inputs")
    _write_tracker(root / "sources" / "tables")
    return root


def _write_configuration(root: Path) -> None:
    entity = {"entity": "US01", "name": "Works", "functional_currency": "USD", "country": "US"}
    streams = [
        {"project": component, "component_id": component} for component, _, _ in COMPONENTS[:5]
    ]
    write_yaml(
        root / "capstream.yaml",
        {
            "schema_version": 1,
            "company": {"name": "Example Works", "reporting_currency": "USD",
                        "timezone": "America/New_York", "first_month": "2026-01"},
            "entities": [entity],
            "sources": [{"name": "tracker", "kind": "tables", "path": "sources/tables"}],
            "policies": [{"policy": "us_350_40_legacy", "from": "2026-01"}],
            "work_types": [{"item_type": "Bug", "activity": "defect"},
                           {"item_type": "*", "activity": "development"}],
            "roles": {"prepare": ["Ada"], "approve": ["Bo"]},
        },
    )  # fmt: skip
    write_yaml(
        root / "value_streams.yaml",
        {"value_streams": [
            {"value_stream_id": "app", "name": "App", "owner": "App team", "rules": streams}
        ]},
    )  # fmt: skip
    write_yaml(
        root / "workflow.yaml",
        {"workflows": [{
            "projects": ["*"], "before": ["To Do"], "done": ["Done"], "cancelled": [],
            "steps": [{"step": "Dev", "kind": "work", "statuses": ["In Progress"]}],
        }]},
    )  # fmt: skip
    text = PRESET.read_text(encoding="utf-8")
    text = text.replace("status: draft ", "status: approved ")
    text = text.replace("approved_by:", "approved_by: Bo").replace(
        "approved_on:", "approved_on: 2025-12-01"
    )
    text = text.replace(
        "other_travel, other_licence]", "other_travel, other_licence, other_cca]", 1
    )
    target = root / "policies" / PRESET.name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def _write_inputs(folder: Path) -> None:
    write_csv(
        folder / "people.csv",
        (
            {"person_id": person, "name": person.title(), "team": "App", "role": "Engineer",
             "role_class": "engineer", "worker_type": "employee", "entity": "US01",
             "cost_center": "RND", "work_country": "US", "start_date": first, "end_date": last,
             "weekday_hours": ";".join([*5 * [hours], "0", "0"])}
            for person, first, last, hours, _, _ in PEOPLE
        ),
    )  # fmt: skip
    write_csv(
        folder / "identities.csv",
        (
            {"source": "tracker", "account": f"{person}@x", "person_id": person}
            for person, *_ in PEOPLE
        ),
    )
    write_csv(
        folder / "payroll.csv",
        (
            {"month": "2026-03", "person_id": person, "pay_component": "salary", "amount": pay,
             "currency": "USD"}
            for person, _, _, _, pay, _ in PEOPLE
        ),
    )  # fmt: skip
    write_csv(
        folder / "other_costs.csv",
        (
            {"month": month, "entity": "US01", "component_id": component,
             "cost_center": "RND", "nature": nature, "amount": amount, "currency": "USD"}
            for component, month, nature, amount in (
                *((name.upper(), BOUGHT, "licence", "36000.00") for name in CONVENTIONS),
                *((component, month, "cca", amount) for component, month, amount in CLOUD_COSTS),
            )
        ),
    )  # fmt: skip
    write_csv(
        folder / "gl_balances.csv",
        ({"month": RUN, "entity": "US01", "account": "1580", "amount": PREPAID,
          "currency": "USD"},),
    )  # fmt: skip
    write_csv(folder / "components.csv", map(_component, (name for name, _, _ in COMPONENTS)))
    write_csv(folder / "gates.csv", _gates())


def _component(name: str) -> Mapping[str, object]:
    convention = name.lower() if name.lower() in CONVENTIONS else "full_month"
    return {
        "component_id": name, "name": name.title(), "value_stream_id": "app", "entity": "US01",
        "life_months": 36, "convention": convention,
        "scope": "cca" if name.startswith("CLOUD") else "hosted",
    }  # fmt: skip


def _gates() -> Iterable[Mapping[str, object]]:
    for component, started, ready in COMPONENTS:
        passed = [(gate, started) for gate in START_GATES]
        passed += [("substantially_complete", ready)] if ready else []
        for gate, day in passed:
            yield {
                "component_id": component, "gate": gate, "effective_date": day,
                "recorded_at": f"{day}T12:00:00+00:00", "recorded_by": "Bo",
                "evidence_url": "https://example.com/decision",
            }  # fmt: skip


def _write_tracker(folder: Path) -> None:
    items = sorted({item for *_, hours in PEOPLE for item in hours})
    write_csv(
        folder / "work_items.csv",
        (
            {"source": "tracker", "work_item_key": item,
             "item_type": "Bug" if item == "NEW-9" else "Story", "title": item,
             "status": "In Progress", "status_category": "in_progress",
             "project_key": item.split("-")[0], "created_at": "2026-01-05T09:00:00+00:00"}
            for item in items
        ),
    )  # fmt: skip
    write_csv(folder / "worklogs.csv", _worklogs())


def _worklogs() -> Iterable[Mapping[str, object]]:
    for person, first, last, _, _, hours in PEOPLE:
        for day in _weekdays(date.fromisoformat(first), date.fromisoformat(last)):
            for item, spent in hours.items():
                yield {
                    "source": "tracker", "worklog_id": f"{person}-{day}-{item}",
                    "work_item_key": item, "author": f"{person}@x",
                    "started_at": f"{day}T09:00:00-05:00", "seconds": int(spent * 3600),
                }  # fmt: skip


def _weekdays(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]

"""The warehouse's own ledger on a simulated world: neutral tables in, capex shares out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from benchmarks.attribution.measures import PersonMonth
from benchmarks.attribution.rivals import Weights
from benchmarks.attribution.world import CAPITAL_TYPE, World
from tests.dbt.harness import rows_of, run_models

Rows = list[dict[str, Any]]

CAPITALISABLE_TIERS = ("T0", "T1", "T1b", "T2", "T3", "T4")
MONTHS = ("2026-01", "2026-02", "2026-03")

SETTINGS = {
    "company_name": "Simulated",
    "reporting_currency": "USD",
    "timezone": "UTC",
    "fiscal_year_start_month": 1,
    "hours_per_day": 8,
    "first_month": MONTHS[0],
    "run_month": MONTHS[-1],
    "hours_denominator": "productive",
    "unlinked_code": "lend",
    "presence_code": 1.0,
    "presence_tracker": 0.5,
    "presence_review": 0.15,
    "presence_merge": 0.15,
    "nearest_days": 3,
    "stale_half_life_days": 5,
    "stale_end_days": 15,
    "max_unmatched_share": 0.05,
    "trusted_worklogs_people": True,
    "tolerance": 0,
    "materiality": 0,
    "person_names": "pseudonym",
    "failure_window_hours": 24,
    "configuration_hash": "simulated",
}


def estimate(
    world: World, *, unlinked_code: str = "lend"
) -> tuple[Weights, dict[PersonMonth, float]]:
    """Run the models on the world's traces.

    Args:
        world: The company.
        unlinked_code: `lend` or `repository_item`, as the configuration has it.

    Returns:
        Minutes per person, month and item, and the capex share per person-month: minutes on
        items of the capital type, as of the day, on tiers that may be capitalised.
    """
    connection = run_models(["fct_effort_days"], neutral_tables(world, unlinked_code=unlinked_code))
    rows = rows_of(
        connection,
        "select person_id, month_key, work_item_key, item_type, evidence_tier, sum(minutes) "
        "from fct_effort_days where evidence_tier <> 'L' group by all",
    )
    connection.close()
    weights: Weights = defaultdict(float)
    capital: dict[PersonMonth, float] = defaultdict(float)
    totals: dict[PersonMonth, float] = defaultdict(float)
    for person, month, item, item_type, tier, minutes in rows:
        weights[person, month, item] += float(minutes)
        totals[person, month] += float(minutes)
        if item_type == CAPITAL_TYPE and tier in CAPITALISABLE_TIERS:
            capital[person, month] += float(minutes)
    return weights, {key: capital[key] / total for key, total in totals.items()}


def neutral_tables(world: World, *, unlinked_code: str = "lend") -> Mapping[str, Sequence[Any]]:
    """The world as rows of schema `company` and of the input layer."""
    return {
        "company.settings": [{**SETTINGS, "unlinked_code": unlinked_code}],
        "company.entities": [
            {"entity": "US01", "name": "US", "functional_currency": "USD", "country": "US"}
        ],
        "company.currencies": [{"currency_code": "USD", "minor_digits": 2}],
        "company.months": _months(),
        "company.people": [_person(person.person_id, person.team) for person in world.people],
        "company.identities": [
            {"source": "sim", "account": person.person_id, "person_id": person.person_id}
            for person in world.people
        ],
        "company.time_off": [
            {"person_id": person, "start_date": day, "end_date": day, "share": 1, "kind": "paid"}
            for person, day in sorted(world.leave)
        ],
        "company.workflow_statuses": _workflow(),
        "company.declared_first_roles": [{"role_class": "manager"}],
        "company.sources": [{"name": "sim", "kind": "tables", "mode": "files", "source_order": 0}],
        "inp_work_items": _items(world),
        "inp_work_item_changes": _changes(world),
        "inp_comments": _comments(world),
        "inp_commits": _commits(world),
        "inp_pull_requests": _pulls(world),
    }


def _months() -> Rows:
    starts = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)]
    return [
        {
            "month_key": key,
            "first_date": starts[index],
            "last_date": starts[index + 1] - timedelta(days=1),
            "fiscal_year": 2026,
            "month_index": index,
            "is_run_month": index == len(MONTHS) - 1,
            "is_computed": True,
        }
        for index, key in enumerate(MONTHS)
    ]


def _person(person_id: str, team: str) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "team": team,
        "role_class": "engineer",
        "worker_type": "employee",
        "entity": "US01",
        "cost_center": "RND",
        "work_country": "US",
        "calendar": "US",
        "timezone": "UTC",
        "fte": 1,
        "start_date": date(2024, 1, 1),
    }


def _workflow() -> Rows:
    kinds = (("To Do", "before"), ("In Progress", "work"), ("Done", "done"))
    return [
        {
            "project": "*",
            "status": status,
            "status_key": status.lower(),
            "step": "Dev" if kind == "work" else None,
            "step_order": 1 if kind == "work" else None,
            "kind": kind,
            "from_pull_requests": False,
            "from_deployments": False,
        }
        for status, kind in kinds
    ]


def _items(world: World) -> Rows:
    status = dict.fromkeys(world.items, "To Do")
    for trace in world.traces:
        if trace.kind == "status":
            status[trace.item] = trace.after
    return [
        {
            "source": "sim",
            "work_item_key": item.key,
            "item_type": item.closed_type,
            "title": f"Work {item.key}",
            "status": status[item.key],
            "project_key": item.key.split("-")[0],
            "components": [],
            "labels": [],
            "fix_versions": [],
            "assignee": item.assignee,
            "reporter": item.assignee,
            "created_at": item.created_at.replace(tzinfo=None),
            "is_deleted": False,
            "has_history": True,
        }
        for item in world.items.values()
    ]


def _changes(world: World) -> Rows:
    fields = {"status": "status", "type": "item_type"}
    authors = {"status": lambda trace: trace.person, "type": lambda _: "controller"}
    return [
        {
            "source": "sim",
            "work_item_key": trace.item,
            "change_id": f"{trace.kind}-{number}",
            "changed_at": trace.at.replace(tzinfo=None),
            "author": authors[trace.kind](trace),
            "field": fields[trace.kind],
            "from_value": trace.before,
            "to_value": trace.after,
        }
        for number, trace in enumerate(world.traces)
        if trace.kind in fields
    ]


def _comments(world: World) -> Rows:
    """Comments on own items, and the help that a colleague's item got."""
    return [
        {
            "source": "sim",
            "comment_id": str(number),
            "work_item_key": trace.item,
            "author": trace.person,
            "created_at": trace.at.replace(tzinfo=None),
        }
        for number, trace in enumerate(world.traces)
        if trace.kind in ("comment", "review")
    ]


def _commits(world: World) -> Rows:
    return [
        {
            "source": "sim",
            "repository": world.items[trace.item].team,
            "sha": f"{number:040x}",
            "author": trace.person,
            "authored_at": trace.at.replace(tzinfo=None) + timedelta(seconds=number % 60),
            "committed_at": trace.at.replace(tzinfo=None),
            "message": f"{trace.item} work" if trace.linked else "work",
            "parents": ["0" * 40],
        }
        for number, trace in enumerate(world.traces)
        if trace.kind == "commit"
    ]


def _pulls(world: World) -> Rows:
    return [
        {
            "source": "sim",
            "repository": world.items[trace.item].team,
            "number": number,
            "title": f"{trace.item} change" if trace.linked else "change",
            "author": trace.person,
            "state": "open",
            "created_at": trace.at.replace(tzinfo=None),
            "labels": [],
        }
        for number, trace in enumerate(world.traces)
        if trace.kind == "opened"
    ]

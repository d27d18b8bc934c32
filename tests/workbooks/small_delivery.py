"""Delivery and flow of the small month: one stream with a map, five steps, a plan and a survey."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

MONTH, BEFORE = "2026-10", "2026-09"
STREAM = "checkout"
FINISHED = 4
# step, kind, order, visits, process, wait, C&A by items and visits, returns, share of the cost
STEPS = (
    ("Ready", "wait", 1, 4, 0.0, 5.5, 1.0, 1.0, 0, 0),
    ("Dev", "work", 2, 6, 10.75, 0.0, 0.5, 2 / 3, 2, 5),
    ("Review", "work", 3, 6, 1.5, 5.5, 1.0, 1.0, 0, 2),
    ("Test", "work", 4, 5, 1.75, 3.75, 1.0, 1.0, 0, 1),
    ("Deploy", "work", 5, 4, 1.25, 0.0, 1.0, 1.0, 0, 0),
)
TOTAL = sum(step[4] + step[5] for step in STEPS)
SERVICE = "checkout-api"


def delivery_relations(stream_cost: Decimal) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every reporting relation of delivery and flow."""
    return {
        "rpt_investment__flow_steps": _steps(stream_cost),
        "rpt_investment__flow_streams": _streams(stream_cost),
        "rpt_investment__transitions": _transitions(),
        "rpt_investment__waits": _waits(),
        "rpt_investment__handoffs": _handoffs(),
        "rpt_investment__recovery": _recovery(),
        "rpt_investment__workshop": _workshop(),
        "rpt_investment__readiness": _readiness(),
        "rpt_investment__improvements": _improvements(),
        "rpt_investment__forecasts": _forecasts(),
        "rpt_investment__open_items": _open_items(),
        "rpt_investment__flow_days": _flow_days(),
        "rpt_investment__outliers": _outliers(),
        "rpt_investment__measures": _measures(),
        "rpt_investment__delivery_months": [
            {
                "month_key": month,
                "commit_count": 12,
                "recovered_count": 1,
                "lead_hours_p50": 30.5,
                "lead_hours_p85": 51.25,
                "recovery_hours_p50": 2.5,
            }
            for month in (BEFORE, MONTH)
        ],
        "rpt_investment__deployments": _deployments(),
        "rpt_investment__pull_requests": _pull_requests(),
        "rpt_investment__survey": _survey(),
        "rpt_investment__survey_waves": _waves(),
        "rpt_investment__attrition": _attrition(),
        "rpt_investment__units": _units(stream_cost),
        "rpt_investment__revenue": [
            {"month_key": month, "revenue_amount": Decimal("500000.00")}
            for month in (BEFORE, MONTH)
        ],
    }


def _steps(stream_cost: Decimal) -> list[dict[str, Any]]:
    rows = []
    spent = Decimal(0)
    for name, kind, order, visits, process, wait, accurate, by_visits, returns, share in STEPS:
        cost = (stream_cost * share / 10).quantize(Decimal("0.01"))
        spent += cost
        rows.append(
            _step(name, kind, order, visits, process, wait)
            | {
                "complete_accurate_ratio": accurate,
                "visit_complete_accurate_ratio": by_visits,
                "return_count": returns,
                "rework_hours": 7.0 * returns,
                "wip_average": 0.5 * order,
                "person_count": 5,
                "load_ratio": 0.1 * order,
                "cost_amount": cost,
                "rework_cost_amount": cost / 4,
            }
        )
    outside = _step("(outside the map)", "none", 9999, 0, 0.0, 0.0)
    return [*rows, outside | {"cost_amount": stream_cost - spent}]


def _step(
    name: str, kind: str, order: int, visits: int, process: float, wait: float
) -> dict[str, Any]:
    return {
        "value_stream_id": STREAM,
        "step": name,
        "kind": kind,
        "step_order": order,
        "finished_count": FINISHED,
        "item_count": FINISHED if visits else 0,
        "visit_count": visits,
        "process_hours_mean": process,
        "wait_hours_mean": wait,
        "lead_hours_p50": process + wait,
        "lead_hours_p85": 1.5 * (process + wait),
        "complete_accurate_ratio": None,
        "visit_complete_accurate_ratio": None,
        "return_count": 0,
        "rework_hours": 0.0,
        "wip_average": 0.0,
        "person_count": None,
        "load_ratio": None,
        "cost_amount": Decimal(0),
        "rework_cost_amount": Decimal(0),
        "is_withheld": False,
        "is_cost_shown": True,
    }


def _streams(stream_cost: Decimal) -> list[dict[str, Any]]:
    return [
        {
            "value_stream_id": stream,
            "month_key": month,
            "value_stream_name": stream.title(),
            "calendar_id": "US America/New_York",
            "withheld_status": None,
            "finished_count": FINISHED if is_mapped else 0,
            "measured_count": FINISHED if is_mapped else 0,
            "arrival_count": 5,
            "wip_end_count": 3,
            "working_hours": 168.0,
            "lead_hours_mean": TOTAL if is_mapped else None,
            "lead_hours_p50": 29.5 if is_mapped else None,
            "lead_hours_p85": 36.9 if is_mapped else None,
            "calendar_days_mean": 6.2 if is_mapped else None,
            "process_hours_mean": 15.25 if is_mapped else None,
            "handoff_count_mean": 1.25,
            "activity_ratio": 15.25 / TOTAL if is_mapped else None,
            "rolled_complete_accurate_ratio": 0.5 if is_mapped else None,
            "wip_average": 3.1,
            "expected_wip_average": 3.0 if is_mapped else None,
            "takt_hours": 33.6,
            "cost_amount": stream_cost,
            "is_withheld": False,
            "is_run_month": month == MONTH,
        }
        for stream, is_mapped in ((STREAM, True), ("ledger", False))
        for month in (BEFORE, MONTH)
    ]


def _transitions() -> list[dict[str, Any]]:
    moves = (
        ("(start)", "Ready", 4, 4, 0, 0.0), ("Ready", "Dev", 4, 4, 0, 0.0),
        ("Dev", "Review", 6, 4, 0, 0.0), ("Review", "Dev", 1, 1, 1, 4.0),
        ("Review", "Test", 5, 4, 0, 0.0), ("Test", "Dev", 1, 1, 1, 10.0),
        ("Test", "Deploy", 4, 4, 0, 0.0), ("Deploy", "(done)", 4, 4, 0, 0.0),
    )  # fmt: skip
    return [
        {
            "value_stream_id": STREAM,
            "from_step": source,
            "to_step": target,
            "transition_count": count,
            "item_count": items,
            "return_count": returns,
            "lead_hours": 5.0 * count,
            "rework_hours": hours,
            "is_backward": returns > 0,
        }
        for source, target, count, items, returns, hours in moves
    ]


def _waits() -> list[dict[str, Any]]:
    return [
        {"value_stream_id": STREAM, "step": name, "cause": cause, "wait_hours": hours}
        for name, cause, hours in (
            ("Ready", "contention", 12.0), ("Ready", "unexplained", 10.0),
            ("Review", "unavailability", 22.0), ("Test", "batching", 15.0),
        )
    ]  # fmt: skip


def _handoffs() -> list[dict[str, Any]]:
    return [
        {"value_stream_id": STREAM, "from_team": "Pay", "to_team": "Core", "handoff_count": 3},
        {"value_stream_id": STREAM, "from_team": "Pay", "to_team": "Pay", "handoff_count": 2},
    ]


def _recovery() -> list[dict[str, Any]]:
    return [
        {
            "value_stream_id": STREAM,
            "step": step,
            "step_order": order,
            "kind": kind,
            "incident_count": 2,
            "measured_count": 2,
            "clock_hours_mean": hours,
            "clock_hours_p50": hours,
            "clock_hours_p85": hours,
        }
        for order, (step, kind, hours) in enumerate(
            (("Answer", "wait", 0.2), ("Fix", "work", 1.5), ("Restore", "wait", 0.5)), start=1
        )
    ]


def _workshop() -> list[dict[str, Any]]:
    return [
        {
            "value_stream_id": STREAM,
            "state": "current",
            "step": step[0],
            "version": "1",
            "owner": "Pay team",
            "note": "",
            "side": "both",
            "step_order": step[2],
            "drawn_process_hours": 2.0,
            "drawn_wait_hours": 6.0,
            "drawn_complete_accurate_ratio": 0.9,
            "process_hours_mean": step[4],
            "wait_hours_mean": step[5],
            "complete_accurate_ratio": step[6],
            "mapped_date": date(2026, 10, 6),
        }
        for step in STEPS
    ]


def _readiness() -> list[dict[str, Any]]:
    counts = (
        "finished_count", "with_history_count", "with_code_count", "with_deployment_count",
        "with_activity_count",
    )  # fmt: skip
    return [
        dict.fromkeys(counts, FINISHED)
        | {
            "value_stream_id": STREAM,
            "verdict": "too little to trust",
            "reason": "fewer than ten finished items",
            "deployment_count": 2,
            "incident_count": 2,
            "linked_incident_count": 1,
        }
    ]


def _improvements() -> list[dict[str, Any]]:
    def plan(name: str, month: str, step: str, lever: str, change: float) -> dict[str, Any]:
        return {
            "improvement_id": name,
            "month_key": month,
            "value_stream_id": STREAM,
            "step": step,
            "lever": lever,
            "owner": "Pay lead",
            "measure": "hours waited",
            "target": None,
            "status": "open",
            "change_value": change,
            "baseline_value": 5.0,
            "forecast_value": 1.5,
            "actual_value": 5.5,
            "baseline_cost_amount": Decimal("2000.00"),
            "cost_amount": Decimal("1800.00"),
            "is_due": False,
            "due_date": date(2026, 12, 1),
            "is_run_month": month == MONTH,
        }

    due = {"status": "not reached", "is_due": True, "due_date": date(2026, 9, 1)}
    return [
        plan("IMP-1", MONTH, "Review", "wait", -0.7),
        plan("IMP-2", BEFORE, "Test", "process_time", -0.5) | due,
        plan("IMP-2", MONTH, "Test", "process_time", -0.5) | due,
    ]


def _forecasts() -> list[dict[str, Any]]:
    hours = {
        f"lead_hours_{point}_{when}": value
        for when, value in (("now", 30.0), ("after", 26.15))
        for point in ("mean", "p50", "p85", "p95")
    }
    return [
        hours
        | {
            "value_stream_id": STREAM,
            "lever_summary": "IMP-1: wait of Review -70%",
            "item_count": FINISHED,
            "draw_count": 10_000,
            "seed": 202610,
            "difference_low": -6.0,
            "difference_high": -0.9,
            "target_hours": None,
            "target_chance": None,
        }
    ]


def _open_items() -> list[dict[str, Any]]:
    return [
        {
            "work_item_key": f"CHK-{number}",
            "value_stream_id": STREAM,
            "title": "=1+1 an open item",
            "url": f"https://tracker.example.com/browse/CHK-{number}",
            "step": "Dev",
            "age_rank": number,
            "over_p85_count": 1,
            "age_hours": 80.0 / number,
            "step_age_hours": 20.0,
            "calendar_days": 15.0,
            "lead_hours_p85": 50.0,
        }
        for number in (1, 2)
    ]


def _flow_days() -> list[dict[str, Any]]:
    return [
        {
            "value_stream_id": STREAM,
            "local_date": day,
            "step": step,
            "step_order": order,
            "item_count": 2 + number * (order == 9999),
        }
        for number, day in enumerate((date(2026, 10, 17), date(2026, 10, 24), date(2026, 10, 31)))
        for step, order in (*((step[0], step[2]) for step in STEPS), ("(done)", 9999))
    ]


def _outliers() -> list[dict[str, Any]]:
    return [
        {
            "work_item_key": "CHK-9",
            "value_stream_id": STREAM,
            "title": "A long one",
            "url": "https://tracker.example.com/browse/CHK-9",
            "lead_rank": 1,
            "lead_hours": 42.0,
            "process_hours": 20.0,
            "wait_hours": 22.0,
            "rework_count": 1,
            "handoff_count": 2,
        }
    ]


def _measures() -> list[dict[str, Any]]:
    def measure(scope: str, month: str, metric: str, **more: Any) -> dict[str, Any]:
        return {
            "scope": scope,
            "month_key": month,
            "metric": metric,
            "flow_type": "all",
            "numerator": 2.0,
            "denominator": 2.0,
            "value": 30.5,
            "low": 0.1,
            "high": 0.9,
            "survey_band": 4,
            "is_provisional": True,
            "is_run_month": month == MONTH,
        } | more

    rows = []
    for scope in (f"service:{SERVICE}", "team:Pay"):
        for month in (BEFORE, MONTH):
            rows += [
                measure(scope, month, f"change_lead_time_{point}")
                for point in ("p50", "p85", "p95")
            ]
            rows += [
                measure(scope, month, "deployment_frequency", denominator=22.0, value=2 / 22),
                measure(scope, month, "failed_deployment_recovery_p50", numerator=1.0),
                measure(scope, month, "change_fail_rate", numerator=1.0, value=0.5),
                measure(scope, month, "deployment_rework_rate", numerator=0.0, value=0.0),
            ]
    distribution = {"metric": "flow_distribution", "survey_band": None}
    for kind, count in (("feature", 3.0), ("defect", 1.0)):
        rows.append(
            measure(f"value_stream:{STREAM}", MONTH, "flow_distribution")
            | distribution
            | {"flow_type": kind, "numerator": count, "denominator": 4.0}
        )
    return rows


def _deployments() -> list[dict[str, Any]]:
    rows = []
    for number, (status, failed) in enumerate(
        (("success", True), ("success", False), ("failure", False)), start=1
    ):
        rows.append(
            {
                "source": "forge",
                "deployment_id": f"D-{number}",
                "service": SERVICE,
                "environment": "production",
                "value_stream_id": STREAM,
                "status": status,
                "url": f"https://tracker.example.com/deployments/{number}",
                "commit_count": number,
                "incident_count": int(failed),
                "recovery_minutes": 90 if failed else None,
                "is_planned": None if number == 3 else True,
                "is_failed": failed,
                "is_rework": False,
                "failure_evidence": "incident" if failed else "",
                "started_at": datetime.fromisoformat(f"2026-10-0{number} 09:00"),
                "finished_at": datetime.fromisoformat(f"2026-10-0{number} 09:05"),
                "recovered_at": datetime.fromisoformat(f"2026-10-0{number} 10:35")
                if failed
                else None,
            }
        )
    return rows


def _pull_requests() -> list[dict[str, Any]]:
    hours = {
        f"{stage}_hours_{point}": 3.5
        for stage in ("coding", "pickup", "review", "merge", "deploy", "lead")
        for point in ("p50", "p85")
    }
    return [
        hours
        | {
            "scope": scope,
            "month_key": month,
            "is_run_month": month == MONTH,
            "pull_count": 12,
            "reviewed_count": 10,
            "unreviewed_count": 2,
            "changes_requested_count": 3,
            "measured_count": 11,
            "raised_count": 0,
            "changed_lines_p50": 40.0,
            "changed_lines_p85": 210.0,
        }
        for scope in ("example/checkout", "all")
        for month in (BEFORE, MONTH)
    ]


def _survey() -> list[dict[str, Any]]:
    rows = []
    for wave in ("2026-05", "2026-10"):
        for team, count in (("Pay", 6), ("all", 9), ("other", None)):
            rows.append(
                {
                    "wave": wave,
                    "team": team,
                    "item": "RECOMMEND",
                    "item_text": "How likely are you to recommend working here?",
                    "instrument": "own",
                    "answer_count": count,
                    "score_mean": 7.1 if count else None,
                    "low": 6.0 if count else None,
                    "high": 8.2 if count else None,
                    "promoter_count": 3 if count else None,
                    "detractor_count": 2 if count else None,
                }
            )
    return rows


def _waves() -> list[dict[str, Any]]:
    return [
        {"wave": wave, "team": team, "respondent_count": answered, "person_count": asked}
        for wave in ("2026-05", "2026-10")
        for team, answered, asked in (("Pay", 6, 7), ("all", 9, 12))
    ]


def _attrition() -> list[dict[str, Any]]:
    return [
        {
            "month_key": month,
            "headcount": 12,
            "joined_count": 0,
            "left_count": left,
            "paid_count": 12,
            "pay_amount": Decimal("96000.00"),
        }
        for month, left in ((BEFORE, 0), (MONTH, 1))
    ]


def _units(stream_cost: Decimal) -> list[dict[str, Any]]:
    return [
        {
            "value_stream_id": STREAM,
            "month_key": month,
            "is_run_month": month == MONTH,
            "finished_count": FINISHED,
            "deployment_count": 2,
            "cost_amount": stream_cost,
            "capex_amount": stream_cost / 2,
            "debt_amount": stream_cost / 10,
            "revenue_amount": Decimal("250000.00"),
        }
        for month in (BEFORE, MONTH)
    ]

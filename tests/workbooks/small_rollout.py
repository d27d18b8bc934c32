"""Rollouts of made-up teams as the reporting relations that the AI workbook reads, one a grade."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from capstream.effects.rollout.design import Design
from capstream.effects.rollout.draws import draw_records
from capstream.effects.rollout.estimation import estimate_rollout
from capstream.effects.rollout.measures import OUTCOMES, Measures
from capstream.warehouse.analysis_tables import ANALYSIS_TABLES

STARTS = {
    "A": [0] * 14 + [10] * 13 + [14] * 13,
    "B": [0, 0, 8, 8, 12, 12, 16, 16],
    "C": [21] + [0] * 12,
    "D": [13] * 6,
    "E": [0] * 8,
    "illustration": [3, 5, 0],
    "one start": [0] * 4 + [9] * 4,
}
"""First treated period by team; 0 is never."""
_STAGES = ("coding_hours", "pickup_hours", "review_hours", "merge_hours", "deploy_hours")
_NOBODY = pd.DataFrame({"team": [], "month_number": [], "cohort": [], "active_share": []})


def measures(starts: list[int], *, periods: int = 30, effect: float = 0.4) -> Measures:
    """Draw every outcome around its own level; stages add up to the lead time."""
    generator = np.random.default_rng(4)
    period = np.arange(1, periods + 1)
    treated = (np.array(starts)[:, None] > 0) & (period >= np.array(starts)[:, None])
    season = generator.normal(0, 0.05, periods)
    values = {
        outcome: 2 + season + generator.normal(0, 0.05, treated.shape) + effect * treated
        for outcome in OUTCOMES
    }
    values["lead_hours"] = sum(values[stage] for stage in _STAGES)
    rows = [
        {
            "team": f"Team {team + 1:02d}",
            "outcome": outcome,
            "period_key": f"2025-W{at:02d}",
            "period_number": at,
            "cohort": starts[team],
            "value": found[team, at - 1],
            "numerator": found[team, at - 1] * 5,
            "denominator": 5.0,
            "developer_weeks": 5.0,
            "delivery_hours": 150.0,
        }
        for outcome, found in values.items()
        for team in range(len(starts))
        for at in period
    ]
    return Measures(pd.DataFrame(rows), {int(at): f"2025-W{at:02d}" for at in period})


def rollout_frames(grade: str) -> dict[str, pd.DataFrame]:
    """Return what the pipeline would write for a design of that grade."""
    design = Design(
        design_id="D-1",
        recorded_on=date(2025, 1, 1),
        assignment="randomised_order" if grade == "A" else "planned_order",
        period_type="week",
        control="never" if grade == "one start" else "not_yet",
        is_recorded_before=True,
    )
    found = estimate_rollout(measures(STARTS[grade]), design, _NOBODY)
    verdict: dict[str, Any] = found.verdict.record(design) | {
        "change_fail_margin": 0.02,
        "other_margin": 0.1,
        "decided_by": "Steering group",
        "design_note": "",
    }
    effects = [
        row.record()
        | {
            "estimate_id": row.key,
            "month_key": "2026-10",
            "grade": found.verdict.grade,
            "design_id": design.design_id,
            "row_number": number,
            "is_primary": row.outcome == design.outcome,
        }
        for number, row in enumerate(found.rows, start=1)
    ]
    columns = ANALYSIS_TABLES["ai_draws"].names[1:]
    return {
        "rpt_ai_roi__verdict": pd.DataFrame([verdict]),
        "rpt_ai_roi__effects": pd.DataFrame(effects),
        "rpt_ai_roi__draws": pd.DataFrame(
            list(draw_records(found.theta_draws, seed=1)), columns=columns
        ),
    }


def fixed_frames() -> dict[str, list[dict[str, Any]]]:
    """Return the other relations of the AI workbook: the money example of the AI page in small."""
    return {
        "rpt_ai_roi__costs": [
            {
                "category": category,
                "price_basis": basis,
                "month_amount": Decimal(amount) / 4,
                "window_amount": Decimal(amount),
                "is_counted": basis == "invoiced",
            }
            for category, basis, amount in (
                ("seats", "invoiced", "2340.00"),
                ("metered use", "invoiced", "9000.00"),
                ("metered use", "vendor_estimate", "9900.00"),
                ("infrastructure and governance", "invoiced", "4660.00"),
                ("training, external", "invoiced", "6000.00"),
            )
        ],
        "rpt_ai_roi__basis": [
            {
                "first_month_key": "2026-07",
                "last_month_key": "2026-10",
                "size_measure": "points",
                "month_count": 4,
                "training_hours": Decimal("160.00"),
                "pay_amount": Decimal("720000.00"),
                "worked_hours": Decimal("7200.00"),
            }
        ],
        "rpt_ai_roi__survey": [
            {
                "item": "FLOW",
                "item_text": "How often did you reach a state of focus last week?",
                "dimension": "flow",
                "scale_min": 1,
                "scale_max": 5,
                "treated_before_mean": 3.4,
                "treated_before_count": 14,
                "treated_after_mean": 3.6,
                "treated_after_count": 13,
                "control_before_mean": None,
                "control_before_count": None,
                "control_after_mean": 3.5,
                "control_after_count": 6,
            }
        ],
        "rpt_ai_roi__rollouts": [
            {
                "team": "Pay",
                "tool": "assistant",
                "planned": "drawn by lot",
                "start_date": date(2026, 7, 6),
            }
        ],
        "rpt_ai_roi__capitalisation": [
            {
                "month_key": month,
                "team_group": group,
                "pay_amount": Decimal(40000),
                "capex_amount": Decimal(18000 - 500 * step),
                "minutes": 96000,
            }
            for step, month in enumerate(("2026-09", "2026-10"))
            for group in ("teams that have the tools", "teams without")
        ],
        "rpt_ai_roi__treatment": [
            {
                "pay_component": component,
                "treatment": "opex",
                "rule_id": "L-AI-1",
                "policy_id": "us_350_40_legacy",
                "amount": amount,
            }
            for component, amount in (
                ("ai_seat", Decimal("390.00")),
                ("ai_metered", Decimal("140.54")),
            )
        ],
        "rpt_ai_roi__marks": [
            {
                "month_key": month,
                "merged_count": 40,
                "marked_count": 12 + step,
                "agent_count": 2,
                "bot_count": 5,
                "reviewed_marked_count": 11,
            }
            for step, month in enumerate(("2026-09", "2026-10"))
        ],
        "rpt_ai_roi__stream_steps": [
            {
                "value_stream_name": "Checkout",
                "step": step,
                "step_order": order,
                **{
                    f"{side}_{when}_{kind}_hours": 4.0 + order + (when == "after")
                    for side in ("stream", "other")
                    for when in ("before", "after")
                    for kind in ("process", "wait")
                },
            }
            for order, step in enumerate(("Ready", "Dev", "Review"), start=1)
        ],
    }

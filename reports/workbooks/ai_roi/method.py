"""Method: the design record, the starts, every number with its use, the outside view, the gaps."""

from __future__ import annotations

from reports.spec import Prose, Sheet, Table, Unit, Value
from reports.workbooks.ai_roi.evidence import Evidence
from reports.workbooks.ai_roi.wording import DISCLAIMER, LABELS
from reports.workbooks.shared.columns import fact, filled, text
from reports.workbooks.shared.facts import Facts

DESIGN = "tbl_design"
ROLLOUTS = "tbl_rollouts"
NUMBERS = "tbl_numbers"
OUTSIDE = "tbl_outside_view"

_USES = {
    ("staggered_did", "group"): ("Average per team ever treated", "headline"),
    ("staggered_did", "simple"): ("All treated cells by cohort size", "money"),
    ("staggered_did", "dynamic"): ("Mean over periods since the start", "shown"),
    ("staggered_did", "calendar"): ("Mean over calendar periods", "shown"),
    ("staggered_did", "one_base_period"): ("Compared with the one period before", "shown"),
    ("imputation", "simple"): ("Imputed from untreated periods", "cross-check"),
    ("synthetic_did", "block"): ("Weighted donors and periods", "headline"),
    ("synthetic_control", "block"): ("Weighted donors", "cross-check"),
    ("interrupted_time_series", "level_change"): ("Level change of the series", "headline"),
    ("interrupted_time_series", "slope_change"): ("Change of slope", "shown"),
    ("interrupted_time_series", "trend"): ("Trend before", "shown"),
    ("empirical_bayes", "team_mean"): ("Mean over teams, shrunk", "shown"),
    ("empirical_bayes", "team_deviation"): ("True spread over teams", "shown"),
    ("empirical_bayes", "team_p10"): ("Tenth part of teams lies below", "shown"),
    ("empirical_bayes", "team_p90"): ("Tenth part of teams lies above", "shown"),
    ("not_used", "naive_before_after"): ("Before and after, pooled", "not used"),
    ("not_used", "two_way_fixed_effects"): ("Two-way fixed effects", "not used"),
}
_OUTSIDE = (
    ("Cui and others, Management Science", "3 randomised trials, 4,867 developers",
     "+26 % tasks (95 % about +6 to +46)"),
    ("Paradis and others, 2024", "randomised trial, 96 engineers, one task",
     "about 21 % less time"),
    ("METR, July 2025", "randomised by task, 16 developers, 246 tasks",
     "19 % more time (95 % +2 to +39); believed 20 % less"),
    ("METR, February 2026", "the same, called unreliable by its authors",
     "18 % less time (95 % −38 to +9)"),
    ("DORA 2025", "survey, about 5,000 people",
     "associated with more throughput and more instability"),
    ("Faros 2025", "telemetry, 10,000 developers, no controls",
     "+98 % merged changes, +91 % review time"),
)  # fmt: skip
_GAPS = (
    (
        "Marks of AI are a lower bound: completion in the editor leaves no trace, trailers can be "
        "switched off, some tools never mark. Marked and unmarked changes are never compared as "
        "treated and control."
    ),
    (
        "Bots and agents stand on neither side of a figure per developer; once agents open more "
        "than one change in twenty, the view that includes them stands beside it."
    ),
    (
        "Figures with a follow-up (not reopened in 14 days, reverted in 30) leave out periods "
        "whose follow-up the records do not reach."
    ),
    "What people report they gain in hours is never turned into money.",
    (
        "Lines changed again within 21 days, security findings and burnout are not measured: no "
        "record holds what they need."
    ),
)


def method(facts: Facts, evidence: Evidence, index: str) -> Sheet:
    """Describe the sheet."""
    return Sheet(
        "Method",
        "Method",
        index,
        "Design record, starts, every number and its use, the outside view, gaps",
        (
            _design(facts, evidence),
            filled(_rollouts(facts)),
            filled(_numbers(evidence)),
            _outside(),
            Prose((*_GAPS, DISCLAIMER) if not evidence.is_causal else _GAPS, "Gaps and rules"),
        ),
        is_header_frozen=False,
    )


def _design(facts: Facts, evidence: Evidence) -> Table:
    said, number = evidence.said, evidence.fact
    rows: tuple[tuple[str, str], ...] = (
        ("Evidence grade", f"{evidence.grade}: {said('grade_reason')}"),
        ("Design record", said("design_id") or "none recorded"),
        ("Recorded before the first start", "yes" if evidence.verdict.get("is_recorded_before")
         else "no: what follows was chosen by rule, not by a record"),
        ("Primary outcome", LABELS.get(evidence.outcome, evidence.outcome)),
        ("Order of the starts", _ORDERS.get(said("assignment"), "not recorded")),
        ("Unit and period", f"team by {said('period_type') or 'month'}"),
        ("Controls", "never treated" if said("control") == "never" else "never or not yet treated"),
        ("Base of the comparison", (f"mean of the last {_whole(number('base_periods') or 1)} "
         f"{said('period_type') or 'month'}s before each start")),
        ("Size of accepted items", _sizes(facts)),
        ("Window", f"{said('first_period')} to {said('last_period')}"),
        ("Periods before and after", (f"{_whole(number('before_count'))} before, "
         f"{_whole(number('after_count'))} from the first start on")),
        ("Teams", (f"{_whole(number('treated_count'))} treated in "
         f"{_whole(number('cohort_count'))} starts, {_whole(number('control_count'))} controls")),
        ("Inference", _INFERENCE.get(said("inference"), "none")),
        ("Cells with under three teams a side", _whole(number("thin_count"))),
        ("Teams whose size moved by a quarter", said("moved_teams") or "none"),
        ("Controls with active users (effect attenuated)", said("contaminated_teams") or "none"),
        ("Two estimators", _agreement(evidence)),
        ("Draws and seed", f"{_whole(number('draw_count'))} draws, seed {_whole(number('seed'))}"),
        ("Who decides", said("decided_by") or "not recorded"),
    )  # fmt: skip
    return Table(
        DESIGN,
        (
            text("item", "Design", [row[0] for row in rows], width=40),
            text("value", "As recorded or found", [row[1] for row in rows], width=60),
        ),
        len(rows),
        is_listed=False,
    )


def _agreement(evidence: Evidence) -> str:
    if evidence.fact("cross_check") is None:
        return "there is only one"
    if evidence.is_withheld:
        return "differ in sign: two grades lower, and no effect is claimed"
    if evidence.verdict.get("is_disagreement"):
        return "differ by more than a standard error: one grade lower"
    return "agree within a standard error"


def _sizes(facts: Facts) -> str:
    basis = facts.rows("rpt_ai_roi__basis")
    return _SIZES[basis.texts("size_measure")[0] if len(basis) else "none"]


_SIZES = {
    "points": "points over the mean points of the team's items before the first start",
    "time": "estimated time over the mean of the team's items before the first start",
    "none": "each counted as one: fewer than four of five items had an estimate before the start",
}
_ORDERS = {
    "randomised_order": "drawn by lot",
    "planned_order": "planned",
    "block": "all at once",
}
_INFERENCE = {
    "analytic": "analytic errors by team, bands by the multiplier bootstrap",
    "bootstrap": "multiplier bootstrap over teams",
    "randomisation": "re-assignment of the starts; no interval with under ten teams a side",
}


def _whole(value: object) -> str:
    return "0" if value is None else f"{value:.0f}"


def _rollouts(facts: Facts) -> Table:
    rows = facts.rows("rpt_ai_roi__rollouts").sorted_by("start_date", "team", "tool")
    columns = (
        text("team", "Team", rows.texts("team"), width=40),
        text("tool", "Tool", rows.texts("tool"), width=60),
        fact("start", "First day", Unit.DATE, rows.dates("start_date")),
        text("planned", "How the date came about", rows.texts("planned"), width=44),
    )
    return Table(ROLLOUTS, columns, len(rows), "Starts")


def _numbers(evidence: Evidence) -> Table:
    rows = [
        row
        for row in evidence.effects.records
        if row["outcome"] == evidence.outcome and (row["estimator"], row["aggregate"]) in _USES
    ]
    values: list[Value] = []
    for row in rows:
        found = evidence.number(row["outcome"], row["estimator"], row["aggregate"])
        values.append("not estimable" if found is None else found)
    uses = [_USES[row["estimator"], row["aggregate"]] for row in rows]
    columns = (
        text("number", "Number", [use[0] for use in uses], width=40),
        text("note", "Note", [str(row["note"] or "") for row in rows], width=60),
        fact("value", "Value (unit of the primary outcome)", Unit.FTE, values),
        text("use", "Used as", [use[1] for use in uses], width=16),
    )
    return Table(NUMBERS, columns, len(rows), "Every number of the primary outcome, and its use")


def _outside() -> Table:
    columns = (
        text("study", "Study", [row[0] for row in _OUTSIDE], width=40),
        text("result", "Result", [row[2] for row in _OUTSIDE], width=60),
        text("design", "Design", [row[1] for row in _OUTSIDE], width=44),
    )
    note = "Beside our own estimate, never in its place."
    return Table(OUTSIDE, columns, len(_OUTSIDE), "The outside view", note=note)

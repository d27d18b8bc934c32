"""What may be said at which grade: one template a claim, chosen by the evidence and never by hand.

With somebody to compare with (A to C) an estimate may be named as an effect. Before and after
only (D) reads as a change that other things may explain; E is what people report; an
illustration claims nothing.
"""

from __future__ import annotations

from decimal import Decimal

LABELS = {
    "accepted_items": "Accepted items",
    "accepted_items_counted": "Accepted items, each counted as one",
    "merged_pull_requests": "Merged pull requests",
    "merged_pull_requests_with_agents": "Merged pull requests, agents included",
    "lead_hours": "Lead time, first commit to production",
    "coding_hours": "Coding",
    "pickup_hours": "Wait for review",
    "review_hours": "Review",
    "merge_hours": "Approval to merge",
    "deploy_hours": "Merge to production",
    "changed_lines": "Size of a pull request",
    "reviews": "Review load",
    "unreviewed_ratio": "Merged without review",
    "revert_ratio": "Reverted within 30 days",
    "change_fail_ratio": "Change fail rate",
    "rework_ratio": "Deployment rework rate",
    "recovery_hours": "Recovery of a failed deployment",
    "flow_efficiency": "Flow efficiency",
    "bugs_per_100_items": "Bugs per 100 items",
    "keep_the_lights_on_ratio": "Share of keeping the lights on",
}
STAGES = ("coding_hours", "pickup_hours", "review_hours", "merge_hours", "deploy_hours")
CAUSAL = frozenset("ABC")
FORBIDDEN = ("caused", "saved", "ROI")
"""Words that no generated claim holds at D, E or illustration."""
DISCLAIMER = (
    "Other changes in the same period cannot be separated from the rollout. This is not an "
    "estimate of what the tool caused."
)
WITHHELD = "two ways to estimate differ in sign, so that no effect is claimed"
NO_COMPARISON = {
    "D": "Before and after only: nobody was left to compare with.",
    "E": "No team started while its outcomes were measured; only what people report is left.",
}


def headline(grade: str, outcome: str, found: dict[str, Decimal | None], unit: str) -> str:
    """Say what changed, as the grade allows.

    Args:
        grade: A to E, or illustration.
        outcome: Primary outcome.
        found: estimate, low, high, p_value and mde of the headline; before, its level before.
        unit: Unit of the outcome.
    """
    name = LABELS.get(outcome, outcome)
    estimate = found["estimate"]
    if estimate is None:
        return NO_COMPARISON.get(grade, f"{name}: not estimable.")
    size = f"{estimate:+.3f} {unit}{_relative(estimate, found['before'])}"
    if grade in CAUSAL:
        return f"{name}: estimated effect of the tools {size}, {_certainty(found)}."
    if grade == "D":
        return f"After the rollout, {name.lower()} changed by {size} {_bounds(found)}."
    return f"Illustration only: {name.lower()} differed by {size}; too few teams for an interval."


def withheld(outcome: str, estimate: Decimal | None, other: Decimal | None, unit: str) -> str:
    """Say that two estimators differ in sign, so that nothing is claimed."""
    name = LABELS.get(outcome, outcome)
    if estimate is None or other is None:
        return f"{name}: {WITHHELD}."
    return f"{name}: {WITHHELD} ({estimate:+.3f} and {other:+.3f} {unit})."


def _relative(estimate: Decimal, before: Decimal | None) -> str:
    return f" ({estimate / before:+.0%})" if before else ""


def _certainty(found: dict[str, Decimal | None]) -> str:
    if found["low"] is not None and found["high"] is not None:
        is_open = found["low"] <= 0 <= found["high"]
        verdict = ", not distinguishable from no effect" if is_open else ""
        return f"95 % interval {found['low']:+.3f} to {found['high']:+.3f}{verdict}"
    p_value = found["p_value"]
    if p_value is None:
        return "no interval and no test"
    verdict = ", not distinguishable from no effect" if p_value > Decimal("0.05") else ""
    return f"randomisation p = {p_value:.3f}, no interval with under ten teams a side{verdict}"


def _bounds(found: dict[str, Decimal | None]) -> str:
    if found["low"] is None or found["high"] is None:
        return "relative to its earlier trend"
    return f"(95 % {found['low']:+.3f} to {found['high']:+.3f}) relative to its earlier trend"


def shift(grade: str, hours: dict[str, Decimal | None], total: Decimal | None) -> str:
    """Say where the time of a pull request went."""
    coding = hours[STAGES[0]]
    later = [hours[stage] for stage in STAGES[1:]]
    known = [value for value in later if value is not None]
    if coding is None or total is None or len(known) < len(later):
        return "Where time went: not estimable."
    moved = sum(known, Decimal(0))
    said = f"coding {coding:+.1f} h, review to production {moved:+.1f} h, net {total:+.1f} h"
    if grade in CAUSAL:
        return f"Time of a pull request with the tools: {said}."
    return f"Time of a pull request after the rollout: {said}."

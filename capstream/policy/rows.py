"""Compile policies to the rows that dbt joins: a rule is data, never SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from capstream.policy.loading import content_hash
from capstream.policy.model import Policy

Row = dict[str, Any]


def policy_rows(policies: Iterable[Policy]) -> dict[str, list[Row]]:
    """Return the rows of every policy relation, ordered by policy and by the file's order.

    A rule matches a cost row when, for every field that it names, one of its values equals the
    row's attribute; the lowest `rule_order` wins.
    """
    ordered = sorted(policies, key=lambda policy: policy.policy_id)
    return {
        "policies": [_policy(policy) for policy in ordered],
        "policy_gates": [row for policy in ordered for row in _gates(policy)],
        "policy_tiers": _elected(ordered, "capitalisable_tiers", "evidence_tier"),
        "policy_pay_components": _elected(ordered, "pay_components", "pay_component"),
        "policy_never_roles": _elected(ordered, "never_roles", "role_class"),
        "policy_class_lives": [row for policy in ordered for row in _class_lives(policy)],
        "policy_rules": [row for policy in ordered for row in _rules(policy)],
        "policy_rule_conditions": [row for policy in ordered for row in _conditions(policy)],
    }


def _policy(policy: Policy) -> Row:
    elections = policy.elections
    return {
        "policy_id": policy.policy_id,
        "framework": policy.framework,
        "version": policy.version,
        "status": policy.status,
        "approved_by": policy.approved_by,
        "approved_on": policy.approved_on,
        "effective_from": policy.effective_from,
        "effective_to": policy.effective_to,
        "ready_gate": policy.ready,
        "transition": policy.transition,
        "content_hash": content_hash(policy),
        "ai_metered_capitalise": elections.ai_metered_capitalise,
        "default_life_months": elections.default_life_months,
        "life_months_min": elections.life_months[0],
        "life_months_max": elections.life_months[1],
        "default_convention": elections.default_convention,
        "min_component_budget": elections.min_component_budget,
        "late_gate_days": elections.late_gate_days,
        "inactive_days": elections.inactive_days,
        "capitalization_rate_alert": elections.capitalization_rate_alert,
        "has_window": policy.has_window,
    }


def _gates(policy: Policy) -> Iterator[Row]:
    roles = [("start", policy.start), ("stop", policy.stop), ("resume", policy.resume)]
    if policy.hold is not None:
        roles += [
            ("hold_opened", (policy.hold.opened,)),
            ("hold_resolved", (policy.hold.resolved,)),
        ]
    roles.append(("ready", (policy.ready,)))
    for role, gates in roles:
        for gate in gates:
            yield {"policy_id": policy.policy_id, "gate_role": role, "gate": gate}


def _elected(policies: list[Policy], election: str, column: str) -> list[Row]:
    return [
        {"policy_id": policy.policy_id, column: value}
        for policy in policies
        for value in getattr(policy.elections, election)
    ]


def _class_lives(policy: Policy) -> Iterator[Row]:
    for asset_class, life in sorted(policy.elections.default_life_months_by_class.items()):
        yield {
            "policy_id": policy.policy_id,
            "asset_class": asset_class,
            "life_months": life,
        }


def _rules(policy: Policy) -> Iterator[Row]:
    for order, rule in enumerate(policy.rules, start=1):
        yield {
            "policy_id": policy.policy_id,
            "rule_order": order,
            "rule_id": rule.rule_id,
            "treatment": rule.treatment,
            "citation": rule.citation,
            "reason": rule.reason,
            "condition_count": len(rule.when.values()),
        }


def _conditions(policy: Policy) -> Iterator[Row]:
    for order, rule in enumerate(policy.rules, start=1):
        for field, values in rule.when.values().items():
            for value in dict.fromkeys(values):
                yield {
                    "policy_id": policy.policy_id,
                    "rule_order": order,
                    "field": field,
                    "value": value,
                }

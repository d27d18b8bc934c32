"""Write a policy out as the numbered paragraphs that a reader of the workbook sees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from capstream.policy.loading import content_hash
from capstream.policy.model import Policy, Rule

_CAPITALISED = {"capex": "capitalised", "opex": "expensed"}


def policy_paragraphs(policy: Policy) -> list[dict[str, Any]]:
    """Return the paragraphs: identity, window, readiness, elections, then rule by rule."""
    written = [*_identity(policy), *_window(policy), *_elections(policy)]
    written += [(rule.rule_id, _rule_text(rule)) for rule in policy.rules]
    written.append(("DEFAULT", "Cost that no rule above matches is expensed."))
    return [
        {
            "policy_id": policy.policy_id,
            "paragraph_order": order,
            "title": title,
            "text": text,
        }
        for order, (title, text) in enumerate(written, start=1)
    ]


def _identity(policy: Policy) -> Iterator[tuple[str, str]]:
    approval = "not approved"
    if policy.status != "draft" and policy.approved_by and policy.approved_on:
        approval = f"approved by {policy.approved_by} on {policy.approved_on.isoformat()}"
    end = "" if policy.effective_to is None else f" to {policy.effective_to.isoformat()}"
    yield (
        "Policy",
        (
            f"{policy.policy_id}, framework {policy.framework}, version {policy.version}, "
            f"{policy.status}, {approval}."
        ),
    )
    yield (
        "Effective",
        (
            f"For cost incurred from {policy.effective_from.isoformat()}{end}; transition "
            f"{policy.transition}."
        ),
    )
    yield "Content", f"SHA-256 of the content {content_hash(policy)}."


def _window(policy: Policy) -> Iterator[tuple[str, str]]:
    if not policy.has_window:
        yield "Window", "No gate needs to be passed before cost is capitalised."
    else:
        yield (
            "Start",
            (
                f"Capitalisation of a component starts when all of these gates are passed, "
                f"the latest date counting: {', '.join(policy.start)}."
            ),
        )
    if policy.stop:
        resumed = f", and goes on after {', '.join(policy.resume)}" if policy.resume else ""
        yield "Stop", f"It stops at the first of: {', '.join(policy.stop)}{resumed}."
    if policy.hold is not None:
        yield (
            "Hold",
            (
                f"Nothing is capitalised between {policy.hold.opened} and "
                f"{policy.hold.resolved} of any subject."
            ),
        )
    yield "Ready", f"Amortisation starts at {policy.ready}."


def _elections(policy: Policy) -> Iterator[tuple[str, str]]:
    chosen = policy.elections
    yield "Evidence", f"Tiers that may be capitalised: {_listed(chosen.capitalisable_tiers)}."
    yield "Pay", f"Pay components in the cost: {_listed(chosen.pay_components)}."
    yield "Roles", f"Role classes that are always expensed: {_listed(chosen.never_roles)}."
    metered = "may be" if chosen.ai_metered_capitalise else "is not"
    yield "AI", f"Metered AI cost that traces to a qualifying item {metered} capitalised."
    low, high = chosen.life_months
    classes = sorted(chosen.default_life_months_by_class.items())
    lives = "".join(f"{name} {life} months, else " for name, life in classes)
    yield (
        "Life",
        (
            f"{lives}{chosen.default_life_months} months unless the component says otherwise; "
            f"outside {low} to {high} months a note is needed; "
            f"convention {chosen.default_convention}."
        ),
    )
    yield (
        "Thresholds",
        (
            f"Components of a budget under {chosen.min_component_budget} are expensed; a gate "
            f"recorded more than {chosen.late_gate_days} days after its date is listed as late."
        ),
    )
    yield (
        "Watch",
        (
            f"An asset without commits or deployments for more than {chosen.inactive_days} days is "
            f"reviewed for impairment; a team's capitalised share that moves by more than "
            f"{chosen.capitalization_rate_alert} against the mean of six months is listed."
        ),
    )


def _rule_text(rule: Rule) -> str:
    conditions = " and ".join(
        f"{field} is {' or '.join(values)}" for field, values in rule.when.values().items()
    )
    when = f"When {conditions}" if conditions else "Always"
    return f"{when}: {_CAPITALISED[rule.treatment]}. {rule.reason} ({rule.citation})"


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(values) if values else "none"

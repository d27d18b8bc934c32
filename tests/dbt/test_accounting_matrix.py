"""Every rule of every preset, through the warehouse: activity × pay component × window × scope."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import get_args

import pytest

from capstream.policy.model import Policy
from capstream.policy.vocabulary import Activity, PayComponent, Scope, Window
from tests.dbt.accounting_world import PRESETS, World, preset
from tests.dbt.harness import rows_of, run_models

WINDOWS, SCOPES = get_args(Window), get_args(Scope)
ACTIVITIES = [activity for activity in get_args(Activity) if activity != "other"]
UNTIMED = tuple(name for name in get_args(PayComponent) if name.startswith(("other_", "ai_")))
TIMED = tuple(name for name in get_args(PayComponent) if name not in UNTIMED)
DAY = "2026-01-14"
UNITS = (
    *((f"{scope}-{window}", scope, window, "") for scope, window in product(SCOPES, WINDOWS)),
    ("promotion", "hosted", "open", "promotional_website"),
)
"""Component, its scope, the window that holds all month, its asset class."""


def matrix_world(policy: Policy) -> World:
    """One cost row a case; windows are open, closed or not yet begun for the whole month."""
    world = World(first="2026-01", run="2026-01", policies=(policy,))
    for component, scope, window, asset_class in UNITS:
        start = None if window == "none" else "2025-01-01"
        world.component(component, start=start, scope=scope, asset_class=asset_class or None)
        if window == "closed":
            for gate in ("substantially_complete", "general_release", "abandoned"):
                world.gate(component, gate, "2025-06-01")
        for activity in ACTIVITIES:
            item = f"{component}/{activity}"
            world.work(component, {DAY: 60}, "100.00", item=item, item_type=activity, pay="salary")
            for pay in TIMED:
                if pay != "salary":
                    world.cost(component, "2026-01", "100.00", item=item, pay=pay, minutes=60)
        for pay in UNTIMED:
            world.cost(component, "2026-01", "100.00", item=f"{component}/other", pay=pay)
    return world


def read_by_hand(policy: Policy, **row: str) -> str:
    """Read the rules as a person would, then what the elections take out of capital."""
    for rule in policy.rules:
        if all(row[field] in values for field, values in rule.when.values().items()):
            if rule.treatment == "opex":
                return rule.rule_id
            return _taken_out(policy, row["pay_component"]) or rule.rule_id
    return "DEFAULT"


def _taken_out(policy: Policy, pay: str) -> str:
    elections = policy.elections
    if pay == "ai_metered":
        return "" if elections.ai_metered_capitalise else "E-AI"
    if pay.startswith("ai_"):
        return "E-AI"
    return "" if pay in elections.pay_components else "E-PAY"


def expected_rules(policy: Policy) -> Iterator[tuple[tuple[str, str, str], str]]:
    has_no_stop = not policy.stop
    for component, scope, window, asset_class in UNITS:
        state = window if policy.start else "open"
        if window == "closed":
            state = "open" if has_no_stop else "closed"
        cases = [*product(ACTIVITIES, TIMED), *(("other", pay) for pay in UNTIMED)]
        for activity, pay in cases:
            yield (component, f"{component}/{activity}", pay), read_by_hand(
                policy, activity=activity, pay_component=pay, window=state, scope=scope,
                asset_class=asset_class or "NONE",
            )  # fmt: skip


@pytest.fixture(scope="module", params=sorted(path.stem for path in PRESETS.glob("*.yaml")))
def decided(request: pytest.FixtureRequest) -> tuple[Policy, dict[tuple[str, ...], str]]:
    policy = preset(request.param)
    given = matrix_world(policy).given()
    given["company.mapping_rules"] = [
        row for row in given["company.mapping_rules"] if row["ruleset"] != "activity"
    ] + [
        {"ruleset": "activity", "rule_order": order, "result": name, "condition_count": 1}
        for order, name in enumerate(ACTIVITIES, start=1)
    ]
    given["company.mapping_rule_conditions"] = [
        row for row in given["company.mapping_rule_conditions"] if row["ruleset"] != "activity"
    ] + [
        {"ruleset": "activity", "rule_order": order, "field": "item_type", "value": name}
        for order, name in enumerate(ACTIVITIES, start=1)
    ]
    connection = run_models(["fct_capitalization"], given)
    rows = rows_of(
        connection,
        "select component_id, work_item_key, pay_component, rule_id, capex_amount + opex_amount"
        " from fct_capitalization",
    )
    assert {amount for *_, amount in rows} == {100}
    return policy, {tuple(key): rule for *key, rule, _ in rows}


def test_the_warehouse_decides_every_case_as_the_policy_reads(
    decided: tuple[Policy, dict[tuple[str, ...], str]],
) -> None:
    policy, found = decided
    assert found == dict(expected_rules(policy))


BEHIND_AN_ELECTION = {
    "us_350_40_legacy": {"L-AI-2", "L-COST-3", "L-CCA-1"},
    "us_350_40_asu2025_06": {"L-AI-2", "L-COST-3", "L-CCA-1"},
    "ifrs_ias38": {"I-AI-2"},
    "uk_frs102_capitalise": {"F-AI-2", "F-INT-1"},
}
"""Rules of costs that a draft does not elect: they wait for the company that does."""


def test_no_rule_of_a_preset_is_dead(
    decided: tuple[Policy, dict[tuple[str, ...], str]],
) -> None:
    policy, found = decided
    unreached = {rule.rule_id for rule in policy.rules} - set(found.values())
    assert unreached == BEHIND_AN_ELECTION.get(policy.policy_id, set())


def test_what_a_decision_rests_on_has_a_hash() -> None:
    """The same facts under the same policy: the same hash; another election: another hash."""

    def hashes(policy: Policy) -> list[str]:
        world = World(first="2026-01", run="2026-01", policies=(policy,))
        world.component("app", start="2025-01-01")
        world.work("app", {DAY: 60}, "100.00")
        connection = world.run_models("fct_capitalization")
        return [
            found for (found,) in rows_of(connection, "select inputs_hash from fct_capitalization")
        ]

    legacy = preset("us_350_40_legacy")
    other = preset("us_350_40_legacy", late_gate_days=31)
    assert hashes(legacy) == hashes(legacy)
    assert hashes(legacy) != hashes(other)

"""The presets: complete rule lists, drafts, and what they decide for each kind of work."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from capstream.policy import Policy, load_policies
from capstream.policy.loading import content_hash
from capstream.policy.rows import policy_rows
from capstream.policy.vocabulary import Activity, PayComponent, Window

ROOT = Path(__file__).resolve().parents[2]
LOADED, PROBLEMS = load_policies(ROOT)
PRESETS = {name: loaded.policy for name, loaded in LOADED.items()}
BOOKS = sorted(set(PRESETS) - {"mgmt_view"})
ACTIVITIES = get_args(Activity)
WINDOWS = get_args(Window)
PAY = get_args(PayComponent)


def decision(policy: Policy, **row: str) -> tuple[str, str]:
    """Read the rules as a person would: the first that matches, else expense."""
    for rule in policy.rules:
        if all(row.get(field) in values for field, values in rule.when.values().items()):
            return rule.treatment, rule.rule_id
    return "opex", "DEFAULT"


def test_the_seven_presets_are_sound_drafts() -> None:
    assert PROBLEMS == []
    assert sorted(PRESETS) == [
        "ifrs_ias38", "mgmt_view", "uk_frs102_capitalise", "uk_frs102_expense",
        "us_350_40_asu2025_06", "us_350_40_legacy", "us_985_20",
    ]  # fmt: skip
    assert {policy.status for policy in PRESETS.values()} == {"draft"}
    assert all(policy.approved_by is None for policy in PRESETS.values())


@pytest.mark.parametrize("name", BOOKS)
def test_books_capitalise_only_inside_the_window_and_only_development(name: str) -> None:
    policy = PRESETS[name]
    for activity, window, pay in product(ACTIVITIES, WINDOWS, PAY):
        row = {"activity": activity, "window": window, "pay_component": pay}
        treatment, rule_id = decision(policy, scope="", **row)
        if treatment == "capex":
            # rows without minutes carry the activity `other`: the window alone decides
            direct = pay in {"other_travel", "other_licence", "other_interest", "ai_metered"}
            assert window == "open", (row, rule_id)
            assert direct or activity in {"development", "conversion_software", "defect"}, rule_id
            assert pay not in {"overhead", "severance", "ai_seat", "other_cloud"} or (
                name == "us_985_20" and pay == "overhead"
            ), (row, rule_id)


@pytest.mark.parametrize("name", sorted(set(BOOKS) - {"uk_frs102_expense"}))
def test_books_capitalise_salaries_of_development_in_the_window(name: str) -> None:
    policy = PRESETS[name]
    for activity in ("development", "defect", "conversion_software"):
        row = {"activity": activity, "pay_component": "salary", "window": "open"}
        assert decision(policy, **row)[0] == "capex"


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_every_activity_with_pay_has_a_reason_of_its_own(name: str) -> None:
    policy = PRESETS[name]
    for activity, window in product(ACTIVITIES, WINDOWS):
        row = {"activity": activity, "pay_component": "salary", "window": window}
        assert decision(policy, **row)[1] != "DEFAULT", row


LEGACY = {
    ("training", "salary", "open"): "L-COST-5",
    ("data_conversion", "salary", "open"): "L-COST-6",
    ("planning", "salary", "open"): "L-STAGE-1",
    ("spike", "salary", "open"): "L-STAGE-2",
    ("refactoring", "salary", "open"): "L-ENH-1",
    ("maintenance", "salary", "open"): "L-POST-2",
    ("support", "salary", "open"): "L-POST-3",
    ("infrastructure", "salary", "open"): "L-COST-10",
    ("removal", "salary", "open"): "L-POST-4",
    ("other", "salary", "open"): "L-COST-11",
    ("development", "overhead", "open"): "L-COST-4",
    ("development", "severance", "open"): "L-COST-4",
    ("other", "other_travel", "open"): "L-COST-1",
    ("other", "other_cloud", "open"): "L-COST-9",
    ("other", "ai_seat", "open"): "L-AI-1",
    ("development", "salary", "open"): "L-DEV-1",
    ("defect", "salary", "open"): "L-DEV-1",
    ("defect", "salary", "closed"): "L-POST-1",
    ("development", "salary", "closed"): "L-ENH-2",
    ("other", "other_travel", "closed"): "L-COST-11",
    ("development", "salary", "none"): "L-START-1",
}


@pytest.mark.parametrize(("activity", "pay", "window"), LEGACY)
def test_the_legacy_preset_names_the_rule_of_each_case(
    activity: str, pay: str, window: str
) -> None:
    row = {"activity": activity, "pay_component": pay, "window": window}
    found = decision(PRESETS["us_350_40_legacy"], scope="internal_use", **row)
    assert found[1] == LEGACY[activity, pay, window]


def test_the_expense_choice_capitalises_nothing() -> None:
    assert {rule.treatment for rule in PRESETS["uk_frs102_expense"].rules} == {"opex"}


def test_only_the_amendment_holds_for_uncertainty() -> None:
    assert [name for name, policy in PRESETS.items() if policy.hold is not None] == [
        "us_350_40_asu2025_06"
    ]
    assert "alternatives_closed" not in PRESETS["us_350_40_asu2025_06"].start


@pytest.mark.parametrize(
    ("name", "scope"),
    [("us_350_40_legacy", "external_sale"), ("us_985_20", "hosted"), ("ifrs_ias38", "cca")],
)
def test_a_component_out_of_scope_is_expensed(name: str, scope: str) -> None:
    row = {"activity": "development", "pay_component": "salary", "window": "open"}
    assert decision(PRESETS[name], scope=scope, **row)[0] == "opex"


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_every_rule_has_a_citation_and_a_reason(name: str) -> None:
    rules = PRESETS[name].rules
    assert all(rule.citation and rule.reason for rule in rules)
    assert len({rule.rule_id for rule in rules}) == len(rules)


def test_approval_leaves_the_hash_of_the_content_alone() -> None:
    draft = PRESETS["ifrs_ias38"]
    approved = draft.model_copy(update={"status": "approved", "approved_by": "Bo"})
    changed = draft.model_copy(update={"version": 2})

    assert content_hash(approved) == content_hash(draft) != content_hash(changed)


def test_rows_count_distinct_fields_and_keep_order() -> None:
    rows = policy_rows(PRESETS.values())
    counted: dict[tuple[str, int], set[str]] = {}
    for condition in rows["policy_rule_conditions"]:
        key = (condition["policy_id"], condition["rule_order"])
        counted.setdefault(key, set()).add(condition["field"])

    for rule in rows["policy_rules"]:
        fields = counted.get((rule["policy_id"], rule["rule_order"]), set())
        assert rule["condition_count"] == len(fields)
    assert [row["policy_id"] for row in rows["policies"]] == sorted(PRESETS)
    assert not next(row for row in rows["policies"] if row["policy_id"] == "mgmt_view")[
        "has_window"
    ]


def test_a_life_of_a_class_stays_inside_the_range(tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    text = (ROOT / "policies" / "us_350_40_legacy.yaml").read_text(encoding="utf-8")
    place = folder / "us_350_40_legacy.yaml"
    place.write_text(text.replace("_by_class: {}", "_by_class: {website: 24, platform: 61}"))
    _, problems = load_policies(tmp_path)
    assert [str(problem) for problem in problems if "61 months of class platform" in str(problem)]

    place.write_text(text.replace("_by_class: {}", "_by_class: {website: 24, platform: 60}"))
    loaded, problems = load_policies(tmp_path)
    assert problems == []
    assert policy_rows([loaded["us_350_40_legacy"].policy])["policy_class_lives"] == [
        {"policy_id": "us_350_40_legacy", "asset_class": "platform", "life_months": 60},
        {"policy_id": "us_350_40_legacy", "asset_class": "website", "life_months": 24},
    ]

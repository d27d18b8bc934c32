"""The relations of schema company: names, types and what the configuration means as rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml
from configured_company import CONFIGURATION, WORKFLOW, write_configured_company

from capstream.company import company_tables, load_company
from capstream.company.configuration_schemas import CONFIGURATION_SCHEMAS, DESCRIPTIONS
from capstream.company.dbt_sources import sources_yaml
from capstream.company.inputs import INPUT_TABLES
from capstream.company.ledger_accounts import DEFAULT_ACCOUNTS
from capstream.errors import UsageError
from capstream.types import Month

ROOT = Path(__file__).resolve().parents[2]
MONTH = Month(2026, 8)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pa.Table]:
    root = write_configured_company(tmp_path_factory.mktemp("company"))
    as_of = datetime(2026, 9, 3, 12, tzinfo=timezone(timedelta(hours=2)))
    return company_tables(load_company(root), MONTH, as_of)


def rows(tables: dict[str, pa.Table], relation: str, /, **where: object) -> list[dict[str, Any]]:
    return [
        row
        for row in tables[relation].to_pylist()
        if all(row[column] == value for column, value in where.items())
    ]


def tables_of(root: Path, month: Month = MONTH, **files: str) -> dict[str, pa.Table]:
    return company_tables(load_company(write_configured_company(root, **files)), month)


def test_every_relation_is_there_with_its_schema(tables: dict[str, pa.Table]) -> None:
    assert set(tables) == set(CONFIGURATION_SCHEMAS) | set(INPUT_TABLES)
    for name, schema in CONFIGURATION_SCHEMAS.items():
        assert tables[name].schema.equals(schema), name


def test_dbt_knows_every_relation() -> None:
    path = ROOT / "dbt_project" / "models" / "staging" / "company" / "_company__sources.yml"
    assert path.read_text(encoding="utf-8") == sources_yaml(), (
        "run python -m capstream.company.dbt_sources"
    )
    declared = yaml.safe_load(sources_yaml())["sources"][0]["tables"]
    assert {entry["name"] for entry in declared} == set(CONFIGURATION_SCHEMAS) | set(INPUT_TABLES)
    assert set(DESCRIPTIONS) == set(CONFIGURATION_SCHEMAS)


def test_settings_are_one_row(tables: dict[str, pa.Table]) -> None:
    (settings,) = rows(tables, "settings")

    assert settings["run_month"] == "2026-08"
    assert settings["as_of_at"] == datetime(2026, 9, 3, 10)  # noqa: DTZ001 - stored as naive UTC
    assert settings["presence_review"] == Decimal("0.150000")
    assert settings["trusted_worklogs_people"] is True
    assert len(settings["configuration_hash"]) == 64


def test_months_end_with_the_run_and_fiscal_years_with_their_end(
    tables: dict[str, pa.Table],
) -> None:
    months = rows(tables, "months")

    assert [month["month_key"] for month in months] == [f"2026-{n:02d}" for n in range(1, 9)]
    assert [month["month_index"] for month in months] == list(range(8))
    assert [month["fiscal_year"] for month in months] == [2026] * 6 + [2027] * 2
    assert [month["month_key"] for month in months if month["is_run_month"]] == ["2026-08"]
    assert (months[1]["first_date"], months[1]["last_date"]) == (
        date(2026, 2, 1),
        date(2026, 2, 28),
    )


def test_a_month_before_the_books_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="2025-12 is before first_month 2026-01"):
        tables_of(tmp_path, Month(2025, 12))


def test_a_time_without_an_offset_is_refused(tmp_path: Path) -> None:
    company = load_company(write_configured_company(tmp_path))
    with pytest.raises(UsageError, match="has no offset"):
        company_tables(company, MONTH, datetime(2026, 9, 1))  # noqa: DTZ001 - the point


def test_a_time_with_an_offset_is_stored_in_utc(tmp_path: Path) -> None:
    company = load_company(write_configured_company(tmp_path))
    table = company_tables(company, MONTH, datetime(2026, 9, 1, tzinfo=UTC))["settings"]
    assert table.column("as_of_at").to_pylist() == [datetime(2026, 9, 1)]  # noqa: DTZ001


def test_calendars_in_use_have_holidays_closures_and_worked_days(
    tables: dict[str, pa.Table],
) -> None:
    days = rows(tables, "calendar_days")
    by_day = {(row["calendar"], row["holiday_date"]): row["kind"] for row in days}

    assert {row["calendar"] for row in days} == {"US", "DE-BY"}
    assert by_day["US", date(2026, 7, 3)] == "holiday"  # observed: the fourth is a Saturday
    assert by_day["DE-BY", date(2026, 6, 4)] == "holiday"  # Corpus Christi, in Bavaria only
    assert by_day["DE-BY", date(2026, 12, 24)] == "closure"
    assert ("DE-BY", date(2026, 1, 6)) not in by_day  # worked by configuration
    assert ("DE-BY", date(2025, 1, 6)) in by_day
    assert {row["holiday_date"].year for row in days} == {2025, 2026, 2027}


def test_the_entitys_own_assignment_replaces_the_shared_one(tmp_path: Path) -> None:
    text = CONFIGURATION.replace(
        "  - {policy: book, from: 2026-01}\n",
        "  - {policy: book, from: 2026-01}\n"
        "  - {policy: book, from: 2026-06}\n"
        "  - {policy: book, from: 2026-03, entity: NO01}\n",
    )
    assigned = rows(tables_of(tmp_path, capstream=text), "policy_assignments")

    assert [(row["entity"], row["from_month"]) for row in assigned] == [
        ("US01", "2026-01"),
        ("US01", "2026-06"),
        ("NO01", "2026-01"),
        ("NO01", "2026-03"),
    ]


def test_mapping_rules_leave_out_what_always_holds(tables: dict[str, pa.Table]) -> None:
    rules = rows(tables, "mapping_rules", ruleset="activity")
    conditions = rows(tables, "mapping_rule_conditions", ruleset="activity")

    assert [(rule["result"], rule["condition_count"]) for rule in rules] == [
        ("training", 1),
        ("defect", 1),
        ("development", 0),
    ]
    assert [(row["rule_order"], row["field"], row["value"]) for row in conditions] == [
        (1, "label", "training"),
        (2, "item_type", "Bug"),
        (2, "item_type", "Defect"),
    ]


def test_stream_rules_keep_file_order_over_all_streams(tables: dict[str, pa.Table]) -> None:
    rules = rows(tables, "stream_rules")

    assert [rule["rule_order"] for rule in rules] == list(range(1, 10))
    assert [rule["level"] for rule in rules] == [1, 3, 1, 1, 5, 1, 6, 7, 5]
    assert rules[2]["valid_to"] == date(2026, 5, 15)
    assert (rules[3]["match_kind"], rules[3]["match_field"], rules[3]["match_value"]) == (
        "field",
        "customfield_10050",
        "Checkout",
    )
    assert (rules[6]["match_value"], rules[6]["path"]) == ("example/checkout", "services/pay/**")
    assert rules[8]["value_stream_id"] == "platform"
    assert rules[8]["component_id"] is None


def test_workflow_statuses_name_step_and_kind(tables: dict[str, pa.Table]) -> None:
    (review,) = rows(tables, "workflow_statuses", status_key="in review")
    (deploy,) = rows(tables, "workflow_statuses", step="Deploy")
    (dropped,) = rows(tables, "workflow_statuses", kind="cancelled")

    assert (review["step"], review["step_order"], review["from_pull_requests"]) == (
        "Review",
        3,
        True,
    )
    assert (deploy["status"], deploy["from_deployments"]) == (None, True)
    assert (dropped["status"], dropped["step"]) == ("Won't Do", None)


def test_workflows_are_repeated_for_each_project(tmp_path: Path) -> None:
    text = WORKFLOW.replace('["*"]', "[A, B]")
    projects = tables_of(tmp_path, workflow=text)["workflow_statuses"].column("project")
    assert set(projects.to_pylist()) == {"A", "B"}


def test_every_entity_has_every_account(tables: dict[str, pa.Table]) -> None:
    accounts = {
        (row["entity"], row["account_key"]): row["account_code"]
        for row in rows(tables, "journal_accounts")
    }

    assert len(accounts) == 2 * len(DEFAULT_ACCOUNTS) == 34
    assert (accounts["US01", "gross"], accounts["NO01", "gross"]) == ("0157", "1570")
    named = {(row["entity"], row["account_code"]) for row in rows(tables, "account_names")}
    assert named == {(entity, code) for (entity, _), code in accounts.items()}


def test_policies_become_rows(tables: dict[str, pa.Table]) -> None:
    (policy,) = rows(tables, "policies")
    gates = {(row["gate_role"], row["gate"]) for row in rows(tables, "policy_gates")}
    conditions = rows(tables, "policy_rule_conditions", rule_order=2)

    assert (policy["has_window"], policy["life_months_min"], policy["effective_to"]) == (
        True,
        24,
        None,
    )
    assert {("start", "authorised"), ("resume", "resumed"), ("ready", "substantially_complete"),
            ("hold_opened", "uncertainty_opened")} <= gates  # fmt: skip
    assert [(row["field"], row["value"]) for row in conditions] == [
        ("activity", "development"),
        ("activity", "defect"),
        ("window", "open"),
    ]
    assert [row["condition_count"] for row in rows(tables, "policy_rules")] == [1, 2]


def test_currencies_are_all_that_are_used(tmp_path: Path) -> None:
    (tmp_path / "inputs").mkdir()
    (tmp_path / "inputs" / "fx_rates.csv").write_text(
        "month,from_currency,to_currency,rate_kind,rate\n2026-01,JPY,USD,average,0.0065\n"
    )
    found = rows(tables_of(tmp_path), "currencies")
    assert [(row["currency_code"], row["minor_digits"]) for row in found] == [
        ("EUR", 2),
        ("JPY", 0),
        ("USD", 2),
    ]


def test_assumptions_have_names_fit_for_a_workbook(tables: dict[str, pa.Table]) -> None:
    names = [row["name"] for row in rows(tables, "assumptions")]

    assert len(names) == len(set(names))
    assert all(name.replace("_", "").isalnum() and not name[0].isdigit() for name in names)
    assert rows(tables, "assumptions", name="attribution_presence_merge")[0]["value"] == "0.15"


def test_paragraphs_say_every_rule(tables: dict[str, pa.Table]) -> None:
    paragraphs = rows(tables, "policy_paragraphs")
    texts = {row["title"]: row["text"] for row in paragraphs}

    assert [row["paragraph_order"] for row in paragraphs] == list(range(1, len(paragraphs) + 1))
    assert texts["L-DEV-1"] == (
        "When activity is development or defect and window is open: capitalised. "
        "coding inside the window (350-40-25-2)"
    )
    assert "approved by Bo on 2026-01-15" in texts["Policy"]

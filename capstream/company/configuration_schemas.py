"""Columns and types of every relation that states the configuration as rows."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pyarrow as pa

_TEXT, _DATE, _WHOLE, _BOOLEAN = pa.string(), pa.date32(), pa.int32(), pa.bool_()
_MONEY, _RATIO, _HOURS = pa.decimal128(18, 2), pa.decimal128(9, 6), pa.decimal128(9, 4)


def _schema(*, text: str = "", **typed: tuple[pa.DataType, str]) -> pa.Schema:
    """Build a schema: text columns first, then groups of one type."""
    fields = [pa.field(name, _TEXT) for name in text.split()]
    for arrow_type, names in typed.values():
        fields += [pa.field(name, arrow_type) for name in names.split()]
    return pa.schema(fields)


CONFIGURATION_SCHEMAS: Mapping[str, pa.Schema] = MappingProxyType(
    {
        "settings": pa.schema(
            [
                ("company_name", _TEXT),
                ("reporting_currency", _TEXT),
                ("timezone", _TEXT),
                ("fiscal_year_start_month", _WHOLE),
                ("hours_per_day", _HOURS),
                ("first_month", _TEXT),
                ("run_month", _TEXT),
                ("as_of_at", pa.timestamp("us")),
                ("hours_denominator", _TEXT),
                ("unlinked_code", _TEXT),
                ("presence_code", _RATIO),
                ("presence_tracker", _RATIO),
                ("presence_review", _RATIO),
                ("presence_merge", _RATIO),
                ("nearest_days", _WHOLE),
                ("stale_half_life_days", _HOURS),
                ("stale_end_days", _WHOLE),
                ("max_unmatched_share", _RATIO),
                ("trusted_worklogs_people", _BOOLEAN),
                ("tolerance", _MONEY),
                ("materiality", _MONEY),
                ("person_names", _TEXT),
                ("failure_window_hours", pa.decimal128(9, 2)),
                ("configuration_hash", _TEXT),
            ]
        ),
        "entities": _schema(text="entity name functional_currency country"),
        "currencies": _schema(text="currency_code", whole=(_WHOLE, "minor_digits")),
        "months": _schema(
            text="month_key",
            days=(_DATE, "first_date last_date"),
            whole=(_WHOLE, "fiscal_year month_index"),
            flags=(_BOOLEAN, "is_run_month is_computed"),
        ),
        "calendar_days": pa.schema(
            [("calendar", _TEXT), ("holiday_date", _DATE), ("name", _TEXT), ("kind", _TEXT)]
        ),
        "declared_first_roles": _schema(text="role_class"),
        "trusted_accounts": _schema(text="account"),
        "close_roles": _schema(text="role name"),
        "policies": pa.schema(
            [
                ("policy_id", _TEXT),
                ("framework", _TEXT),
                ("version", _WHOLE),
                ("status", _TEXT),
                ("approved_by", _TEXT),
                ("approved_on", _DATE),
                ("effective_from", _DATE),
                ("effective_to", _DATE),
                ("ready_gate", _TEXT),
                ("transition", _TEXT),
                ("content_hash", _TEXT),
                ("ai_metered_capitalise", _BOOLEAN),
                ("default_life_months", _WHOLE),
                ("life_months_min", _WHOLE),
                ("life_months_max", _WHOLE),
                ("default_convention", _TEXT),
                ("min_component_budget", _MONEY),
                ("late_gate_days", _WHOLE),
                ("inactive_days", _WHOLE),
                ("capitalization_rate_alert", _RATIO),
                ("has_window", _BOOLEAN),
            ]
        ),
        "policy_assignments": _schema(text="entity policy_id from_month"),
        "policy_gates": _schema(text="policy_id gate_role gate"),
        "policy_tiers": _schema(text="policy_id evidence_tier"),
        "policy_pay_components": _schema(text="policy_id pay_component"),
        "policy_never_roles": _schema(text="policy_id role_class"),
        "policy_class_lives": _schema(text="policy_id asset_class", whole=(_WHOLE, "life_months")),
        "policy_rules": pa.schema(
            [
                ("policy_id", _TEXT),
                ("rule_order", _WHOLE),
                ("rule_id", _TEXT),
                ("treatment", _TEXT),
                ("citation", _TEXT),
                ("reason", _TEXT),
                ("condition_count", _WHOLE),
            ]
        ),
        "policy_rule_conditions": pa.schema(
            [("policy_id", _TEXT), ("rule_order", _WHOLE), ("field", _TEXT), ("value", _TEXT)]
        ),
        "mapping_rules": pa.schema(
            [
                ("ruleset", _TEXT),
                ("rule_order", _WHOLE),
                ("result", _TEXT),
                ("condition_count", _WHOLE),
            ]
        ),
        "mapping_rule_conditions": pa.schema(
            [("ruleset", _TEXT), ("rule_order", _WHOLE), ("field", _TEXT), ("value", _TEXT)]
        ),
        "value_streams": _schema(text="value_stream_id name owner", whole=(_WHOLE, "stream_order")),
        "stream_rules": pa.schema(
            [
                ("rule_order", _WHOLE),
                ("value_stream_id", _TEXT),
                ("component_id", _TEXT),
                ("level", _WHOLE),
                ("match_kind", _TEXT),
                ("match_field", _TEXT),
                ("match_value", _TEXT),
                ("path", _TEXT),
                ("valid_from", _DATE),
                ("valid_to", _DATE),
            ]
        ),
        "workflow_statuses": pa.schema(
            [
                ("project", _TEXT),
                ("status", _TEXT),
                ("status_key", _TEXT),
                ("step", _TEXT),
                ("step_order", _WHOLE),
                ("kind", _TEXT),
                ("from_pull_requests", _BOOLEAN),
                ("from_deployments", _BOOLEAN),
            ]
        ),
        "journal_targets": pa.schema(
            [("target_order", _WHOLE), ("format", _TEXT), ("entity", _TEXT), ("subsidiary", _TEXT)]
        ),
        "journal_accounts": _schema(text="entity account_key account_code"),
        "account_names": _schema(text="entity account_code name"),
        "delivery_environments": _schema(text="environment"),
        "sources": _schema(text="name kind mode timezone", whole=(_WHOLE, "source_order")),
        "assumptions": pa.schema(
            [
                ("name", _TEXT),
                ("value", _TEXT),
                ("unit", _TEXT),
                ("source", _TEXT),
                ("effective_from", _DATE),
                ("comment", _TEXT),
            ]
        ),
        "policy_paragraphs": pa.schema(
            [("policy_id", _TEXT), ("paragraph_order", _WHOLE), ("title", _TEXT), ("text", _TEXT)]
        ),
        "ai_mark_rules": _schema(
            text="rule_id tool place needle pattern evidence_class confidence",
            whole=(_WHOLE, "rule_version"),
        ),
    }
)
"""Every relation of schema `company` but the input tables, by name."""

DESCRIPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "settings": "The company's settings and the month of this run, exactly one row.",
        "entities": "Legal entities with their functional currency.",
        "currencies": "Every currency used anywhere, with the decimals of its minor unit.",
        "months": "Months from the first month of the books to the month of this run.",
        "calendar_days": "Public holidays and company closures of every calendar in use.",
        "declared_first_roles": "Role classes whose declared allocations come before evidence.",
        "trusted_accounts": "Accounts whose worklogs are trusted, where not all people's are.",
        "close_roles": "Names that may prepare and names that may approve a close.",
        "policies": "Capitalisation policies with their dates, elections and content hash.",
        "policy_assignments": "Policy of each entity; the latest from_month that has come wins.",
        "policy_gates": "Gates of each policy by the role they play.",
        "policy_tiers": "Evidence tiers that a policy may capitalise.",
        "policy_pay_components": "Pay components that a policy may capitalise.",
        "policy_never_roles": "Role classes that a policy always expenses.",
        "policy_class_lives": "Lives that a policy gives asset classes by default.",
        "policy_rules": "Rules of each policy in order; the first that matches decides.",
        "policy_rule_conditions": "Conditions of policy rules, one row a field and value.",
        "mapping_rules": "Rules for activity, category and flow type; the first match wins.",
        "mapping_rule_conditions": "Conditions of mapping rules, one row a field and value.",
        "value_streams": "Value streams with their owners.",
        "stream_rules": "Rules that map work to value streams and components, in file order.",
        "workflow_statuses": "Tracker statuses and the step or group that each belongs to.",
        "journal_targets": "Journal formats and the entities that they serve.",
        "journal_accounts": "Account code of every account key of every entity.",
        "account_names": "Names of accounts, from the chart of accounts or the defaults.",
        "delivery_environments": "Environments that count as production.",
        "sources": "Configured sources in their order.",
        "assumptions": "Every parameter of the configuration, as the workbooks print them.",
        "policy_paragraphs": "The policies in words, paragraph by paragraph.",
        "ai_mark_rules": "Marks that AI tools leave in commits and pull requests.",
    }
)
"""One line on each of these relations."""

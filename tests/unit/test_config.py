"""What a sound configuration means: plain scalars, defaults, paths, hashes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from configured_company import CONFIGURATION, FILES, write_configured_company
from hypothesis import given, settings
from hypothesis import strategies as st

from capstream.company import load_company
from capstream.company.config import CapstreamConfig
from capstream.company.configuration_hash import configuration_hash
from capstream.documents.credentials import is_secret_key, looks_secret
from capstream.documents.yaml_reader import parse_yaml
from capstream.types import Month

MINIMAL = """\
schema_version: 1
company: {name: Example, reporting_currency: USD, timezone: UTC, first_month: 2026-01}
entities:
  - {entity: US01, name: Example, functional_currency: USD, country: US}
  - {entity: NO01, name: Example, functional_currency: NOK, country: NO}
policies: [{policy: book, from: 2026-01}]
roles: {prepare: [Ada], approve: [Bo]}
"""


def value_of(text: str) -> object:
    document, problems = parse_yaml(f"key: {text}", "file.yaml")
    assert problems == []
    assert document is not None
    return document.value["key"]


@pytest.mark.parametrize(
    "text",
    ["NO", "Yes", "On", "off", "n", "True", "FALSE", "2026-01", "2026-01-31", "12:30:45", "0123",
     "1_000", "0x1F", ".inf", ".nan", "=", "<<", "7,5"],
)  # fmt: skip
def test_plain_scalars_of_another_age_are_text(text: str) -> None:
    assert value_of(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("false", False), ("null", None), ("~", None), ("", None), ("12", 12),
     ("-3", -3), ("0.10", Decimal("0.10")), ("1e3", Decimal("1000")), ('"12"', "12"),
     ("'true'", "true")],
)  # fmt: skip
def test_other_plain_scalars_have_their_type(text: str, value: object) -> None:
    assert value_of(text) == value


def test_aliases_stand_for_what_they_name() -> None:
    document, problems = parse_yaml("a: &list [1, 2]\nb: *list\n", "file.yaml")

    assert problems == []
    assert document is not None
    assert document.value == {"a": [1, 2], "b": [1, 2]}


def test_lines_are_kept_for_keys_and_list_items() -> None:
    document, _ = parse_yaml("a:\n  - b: 1\n    c: 2\n  - d: 3\n", "file.yaml")

    assert document is not None
    assert [document.line(path) for path in [("a",), ("a", 0, "c"), ("a", 1, "d")]] == [1, 3, 4]
    assert document.line(("a", 1, "missing")) == 4


def test_defaults_are_those_of_the_contract(tmp_path: Path) -> None:
    config = load_company(write_configured_company(tmp_path, capstream=MINIMAL)).config

    assert config.company.hours_per_day == 8
    assert config.company.fiscal_year_start_month == 1
    assert config.warehouse.path == "var/capstream.duckdb"
    assert config.attribution.declared_first == ("manager", "product", "designer")
    assert config.attribution.presence.review == Decimal("0.15")
    assert config.attribution.trusted_worklogs == "people"
    assert config.delivery.production == ("production", "prod")
    assert config.reporting.person_names == "pseudonym"
    assert [rule.activity for rule in config.work_types] == [
        "training", "defect", "spike", "development",
    ]  # fmt: skip


def test_an_account_code_is_text_however_it_is_written(tmp_path: Path) -> None:
    accounts = load_company(write_configured_company(tmp_path)).config.journals[0].accounts

    assert accounts == {"cip": "1560", "gross": "0157"}


def test_a_known_key_without_a_value_is_as_good_as_absent(tmp_path: Path) -> None:
    text = CONFIGURATION.replace("notify: []", "notify:").replace(
        'subsidiary: "Example Works Inc."', "subsidiary:"
    )
    config = load_company(write_configured_company(tmp_path, capstream=text)).config

    assert config.notify == ()
    assert config.journals[0].subsidiary is None


def test_a_company_knows_its_places_and_parts(tmp_path: Path) -> None:
    company = load_company(write_configured_company(tmp_path))

    assert company.warehouse_path == tmp_path / "var" / "capstream.duckdb"
    assert (company.var, company.out) == (tmp_path / "var", tmp_path / "out")
    assert [source.kind for source in company.config.sources] == ["jira", "github", "git", "tables"]
    assert list(company.policies) == ["book"]
    assert company.config.company.first_month == Month(2026, 1)
    rule = company.value_streams[0].rules[2]
    assert (rule.valid_from, rule.valid_to) == (date(2026, 3, 1), date(2026, 5, 15))
    zones = company.inputs.tables["people"].column("timezone").to_pylist()
    assert zones == ["America/New_York", "America/New_York"]


def test_layout_and_comments_leave_the_hash_alone(tmp_path: Path) -> None:
    plain = load_company(write_configured_company(tmp_path / "a"))
    commented = "# a comment\n" + CONFIGURATION.replace("notify: []\n", "")
    other = load_company(write_configured_company(tmp_path / "b", capstream=commented))

    assert configuration_hash(plain) == configuration_hash(other)


@pytest.mark.parametrize(
    ("file", "good", "bad"),
    [("capstream.yaml", "nearest_days: 3", "nearest_days: 2"),
     ("value_streams.yaml", "project: PLT", "project: PLX"),
     ("workflow.yaml", "Selected", "Chosen"),
     ("policies/book.yaml", "version: 1", "version: 2")],
)  # fmt: skip
def test_every_file_counts_in_the_hash(tmp_path: Path, file: str, good: str, bad: str) -> None:
    before = configuration_hash(load_company(write_configured_company(tmp_path)))
    (tmp_path / file).write_text(FILES[file].replace(good, bad), encoding="utf-8")

    assert configuration_hash(load_company(tmp_path)) != before


@pytest.mark.parametrize("key", ["token", "api_key", "API-Key", "client_secret", "db_password"])
def test_keys_that_would_hold_a_secret(key: str) -> None:
    assert is_secret_key(key)


@pytest.mark.parametrize("key", ["token_env", "key", "name", "password_env", "keyboard", "author"])
def test_keys_that_do_not_hold_a_secret(key: str) -> None:
    assert not is_secret_key(key)


@pytest.mark.parametrize(
    "value",
    ["ghp_" + "a" * 36, "xoxb-" + "1234567890-abc", "AKIA" + "A" * 16, "Bearer " + "a" * 20,
     "https://user:pass" + "@host.example/path"],
)  # fmt: skip
def test_values_that_look_like_credentials(value: str) -> None:
    assert looks_secret(value)


@pytest.mark.parametrize(
    "value", ["GITHUB_TOKEN", "https://host.example/a:b@c", "sk-1", "Basic plan", "AKIA", None, 7]
)
def test_values_that_do_not(value: object) -> None:
    assert not looks_secret(value)


def test_models_are_fixed_once_read() -> None:
    document, _ = parse_yaml(MINIMAL, "capstream.yaml")
    assert document is not None
    config = CapstreamConfig.model_validate(document.value)

    with pytest.raises(ValueError, match="frozen"):
        config.company.name = "Other"  # type: ignore[misc]


@given(st.text(alphabet=st.sampled_from("a1:-[]{}&*!|>'\"#, \n\t%@`~é\x00"), max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_text_makes_the_reader_crash(text: str) -> None:
    document, problems = parse_yaml(text, "file.yaml")

    assert (document is None) == bool(problems)
    assert all(problem.remedy for problem in problems)


@pytest.mark.parametrize("text", ["9" * 5000, "1." + "9" * 5000, "[" * 500 + "]" * 500])
def test_extreme_values_are_read_or_refused(text: str) -> None:
    document, problems = parse_yaml(f"key: {text}", "file.yaml")
    assert (document is None) == bool(problems)

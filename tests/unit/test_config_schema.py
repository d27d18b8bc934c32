"""The published JSON Schema says of a file what the models say, as far as a schema can."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from configured_company import FILES
from jsonschema import Draft202012Validator
from test_config_bad import CASES

from capstream.company.config import CapstreamConfig
from capstream.company.schema import configuration_schema, schema_text
from capstream.company.value_streams import ValueStreamsFile
from capstream.company.workflow import WorkflowFile
from capstream.documents.document import Document
from capstream.documents.validation import validated
from capstream.documents.yaml_reader import parse_yaml
from capstream.policy import Policy

ROOT = Path(__file__).resolve().parents[2]
MODELS = {
    "capstream.yaml": CapstreamConfig,
    "value_streams.yaml": ValueStreamsFile,
    "workflow.yaml": WorkflowFile,
    "policies/book.yaml": Policy,
}
# What a schema cannot say: one key of another, a name of another file, a list of the world.
BEYOND_A_SCHEMA = {
    "timezone", "currency_three_digits", "closure_date", "rule_day", "no_condition", "no_path",
    "no_token", "path_up", "path_absolute", "warehouse_outside", "warehouse_connection",
    "warehouse_target", "notify_two",
    "token_in_env", "two_matches", "no_match", "field_alone", "path_alone", "rule_dates",
    "stream_reserved", "no_statuses", "approver", "approval_date", "rule_reserved", "life",
    "url_with_password",
}  # fmt: skip


def plain(value: Any) -> Any:
    """Turn exact decimals into the numbers that JSON has."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return float(value) if isinstance(value, Decimal) else value


def validator_of(file: str) -> Draft202012Validator:
    schema = configuration_schema()
    return Draft202012Validator({**schema, "$ref": f"#/$defs/{MODELS[file].__name__}"})


def documents() -> dict[str, tuple[str, Document]]:
    found = {}
    for name, case in CASES.items():
        text = FILES[case.file].replace(case.good, case.bad, 1)
        document, _ = parse_yaml(text, case.file)
        if document is not None:
            found[name] = (case.file, document)
    return found


DOCUMENTS = documents()


def test_the_published_file_is_current() -> None:
    published = (ROOT / "docs" / "capstream.schema.json").read_text(encoding="utf-8")
    assert published == schema_text(), "run python -m capstream.company.schema"


def test_the_schema_is_itself_sound() -> None:
    Draft202012Validator.check_schema(configuration_schema())


@pytest.mark.parametrize("file", MODELS)
def test_sound_files_agree(file: str) -> None:
    document, _ = parse_yaml(FILES[file], file)
    assert document is not None
    assert list(validator_of(file).iter_errors(plain(document.value))) == []


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_bad_files_agree(name: str) -> None:
    file, document = DOCUMENTS[name]
    model, _ = validated(document, MODELS[file])
    refused_by_models = model is None
    refused_by_schema = not validator_of(file).is_valid(plain(document.value))

    if name in BEYOND_A_SCHEMA:
        assert refused_by_models
    else:
        assert refused_by_schema == refused_by_models


@pytest.mark.parametrize("file", sorted((ROOT / "policies").glob("*.yaml")), ids=lambda f: f.stem)
def test_presets_fit_the_schema(file: Path) -> None:
    document, _ = parse_yaml(file.read_text(encoding="utf-8"), file.name)
    assert document is not None
    assert list(validator_of("policies/book.yaml").iter_errors(plain(document.value))) == []

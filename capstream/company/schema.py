"""The JSON Schema of the configuration, rendered from the models that read it.

`python -m capstream.company.schema FILE` writes the published capstream.schema.json. It has a
definition for each file, so that an editor completes and checks all of them:
`capstream.schema.json` itself for capstream.yaml, and below `$defs` ValueStreamsFile,
WorkflowFile and Policy.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from capstream.company.config import CapstreamConfig
from capstream.company.value_streams import ValueStreamsFile
from capstream.company.workflow import WorkflowFile
from capstream.policy import Policy

_MODELS = (CapstreamConfig, ValueStreamsFile, WorkflowFile, Policy)


def configuration_schema() -> dict[str, Any]:
    """Return the schema of capstream.yaml, with those of the other files among its definitions.

    What one key says of another one (a path for `mode: files`, one match in a rule) and what one
    file says of another one is beyond a schema; `capstream check` says it.
    """
    _, schema = models_json_schema(
        [(model, "validation") for model in _MODELS],
        title="Configuration of a Capstream company",
        schema_generator=_Generator,
    )
    for definition in schema["$defs"].values():
        definition.pop("title", None)
        for key, value in definition.get("properties", {}).items():
            definition["properties"][key] = _property(value, key in definition.get("required", ()))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": schema["title"],
        "$ref": "#/$defs/CapstreamConfig",
        "$defs": dict(sorted(schema["$defs"].items())),
    }


def schema_text() -> str:
    """Return the text of capstream.schema.json."""
    return json.dumps(configuration_schema(), indent=2, ensure_ascii=False) + "\n"


class _Generator(GenerateJsonSchema):
    """Leaves out the generated titles, which only repeat the key."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def _property(value: dict[str, Any], required: bool) -> dict[str, Any]:  # noqa: FBT001
    """Allow an empty key where it may be left out, and state its default as the file writes it."""
    if required:
        return value
    default = value.pop("default", None)
    description = {"description": value.pop("description")} if "description" in value else {}
    if {"type": "null"} not in value.get("anyOf", ()):
        value = {"anyOf": [value, {"type": "null"}]}
    if default is None or isinstance(default, dict):
        return {**description, **value}
    is_number = any(choice.get("type") == "number" for choice in value["anyOf"])
    return {**description, **value, "default": float(default) if is_number else default}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(schema_text(), encoding="utf-8")

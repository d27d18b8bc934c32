"""Mappings and lists of a configuration file: known keys, fixed values."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    Strict,
    model_validator,
)
from pydantic_core import CoreSchema

T = TypeVar("T")


class SettingError(ValueError):
    """A key of a section contradicts another one.

    Args:
        key: The key to point at.
        words: `what is wrong: what to do`.
    """

    def __init__(self, key: str, words: str) -> None:
        super().__init__(words)
        self.key = key


class Section(BaseModel):
    """A mapping of a configuration file: its keys are known, its values fixed once read.

    A known key without a value is as good as absent, so that a template can leave keys empty.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_empty_keys(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        known = {field.alias or name for name, field in cls.model_fields.items()}
        return {key: inner for key, inner in value.items() if inner is not None or key not in known}


def _as_list(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


class _AloneToo:
    """Tells the JSON Schema that a single entry may stand without a list."""

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        schema = handler(core)
        return {"anyOf": [schema["items"], schema]}


Many = Annotated[tuple[T, ...], Strict(strict=False)]
"""A list of the file, fixed once read."""

OneOrMore = Annotated[
    tuple[T, ...],
    Strict(strict=False),
    BeforeValidator(_as_list),
    Field(min_length=1),
    _AloneToo(),
]
"""A list of at least one entry, or that entry alone."""

"""What all entries of `sources:` share, and what those with an API share besides."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, model_validator
from pydantic import WithJsonSchema as Schema

from capstream.company.paths import refuse_escape
from capstream.documents.fields import (
    Text,
    Timezone,
    VariableName,
)
from capstream.documents.sections import (
    Section,
    SettingError,
)

SOURCE_NAME = r"^[A-Za-z][A-Za-z0-9_]*$"


def _source_name(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(SOURCE_NAME, value):
        raise ValueError(
            "is not a source name: write letters, digits and _, beginning with a letter"
        )
    return value


def _web_address(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"https?://[^\s/@]+(/\S*)?", value):
        raise ValueError("is not a web address: write https://host/path without user or password")
    if value.startswith("http:") and not re.match(r"http://(127\.0\.0\.1|localhost)(:|/|$)", value):
        raise ValueError("is not encrypted: write https://")
    return value


SourceName = Annotated[
    str, BeforeValidator(_source_name), Schema({"type": "string", "pattern": SOURCE_NAME})
]
WebAddress = Annotated[
    str,
    BeforeValidator(_web_address),
    Schema(
        {
            "type": "string",
            "pattern": r"^(https://|http://(127\.0\.0\.1|localhost)(:|/|$))[^\s@]*$",
        }
    ),
]


class SourceBase(Section):
    """What all source entries share.

    Attributes:
        name: The value of column `source` in every table of this source; unique.
        mode: `api` asks the system, `files` reads records at `path`; None for a kind that
            needs no choice (`tables`, a local `git`).
        path: File, folder or glob, relative to the company folder.
        timezone: IANA name for times without an offset; None = such times are rejected records.
        allow_outside: Whether `path` may leave the company folder.
    """

    name: SourceName
    mode: Literal["api", "files"] | None = None
    path: Text | None = None
    timezone: Timezone | None = None
    allow_outside: bool = False

    @model_validator(mode="after")
    def _path_stays_inside(self) -> Self:
        if self.path is not None:
            refuse_escape(self.path, allow_outside=self.allow_outside)
        return self


class ApiOrFilesSource(SourceBase):
    """A system with an API whose native records may also come as files."""

    mode: Literal["api", "files"]
    url: WebAddress | None = None
    token_env: VariableName | None = None

    @model_validator(mode="after")
    def _mode_has_its_keys(self) -> Self:
        if self.mode == "files" and self.path is None:
            raise SettingError(
                "path", "mode files has no path: add path, relative to the company folder"
            )
        if self.mode == "api" and self.path is not None:
            raise SettingError("path", "mode api has a path: remove path or write mode: files")
        if self.mode == "api":
            for key in self.api_keys():
                if not getattr(self, key):
                    raise SettingError(key, f"mode api has no {key}: add {key}")
        return self

    @classmethod
    def api_keys(cls) -> tuple[str, ...]:
        """Name the keys that `mode: api` cannot do without."""
        return ("token_env",)

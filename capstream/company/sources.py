"""The entries of `sources:` in capstream.yaml: one model for each kind of system.

`SourceConfig` is the union of all kinds, told apart by `kind`. Every entry has `name`, `kind`,
`mode`, `path`, `timezone` and `allow_outside`; a connector reads the further keys of its kind.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic import WithJsonSchema as Schema

from capstream.company.paths import refuse_escape
from capstream.documents.fields import (
    Many,
    Section,
    SettingError,
    Text,
    Timezone,
    VariableName,
)

SOURCE_NAME = r"^[A-Za-z][A-Za-z0-9_]*$"


def _source_name(value: object) -> object:
    if not isinstance(value, str) or not re.match(SOURCE_NAME, value):
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
DeploymentOrigin = Literal["status_events", "releases", "tags"]


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


class _ApiOrFiles(SourceBase):
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


class JiraSource(_ApiOrFiles):
    """Jira Cloud, Data Center or files of native issue objects."""

    kind: Literal["jira"]
    edition: Literal["cloud", "data_center"] = "cloud"
    user_env: VariableName | None = None
    projects: Many[Text] = ()
    jql: Text | None = None
    epic_field: Text | None = None
    points_field: Text | None = None

    @classmethod
    def api_keys(cls) -> tuple[str, ...]:
        """Name the keys that `mode: api` cannot do without."""
        return ("url", "token_env")


class GithubSource(_ApiOrFiles):
    """GitHub by REST and GraphQL, or files of native objects."""

    kind: Literal["github"]
    organization: Text | None = None
    repositories: Many[Text] = ()
    repository: Text | None = None
    deployments: DeploymentOrigin = "status_events"

    @model_validator(mode="after")
    def _api_knows_where(self) -> Self:
        if self.mode == "api" and not (self.organization or self.repositories):
            raise SettingError(
                "organization", "mode api has no organization: add organization or repositories"
            )
        return self


class GitlabSource(_ApiOrFiles):
    """GitLab: merge requests, issues, pipelines and deployments."""

    kind: Literal["gitlab"]
    group: Text | None = None
    projects: Many[Text] = ()
    deployments: DeploymentOrigin = "status_events"


class LinearSource(_ApiOrFiles):
    """Linear: issues, history and cycles."""

    kind: Literal["linear"]
    teams: Many[Text] = ()


class AzureDevopsSource(_ApiOrFiles):
    """Azure DevOps: work item revisions, pull requests, releases."""

    kind: Literal["azure_devops"]
    organization: Text | None = None
    projects: Many[Text] = ()


class GitSource(SourceBase):
    """A local clone or bare repository, or the tables of one (see the contract, section 5)."""

    kind: Literal["git"]
    mode: Literal["files"] | None = None
    path: Text
    repository: Text | None = None
    deployments: Literal["tags"] | None = None


class PagerdutySource(_ApiOrFiles):
    """PagerDuty incidents."""

    kind: Literal["pagerduty"]
    services: Many[Text] = ()


class OpsgenieSource(_ApiOrFiles):
    """Opsgenie incidents."""

    kind: Literal["opsgenie"]
    services: Many[Text] = ()


class CopilotSource(_ApiOrFiles):
    """GitHub Copilot: seats, usage reports and metered cost."""

    kind: Literal["copilot"]
    organization: Text | None = None
    enterprise: Text | None = None


class CursorSource(_ApiOrFiles):
    """Cursor: members, daily usage, spend and usage events."""

    kind: Literal["cursor"]


class ClaudeCodeSource(_ApiOrFiles):
    """Claude Code analytics and cost reports."""

    kind: Literal["claude_code"]


class OpenaiSource(_ApiOrFiles):
    """OpenAI usage and costs."""

    kind: Literal["openai"]
    projects: Many[Text] = ()


class CodexSource(_ApiOrFiles):
    """Codex analytics of a ChatGPT Enterprise workspace."""

    kind: Literal["codex"]
    workspace: Text | None = None


class TablesSource(SourceBase):
    """A folder with any of the neutral tables as CSV or Parquet."""

    kind: Literal["tables"]
    mode: Literal["files"] | None = None
    path: Text


SourceConfig = Annotated[
    JiraSource
    | GithubSource
    | GitlabSource
    | LinearSource
    | AzureDevopsSource
    | GitSource
    | PagerdutySource
    | OpsgenieSource
    | CopilotSource
    | CursorSource
    | ClaudeCodeSource
    | OpenaiSource
    | CodexSource
    | TablesSource,
    Field(discriminator="kind"),
]

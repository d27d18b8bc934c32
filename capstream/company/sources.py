"""The entries of `sources:` in capstream.yaml: one model for each kind of system.

`SourceConfig` is the union of all kinds, told apart by `kind`. Every entry has `name`, `kind`,
`mode`, `path`, `timezone` and `allow_outside`; a connector reads the further keys of its kind.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from capstream.company.source_base import ApiOrFilesSource, SourceBase
from capstream.documents.fields import (
    DateText,
    Text,
    VariableName,
)
from capstream.documents.sections import (
    Many,
    SettingError,
)

DeploymentOrigin = Literal["status_events", "releases", "tags"]


class JiraSource(ApiOrFilesSource):
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


class GithubSource(ApiOrFilesSource):
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


class GitlabSource(ApiOrFilesSource):
    """GitLab: merge requests, issues, pipelines and deployments."""

    kind: Literal["gitlab"]
    group: Text | None = None
    projects: Many[Text] = ()
    deployments: DeploymentOrigin = "status_events"


class LinearSource(ApiOrFilesSource):
    """Linear: issues, history and cycles."""

    kind: Literal["linear"]
    teams: Many[Text] = ()


class AzureDevopsSource(ApiOrFilesSource):
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


class PagerdutySource(ApiOrFilesSource):
    """PagerDuty incidents."""

    kind: Literal["pagerduty"]
    services: Many[Text] = ()


class OpsgenieSource(ApiOrFilesSource):
    """Opsgenie incidents."""

    kind: Literal["opsgenie"]
    services: Many[Text] = ()


class AiSource(ApiOrFilesSource):
    """What sources of AI tools share.

    Attributes:
        entity: Entity that the vendor charges.
        price_basis: `invoiced` where the vendor's amounts are its invoice and none is handed over
            in `ai_costs`; a vendor's estimate is never booked.
        since: First day of the first load; None: ninety days back.
    """

    kind: str
    entity: Text | None = None
    price_basis: Literal["vendor_estimate", "invoiced"] = "vendor_estimate"
    since: DateText | None = None

    @model_validator(mode="after")
    def _invoice_names_its_entity(self) -> Self:
        if self.price_basis == "invoiced" and not self.entity:
            raise SettingError("entity", "price_basis invoiced has no entity: add entity")
        return self


class CopilotSource(AiSource):
    """GitHub Copilot: seats, usage reports and metered cost."""

    kind: Literal["copilot"]
    organization: Text | None = None
    enterprise: Text | None = None


class CursorSource(AiSource):
    """Cursor: members, daily usage, spend and usage events."""

    kind: Literal["cursor"]


class ClaudeCodeSource(AiSource):
    """Claude Code analytics and cost reports."""

    kind: Literal["claude_code"]


class OpenaiSource(AiSource):
    """OpenAI usage and costs."""

    kind: Literal["openai"]
    projects: Many[Text] = ()


class CodexSource(AiSource):
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

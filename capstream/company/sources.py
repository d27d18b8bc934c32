"""The entries of `sources:` in capstream.yaml: one model for each kind of system.

`SourceConfig` is the union of all kinds, told apart by `kind`. Every entry has `name`, `kind`,
`mode`, `path`, `timezone` and `allow_outside`; a connector reads the further keys of its kind.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from capstream.company.source_base import ApiOrFilesSource, SourceBase, WebAddress
from capstream.documents.fields import (
    DateText,
    Text,
    VariableName,
)
from capstream.documents.sections import (
    Many,
    OneOrMore,
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


_APP_KEYS = ("app_id", "installation_id", "private_key_env")


class GithubSource(ApiOrFilesSource):
    """GitHub by REST and GraphQL, or files of native objects.

    Attributes:
        organization: Owner of the repositories.
        repositories: Those wanted; empty for all that the token sees.
        repository: Repository of exported objects that name none.
        deployments: What counts as a deployment.
        app_id: Number or client id of an app, in place of a token.
        installation_id: Number of its installation.
        private_key_env: Environment variable with the app's private key, PEM.
    """

    kind: Literal["github"]
    organization: Text | None = None
    repositories: Many[Text] = ()
    repository: Text | None = None
    deployments: DeploymentOrigin = "status_events"
    app_id: Text | None = None
    installation_id: Text | None = None
    private_key_env: VariableName | None = None

    @classmethod
    def api_keys(cls) -> tuple[str, ...]:
        """Name no key: a token or an app will do."""
        return ()

    @model_validator(mode="after")
    def _api_knows_who(self) -> Self:
        app = {name: getattr(self, name) for name in _APP_KEYS}
        for name, value in app.items():
            if any(app.values()) and not value:
                raise SettingError(name, f"an app has no {name}: add {name}")
        if self.mode == "api" and not (self.token_env or self.app_id):
            raise SettingError(
                "token_env", "mode api has no token_env: add token_env, or app_id of an app"
            )
        return self

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
    """Azure DevOps: work item revisions, pull requests, releases, builds.

    Attributes:
        organization: Name in dev.azure.com/NAME.
        projects: Names of projects; empty for all.
        deployments: What counts as a deployment: each that a release tells of one by one, the
            stages of release objects (files only), or builds.
        pipelines: Names of the pipelines whose builds deploy.
    """

    kind: Literal["azure_devops"]
    organization: Text | None = None
    projects: Many[Text] = ()
    deployments: Literal["status_events", "releases", "builds"] = "status_events"
    pipelines: Many[Text] = ()

    @model_validator(mode="after")
    def _says_what_deploys(self) -> Self:
        if (self.deployments == "builds") != bool(self.pipelines):
            raise SettingError(
                "pipelines", "deployments: builds and pipelines go together: add the names of the "
                "pipelines that deploy, or leave both out",
            )  # fmt: skip
        if self.deployments == "releases" and self.mode == "api":
            raise SettingError(
                "deployments", "mode api reads the deployments of releases: leave deployments out"
            )
        return self


class GitSource(SourceBase):
    """A local clone or bare repository, its tables (contract, section 5), or one to be fetched.

    Attributes:
        url: Addresses of repositories that `mode: api` fetches.
        token_env: Environment variable with the token that they take.
        repository: Name of the repository, where the address or folder is not its name.
        deployments: `tags` where a tag counts as a deployment.
    """

    kind: Literal["git"]
    mode: Literal["files", "api"] | None = None
    url: OneOrMore[WebAddress] = ()
    token_env: VariableName | None = None
    repository: Text | None = None
    deployments: Literal["tags"] | None = None

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if self.mode == "api":
            if not self.url:
                raise SettingError("url", "mode api has no url: add the repository's address")
            if self.path is not None:
                raise SettingError("path", "mode api has a path: remove path or write mode: files")
        elif self.path is None:
            raise SettingError("path", "git has no path: add path, or mode: api and url")
        return self


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

"""The kinds of sources that can be loaded, and how each is opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from capstream.company.sources import GitSource, SourceConfig, TablesSource
from capstream.connectors.api.connector import ApiConnector
from capstream.connectors.api.opening import Opening
from capstream.connectors.azure_devops import AZURE_DEVOPS
from capstream.connectors.claude_code import CLAUDE_CODE
from capstream.connectors.codex import CODEX
from capstream.connectors.copilot import COPILOT
from capstream.connectors.cursor import CURSOR
from capstream.connectors.git.connector import GitConnector
from capstream.connectors.git.remote import RemoteGitConnector, git_findings
from capstream.connectors.github import GITHUB
from capstream.connectors.gitlab import GITLAB
from capstream.connectors.jira import JIRA
from capstream.connectors.json_files import JsonFilesConnector
from capstream.connectors.kinds import Kind
from capstream.connectors.linear import LINEAR
from capstream.connectors.openai import OPENAI
from capstream.connectors.opsgenie import OPSGENIE
from capstream.connectors.pagerduty import PAGERDUTY
from capstream.connectors.records import Connector
from capstream.connectors.tables.connector import TablesConnector
from capstream.connectors.times import TimeReader

NATIVE_KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "jira": JIRA,
        "github": GITHUB,
        "gitlab": GITLAB,
        "linear": LINEAR,
        "azure_devops": AZURE_DEVOPS,
        "pagerduty": PAGERDUTY,
        "opsgenie": OPSGENIE,
        "copilot": COPILOT,
        "cursor": CURSOR,
        "claude_code": CLAUDE_CODE,
        "openai": OPENAI,
        "codex": CODEX,
    }
)
"""Kinds with native objects, asked by API or read from files through the same normaliser."""

KINDS = (*NATIVE_KINDS, "git", "tables")
"""Kinds that `load_source` brings into the warehouse."""


def open_connector(
    company_root: Path,
    source: SourceConfig,
    *,
    company_timezone: str | None = None,
    opening: Opening | None = None,
) -> Connector:
    """Return the connector of a source, ready to be read.

    Args:
        company_root: The company folder.
        source: An entry of `sources`.
        company_timezone: Named in the remedy for times that lack an offset.
        opening: How an API is asked; None: with this machine's clock and the usual patience.

    Raises:
        InputError: The path names nothing.
    """
    times = TimeReader(source.timezone, example=company_timezone)
    if isinstance(source, GitSource):
        is_remote = source.mode == "api"
        return (RemoteGitConnector if is_remote else GitConnector)(company_root, source, times)
    if isinstance(source, TablesSource):
        return TablesConnector(company_root, source, times)
    kind = NATIVE_KINDS[source.kind]
    normaliser = kind.normaliser(source, times)
    if source.mode == "files":
        return JsonFilesConnector(company_root, source, normaliser, kind.envelopes, kind.joined)
    asked = opening or Opening(company_root)
    return ApiConnector(
        company_root, source, streams=lambda: kind.streams(source, asked), normaliser=normaliser,
        opening=asked,
    )  # fmt: skip


def online_findings(company_root: Path, source: SourceConfig) -> Iterator[str]:
    """Ask the host of a source what its token sees, one sentence each.

    Raises:
        SourceError: The host refuses or does not answer.
    """
    if isinstance(source, GitSource):
        yield from git_findings(company_root, source)
        return
    yield from NATIVE_KINDS[source.kind].findings(source, Opening(company_root))

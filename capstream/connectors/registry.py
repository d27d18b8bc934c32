"""The kinds of sources that can be loaded, and how each is opened."""

from __future__ import annotations

from pathlib import Path

from capstream.company.sources import (
    GithubSource,
    GitSource,
    JiraSource,
    SourceConfig,
    TablesSource,
)
from capstream.connectors.git.connector import GitConnector
from capstream.connectors.github.connector import GithubConnector
from capstream.connectors.jira.connector import JiraConnector
from capstream.connectors.records import Connector
from capstream.connectors.tables.connector import TablesConnector
from capstream.connectors.times import TimeReader
from capstream.errors import InputError, Problem

KINDS = ("jira", "github", "git", "tables")
"""Kinds that `load_source` brings into the warehouse."""


def open_connector(
    company_root: Path, source: SourceConfig, *, company_timezone: str | None = None
) -> Connector:
    """Return the connector of a source, ready to be read.

    Args:
        company_root: The company folder.
        source: An entry of `sources`.
        company_timezone: Named in the remedy for times that lack an offset.

    Raises:
        InputError: The kind or mode cannot be loaded, or the path names nothing.
    """
    if source.mode == "api":
        message = f"source {source.name}: mode api of kind {source.kind} is not available"
        raise _refusal(source, "mode", message, "export files and use mode: files")
    times = TimeReader(source.timezone, example=company_timezone)
    match source:
        case JiraSource():
            return JiraConnector(company_root, source, times)
        case GithubSource():
            return GithubConnector(company_root, source, times)
        case GitSource():
            return GitConnector(company_root, source, times)
        case TablesSource():
            return TablesConnector(company_root, source, times)
    message = f"source {source.name}: kind {source.kind} cannot be loaded"
    raise _refusal(source, "kind", message, "deliver it as neutral tables, with kind: tables")


def _refusal(source: SourceConfig, key: str, message: str, remedy: str) -> InputError:
    place = f"sources.{source.name}.{key}"
    return InputError([Problem("capstream.yaml", 0, place, message, remedy)])

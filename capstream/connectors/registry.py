"""The kinds of sources that can be loaded, and how each is opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from capstream.company.sources import GitSource, SourceConfig, TablesSource
from capstream.connectors.api.connector import ApiConnector
from capstream.connectors.api.opening import Opening
from capstream.connectors.git.connector import GitConnector
from capstream.connectors.github import GITHUB
from capstream.connectors.jira import JIRA
from capstream.connectors.json_files import JsonFilesConnector
from capstream.connectors.kinds import Kind
from capstream.connectors.records import Connector
from capstream.connectors.tables.connector import TablesConnector
from capstream.connectors.times import TimeReader
from capstream.errors import InputError, Problem

NATIVE_KINDS: Mapping[str, Kind] = MappingProxyType({"jira": JIRA, "github": GITHUB})
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
        return GitConnector(company_root, source, times)
    if isinstance(source, TablesSource):
        return TablesConnector(company_root, source, times)
    kind = NATIVE_KINDS.get(source.kind)
    if kind is None:
        message = f"source {source.name}: kind {source.kind} cannot be loaded"
        remedy = "deliver it as neutral tables, with kind: tables"
        place = f"sources.{source.name}.kind"
        raise InputError([Problem("capstream.yaml", 0, place, message, remedy)])
    normaliser = kind.normaliser(source, times)
    if source.mode == "files":
        return JsonFilesConnector(company_root, source, normaliser)
    asked = opening or Opening(company_root)
    return ApiConnector(
        company_root, source, streams=lambda: kind.streams(source, asked), normaliser=normaliser
    )


def online_findings(company_root: Path, source: SourceConfig) -> Iterator[str]:
    """Ask the host of a source what its token sees, one sentence each.

    Raises:
        SourceError: The host refuses or does not answer.
    """
    yield from NATIVE_KINDS[source.kind].findings(source, Opening(company_root))

"""Sources: fetched, validated, kept record by record and normalised to the neutral tables."""

from capstream.connectors.loading import SourceLoad, load_source, note_failure, retire_sources
from capstream.connectors.registry import KINDS, open_connector

__all__ = ["KINDS", "SourceLoad", "load_source", "note_failure", "open_connector", "retire_sources"]

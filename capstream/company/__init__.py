"""A company folder: configuration, policies and inputs, checked and turned into tables."""

from capstream.company.loading import Company, check_company, load_company
from capstream.company.sources import SourceConfig

__all__ = ["Company", "SourceConfig", "check_company", "load_company"]

"""A company folder: configuration, policies and inputs, checked and turned into tables."""

from capstream.company.loading import Company, check_company, load_company
from capstream.company.sources import SourceConfig
from capstream.company.tables import company_tables

__all__ = ["Company", "SourceConfig", "check_company", "company_tables", "load_company"]

"""The model of capstream.yaml: its sections, and what holds when one is left out."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from capstream.company.config_sections import (
    Attribution,
    CalendarDifference,
    CloseRoles,
    CompanySettings,
    Delivery,
    Entity,
    JournalTarget,
    PolicyAssignment,
    Reporting,
    Warehouse,
)
from capstream.company.mapping_rules import (
    ActivityRule,
    CategoryRule,
    FlowTypeRule,
    default_activity_rules,
    default_category_rules,
    default_flow_type_rules,
)
from capstream.company.operation_sections import Notification, Orchestrator, Retention
from capstream.company.sources import SourceConfig
from capstream.documents.fields import (
    Ratio,
)
from capstream.documents.sections import (
    Many,
    Section,
)

CONFIGURATION_VERSION = 1
"""Version of the keys of a company folder; the first one, so there is none to migrate from."""


def _known_version(value: object) -> object:
    """Refuse what another version of Capstream wrote, with the next step."""
    if isinstance(value, int) and value > CONFIGURATION_VERSION:
        raise ValueError(
            f"is of a newer Capstream, this one knows {CONFIGURATION_VERSION}: update Capstream"
        )
    return value


SchemaVersion = Annotated[Literal[1], BeforeValidator(_known_version)]


class CapstreamConfig(Section):
    """The whole of capstream.yaml."""

    schema_version: SchemaVersion
    company: CompanySettings
    entities: Annotated[Many[Entity], Field(min_length=1)]
    calendars: Many[CalendarDifference] = ()
    warehouse: Warehouse = Warehouse()
    sources: Many[SourceConfig] = ()
    sources_max_rejected_share: Ratio = Decimal("0.01")
    attribution: Attribution = Attribution()
    policies: Annotated[Many[PolicyAssignment], Field(min_length=1)]
    work_types: Many[ActivityRule] = Field(default_factory=default_activity_rules)
    categories: Many[CategoryRule] = Field(default_factory=default_category_rules)
    flow_types: Many[FlowTypeRule] = Field(default_factory=default_flow_type_rules)
    journals: Many[JournalTarget] = ()
    reporting: Reporting = Reporting()
    roles: CloseRoles
    delivery: Delivery = Delivery()
    notify: Many[Notification] = ()
    orchestrator: Orchestrator = Orchestrator()
    retention: Retention = Retention()

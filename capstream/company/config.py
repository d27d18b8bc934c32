"""The model of capstream.yaml: its sections, and what holds when one is left out."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from capstream.company.config_sections import (
    Attribution,
    CalendarDifference,
    CloseRoles,
    CompanySettings,
    Delivery,
    Entity,
    JournalTarget,
    Notification,
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
from capstream.company.sources import SourceConfig
from capstream.documents.fields import (
    Ratio,
)
from capstream.documents.sections import (
    Many,
    Section,
)


class CapstreamConfig(Section):
    """The whole of capstream.yaml."""

    schema_version: Literal[1]
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

"""People, the accounts they use, and their time off."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from capstream.company.inputs.cells import (
    Country,
    Date,
    Email,
    Key,
    Share,
    Text,
    Timezone,
    WeekdayHours,
)
from capstream.company.inputs.row import InputRow
from capstream.company.inputs.text_kinds import choice

ROLE_CLASSES = (
    "engineer", "qa", "designer", "product", "manager", "operations", "other", "agent",
)  # fmt: skip
WORKER_TYPES = ("employee", "contractor", "affiliate", "agent")


class PersonSpell(InputRow):
    """One spell of a person: a stretch of time with one team, role, entity and cost centre."""

    unique: ClassVar = ("person_id", "start_date")
    not_after: ClassVar = (("start_date", "end_date"),)

    person_id: Key = Field(description="the company's own id; pseudonyms are derived from it")
    name: Text | None = None
    email: Email | None = Field(None, description="counts as an identity in every source")
    team: Key
    role: Text | None = Field(None, description="job title")
    role_class: Annotated[str, choice(*ROLE_CLASSES)]
    worker_type: Annotated[str, choice(*WORKER_TYPES)]
    entity: Key = Field(description="legal entity that pays")
    cost_center: Key
    work_country: Country = Field(description="where the work is performed")
    calendar: Key | None = Field(
        None, description="country or subdivision such as DE-BY; default work_country"
    )
    timezone: Timezone | None = Field(None, description="default the company's")
    fte: Share = Field(Decimal(1), description="share of full time; empty means 1")
    weekday_hours: WeekdayHours | None = Field(
        None, description="hours Monday to Sunday; given, fte is not applied again"
    )
    band: Key | None = Field(None, description="pay band of table rates")
    start_date: Date = Field(description="first day of the spell")
    end_date: Date | None = Field(None, description="last day worked; empty means still here")
    manager_id: Key | None = None


class Identity(InputRow):
    """One account of a person in a source."""

    not_after: ClassVar = (("valid_from", "valid_to"),)

    source: Key = Field(description="name of the source in capstream.yaml")
    account: Key = Field(description="login, e-mail, numeric or account id")
    person_id: Key
    valid_from: Date | None = Field(None, description="first day; empty means always")
    valid_to: Date | None = Field(None, description="last day; empty means still")


class TimeOff(InputRow):
    """Absence of a person, both days included; overlaps are capped at one day."""

    not_after: ClassVar = (("start_date", "end_date"),)

    person_id: Key
    start_date: Date
    end_date: Date
    share: Share = Field(Decimal(1), description="of each day; empty means the whole day")
    kind: Annotated[str, choice("paid", "unpaid")] = Field("paid", description="empty means paid")

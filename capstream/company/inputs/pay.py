"""What people and things cost, and what people declare they worked on."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from capstream.company.inputs.cells import (
    Currency,
    Date,
    Key,
    Money,
    MoneyFromZero,
    MonthKey,
    Share,
    Text,
)
from capstream.company.inputs.row import InputRow
from capstream.company.inputs.text_kinds import choice

PAY_COMPONENTS = (
    "salary", "payroll_tax", "benefits", "bonus", "stock_compensation", "contractor_invoice",
    "severance", "overhead", "other",
)  # fmt: skip
COST_NATURES = ("interest", "cloud", "licence", "travel", "cca", "other")


class PayrollLine(InputRow):
    """One amount of pay of a person and month; several rows add up, any sign."""

    month: MonthKey
    person_id: Key
    pay_component: Annotated[str, choice(*PAY_COMPONENTS)]
    amount: Money
    currency: Currency
    entity: Key | None = Field(
        None, description="one of the person's in the month; its spell alone takes the amount"
    )
    account: Key | None = Field(None, description="general ledger account it was booked to")


class BlendedRate(InputRow):
    """Full-time cost of a month, used only where a person-month has no payroll."""

    unique: ClassVar = ("person_id", "band", "effective_from")
    one_of: ClassVar = (("person_id", "band"),)

    person_id: Key | None = None
    band: Key | None = Field(None, description="band of people")
    effective_from: Date
    monthly_amount: MoneyFromZero
    currency: Currency


class OtherCost(InputRow):
    """A cost that no person's minutes carry, such as cloud or interest."""

    month: MonthKey
    entity: Key
    component_id: Key | None = None
    cost_center: Key | None = None
    nature: Annotated[str, choice(*COST_NATURES)]
    amount: Money
    currency: Currency
    evidence_url: Text | None = None


class DeclaredAllocation(InputRow):
    """Share of a month that a person or team declares for one component or value stream."""

    one_of: ClassVar = (("person_id", "team"), ("component_id", "value_stream_id"))

    month: MonthKey
    person_id: Key | None = None
    team: Key | None = None
    component_id: Key | None = None
    value_stream_id: Key | None = None
    share: Share
    declared_by: Key
    approved_by: Key | None = Field(None, description="without it nothing is capitalised")

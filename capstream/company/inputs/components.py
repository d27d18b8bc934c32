"""Components, their gates, events and overrides: what finance decides about assets."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from capstream.company.inputs.cells import (
    Boolean,
    Count,
    Currency,
    Date,
    Key,
    Money,
    MoneyFromZero,
    MonthKey,
    PositiveInteger,
    Text,
    TextList,
    Time,
)
from capstream.company.inputs.row import InputRow
from capstream.company.inputs.text_kinds import choice

CONVENTIONS = ("full_month", "next_month", "mid_month", "daily_actual", "half_year")
SCOPES = ("internal_use", "hosted", "external_sale", "cca", "none")
GATES = (
    "alternatives_closed", "authorised", "funding_committed", "probable_to_complete",
    "uncertainty_opened", "uncertainty_resolved", "technological_feasibility",
    "ias38_all_six_met", "substantially_complete", "general_release", "suspended", "resumed",
    "abandoned", "disposed",
)  # fmt: skip
ASSET_EVENTS = ("impairment", "disposal", "life_change", "revenue_estimate", "net_realizable")


class Component(InputRow):
    """The unit of account; an enhancement of live software is one of its own with a parent."""

    unique: ClassVar = ("component_id",)

    component_id: Key
    name: Text
    value_stream_id: Key
    entity: Key | None = Field(None, description="owner; cost stays with the entity that pays")
    parent_component_id: Key | None = None
    adds_functionality: Boolean = Field(default=False, description="empty means false")
    functionality_note: Text | None = Field(
        None, description="what is new; also the reason of an unusual life"
    )
    asset_class: Key | None = None
    life_months: PositiveInteger | None = Field(None, description="default the policy's")
    convention: Annotated[str, choice(*CONVENTIONS)] | None = None
    scope: Annotated[str, choice(*SCOPES)] | None = None
    depends_on: TextList | None = Field(None, description="component ids, separated by `;`")
    budget: MoneyFromZero | None = Field(None, description="in the entity's functional currency")


class Gate(InputRow):
    """A dated decision about a component; append-only."""

    unique: ClassVar = ("component_id", "gate", "subject", "effective_date", "recorded_at")
    needs: ClassVar = (
        ("gate", "uncertainty_opened", "subject"),
        ("gate", "uncertainty_resolved", "subject"),
    )

    component_id: Key
    gate: Annotated[str, choice(*GATES)]
    subject: Key | None = Field(None, description="pairs an uncertainty with its resolution")
    effective_date: Date = Field(description="holds from the start of this day")
    recorded_at: Time
    recorded_by: Key
    evidence_url: Text | None = None
    note: Text | None = None


class AssetEvent(InputRow):
    """Something that happened to an asset in service; append-only."""

    unique: ClassVar = ("event_id",)
    needs: ClassVar = (
        ("event", "impairment", "amount"),
        ("event", "life_change", "remaining_months"),
        ("event", "revenue_estimate", "current_revenue"),
        ("event", "revenue_estimate", "future_revenue"),
        ("event", "net_realizable", "amount"),
    )

    event_id: Key
    component_id: Key
    event: Annotated[str, choice(*ASSET_EVENTS)]
    effective_date: Date
    recorded_at: Time
    recorded_by: Key
    approved_by: Key | None = None
    amount: MoneyFromZero | None = Field(None, description="loss, or net realisable value")
    proceeds: Money | None = None
    remaining_months: PositiveInteger | None = None
    current_revenue: MoneyFromZero | None = None
    future_revenue: MoneyFromZero | None = None
    currency: Currency | None = Field(None, description="default the entity's functional")
    evidence_url: Text | None = None
    note: Text | None = None


class Override(InputRow):
    """A decision of two people that replaces the rules for some rows."""

    unique: ClassVar = ("override_id",)
    any_of: ClassVar = (("work_item_key", "component_id"),)

    override_id: Key
    work_item_key: Key | None = None
    component_id: Key | None = None
    person_id: Key | None = None
    month: MonthKey | None = None
    treatment: Annotated[str, choice("capex", "opex")]
    reason: Text
    requested_by: Key
    approved_by: Key = Field(description="another person than requested_by")
    approved_at: Time


class TrueUpApproval(InputRow):
    """Approval of one proposed true-up, bound to its content."""

    unique: ClassVar = ("proposal_id",)

    proposal_id: Key
    content_hash: Key
    approved_by: Key
    approved_at: Time


class OpeningBalance(InputRow):
    """Balances of a component at the start of the books; first month only."""

    unique: ClassVar = ("component_id",)

    component_id: Key
    month: MonthKey
    cip_amount: MoneyFromZero | None = None
    gross_amount: MoneyFromZero | None = None
    accumulated_amount: MoneyFromZero | None = None
    ready_date: Date | None = None
    remaining_months: Count | None = None
    currency: Currency

"""AI tools: rollouts, seats, usage, invoices and training."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from capstream.company.inputs.cells import (
    Count,
    Currency,
    Date,
    Key,
    Money,
    MoneyFromZero,
    MonthKey,
    PositiveInteger,
    PositiveQuantity,
    Quantity,
    QuantityFromZero,
    Text,
    Time,
)
from capstream.company.inputs.row import InputRow
from capstream.company.inputs.text_kinds import choice


class AiRollout(InputRow):
    """Day from which a team has a tool: the treatment date of the before and after."""

    unique: ClassVar = ("team", "tool")

    team: Key
    tool: Key
    start_date: Date
    planned: Text | None = Field(None, description="how the date came about, in words")


class AiDesign(InputRow):
    """How a rollout is to be judged, written down before it; later runs cite the row."""

    unique: ClassVar = ("design_id",)
    not_after: ClassVar = (("window_from", "window_to"),)

    design_id: Key
    recorded_on: Date
    recorded_by: Text
    outcome: Annotated[str, choice("accepted_items", "merged_pull_requests")] = Field(
        description="the one primary outcome, per developer-week"
    )
    assignment: Annotated[str, choice("randomised_order", "planned_order", "block")] = Field(
        description="how the starts were given to teams; only a drawn order is grade A"
    )
    period: Annotated[str, choice("week", "month")] = "week"
    control: Annotated[str, choice("never", "not_yet")] = "not_yet"
    anticipation_periods: Count = 0
    base_periods: PositiveInteger | None = Field(
        None,
        description="periods before a start that it is compared with, as their mean; default 12 "
        "weeks or 1 month",
    )
    window_from: Date | None = Field(None, description="first day that counts; default all")
    window_to: Date | None = Field(None, description="last day that counts; default all")
    minimum_detectable_effect: PositiveQuantity | None = Field(
        None, description="relative effect that the design was made to see: 0.15 is 15 %"
    )
    excluded_teams: Text | None = Field(None, description="teams left out, `;` between them")
    change_fail_margin: QuantityFromZero = Field(
        Decimal("0.02"), description="rise of the change fail rate that is still held, in shares"
    )
    other_margin: QuantityFromZero = Field(
        Decimal("0.10"), description="relative rise of the other guardrails that is still held"
    )
    decided_by: Text | None = Field(None, description="who decides on the result")
    note: Text | None = None


class AiSeat(InputRow):
    """A seat of a tool on a day."""

    any_of: ClassVar = (("account", "person_id"),)

    date: Date
    account: Key | None = None
    person_id: Key | None = None
    tool: Key
    plan: Key
    assigned_from: Date | None = None
    last_activity_at: Time | None = None


class AiUsage(InputRow):
    """What an account did with a tool on a day."""

    any_of: ClassVar = (("account", "person_id"),)
    needs: ClassVar = (("estimated_amount", "", "currency"),)

    date: Date
    account: Key | None = None
    person_id: Key | None = None
    tool: Key
    model: Key | None = None
    surface: Key | None = None
    interactions: Count | None = None
    acceptances: Count | None = None
    lines_added: Count | None = None
    sessions: Count | None = None
    tokens_in: Count | None = None
    tokens_out: Count | None = None
    estimated_amount: QuantityFromZero | None = Field(
        None, description="the vendor's estimate, up to eight decimals; never booked"
    )
    currency: Currency | None = None


class AiCost(InputRow):
    """A line of what an AI vendor charges; invoiced lines of a vendor and month are its invoice."""

    unique: ClassVar = ("cost_line_id",)

    cost_line_id: Key
    month: MonthKey
    vendor: Key
    tool: Key
    entity: Key
    sku: Key | None = None
    quantity: Quantity | None = None
    gross_amount: Money | None = None
    discount_amount: Money | None = None
    net_amount: Money
    currency: Currency
    cost_center: Key | None = None
    account: Key | None = None
    person_id: Key | None = None
    work_item_key: Key | None = None
    charge_type: Annotated[str, choice("seat", "metered", "other")]
    price_basis: Annotated[str, choice("invoiced", "vendor_estimate", "configured")]


class AiTraining(InputRow):
    """Hours and money spent on enablement."""

    any_of: ClassVar = (("person_id", "team"),)
    needs: ClassVar = (("external_amount", "", "currency"),)

    month: MonthKey
    person_id: Key | None = None
    team: Key | None = None
    hours: QuantityFromZero
    external_amount: MoneyFromZero | None = None
    currency: Currency | None = None

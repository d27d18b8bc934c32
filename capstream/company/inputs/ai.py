"""AI tools: rollouts, seats, usage, invoices and training."""

from __future__ import annotations

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

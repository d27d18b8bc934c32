"""The company's books and plans: ledger balances, exchange rates, budgets, revenue, targets."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from capstream.company.inputs.cells import (
    Currency,
    DayOrMonth,
    Key,
    Money,
    MonthKey,
    PositiveQuantity,
    Share,
    Text,
)
from capstream.company.inputs.row import InputRow
from capstream.company.inputs.text_kinds import choice

CATEGORIES = (
    "new_capability", "enhancement", "support", "keep_the_lights_on", "productivity",
)  # fmt: skip


class LedgerBalance(InputRow):
    """What the general ledger says; debit positive.

    Balance-sheet accounts give the closing balance, others the movement of the month.
    """

    unique: ClassVar = ("month", "entity", "account")

    month: MonthKey
    entity: Key
    account: Key
    amount: Money
    currency: Currency


class Account(InputRow):
    """One account of the chart of accounts."""

    unique: ClassVar = ("entity", "account")

    entity: Key
    account: Key
    name: Text


class StreamAmount(InputRow):
    """An amount of a month for a value stream, or for the company where none is named."""

    month: MonthKey
    value_stream_id: Key | None = Field(None, description="empty means the whole company")
    amount: Money
    currency: Currency


class Budget(StreamAmount):
    """Budgeted engineering cost."""


class Forecast(StreamAmount):
    """Forecast engineering cost."""


class Revenue(StreamAmount):
    """Revenue."""


class InvestmentTarget(InputRow):
    """Share of engineering cost that is meant for a category, from a day on."""

    unique: ClassVar = ("value_stream_id", "category", "from")

    value_stream_id: Key | None = Field(None, description="empty means the whole company")
    category: Annotated[str, choice(*CATEGORIES)]
    share: Share
    from_: DayOrMonth = Field(alias="from", description="a month means its first day")


class ExchangeRate(InputRow):
    """Price of one unit of a currency in another: 1 from = rate to."""

    unique: ClassVar = ("month", "from_currency", "to_currency", "rate_kind")

    month: MonthKey
    from_currency: Currency
    to_currency: Currency
    rate_kind: Annotated[str, choice("average", "closing")]
    rate: PositiveQuantity

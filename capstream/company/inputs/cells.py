"""Types of the fields of input rows: a Python type with the kind of cell that reads it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from capstream.company.inputs import number_kinds, text_kinds, time_kinds

Text = Annotated[str, text_kinds.TEXT]
Key = Annotated[str, text_kinds.KEY]
Email = Annotated[str, text_kinds.EMAIL]
Boolean = Annotated[bool, text_kinds.BOOLEAN]
Currency = Annotated[str, text_kinds.CURRENCY]
Country = Annotated[str, text_kinds.COUNTRY]
TextList = Annotated[str, text_kinds.LIST]
WeekdayHours = Annotated[str, text_kinds.WEEKDAY_HOURS]

Money = Annotated[Decimal, number_kinds.MONEY]
MoneyFromZero = Annotated[Decimal, number_kinds.MONEY_FROM_ZERO]
Share = Annotated[Decimal, number_kinds.SHARE]
Quantity = Annotated[Decimal, number_kinds.QUANTITY]
QuantityFromZero = Annotated[Decimal, number_kinds.QUANTITY_FROM_ZERO]
PositiveQuantity = Annotated[Decimal, number_kinds.POSITIVE_QUANTITY]
Integer = Annotated[int, number_kinds.INTEGER]
Count = Annotated[int, number_kinds.COUNT]
PositiveInteger = Annotated[int, number_kinds.POSITIVE_INTEGER]

Date = Annotated[date, time_kinds.DATE]
DayOrMonth = Annotated[date, time_kinds.DAY_OR_MONTH]
MonthKey = Annotated[str, time_kinds.MONTH]
Time = Annotated[datetime, time_kinds.TIME]
Timezone = Annotated[str, time_kinds.TIMEZONE]

"""The model of value_streams.yaml: streams, their owners and the rules that map work to them."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import BeforeValidator, Field, model_validator
from pydantic import WithJsonSchema as Schema

from capstream.documents.fields import (
    YEAR_PATTERN,
    Text,
    require_plausible_year,
)
from capstream.documents.sections import (
    Many,
    Section,
    SettingError,
)
from capstream.types import Month

MatchKind: TypeAlias = Literal[
    "item",
    "epic",
    "label",
    "field",
    "component",
    "project",
    "repository",
    "team",
    "parent",
    "initiative",
]
# The first level at which a rule of the kind can match; rules on labels, fields and components
# also hold through the parent (2), the epic (3) and the initiative (4).
LEVELS: dict[MatchKind, int] = {
    "item": 1,
    "label": 1,
    "field": 1,
    "component": 1,
    "parent": 2,
    "epic": 3,
    "initiative": 4,
    "project": 5,
    "repository": 6,
    "team": 7,
}
RESERVED_IDS = frozenset({"NONE", "UNATTRIBUTED", "LEAVE", "NO_CAPACITY", "UNALLOCATED"})


def _month_or_date(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", value):
        raise ValueError("is neither a month nor a date: write YYYY-MM or YYYY-MM-DD")
    try:
        day = date.fromisoformat(value if len(value) > 7 else f"{value}-01")
    except ValueError:
        raise ValueError("is not in the calendar: write YYYY-MM or YYYY-MM-DD") from None
    require_plausible_year(day.year)
    return value


MonthOrDate = Annotated[
    str,
    BeforeValidator(_month_or_date),
    Schema({"type": "string", "pattern": rf"^{YEAR_PATTERN}-(0[1-9]|1[0-2])(-\d{{2}})?$"}),
]


class StreamRule(Section):
    """One rule: exactly one thing to match, and the component that it leads to (None = none).

    `from` and `to` bound the days for which the rule holds, both included.
    """

    item: Text | None = None
    epic: Text | None = None
    label: Text | None = None
    field: Text | None = None
    value: Text | None = None
    component: Text | None = None
    project: Text | None = None
    repository: Text | None = None
    path: Text | None = None
    team: Text | None = None
    parent: Text | None = None
    initiative: Text | None = None
    component_id: Text | None = None
    from_day: MonthOrDate | None = Field(default=None, alias="from")
    to_day: MonthOrDate | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _matches_one_thing(self) -> Self:
        kinds = [kind for kind in LEVELS if getattr(self, kind) is not None]
        if not kinds:
            raise ValueError(f"the rule matches nothing: add one of {', '.join(LEVELS)}")
        if len(kinds) > 1:
            raise SettingError(
                kinds[1], f"the rule matches {' and '.join(kinds)}: write one rule for each"
            )
        if (self.field is None) != (self.value is None):
            missing = "value" if self.value is None else "field"
            raise SettingError(missing, f"the rule lacks {missing}: write field and value together")
        if self.path is not None and self.repository is None:
            raise SettingError("path", "path stands without repository: add repository")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise SettingError("to", "to is before from: exchange or correct them")
        return self

    @property
    def match_kind(self) -> MatchKind:
        """What the rule looks at."""
        return next(kind for kind in LEVELS if getattr(self, kind) is not None)

    @property
    def match_value(self) -> str:
        """The value to be found there."""
        value: str = getattr(self, "value" if self.field is not None else self.match_kind)
        return value

    @property
    def level(self) -> int:
        """The first level of the mapping at which the rule can match, 1 to 7."""
        return LEVELS[self.match_kind]

    @property
    def valid_from(self) -> date | None:
        """First day on which the rule holds; None = always has."""
        return _first_day(self.from_day)

    @property
    def valid_to(self) -> date | None:
        """Last day on which the rule holds; None = no end."""
        return _last_day(self.to_day)


def _first_day(text: str | None) -> date | None:
    if text is None:
        return None
    return Month.parse(text).first_day if len(text) == 7 else date.fromisoformat(text)


def _last_day(text: str | None) -> date | None:
    if text is None:
        return None
    return Month.parse(text).last_day if len(text) == 7 else date.fromisoformat(text)


class ValueStream(Section):
    """Everything from request to running software for one kind of customer."""

    value_stream_id: Text
    name: Text
    owner: Text | None = None
    rules: Many[StreamRule] = ()

    @model_validator(mode="after")
    def _id_is_not_reserved(self) -> Self:
        if self.value_stream_id in RESERVED_IDS:
            raise SettingError(
                "value_stream_id", f"{self.value_stream_id} is reserved: choose another id"
            )
        return self


class ValueStreamsFile(Section):
    """The whole of value_streams.yaml."""

    value_streams: Annotated[Many[ValueStream], Field(min_length=1)]

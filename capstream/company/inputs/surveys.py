"""Surveys, what workshops wrote on the wall, and the plan that came out of them."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from capstream.company.inputs.cells import (
    Date,
    Integer,
    Key,
    PositiveInteger,
    Quantity,
    QuantityFromZero,
    Share,
    Text,
)
from capstream.company.inputs.row import InputRow
from capstream.company.inputs.text_kinds import choice

LEVERS = ("wait", "process_time", "complete_accurate", "wip_limit")


class SurveyItem(InputRow):
    """One question of a survey and its scale."""

    unique: ClassVar = ("item",)
    not_after: ClassVar = (("scale_min", "scale_max"),)

    item: Key
    text: Text
    instrument: Key | None = None
    scale_min: Integer
    scale_max: Integer
    dimension: Key | None = None


class SurveyResponse(InputRow):
    """One answer of a respondent in a wave."""

    unique: ClassVar = ("wave", "respondent", "item")

    wave: Key
    respondent: Key = Field(description="may be a pseudonym")
    team: Key
    item: Key
    score: Quantity = Field(description="within the item's scale")
    answered_on: Date


class WorkshopStep(InputRow):
    """One step of a value stream map as a workshop drew it."""

    unique: ClassVar = ("value_stream_id", "version", "state", "step_order")

    value_stream_id: Key
    version: Key
    state: Annotated[str, choice("current", "future")]
    step_order: PositiveInteger
    step: Key
    owner: Key | None = None
    work_hours: QuantityFromZero | None = None
    wait_hours: QuantityFromZero | None = None
    complete_accurate: Share | None = None
    note: Text | None = None
    mapped_on: Date


class Improvement(InputRow):
    """One measure of the future-state plan."""

    unique: ClassVar = ("improvement_id",)

    improvement_id: Key
    value_stream_id: Key
    step: Key
    lever: Annotated[str, choice(*LEVERS)]
    change: Quantity = Field(
        description="relative change for wait and process_time (-0.7), the new ratio for "
        "complete_accurate, items for wip_limit"
    )
    owner: Key
    due: Date
    measure: Text
    target: Text | None = None

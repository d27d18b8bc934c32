"""Rules that sort work: activity class, investment category, flow type; first match wins."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from capstream.documents.fields import (
    Text,
)
from capstream.documents.sections import (
    OneOrMore,
    Section,
)
from capstream.policy.vocabulary import Activity

Category = Literal["new_capability", "enhancement", "support", "keep_the_lights_on", "productivity"]
FlowType = Literal["feature", "defect", "debt", "risk"]
CONDITION_FIELDS = ("item_type", "label", "project", "activity")


class _Rule(Section):
    """Conditions that must all hold; a list means any of its values; `"*"` always holds."""

    item_type: OneOrMore[Text] | None = None
    label: OneOrMore[Text] | None = None
    project: OneOrMore[Text] | None = None

    @model_validator(mode="after")
    def _has_a_condition(self) -> Self:
        if not self.conditions_given():
            raise ValueError('names no condition: add item_type, label or project ("*" = always)')
        return self

    def conditions_given(self) -> dict[str, tuple[str, ...]]:
        """Return the fields that the rule names with their values."""
        found = ((field, getattr(self, field, None)) for field in CONDITION_FIELDS)
        return {field: values for field, values in found if values}

    def conditions(self) -> dict[str, tuple[str, ...]]:
        """Return the fields that restrict: those without `"*"` among their values."""
        given = self.conditions_given()
        return {field: values for field, values in given.items() if "*" not in values}


class ActivityRule(_Rule):
    """One entry of `work_types`."""

    activity: Activity

    def conditions_given(self) -> dict[str, tuple[str, ...]]:
        """Return the fields that the rule names; `activity` is its result, not a condition."""
        given = super().conditions_given()
        given.pop("activity", None)
        return given


class CategoryRule(_Rule):
    """One entry of `categories`."""

    activity: OneOrMore[Activity] | None = None
    category: Category


class FlowTypeRule(_Rule):
    """One entry of `flow_types`."""

    activity: OneOrMore[Activity] | None = None
    flow_type: FlowType


def default_activity_rules() -> tuple[ActivityRule, ...]:
    """Return the activity rules of a company that writes none."""
    return (
        ActivityRule(label=("training",), activity="training"),
        ActivityRule(item_type=("Bug",), activity="defect"),
        ActivityRule(item_type=("Spike",), activity="spike"),
        ActivityRule(item_type=("*",), activity="development"),
    )


def default_category_rules() -> tuple[CategoryRule, ...]:
    """Return the category rules of a company that writes none."""
    return (
        CategoryRule(activity=("defect",), category="support"),
        CategoryRule(item_type=("Story",), category="new_capability"),
        CategoryRule(item_type=("*",), category="keep_the_lights_on"),
    )


def default_flow_type_rules() -> tuple[FlowTypeRule, ...]:
    """Return the flow type rules of a company that writes none."""
    return (
        FlowTypeRule(item_type=("Bug",), flow_type="defect"),
        FlowTypeRule(item_type=("*",), flow_type="feature"),
    )

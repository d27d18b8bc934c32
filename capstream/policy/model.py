"""The model of policies/*.yaml: gates, elections and rules of one capitalisation policy.

A policy is data: what it decides is joined in the warehouse, never coded. The frameworks are
those of the accounting page, section 0; paragraph numbers stand in each rule's citation.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from capstream.documents.fields import (
    Count,
    DateText,
    NotNegative,
    Ratio,
    Text,
)
from capstream.documents.sections import (
    Many,
    OneOrMore,
    Section,
    SettingError,
)
from capstream.policy.vocabulary import (
    Activity,
    Convention,
    Framework,
    Gate,
    PayComponent,
    RoleClass,
    RowTier,
    Scope,
    Tier,
    Window,
    WorkerType,
)

Life = Annotated[int, Field(ge=1, le=600)]
LifeRange = Annotated[Many[Life], Field(min_length=2, max_length=2)]
RESERVED_RULE_IDS = frozenset({"E-TIER", "E-PAY", "E-ROLE", "E-AI", "E-MIN", "OVERRIDE", "DEFAULT"})


class Hold(Section):
    """The pair of gates between which nothing is capitalised, subject by subject."""

    opened: Gate
    resolved: Gate


class Elections(Section):
    """The choices that a policy leaves to the company (accounting, sections 1f and 1g)."""

    capitalisable_tiers: Many[Tier] = ("T0", "T1", "T1b", "T2", "T3", "T4")
    pay_components: Many[PayComponent] = (
        "salary",
        "payroll_tax",
        "benefits",
        "bonus",
        "stock_compensation",
        "contractor_invoice",
        "other_travel",
        "other_licence",
    )
    never_roles: Many[RoleClass] = ("manager", "product")
    ai_metered_capitalise: bool = False
    default_life_months: Life = 36
    default_life_months_by_class: dict[Text, Life] = Field(default_factory=dict)
    life_months: LifeRange = (24, 60)
    default_convention: Convention = "full_month"
    min_component_budget: NotNegative = Decimal(0)
    late_gate_days: Count = 30
    inactive_days: Count = 90
    capitalization_rate_alert: Ratio = Decimal("0.30")

    @model_validator(mode="after")
    def _lives_inside_their_range(self) -> Self:
        low, high = self.life_months
        if not low <= self.default_life_months <= high:
            raise SettingError(
                "default_life_months",
                f"default_life_months {self.default_life_months} is outside life_months "
                f"[{low}, {high}]: widen the range or change the default",
            )
        for asset_class, life in self.default_life_months_by_class.items():
            if not low <= life <= high:
                raise SettingError(
                    "default_life_months_by_class",
                    f"{life} months of class {asset_class} is outside life_months "
                    f"[{low}, {high}]: widen the range or change the default",
                )
        return self


class RuleConditions(Section):
    """When a rule matches: every field named has one of its values."""

    activity: OneOrMore[Activity] | None = None
    item_type: OneOrMore[Text] | None = None
    label: OneOrMore[Text] | None = None
    role_class: OneOrMore[RoleClass] | None = None
    worker_type: OneOrMore[WorkerType] | None = None
    pay_component: OneOrMore[PayComponent] | None = None
    evidence_tier: OneOrMore[RowTier] | None = None
    scope: OneOrMore[Scope] | None = None
    asset_class: OneOrMore[Text] | None = None
    value_stream_id: OneOrMore[Text] | None = None
    component_id: OneOrMore[Text] | None = None
    work_country: OneOrMore[Text] | None = None
    window: OneOrMore[Window] | None = None

    def values(self) -> dict[str, tuple[str, ...]]:
        """Return the fields named, each with its values."""
        found = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: values for name, values in found.items() if values is not None}


class Rule(Section):
    """One line of the policy; the first that matches decides."""

    rule_id: Text
    when: RuleConditions = RuleConditions()
    treatment: Literal["capex", "opex"]
    citation: Text
    reason: Text

    @model_validator(mode="after")
    def _id_is_not_reserved(self) -> Self:
        if self.rule_id in RESERVED_RULE_IDS:
            raise SettingError("rule_id", f"{self.rule_id} is reserved: choose another id")
        return self


class Policy(Section):
    """A capitalisation policy as one file states it."""

    policy_id: Text
    framework: Framework
    version: Annotated[int, Field(ge=1)]
    status: Literal["draft", "approved", "retired"]
    approved_by: Text | None = None
    approved_on: DateText | None = None
    effective_from: DateText
    effective_to: DateText | None = None
    start: Many[Gate]
    stop: Many[Gate] = ("substantially_complete", "suspended", "abandoned")
    resume: Many[Gate] = ("resumed",)
    hold: Hold | None = None
    ready: Gate = "substantially_complete"
    transition: Literal["prospective", "modified", "retrospective"] = "prospective"
    elections: Elections = Elections()
    rules: Many[Rule]

    @model_validator(mode="after")
    def _approval_is_complete(self) -> Self:
        if self.status == "approved":
            for key in ("approved_by", "approved_on"):
                if getattr(self, key) is None:
                    raise SettingError(
                        key, f"status approved lacks {key}: fill it in, or set status: draft"
                    )
        if self.effective_to is not None and self.effective_to < self.effective_from:
            raise SettingError(
                "effective_to", "effective_to is before effective_from: exchange or correct them"
            )
        return self

    @property
    def has_window(self) -> bool:
        """Whether gates must be passed before anything is capitalised."""
        return bool(self.start)

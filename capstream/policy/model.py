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
    Many,
    NotNegative,
    OneOrMany,
    Section,
    SettingError,
    Text,
)

Framework = Literal[
    "US_350_40_LEGACY",
    "US_350_40_ASU2025_06",
    "US_985_20",
    "IFRS_IAS38",
    "UK_FRS102_CAPITALISE",
    "UK_FRS102_EXPENSE",
    "MGMT_VIEW",
]
Gate = Literal[
    "alternatives_closed",
    "authorised",
    "funding_committed",
    "probable_to_complete",
    "uncertainty_opened",
    "uncertainty_resolved",
    "technological_feasibility",
    "ias38_all_six_met",
    "substantially_complete",
    "general_release",
    "suspended",
    "resumed",
    "abandoned",
    "disposed",
]
Tier = Literal["T0", "T1", "T1b", "T2", "T3", "T4", "T5", "T6"]
PayComponent = Literal[
    "salary",
    "payroll_tax",
    "benefits",
    "bonus",
    "stock_compensation",
    "contractor_invoice",
    "severance",
    "overhead",
    "other",
    "blended_rate",
    "other_interest",
    "other_cloud",
    "other_licence",
    "other_travel",
    "other_cca",
    "other_other",
    "ai_seat",
    "ai_metered",
    "ai_other",
]
RoleClass = Literal[
    "engineer", "qa", "designer", "product", "manager", "operations", "other", "agent"
]
WorkerType = Literal["employee", "contractor", "affiliate", "agent"]
Scope = Literal["internal_use", "hosted", "external_sale", "cca", "none"]
Activity = Literal[
    "development",
    "conversion_software",
    "defect",
    "maintenance",
    "support",
    "spike",
    "refactoring",
    "training",
    "data_conversion",
    "planning",
    "infrastructure",
    "removal",
    "other",
]
Window = Literal["open", "closed", "none"]
Convention = Literal["full_month", "next_month", "mid_month", "daily_actual", "half_year"]
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
    life_months: Annotated[
        Many[Annotated[int, Field(ge=1, le=600)]], Field(min_length=2, max_length=2)
    ] = (24, 60)
    default_convention: Convention = "full_month"
    min_component_budget: NotNegative = Decimal(0)
    late_gate_days: Count = 30

    @model_validator(mode="after")
    def _life_inside_its_range(self) -> Self:
        low, high = self.life_months
        if not low <= self.default_life_months <= high:
            raise SettingError(
                "default_life_months",
                f"default_life_months {self.default_life_months} is outside life_months "
                f"[{low}, {high}]: widen the range or change the default",
            )
        return self


class RuleConditions(Section):
    """When a rule matches: every field named has one of its values."""

    activity: Annotated[Many[Activity], Field(min_length=1)] | Activity | None = None
    item_type: OneOrMany | None = None
    label: OneOrMany | None = None
    role_class: Annotated[Many[RoleClass], Field(min_length=1)] | RoleClass | None = None
    worker_type: Annotated[Many[WorkerType], Field(min_length=1)] | WorkerType | None = None
    pay_component: Annotated[Many[PayComponent], Field(min_length=1)] | PayComponent | None = None
    evidence_tier: (
        Annotated[Many[Literal[Tier, "L", "X"]], Field(min_length=1)]
        | Literal[Tier, "L", "X"]
        | None
    ) = None
    scope: Annotated[Many[Scope], Field(min_length=1)] | Scope | None = None
    asset_class: OneOrMany | None = None
    value_stream_id: OneOrMany | None = None
    component_id: OneOrMany | None = None
    work_country: OneOrMany | None = None
    window: Annotated[Many[Window], Field(min_length=1)] | Window | None = None

    def values(self) -> dict[str, tuple[str, ...]]:
        """Return the fields named, each with its values as text."""
        found = {name: getattr(self, name) for name in type(self).model_fields}
        return {
            name: (value,) if isinstance(value, str) else tuple(value)
            for name, value in found.items()
            if value is not None
        }


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

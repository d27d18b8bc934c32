"""The words that policies and mappings use: gates, tiers, pay components, activities."""

from __future__ import annotations

from typing import Literal

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
# A cost row may also stand for leave (L) or have no minutes (X).
RowTier = Literal["T0", "T1", "T1b", "T2", "T3", "T4", "T5", "T6", "L", "X"]
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

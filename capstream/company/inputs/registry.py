"""Every input table by its name, in the order of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from capstream.company.inputs import ai, books, components, pay, roster, surveys
from capstream.company.inputs.row import InputRow

INPUT_TABLES: Mapping[str, type[InputRow]] = MappingProxyType(
    {
        "people": roster.PersonSpell,
        "identities": roster.Identity,
        "payroll": pay.PayrollLine,
        "rates": pay.BlendedRate,
        "other_costs": pay.OtherCost,
        "time_off": roster.TimeOff,
        "declared_allocations": pay.DeclaredAllocation,
        "components": components.Component,
        "gates": components.Gate,
        "asset_events": components.AssetEvent,
        "overrides": components.Override,
        "true_up_approvals": components.TrueUpApproval,
        "opening_balances": components.OpeningBalance,
        "gl_balances": books.LedgerBalance,
        "accounts": books.Account,
        "budgets": books.Budget,
        "forecasts": books.Forecast,
        "revenue": books.Revenue,
        "investment_targets": books.InvestmentTarget,
        "fx_rates": books.ExchangeRate,
        "ai_rollouts": ai.AiRollout,
        "ai_seats": ai.AiSeat,
        "ai_usage": ai.AiUsage,
        "ai_costs": ai.AiCost,
        "ai_training": ai.AiTraining,
        "ai_designs": ai.AiDesign,
        "survey_items": surveys.SurveyItem,
        "survey_responses": surveys.SurveyResponse,
        "workshop_maps": surveys.WorkshopStep,
        "improvements": surveys.Improvement,
    }
)

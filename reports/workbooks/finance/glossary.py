"""Terms of the finance workbook."""

from __future__ import annotations

from reports.workbooks.shared.glossary import Term

FINANCE_TERMS = (
    Term(
        "Gross engineering cost",
        "Everything the registers hold for the month: pay, contractors, AI and other direct cost",
        "capitalised + expensed",
        "reporting currency",
        "CostDetail",
    ),
    Term(
        "Capitalised",
        "Cost that a rule lets enter work in progress",
        "Σ capitalised rows × average rate, each rounded",
        "reporting currency",
        "CostDetail",
    ),
    Term(
        "Expensed",
        "Cost that no rule lets be capitalised",
        "Σ expensed rows × average rate, each rounded",
        "reporting currency",
        "CostDetail",
    ),
    Term(
        "Capitalisation rate",
        "Part of the month's cost that was capitalised",
        "capitalised ÷ gross engineering cost",
        "%",
        "Summary",
    ),
    Term(
        "Work in progress (CIP)",
        "Capitalised cost of components not yet ready for use",
        "opening + additions − written off ± FX and other − placed in service",
        "functional currency",
        "RollForward",
    ),
    Term(
        "Placed in service",
        "Cost of components that became ready for their intended use",
        "transfer from work in progress to assets",
        "functional currency",
        "RollForward",
    ),
    Term(
        "Accumulated",
        "Amortisation and impairment so far",
        "opening + charge + impairment − disposals",
        "functional currency",
        "RollForward",
    ),
    Term(
        "Net book value",
        "Cost less accumulated amortisation and impairment",
        "cost − accumulated",
        "functional currency",
        "RollForward, Register",
    ),
    Term(
        "Amortisation charge",
        "A month's part of a segment's base, by cumulative rounding, so "
        "that all months sum to the base exactly",
        "round(base × n ÷ N) − round(base × n before ÷ N)",
        "functional currency",
        "AmortWaterfall",
    ),
    Term(
        "Segment",
        "A stretch of straight-line amortisation; a change of life or an impairment "
        "starts a new one on what is left",
        "-",
        "-",
        "AmortWaterfall",
    ),
    Term(
        "Vintage", "Fiscal year in which an asset became ready for use", "-", "-", "AmortWaterfall"
    ),
    Term(
        "Bridge step",
        "Where an expensed row leaves the bridge from the registers to capitalised cost",
        "-",
        "text",
        "TieOut",
    ),
    Term(
        "Journal key",
        "Entry type, entity, component and cost centre that tie a cost row to its journal lines",
        "-",
        "text",
        "JournalEntry",
    ),
)

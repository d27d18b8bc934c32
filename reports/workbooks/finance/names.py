"""Names of the finance workbook's blocks, so that sheets refer to each other by name."""

from __future__ import annotations

from reports.formulas import Plus, Span, SumIfs, Total
from reports.spec import Formula
from reports.workbooks.shared.facts import Facts

COST = "tbl_cost_detail"
PROJECTS = "tbl_project_detail"
PERSONS = "tbl_person_detail"
KPIS = "tbl_kpis"
TREND = "tbl_trend"
BRIDGE = "tbl_payroll_bridge"
REGISTER_TIES = "tbl_register_ties"
LEDGER_TIES = "tbl_ledger_ties"
GL_TIES = "tbl_gl_ties"
PAYROLL_TIES = "tbl_payroll_ties"
ACTIVITIES = "tbl_activities"
RULES = "tbl_rules"
EVIDENCE = "tbl_evidence"
EVIDENCE_BAND = "tbl_evidence_band"
EVIDENCE_TEAMS = "tbl_evidence_teams"
UNATTRIBUTED = "tbl_unattributed"
MAPPING = "tbl_mapping"


def journal(currency: str) -> str:
    """Name the journal block of a functional currency."""
    return f"tbl_journal_{currency.lower()}"


def cip(currency: str) -> str:
    """Name the roll-forward block of work in progress."""
    return f"tbl_cip_{currency.lower()}"


def service(currency: str) -> str:
    """Name the roll-forward block of assets in service."""
    return f"tbl_service_{currency.lower()}"


def classes(currency: str) -> str:
    """Name the block of subtotals by asset class."""
    return f"tbl_class_{currency.lower()}"


def register(currency: str) -> str:
    """Name the asset register block."""
    return f"tbl_register_{currency.lower()}"


def asset_lots(currency: str) -> str:
    """Name the block of what went into the assets."""
    return f"tbl_asset_lots_{currency.lower()}"


def waterfall(currency: str) -> str:
    """Name the amortisation block."""
    return f"tbl_amortisation_{currency.lower()}"


def elapsed(currency: str) -> str:
    """Name the block of elapsed units behind the amortisation."""
    return f"tbl_elapsed_{currency.lower()}"


def band(currency: str) -> str:
    """Name the one-row block of fiscal years over the amortisation's months."""
    return f"tbl_years_band_{currency.lower()}"


def years(currency: str) -> str:
    """Name the block of amortisation by fiscal year."""
    return f"tbl_years_{currency.lower()}"


def impairment(currency: str) -> str:
    """Name the block of the impairment review."""
    return f"tbl_impairment_{currency.lower()}"


def note(currency: str) -> str:
    """Name the block of the note's reconciliation."""
    return f"tbl_note_{currency.lower()}"


def currencies(facts: Facts) -> tuple[str, ...]:
    """List the functional currencies of the month, the reporting currency first."""
    found = {row[0] for row in facts.rows("rpt_finance__roll_forward").distinct("currency_code")}
    found |= {row[0] for row in facts.rows("rpt_finance__journal_entry").distinct("currency_code")}
    found |= {
        row[0] for row in facts.rows("rpt_finance__payroll_register").distinct("currency_code")
    }
    rest = sorted(found - {facts.currency})
    return (facts.currency, *rest)


def cost_by(summed: str, column: str, key: Formula) -> SumIfs:
    """Sum a column of CostDetail over the rows whose other column equals a cell."""
    return SumIfs(Span(COST, summed), ((Span(COST, column), key),))


def plus_totals(blocks: tuple[str, ...], column: str) -> Formula:
    """Add the totals of the same column of several blocks."""
    return Plus(tuple(Total(block, column) for block in blocks))


def adoption(currency: str) -> str:
    """Name the block of the adoption paper."""
    return f"tbl_adoption_{currency.lower()}"

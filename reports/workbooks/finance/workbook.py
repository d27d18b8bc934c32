"""The finance workbook: its sheets in reading order."""

from __future__ import annotations

from reports.formulas import Const, CountIfs, Span, Sum
from reports.spec import Column, Kind, Table, Unit, Workbook
from reports.workbooks.finance.amort_waterfall import amort_waterfall
from reports.workbooks.finance.as_of_close import as_of_close
from reports.workbooks.finance.changes import changes
from reports.workbooks.finance.chart_data import chart_data
from reports.workbooks.finance.checks import finance_checks
from reports.workbooks.finance.classification import classification
from reports.workbooks.finance.closings import access, closings
from reports.workbooks.finance.control_totals import control_totals
from reports.workbooks.finance.cost_detail import cost_detail, is_summed
from reports.workbooks.finance.decisions import decisions
from reports.workbooks.finance.disclosure import disclosure
from reports.workbooks.finance.evidence import evidence
from reports.workbooks.finance.fpa import fp_and_a
from reports.workbooks.finance.glossary import FINANCE_TERMS
from reports.workbooks.finance.impairment import impairment_review
from reports.workbooks.finance.journal_entry import journal_entry
from reports.workbooks.finance.mapping import mapping
from reports.workbooks.finance.names import COST
from reports.workbooks.finance.person_detail import person_detail
from reports.workbooks.finance.project_detail import project_detail
from reports.workbooks.finance.register import asset_register
from reports.workbooks.finance.roll_forward import roll_forward
from reports.workbooks.finance.samples import samples
from reports.workbooks.finance.summary import headlines, story, summary
from reports.workbooks.finance.tickmarks import tickmarks
from reports.workbooks.finance.tie_out import tie_out
from reports.workbooks.finance.transition import transition_paper
from reports.workbooks.finance.unattributed import unattributed
from reports.workbooks.shared.assumptions import assumptions
from reports.workbooks.shared.checks import checks_sheet
from reports.workbooks.shared.columns import text
from reports.workbooks.shared.cover import cover
from reports.workbooks.shared.exceptions import exceptions
from reports.workbooks.shared.facts import Facts
from reports.workbooks.shared.glossary import glossary
from reports.workbooks.shared.ipe import POPULATION, ipe
from reports.workbooks.shared.policy import policy
from reports.workbooks.shared.population import Population
from reports.workbooks.shared.prior import PriorIssue
from reports.workbooks.shared.sign_off import sign_off

TITLE = "Software capitalisation workpaper"
_COUNTED = (Unit.COUNT, Unit.MONEY, Unit.MONEY)
"""Units of the control totals: rows, then amounts."""


def finance_workbook(
    facts: Facts, population: Population, prior: PriorIssue | None = None
) -> Workbook:
    """Describe the workbook.

    Args:
        facts: The pack's relations.
        population: The file with every cost row.
        prior: The issue before this one; None for the first of the books.
    """
    found = headlines(facts)
    sheets = (
        summary(facts),
        journal_entry(facts),
        roll_forward(facts),
        tie_out(facts),
        project_detail(facts),
        person_detail(facts),
        cost_detail(facts),
        classification(facts),
        evidence(facts),
        unattributed(facts),
        mapping(facts),
        as_of_close(facts),
        decisions(facts),
        asset_register(facts),
        amort_waterfall(facts),
        impairment_review(facts),
        transition_paper(facts),
        disclosure(facts),
        fp_and_a(facts),
        samples(facts),
        changes(facts, prior),
        assumptions(facts, "F3"),
        policy(facts, "F4"),
        exceptions(facts, "F5"),
        ipe(facts, "F6", _population(facts, population), control_totals(facts)),
        checks_sheet(facts, "F7", finance_checks(facts, prior), found),
        sign_off(facts, "F8", closings(facts), access(facts)),
        glossary(FINANCE_TERMS, "F9"),
        tickmarks("F10"),
        chart_data(facts),
    )
    stamp = facts.stamp
    return Workbook(
        "finance",
        f"{TITLE} {stamp.month}",
        f"Period {stamp.month}",
        stamp,
        (cover(facts, TITLE, sheets, found, story(facts)), *sheets),
        link_hosts=frozenset(facts.rows("rpt_shared__link_hosts").texts("host")),
    )


def _population(facts: Facts, population: Population) -> Table:
    """Compare the file beside the workbook with the sheet CostDetail."""
    grain = "summed by component and person" if is_summed(facts) else "every row"
    shown = (
        CountIfs(((Span(COST, "treatment"), Const("*")),)),
        Sum((Span(COST, "capex"),)),
        Sum((Span(COST, "opex"),)),
    )
    return Table(
        POPULATION,
        (
            text("item", "Control total", ("Rows", "Capitalised", "Expensed")),
            text("unit", "Unit", ("count", "functional", "functional")),
            text("file", "File", (population.name,) * 3, width=26),
            text("grain", "CostDetail shows", (grain,) * 3, width=30),
            Column(
                "in_file",
                "In the file (unit beside)",
                Unit.MONEY,
                (population.rows, population.capex, population.opex),
                units=_COUNTED,
            ),
            Column(
                "on_sheet",
                "On CostDetail (unit beside)",
                Unit.MONEY,
                shown,
                kind=Kind.CALCULATED,
                units=_COUNTED,
            ),
            text("hash", "File SHA-256", (population.sha256,) * 3, width=24),
        ),
        3,
        "Full population beside this workbook",
    )

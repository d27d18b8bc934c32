"""Disclosure: note tables, forward amortisation, expense by nature, tax schedules."""

from __future__ import annotations

from reports.spec import Sheet
from reports.workbooks.finance.disclosure.expense import expense_by_nature, research_expense
from reports.workbooks.finance.disclosure.notes import forward_amortisation, reconciliation
from reports.workbooks.finance.disclosure.tags import tagged_cost
from reports.workbooks.finance.disclosure.tax import (
    business_components,
    parameters,
    places_of_work,
    section_174,
    uk_projects,
)
from reports.workbooks.finance.names import currencies
from reports.workbooks.shared.columns import filled
from reports.workbooks.shared.facts import Facts


def disclosure(facts: Facts) -> Sheet:
    """Describe the sheet: what the books say first, parallel tags of the same rows after."""
    return Sheet(
        "Disclosure",
        "Disclosures and tax schedules",
        "E1",
        "Note tables, forward amortisation, expense by nature, research by place of work",
        (
            *(reconciliation(facts, currency) for currency in currencies(facts)),
            forward_amortisation(facts),
            research_expense(facts),
            expense_by_nature(facts),
            section_174(facts),
            filled(places_of_work(facts)),
            filled(business_components(facts)),
            filled(uk_projects(facts)),
            parameters(),
            filled(tagged_cost(facts)),
        ),
        is_header_frozen=False,
        paper=8,
    )


__all__ = ["disclosure"]

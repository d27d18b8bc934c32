"""Reconciliations of the sheets that review, disclose and explain what the books say."""

from __future__ import annotations

from capstream.types import Month
from reports.formulas import Const, CountIfs, CrossRef, Difference, Plus, Span, Sum, SumIfs, Total
from reports.spec import Formula
from reports.workbooks.finance import changes, fpa, samples
from reports.workbooks.finance.disclosure import expense, notes, tags, tax
from reports.workbooks.finance.names import (
    COST,
    TREND,
    cip,
    currencies,
    impairment,
    service,
    waterfall,
)
from reports.workbooks.shared.checks import Check
from reports.workbooks.shared.facts import Facts
from reports.workbooks.shared.prior import PriorIssue


def review_checks(facts: Facts, prior: PriorIssue | None) -> tuple[Check, ...]:
    """List the checks of Impairment, Disclosure, FPandA, Samples and Changes."""
    found = [*_disclosure_checks(), *_plan_checks(), *_change_checks(facts, prior)]
    for currency in currencies(facts):
        found += [*_impairment_checks(currency), *_note_checks(currency)]
    return (*found, _open_reviews(facts))


def _all_cost() -> Formula:
    return Plus((Total(COST, "capex_reporting"), Total(COST, "opex_reporting")))


def _disclosure_checks() -> tuple[Check, ...]:
    development = ((Span(expense.NATURES, "caption"), Const(expense.DEVELOPMENT)),)
    where = "Disclosure"
    return (
        Check(
            "TAX-CAPEX", where, "capitalised cost by tax tag = CostDetail",
            Total(tags.TAGGED, "capex"), Total(COST, "capex_reporting"), where,
        ),
        Check(
            "TAX-OPEX", where, "expensed cost by tax tag = CostDetail",
            Total(tags.TAGGED, "opex"), Total(COST, "opex_reporting"), where,
        ),
        Check(
            "TAX-PLACES", where, "cost by place of work = CostDetail",
            Total(tax.PLACES, "cost"), _all_cost(), where,
        ),
        Check(
            "TAX-174", where, "domestic + foreign = software development by place",
            Total(tax.SECTION_174, "amount"), Total(tax.PLACES, "development"), where,
        ),
        Check(
            "DISE", where, "research and development by nature = expensed on CostDetail",
            SumIfs(Span(expense.NATURES, "expense"), development),
            Total(COST, "opex_reporting"), where,
        ),
    )  # fmt: skip


def _plan_checks() -> tuple[Check, ...]:
    where = "FPandA"
    return (
        Check(
            "FPA-ACTUAL", where, "actual by stream = CostDetail",
            Total(fpa.PLAN, "actual"), _all_cost(), where,
        ),
        Check(
            "FPA-VARIANCE", where, "volume + mix + rate = change of cost",
            Total(fpa.VARIANCE, "explained"), Total(fpa.VARIANCE, "change"), where,
        ),
        Check(
            "FPA-RATE-BUILD", where, "cost by pay component = CostDetail",
            Total(fpa.RATE_BUILD, "cost"), _all_cost(), where,
        ),
        Check(
            "FPA-TEAMS", where, "cost by team = CostDetail",
            Plus((Total(fpa.TEAMS, "capex"), Total(fpa.TEAMS, "opex"))), _all_cost(), where,
        ),
        Check(
            "SAMPLE-POPULATION", "Samples", "capitalised rows now = when the sample was drawn",
            CrossRef(samples.POPULATION, "value", "sum"),
            CrossRef(samples.POPULATION, "value", "drawn_from"), "Samples", "WARN",
        ),
    )  # fmt: skip


def _change_checks(facts: Facts, prior: PriorIssue | None) -> list[Check]:
    last = str(Month.parse(facts.stamp.month).plus(-1))
    months = facts.rows("rpt_finance__months").texts("month_key")
    found = []
    for side, word in changes.SIDES:
        now = Total(COST, f"{side}_reporting")
        before: Formula = CrossRef(TREND, side, last) if last in months else Const(0)
        found.append(
            Check(
                f"CHANGES-MONTH-{side.upper()}", "Changes",
                f"{word.lower()}: change by component = this month less last month",
                Total(changes.MONTHS, f"{side}_change"), Difference(now, before), "Changes",
            )
        )  # fmt: skip
        if prior is not None and prior.is_same_month:
            row = [name for name, _ in changes.SIDES].index(side)
            found.append(
                Check(
                    f"CHANGES-ISSUE-{side.upper()}", "Changes",
                    f"{word.lower()}: changes row by row = movement against the prior issue",
                    Total(changes.ROWS, f"{side}_change"),
                    CrossRef(changes.TOTALS, "moved", row), "Changes",
                )
            )  # fmt: skip
    return found


def _impairment_checks(currency: str) -> tuple[Check, ...]:
    block = impairment(currency)
    return (
        Check(
            f"IMPAIRMENT-CIP-{currency}", "Impairment",
            f"work in progress reviewed = RollForward ({currency})",
            Total(block, "cip"), Total(cip(currency), "closing"), "Impairment",
        ),
        Check(
            f"IMPAIRMENT-NET-{currency}", "Impairment",
            f"net book value reviewed = RollForward ({currency})",
            Total(block, "net"), Total(service(currency), "closing"), "Impairment",
        ),
    )  # fmt: skip


def _open_reviews(facts: Facts) -> Check:
    waiting = Plus(
        tuple(
            CountIfs(((Span(impairment(currency), "state"), Const("open")),))
            for currency in currencies(facts)
        )
    )
    return Check(
        "IMPAIRMENT-OPEN", "Impairment", "assets with signals and no conclusion = none",
        waiting, Const(0), "Impairment", "WARN",
    )  # fmt: skip


def _note_checks(currency: str) -> tuple[Check, ...]:
    """Compare the note's closings with the roll-forward, and its future with the waterfall."""
    totals = (
        Total(cip(currency), "closing"),
        Total(service(currency), "closing_gross"),
        Total(service(currency), "closing_held"),
    )
    found = [
        Check(
            f"NOTE-{number}-{currency}", "Disclosure",
            f"{label.lower()} of the note = RollForward ({currency})",
            notes.closing(currency, label), total, "Disclosure",
        )
        for number, (label, total) in enumerate(zip(notes.CLOSINGS, totals, strict=True), 1)
    ]  # fmt: skip
    charges = waterfall(currency)
    found.append(
        Check(
            f"NOTE-FORWARD-{currency}", "Disclosure",
            f"amortisation by fiscal year and later = AmortWaterfall ({currency})",
            Sum((Span(notes.FORWARD, f"in_{currency.lower()}"),)),
            Difference(Total(charges, "charged"), Total(charges, "before")), "Disclosure",
        )
    )  # fmt: skip
    return tuple(found)

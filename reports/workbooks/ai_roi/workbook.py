"""The AI workbook: its sheets in reading order."""

from __future__ import annotations

from reports.formulas import Const, CountIfs, CrossRef, Named, Plus, Span, Sum, Total
from reports.spec import Unit, Workbook
from reports.workbooks.ai_roi.adoption import ADOPTION, TOOLS, adoption
from reports.workbooks.ai_roi.before_after import before_after
from reports.workbooks.ai_roi.capitalisation import TREATMENT_TIE, capitalisation
from reports.workbooks.ai_roi.draws import draws_sheet
from reports.workbooks.ai_roi.event_study import event_study
from reports.workbooks.ai_roi.evidence import Evidence
from reports.workbooks.ai_roi.guardrails import GUARDRAILS, guardrails
from reports.workbooks.ai_roi.method import method
from reports.workbooks.ai_roi.returns import COSTS, is_computed, return_sheet
from reports.workbooks.ai_roi.sensitivity import sensitivity
from reports.workbooks.ai_roi.spend import INVOICES, MONTHS, headlines, spend
from reports.workbooks.ai_roi.stage_shift import SHIFT, WHOLE, is_measured, stage_shift
from reports.workbooks.ai_roi.verdict import RAILS, answer, verdict
from reports.workbooks.shared.assumptions import assumptions
from reports.workbooks.shared.checks import Check, checks_sheet
from reports.workbooks.shared.cover import Headline, cover
from reports.workbooks.shared.facts import Facts
from reports.workbooks.shared.glossary import Term, glossary
from reports.workbooks.shared.ipe import ipe

TITLE = "AI tools: adoption, cost, effect, return"

TERMS = (
    Term("Active", "A person with use of the tool in the month", "-", "count", "fct_ai_adoption"),
    Term(
        "Light, moderate, heavy",
        "Days with use in the last 28 days of the month: light 1 to 5, moderate 6 to 14, "
        "heavy 15 and more; none is no use",
        "days with use",
        "count",
        "fct_ai_adoption",
    ),
    Term(
        "Idle seats",
        "Seats paid for that nobody used",
        "(bought − active) × cost of a seat",
        "reporting currency",
        "Spend",
    ),
    Term(
        "Evidence grade",
        "A: starts drawn by lot and recorded before. B: teams that start at other times or never. "
        "C: few treated teams against many. D: before and after only. E: nobody was treated while "
        "measured. Illustration: too few teams for any result to be rare. Estimators that differ "
        "cost one grade, two where they differ in sign; trends that differed before cost one",
        "-",
        "A to E",
        "Method",
    ),
    Term(
        "θ, relative effect",
        "Output more than without the tools, weighted by developer-weeks",
        "extra output ÷ (output − extra output)",
        "%",
        "fct_ai_effects",
    ),
    Term(
        "Capacity, redeployed, cash",
        "Hours at constant output at the loaded rate, not cash; the evidenced part of it on "
        "other work; spend that stopped. Three readings of one rollout, never added",
        "H·θ/(1+θ) × rate; × ρ; as entered",
        "reporting currency",
        "ROI",
    ),
    Term(
        "Detectable",
        "Smallest effect that such teams would show four times in five",
        "2.80 × spread of placebo starts × √(1/treated + 1/control)",
        "unit of the outcome",
        "fct_ai_effects",
    ),
    Term(
        "Held, breached, not proven",
        "A guardrail is held where the upper bound of its change lies below its limit; without a "
        "bound it is not proven, and breached only where re-assignment proves it",
        "-",
        "-",
        "Guardrails",
    ),
    Term(
        "Hidden, small teams together",
        "Counts of one to four are hidden and the next smallest beside them; teams of fewer than "
        "five people stand together with the next smallest: so totals do not reveal them",
        "-",
        "-",
        "Adoption",
    ),
)


def ai_roi_workbook(facts: Facts) -> Workbook:
    """Describe the workbook."""
    evidence = Evidence(facts)
    found = (*headlines(facts), *_returns(facts, evidence))
    sheets = (
        verdict(facts, evidence, "1"),
        spend(facts, "2"),
        adoption(facts, "3"),
        before_after(facts, evidence, "4"),
        event_study(evidence, "5"),
        stage_shift(facts, evidence, "6"),
        guardrails(evidence, "7"),
        return_sheet(facts, evidence, "8"),
        sensitivity(facts, evidence, "9"),
        capitalisation(facts, "10"),
        method(facts, evidence, "11"),
        assumptions(facts, "12"),
        ipe(facts, "13"),
        checks_sheet(facts, "14", _checks(facts, evidence), found),
        glossary(TERMS, "15"),
        *((draws_sheet(evidence, "16"),) if _is_drawn(facts, evidence) else ()),
    )
    return Workbook(
        "ai_roi",
        f"{TITLE} {facts.stamp.month}",
        f"Period {facts.stamp.month}",
        facts.stamp,
        (cover(facts, TITLE, sheets, found, answer(facts, evidence)), *sheets),
        link_hosts=frozenset(facts.rows("rpt_shared__link_hosts").texts("host")),
    )


def _is_drawn(facts: Facts, evidence: Evidence) -> bool:
    return is_computed(facts, evidence) and evidence.is_drawn


def _returns(facts: Facts, evidence: Evidence) -> tuple[Headline, ...]:
    if not is_computed(facts, evidence):
        return ()
    return (
        ("ROI, capacity: not cash (%)", "out_roi_capacity", Unit.RATIO),
        ("ROI, redeployed (%)", "out_roi_redeployed", Unit.RATIO),
        ("ROI, cash released (%)", "out_roi_cash", Unit.RATIO),
    )


def _checks(facts: Facts, evidence: Evidence) -> tuple[Check, ...]:
    this = facts.stamp.month
    return (
        Check(
            "AI-INVOICES",
            "Spend",
            "spend of the month = invoices",
            CrossRef(MONTHS, "total", this),
            Total(INVOICES, "invoiced"),
            "Spend",
        ),
        Check(
            "AI-VENDORS",
            "Spend",
            "spend of the month by vendor = by month",
            Total(INVOICES, "shown"),
            CrossRef(MONTHS, "total", this),
            "Spend",
        ),
        Check(
            "AI-PEOPLE",
            "Adoption",
            "people by team = people by tool",
            Total(ADOPTION, "people"),
            Total(TOOLS, "people"),
            "Adoption",
        ),
        Check(
            "AI-BOOKS",
            "Capitalisation",
            "cost in the books and its rounding = spend of the month",
            Plus(
                (
                    CrossRef(TREATMENT_TIE, "value", "books"),
                    CrossRef(TREATMENT_TIE, "value", "rounding"),
                )
            ),
            CrossRef(MONTHS, "total", this),
            "Capitalisation",
        ),
        Check(
            "AI-GUARDRAILS",
            "Verdict",
            "guardrails breached on Verdict = on Guardrails",
            CountIfs(((Span(RAILS, "status"), Const("BREACHED")),)),
            CountIfs(((Span(GUARDRAILS, "status"), Const("BREACHED")),)),
            "Guardrails",
        ),
        *(_stage_check() if is_measured(evidence) else ()),
        *(_cost_check() if is_computed(facts, evidence) else ()),
    )


def _stage_check() -> tuple[Check, ...]:
    return (
        Check(
            "AI-STAGES",
            "StageShift",
            "stages add up to the lead time",
            Total(SHIFT, "estimate"),
            CrossRef(WHOLE, "value", "whole"),
            "StageShift",
        ),
    )


def _cost_check() -> tuple[Check, ...]:
    return (
        Check(
            "AI-COST",
            "ROI",
            "cost of the return = cost listed",
            Named("out_roi_cost"),
            Sum((Span(COSTS, "amount"),)),
            "ROI",
        ),
    )

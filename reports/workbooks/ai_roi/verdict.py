"""Verdict: three lines, three returns, the guardrails, and what is asked of the readers."""

from __future__ import annotations

from decimal import Decimal

from reports.formulas import CrossRef, Named
from reports.spec import Column, Formula, Kind, Prose, Sheet, Table, Unit, Value
from reports.workbooks.ai_roi.evidence import Evidence
from reports.workbooks.ai_roi.guardrails import GUARDED, GUARDRAILS
from reports.workbooks.ai_roi.returns import LINES, RESULT, counted, is_computed, why_not
from reports.workbooks.ai_roi.wording import LABELS
from reports.workbooks.shared.columns import entry, text
from reports.workbooks.shared.facts import Facts

FACTS = "tbl_verdict"
RETURNS = "tbl_verdict_returns"
RAILS = "tbl_verdict_guardrails"
DECISIONS = "tbl_decisions"


def verdict(facts: Facts, evidence: Evidence, index: str) -> Sheet:
    """Describe the sheet."""
    return Sheet(
        "Verdict",
        "Verdict",
        index,
        "Three lines, three returns side by side, eight guardrails, decisions requested",
        (
            _facts(facts, evidence),
            answer(facts, evidence),
            _returns(facts, evidence),
            _rails(),
            _decisions(facts, evidence),
        ),
        is_header_frozen=False,
        is_one_page=True,
    )


def answer(facts: Facts, evidence: Evidence) -> Prose:
    """Describe the answer, each line with the sheet that carries it."""
    spend = sum(counted(facts).amounts("window_amount"), Decimal(0))
    months = facts.rows("rpt_ai_roi__basis")
    since = months.texts("first_month_key")[0] if len(months) else ""
    cost = (
        f"The tools cost {spend:,.0f} {facts.currency} since {since} (sheet Spend)."
        if since
        else "No start of a tool is recorded (ai_rollouts): nothing can be estimated."
    )
    lines = (f"{evidence.headline()} (BeforeAfter)", f"{evidence.shift()} (StageShift)", cost)
    return Prose(lines, "In three lines")


def _facts(facts: Facts, evidence: Evidence) -> Table:
    found = evidence.numbers(evidence.outcome)
    computed = is_computed(facts, evidence)
    not_computed = f"not computed: {why_not(facts, evidence)}"
    rows: tuple[tuple[str, Value | Formula, Unit], ...] = (
        ("Evidence grade", evidence.grade, Unit.TEXT),
        ("Why", evidence.said("grade_reason") or "nothing was estimated", Unit.TEXT),
        ("Primary outcome", LABELS.get(evidence.outcome, evidence.outcome), Unit.TEXT),
        ("Estimate (unit of the outcome)", _shown(found["estimate"], "not estimable"), Unit.FTE),
        ("p (share)", _shown(found["p_value"], "no test"), Unit.FTE),
        ("Detectable (unit of the outcome)", _shown(found["mde"], "not known"), Unit.FTE),
        (f"Spend of the month ({facts.currency})", Named("out_ai_spend"), Unit.MONEY_WHOLE),
        ("Guardrails breached (count)", Named("out_guardrails_breached"), Unit.COUNT),
        ("Payback (months)", Named("out_payback_months") if computed else not_computed, Unit.HOURS),
    )
    return Table(
        FACTS,
        (
            text("item", "Verdict", [row[0] for row in rows], width=38),
            Column(
                "value",
                "Value (unit at left)",
                Unit.TEXT,
                tuple(row[1] for row in rows),
                units=tuple(row[2] for row in rows),
                width=44,
                is_wrapped=True,
            ),
        ),
        len(rows),
        is_listed=False,
    )


def _shown(value: Decimal | None, word: str) -> Value:
    return word if value is None else value


def _returns(facts: Facts, evidence: Evidence) -> Table:
    computed = is_computed(facts, evidence)
    word = f"not computed: {why_not(facts, evidence)}"
    names = ("Capacity: not cash", "Redeployed", "Cash released")

    def linked(key: str, header: str, unit: Unit) -> Column:
        cells = tuple(CrossRef(RESULT, key, line) if computed else word for line in LINES)
        return Column(key, header, unit, cells, kind=Kind.CALCULATED)

    heads = (
        ("ROI (%)", "2.5 % (%)", "97.5 % (%)") if computed else ("Ratio (%)", "Low (%)", "High (%)")
    )
    columns = (
        text("line", "Side by side, never added", names, width=38),
        linked("benefit", f"Benefit ({facts.currency})", Unit.MONEY_WHOLE),
        linked("cost", f"Cost of all ({facts.currency})", Unit.MONEY_WHOLE),
        *(
            linked(key, header, Unit.RATIO)
            for key, header in zip(("roi", "low", "high"), heads, strict=True)
        ),
    )
    note = (
        "The effect cannot be told from none: capacity and payback may be nothing."
        if computed and evidence.is_open
        else ""
    )
    heading = "Three returns" if computed else "Return"
    return Table(RETURNS, columns, len(LINES), heading, note=note)


def _rails() -> Table:
    columns = (
        text("guardrail", "Guardrail", [LABELS[name] for name in GUARDED], width=38),
        *(
            Column(
                key,
                header,
                unit,
                tuple(CrossRef(GUARDRAILS, key, name) for name in GUARDED),
                kind=Kind.CALCULATED,
            )
            for key, header, unit in (
                ("direction", "Direction", Unit.TEXT),
                ("status", "Status", Unit.STATUS),
            )
        ),
    )
    return Table(RAILS, columns, len(GUARDED), "Guardrails")


def _decisions(facts: Facts, evidence: Evidence) -> Table:
    asked = list(_asked(facts, evidence))
    columns = (
        text("decision", "Decision requested", [row[0] for row in asked], width=38),
        text("reason", "Why", [row[1] for row in asked], width=44),
        entry("decided", "Decided", len(asked), ("yes", "no", "later")),
        entry("by", "By", len(asked)),
    )
    return Table(DECISIONS, columns, len(asked), "What we need from you")


def _asked(facts: Facts, evidence: Evidence) -> list[tuple[str, str]]:
    tools = facts.rows("rpt_ai_roi__adoption_tools").sorted_by("tool")
    asked = []
    for row in tools.records:
        if _known(row.get("idle_seat_count")):
            idle = f"{int(row['idle_seat_count'])} seats without use in 28 days (Adoption)"
            asked.append((f"Take back or give on idle seats of {row['tool']}", idle))
    if not evidence.verdict.get("is_recorded_before"):
        asked.append(
            ("Write the design of the next rollout down first",
             "no record was made before the starts (Method): a drawn order would be grade A")
        )  # fmt: skip
    if evidence.grade not in ("A", "B"):
        asked.append(
            ("Keep teams without tools a while longer",
             f"grade {evidence.grade}: {evidence.said('grade_reason') or 'nothing to compare'}")
        )  # fmt: skip
    asked.append(("Say what freed time goes to", "redeployed counts nothing without evidence"))
    return asked


def _known(value: object) -> bool:
    return value is not None and value == value and int(str(value).split(".")[0]) > 0

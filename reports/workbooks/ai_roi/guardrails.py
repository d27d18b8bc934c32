"""Guardrails: what must not get worse while output rises, each with its limit."""

from __future__ import annotations

from decimal import Decimal

from reports.formulas import Choose, Const, CountIfs, Here, Named, Product, Span
from reports.spec import Column, Formula, Kind, Sheet, Table, Unit, Value
from reports.workbooks.ai_roi.evidence import Evidence
from reports.workbooks.ai_roi.wording import LABELS
from reports.workbooks.shared.columns import fact, text

GUARDRAILS = "tbl_guardrails"
LIMITS = "tbl_guardrail_limits"
COUNTS = "tbl_guardrail_counts"
GUARDED = (
    "change_fail_ratio",
    "rework_ratio",
    "revert_ratio",
    "pickup_hours",
    "unreviewed_ratio",
    "reviews",
    "changed_lines",
    "bugs_per_100_items",
)
ABSOLUTE = frozenset({"change_fail_ratio"})
DEFAULT_CHANGE_FAIL_MARGIN, DEFAULT_MARGIN = Decimal("0.02"), Decimal("0.10")
SIGNIFICANCE = Decimal("0.05")
NOT_MEASURED = ("Security findings", "Burnout and friction", "Lines changed again in 21 days")
"""Guardrails for which no record holds what they need: named, never zero."""


def guardrails(evidence: Evidence, index: str) -> Sheet:
    """Describe the sheet."""
    return Sheet(
        "Guardrails",
        "Guardrails",
        index,
        "Each guardrail with its limit: held only where the upper bound stays below it",
        (_table(evidence), _limits(evidence), _counts()),
        is_header_frozen=False,
        paper=8,
    )


def _limits(evidence: Evidence) -> Table:
    source = evidence.said("design_id") or "none recorded"
    rows = (
        (
            "Change fail rate, rise still held",
            evidence.fact("change_fail_margin", 4) or DEFAULT_CHANGE_FAIL_MARGIN,
        ),
        ("Others, relative rise still held", evidence.fact("other_margin", 4) or DEFAULT_MARGIN),
        ("Level of significance", SIGNIFICANCE),
    )
    names = ("nm_change_fail_margin", "nm_other_margin", "nm_significance")
    return Table(
        LIMITS,
        (
            text("item", "Limit", [row[0] for row in rows], width=38),
            Column(
                "value", "Value (share)", Unit.RATIO, tuple(row[1] for row in rows), kind=Kind.INPUT
            ),
            text("source", "Design record", [source] * len(rows), width=30),
        ),
        len(rows),
        "Limits",
        names={("value", number): name for number, name in enumerate(names)},
        is_listed=False,
    )


def _table(evidence: Evidence) -> Table:
    named = [LABELS[name] for name in GUARDED]
    blank = ["not measured"] * len(NOT_MEASURED)
    found = [evidence.numbers(name) for name in GUARDED]

    def numbers(key: str, word: str) -> list[Value | Formula]:
        return [*(word if one[key] is None else one[key] for one in found), *blank]

    columns = (
        text("guardrail", "Guardrail", [*named, *NOT_MEASURED], width=38),
        fact("before", "Before (unit)", Unit.FTE, numbers("before", "not known")),
        fact("estimate", "Estimate (unit)", Unit.FTE, numbers("estimate", "not estimable")),
        fact("high", "Upper bound, 95 % (unit)", Unit.FTE, numbers("high", "no bound")),
        fact("p_value", "p (share)", Unit.FTE, numbers("p_value", "no test")),
        _formulas("limit", "Limit (unit)", Unit.FTE, [_limit(name, evidence) for name in GUARDED]),
        _formulas("status", "Status", Unit.STATUS, [_status(name, evidence) for name in GUARDED]),
        _formulas("direction", "Direction", Unit.TEXT, [_arrow(n, evidence) for n in GUARDED]),
    )
    return Table(GUARDRAILS, columns, len(named) + len(blank), keys=(*GUARDED, *NOT_MEASURED))


def _formulas(key: str, header: str, unit: Unit, values: list[Value | Formula]) -> Column:
    return Column(
        key,
        header,
        unit,
        (*values, *["not measured"] * len(NOT_MEASURED)),
        kind=Kind.CALCULATED,
        width=18,
    )


def _limit(name: str, evidence: Evidence) -> Value | Formula:
    if name in ABSOLUTE:
        return Named("nm_change_fail_margin")
    if evidence.numbers(name)["before"] is None:
        return "no limit"
    return Product(Here("before"), Named("nm_other_margin"))


def _status(name: str, evidence: Evidence) -> Value | Formula:
    """Held by its bound; without a bound only a breach can be proven, by re-assignment."""
    found = evidence.numbers(name)
    if found["estimate"] is None or (name not in ABSOLUTE and found["before"] is None):
        return "not estimable"
    if found["high"] is not None:
        return Choose(Here("high"), ">", Here("limit"), Const("BREACHED"), Const("HELD"))
    if found["p_value"] is None:
        return "NOT PROVEN"
    proven = Choose(
        Here("p_value"), "<=", Named("nm_significance"), Const("BREACHED"), Const("AT RISK")
    )
    return Choose(Here("estimate"), ">", Here("limit"), proven, Const("NOT PROVEN"))


def _arrow(name: str, evidence: Evidence) -> Value | Formula:
    if evidence.numbers(name)["estimate"] is None:
        return "not estimable"
    same = Choose(Here("estimate"), "<", Const(0), Const("▼ down"), Const("■ same"))
    return Choose(Here("estimate"), ">", Const(0), Const("▲ up"), same)


def _counts() -> Table:
    words = ("BREACHED", "AT RISK", "NOT PROVEN", "HELD")
    return Table(
        COUNTS,
        (
            text("status", "Status", words, width=38),
            Column(
                "guardrails",
                "Guardrails (count)",
                Unit.COUNT,
                formula=CountIfs(((Span(GUARDRAILS, "status"), Here("status")),)),
                kind=Kind.CALCULATED,
            ),
        ),
        len(words),
        "How many",
        keys=words,
        names={("guardrails", 0): "out_guardrails_breached"},
        note="HELD: the upper bound lies below the limit. NOT PROVEN: too few teams for a bound.",
    )

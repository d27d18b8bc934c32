"""EventStudy: the estimate by periods since the start, and what stood before it."""

from __future__ import annotations

from decimal import Decimal

from reports.formats import PALETTE
from reports.formulas import Const, CountIfs, Ratio, Span, SumIfs
from reports.spec import Chart, Column, Formula, Kind, Series, Sheet, Table, Unit, Value
from reports.workbooks.ai_roi.evidence import Evidence
from reports.workbooks.shared.columns import fact, filled, text

EVENTS = "tbl_events"
TRENDS = "tbl_trends"


def event_study(evidence: Evidence, index: str) -> Sheet:
    """Describe the sheet."""
    events = filled(_events(evidence))
    period = evidence.said("period_type") or "month"
    return Sheet(
        "EventStudy",
        "Estimate by time since the start",
        index,
        "Effects before and after each team's start; bands hold for all periods at once",
        (events, _trends(evidence)),
        charts=(_chart(events.length, period, has_bands=_has_bands(evidence)),),
        is_header_frozen=False,
    )


def _has_bands(evidence: Evidence) -> bool:
    return any(value is not None for value in evidence.events().optional_amounts("low", 6))


def _events(evidence: Evidence) -> Table:
    rows = evidence.events().sorted_by("event_time")
    period = evidence.said("period_type") or "month"
    sides = ["after" if time >= 0 else "before" for time in rows.integers("event_time")]
    bounds = {
        name: [_shown(value) for value in rows.optional_amounts(name, 6)]
        for name in ("low", "high")
    }
    columns = (
        fact("event", f"{period.capitalize()}s since start (count)", Unit.INTEGER,
             rows.integers("event_time")),
        text("side", "Side", sides),
        fact("estimate", "Estimate (unit)", Unit.FTE,
             rows.optional_amounts("estimate", 6)),
        fact("low", "Low band (unit)", Unit.FTE, bounds["low"]),
        fact("high", "High band (unit)", Unit.FTE, bounds["high"]),
    )  # fmt: skip
    return Table(EVENTS, columns, len(rows))


def _shown(value: Decimal | None) -> Value | Formula:
    return "no band" if value is None else value


def _trends(evidence: Evidence) -> Table:
    """Describe the mean before the start, and the joint test where there can be one."""
    before = ((Span(EVENTS, "side"), Const("before")),)
    mean = Ratio(SumIfs(Span(EVENTS, "estimate"), before), CountIfs(before))
    p_value = evidence.fact("pretest_p_value")
    rows: tuple[tuple[str, Value | Formula, str], ...] = (
        ("Mean estimate before the start", mean, "near zero where trends were alike"),
        (
            "Test that all of them are zero, p",
            p_value if p_value is not None else "not estimable",
            evidence.said("pretest_note") or "a pass is no proof",
        ),
    )
    return Table(
        TRENDS,
        (
            text("item", "Trends before", [row[0] for row in rows], width=38),
            Column(
                "value",
                "Value (unit)",
                Unit.FTE,
                tuple(row[1] for row in rows),
                kind=Kind.CALCULATED,
            ),
            text("note", "Note", [row[2] for row in rows], width=60),
        ),
        len(rows),
        "Were the trends alike before?",
    )


def _chart(rows: int, period: str, *, has_bands: bool) -> Chart:
    bands = (
        Series("low", "Low", PALETTE[6], is_line=True),
        Series("high", "High", PALETTE[6], is_line=True),
    )
    series = (
        Series("estimate", "Estimate", PALETTE[0], is_line=True),
        *(bands if has_bands else ()),
    )
    return Chart(
        "line",
        EVENTS,
        "event",
        series,
        f"Estimate by {period}s since the start",
        f"Lines of the estimate by {period}s since each team's start, with bands where teams allow",
        "Estimate (unit of the outcome)",
        f"{period.capitalize()}s since the start",
        (rows + 13, 0),
        (860, 340),
        value_format="0.00",
    )

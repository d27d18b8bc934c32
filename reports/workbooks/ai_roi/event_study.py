"""EventStudy: the estimate by periods since the start, and what stood before it."""

from __future__ import annotations

from decimal import Decimal

from reports.formats import PALETTE
from reports.formulas import Const, CountIfs, Ratio, Span, SumIfs
from reports.spec import Chart, Column, Formula, Kind, Prose, Series, Sheet, Table, Unit, Value
from reports.workbooks.ai_roi.evidence import Evidence, exact_or_none
from reports.workbooks.shared.columns import fact, text

EVENTS = "tbl_events"
TRENDS = "tbl_trends"
ONE_PAGE = 26
"""Periods that fit one page beside the tests and the chart in letters that can be read."""
NOTHING = "Nobody was left to compare with: there is no estimate by time since the start."


def event_study(evidence: Evidence, index: str) -> Sheet:
    """Describe the sheet."""
    purpose = "Effects before and after each team's start; bands hold for all periods at once"
    if not len(evidence.events()):
        return Sheet(
            "EventStudy",
            "Estimate by time since the start",
            index,
            purpose,
            (Prose((NOTHING,)),),
            is_header_frozen=False,
        )
    events, trends = _events(evidence), _trends(evidence)
    period = evidence.said("period_type") or "month"
    below = events.length + trends.length + 12
    return Sheet(
        "EventStudy",
        "Estimate by time since the start",
        index,
        purpose,
        (events, trends),
        charts=(_chart(below, period, has_bands=_has_bands(evidence)),),
        is_header_frozen=False,
        is_one_page=events.length <= ONE_PAGE,
    )


def _has_bands(evidence: Evidence) -> bool:
    return any(value is not None for value in evidence.events().optional_amounts("low", 6))


def _events(evidence: Evidence) -> Table:
    rows = evidence.events().sorted_by("event_time")
    period = evidence.said("period_type") or "month"
    times = rows.integers("event_time")
    bounds = {
        name: [_shown(value) for value in rows.optional_amounts(name, 6)]
        for name in ("low", "high")
    }
    columns = (
        fact("event", f"{period.capitalize()}s since start (count)", Unit.INTEGER,
             times),
        text("side", "Part", [_part(time) for time in times]),
        fact("estimate", "Estimate (unit)", Unit.FTE,
             rows.optional_amounts("estimate", 6)),
        fact("low", "Low band (unit)", Unit.FTE, bounds["low"]),
        fact("high", "High band (unit)", Unit.FTE, bounds["high"]),
    )  # fmt: skip
    return Table(EVENTS, columns, len(rows))


def _shown(value: Decimal | None, word: str = "no band") -> Value | Formula:
    return word if value is None else value


def _bounds(evidence: Evidence) -> tuple[tuple[str, Value | Formula, str], ...]:
    """List how far the mean effect reaches when trends drift on as they did before."""
    return tuple(
        (f"Mean effect, {end} bound, drift {row['aggregate']}", value, "95 %")
        for row in evidence.effects.records
        if row["estimator"] == "trend_sensitivity" and row["outcome"] == evidence.outcome
        for end in ("low", "high")
        if (value := exact_or_none(row[end])) is not None
    )


def _spans(evidence: Evidence) -> tuple[tuple[str, Value | Formula, str], ...]:
    """Average the first periods and the late ones apart: novelty and learning show there."""
    times = evidence.events().integers("event_time")
    period = evidence.said("period_type") or "month"
    spans = (
        ("first", f"{period}s 0 to 4 since the start: learning and novelty"),
        ("late", f"{period}s 12 and later since the start: what lasts"),
    )
    parts = {_part(time) for time in times}
    return tuple(
        (f"Mean estimate, {name} part", _mean_of(name), note)
        for name, note in spans
        if name in parts
    )


def _part(event_time: int) -> str:
    """Name the part of the event study that a period belongs to."""
    if event_time < 0:
        return "before"
    if event_time < _FIRST_PERIODS:
        return "first"
    return "late" if event_time >= _LATE_FROM else "after"


_FIRST_PERIODS, _LATE_FROM = 5, 12


def _mean_of(part: str) -> Formula:
    criteria = ((Span(EVENTS, "side"), Const(part)),)
    return Ratio(SumIfs(Span(EVENTS, "estimate"), criteria), CountIfs(criteria))


def _trends(evidence: Evidence) -> Table:
    """Describe the mean before the start, and the joint test where there can be one."""
    mean = _mean_of("before")
    rows: tuple[tuple[str, Value | Formula, str], ...] = (
        ("Mean estimate before the start", mean, "near zero where trends were alike"),
        (
            "Drift before the start, against controls",
            _shown(evidence.fact("drift"), "not estimable"),
            "last half of the periods before each start less the first half",
        ),
        (
            "Test that no cohort drifted, p",
            _shown(evidence.fact("drift_p_value"), "not estimable"),
            evidence.said("drift_note") or "under 0.05 costs a grade; a pass is no proof",
        ),
        (
            "Drift that would be found four times in five",
            _shown(evidence.fact("drift_detectable"), "not estimable"),
            "a smaller drift may be there unseen",
        ),
        (
            "Test of every period before at once, p",
            _shown(evidence.fact("pretest_p_value"), "not estimable"),
            evidence.said("pretest_note") or "rejects too often where teams are few",
        ),
        *_bounds(evidence),
        *_spans(evidence),
    )
    return Table(
        TRENDS,
        (
            text("item", "Trends before", [row[0] for row in rows], width=52),
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


def _chart(top: int, period: str, *, has_bands: bool) -> Chart:
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
        (top, 0),
        (860, 340),
        value_format="0.00",
    )

"""BeforeAfter: four descriptive means by outcome, and the estimate beside them."""

from __future__ import annotations

from decimal import Decimal

from reports.formats import PALETTE
from reports.formulas import Difference, Here, Ratio
from reports.spec import (
    Block,
    Chart,
    Column,
    Formula,
    Kind,
    Prose,
    Series,
    Sheet,
    Table,
    Unit,
    Value,
)
from reports.workbooks.ai_roi.evidence import Evidence
from reports.workbooks.ai_roi.wording import DISCLAIMER, LABELS
from reports.workbooks.shared.columns import fact, text
from reports.workbooks.shared.facts import Facts

BEFORE_AFTER = "tbl_before_after"
SURVEY = "tbl_survey_before_after"
HIDDEN = "hidden"
NOTHING = "No team started while its outcomes were measured: there is no before and after."
MISSING = "not known"
CELLS = ("treated_before", "treated_after", "control_before", "control_after")


def before_after(facts: Facts, evidence: Evidence, index: str) -> Sheet:
    """Describe the sheet."""
    table, survey = _table(evidence), _survey(facts)
    room = table.length + sum(block.length + 6 for block in survey)
    shown: tuple[Block, ...] = (table,) if table.length else (Prose((NOTHING,)),)
    return Sheet(
        "BeforeAfter",
        "Before and after, with and without tools",
        index,
        "Means of teams and periods over the window, and the estimate beside them",
        (*shown, *survey),
        charts=(_chart(evidence, room),) if table.length else (),
        frozen_columns=1,
        paper=8,
    )


def _survey(facts: Facts) -> tuple[Table, ...]:
    """List what people report; small sides are hidden, and nothing of it becomes money."""
    rows = facts.rows("rpt_ai_roi__survey").sorted_by("item")
    if not len(rows):
        return ()
    scales = [
        f"{low} to {high}"
        for low, high in zip(rows.integers("scale_min"), rows.integers("scale_max"), strict=True)
    ]
    columns = [
        text("item", "What people report", rows.texts("item_text"), width=40),
        text("scale", "Scale", scales),
    ]
    for cell in CELLS:
        label = cell.replace("_", ", ").capitalize()
        columns += [
            fact(f"{cell}_mean", f"{label} (score)", Unit.FTE,
                 [HIDDEN if value is None else value
                  for value in rows.optional_amounts(f"{cell}_mean", 2)]),
            fact(f"{cell}_people", f"{label} (people)", Unit.COUNT,
                 [HIDDEN if value is None else value
                  for value in rows.optional_amounts(f"{cell}_count", 0)]),
        ]  # fmt: skip
    note = "Shown beside what was measured, never turned into money. Sides under five are hidden."
    return (Table(SURVEY, tuple(columns), len(rows), "What people report", note=note),)


def is_plain_difference(evidence: Evidence) -> bool:
    """Whether the cells give the estimate as a difference of differences."""
    return evidence.mean(evidence.outcome, "treated_base") is not None


def _table(evidence: Evidence) -> Table:
    outcomes = [name for name in LABELS if evidence.main(name) or _has_means(evidence, name)]
    is_plain = is_plain_difference(evidence)
    names = {cell: cell.replace("_", ", ").capitalize() for cell in CELLS}
    columns: list[Column] = [
        text("outcome", "Outcome", [LABELS[name] for name in outcomes], width=40),
        text("unit", "Unit", [str(_unit(evidence, name)) for name in outcomes], width=30),
        *(
            fact(cell, f"{names[cell]} (unit)", Unit.FTE, _means(evidence, outcomes, cell))
            for cell in CELLS
        ),
        _change("treated_change", "Treated, change (unit)", "treated", evidence, outcomes),
        _change("control_change", "Control, change (unit)", "control", evidence, outcomes),
        _share("treated_share", "Treated, change (%)", "treated", evidence, outcomes),
        _share("control_share", "Control, change (%)", "control", evidence, outcomes),
        *(_plain_difference(evidence, outcomes) if is_plain else ()),
        *(
            fact(name, header, Unit.FTE, _estimates(evidence, outcomes, name))
            for name, header in (
                ("estimate", "Estimate (unit)"),
                ("low", "Low, 95 % (unit)"),
                ("high", "High, 95 % (unit)"),
                ("p_value", "p (share)"),
                ("mde", "Detectable (unit)"),
            )
        ),
        fact("teams", "Treated teams (count)", Unit.COUNT, _teams(evidence, outcomes, "treated")),
        fact("others", "Control teams (count)", Unit.COUNT, _teams(evidence, outcomes, "control")),
        text("verdict", "Reads as", [_reading(evidence, name) for name in outcomes], width=34),
    ]
    note = (
        "Means describe; the estimate compares each start with teams that had no tools yet."
        if evidence.is_causal
        else DISCLAIMER
    )
    return Table(BEFORE_AFTER, tuple(columns), len(outcomes), note=note, keys=tuple(outcomes))


def _has_means(evidence: Evidence, outcome: str) -> bool:
    return evidence.mean(outcome, "treated_before") is not None


def _unit(evidence: Evidence, outcome: str) -> object:
    row = evidence.main(outcome) or next(
        (row for row in evidence.effects.records if row["outcome"] == outcome), {}
    )
    return row.get("unit", "")


def _means(evidence: Evidence, outcomes: list[str], cell: str) -> list[Value | Formula]:
    return [_or_missing(evidence.mean(name, cell)) for name in outcomes]


def _estimates(evidence: Evidence, outcomes: list[str], name: str) -> list[Value | Formula]:
    word = "no interval" if name in ("low", "high") else "not estimable"
    return [
        word if (value := evidence.numbers(outcome)[name]) is None else value
        for outcome in outcomes
    ]


def _teams(evidence: Evidence, outcomes: list[str], side: str) -> list[Value | Formula]:
    counts = (evidence.main(name).get(f"{side}_count") for name in outcomes)
    return [MISSING if value is None or value != value else int(value) for value in counts]


def _change(key: str, header: str, side: str, evidence: Evidence, outcomes: list[str]) -> Column:
    after, before = f"{side}_after", f"{side}_before"
    formulas: list[Value | Formula] = [
        Difference(Here(after), Here(before)) if _known(evidence, name, after, before) else MISSING
        for name in outcomes
    ]
    return Column(key, header, Unit.FTE, tuple(formulas), kind=Kind.CALCULATED)


def _share(key: str, header: str, side: str, evidence: Evidence, outcomes: list[str]) -> Column:
    after, before = f"{side}_after", f"{side}_before"
    formulas: list[Value | Formula] = [
        Ratio(Here(f"{side}_change"), Here(before))
        if _known(evidence, name, after, before)
        else MISSING
        for name in outcomes
    ]
    return Column(key, header, Unit.RATIO, tuple(formulas), kind=Kind.CALCULATED)


def _plain_difference(evidence: Evidence, outcomes: list[str]) -> tuple[Column, ...]:
    """Only with one start, never treated controls and no gap do cells give the estimate."""
    bases = [f"{side}_base" for side in ("treated", "control")]
    every = (*bases, "treated_after", "control_after")
    twice = Difference(
        Difference(Here("treated_after"), Here("treated_base")),
        Difference(Here("control_after"), Here("control_base")),
    )
    columns = [
        fact(
            base,
            f"{base.split('_')[0].capitalize()}, base period (unit)",
            Unit.FTE,
            _means(evidence, outcomes, base),
        )
        for base in bases
    ]
    formulas = tuple(twice if _known(evidence, name, *every) else MISSING for name in outcomes)
    header = "Difference of differences from the base period (unit)"
    return (*columns, Column("twice", header, Unit.FTE, formulas, kind=Kind.CALCULATED))


def _known(evidence: Evidence, outcome: str, *cells: str) -> bool:
    return all(evidence.mean(outcome, cell) is not None for cell in cells)


def _or_missing(value: Decimal | None) -> Value:
    return MISSING if value is None else value


def _reading(evidence: Evidence, outcome: str) -> str:
    found = evidence.numbers(outcome)
    estimate, low, high, p_value = (found[name] for name in ("estimate", "low", "high", "p_value"))
    if estimate is None:
        return "not estimable"
    if not evidence.is_causal:
        return "a change, not an effect"
    if evidence.is_withheld and outcome == evidence.outcome:
        return "two ways to estimate differ in sign"
    direction = "up" if estimate > 0 else "down"
    if low is not None and high is not None:
        return direction if low > 0 or high < 0 else "not distinguishable from no effect"
    if p_value is not None and p_value <= Decimal("0.05"):
        return f"{direction}, by re-assignment"
    return "not distinguishable from no effect"


def _chart(evidence: Evidence, rows: int) -> Chart:
    """Draw the sides that were there at all."""
    sides = (
        ("treated", Series("treated_share", "Teams with tools", PALETTE[0])),
        ("control", Series("control_share", "Teams without", PALETTE[6])),
    )
    shown = tuple(
        series
        for side, series in sides
        if any(_known(evidence, name, f"{side}_before", f"{side}_after") for name in LABELS)
    )
    return Chart(
        "dumbbell",
        BEFORE_AFTER,
        "outcome",
        shown,
        "Change over the window, before to after",
        "Two dots by outcome, joined: relative change of teams with tools and of teams without",
        "Change (%)",
        "Outcome",
        (rows + 7, 0),
        (980, 520),
        value_format="0%",
    )

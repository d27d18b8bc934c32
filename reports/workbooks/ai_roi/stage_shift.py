"""StageShift: where the time of a pull request went; stages add up to the whole in means."""

from __future__ import annotations

from reports.formats import PALETTE
from reports.formulas import ColumnTotal, CrossRef, Difference, Here, Plus, Ratio, Total
from reports.maps import Drawing, Side, Stay, draw_before_after, png_bytes, svg_text
from reports.spec import (
    HEADER_ROW,
    Block,
    Chart,
    Column,
    Formula,
    Kind,
    Picture,
    Prose,
    Series,
    Sheet,
    Table,
    Unit,
    Value,
)
from reports.workbooks.ai_roi.evidence import Evidence
from reports.workbooks.ai_roi.wording import LABELS, STAGES
from reports.workbooks.shared.columns import calculated, fact, text
from reports.workbooks.shared.facts import Facts, Rows

SHIFT = "tbl_stage_shift"
WHOLE = "tbl_stage_whole"
MAP = "tbl_stream_map"


def is_measured(evidence: Evidence) -> bool:
    """Whether every stage and the whole have an estimate."""
    return all(evidence.numbers(name)["estimate"] is not None for name in (*STAGES, "lead_hours"))


def stage_shift(facts: Facts, evidence: Evidence, index: str) -> Sheet:
    """Describe the sheet."""
    stages = _stages(evidence)
    blocks: tuple[Block, ...] = (
        stages,
        _whole(evidence),
        Prose((evidence.shift(),)),
        *_streams(facts),
    )
    room = _CHART_ROWS if is_measured(evidence) else 0
    return Sheet(
        "StageShift",
        "Where the time went",
        index,
        "Hours of a pull request by stage, which add up to the whole; one value stream's steps",
        blocks,
        charts=(_chart(),) if is_measured(evidence) else (),
        pictures=_pictures(facts, blocks, room),
        is_header_frozen=False,
        gap_rows=room,
    )


def _stages(evidence: Evidence) -> Table:
    columns = (
        text("stage", "Stage", [LABELS[name] for name in STAGES], width=38),
        *(_hours(evidence, key, header) for key, header in _MEANS),
        *(_estimates(evidence, key, header) for key, header in _ESTIMATES),
    )
    return Table(SHIFT, columns, len(STAGES), total_label="Total")


_MEANS = (
    ("treated_before", "With tools, before (h)"),
    ("treated_after", "With tools, after (h)"),
    ("control_before", "Without, before (h)"),
    ("control_after", "Without, after (h)"),
)
_ESTIMATES = (
    ("estimate", "Estimate (h)"),
    ("low", "Low, 95 % (h)"),
    ("high", "High, 95 % (h)"),
    ("p_value", "p (share)"),
)


def _hours(evidence: Evidence, key: str, header: str) -> Column:
    values = [evidence.mean(name, key) for name in STAGES]
    shown = ["not known" if value is None else value for value in values]
    return fact(key, header, Unit.HOURS, shown, is_totalled=None not in values)


def _estimates(evidence: Evidence, key: str, header: str) -> Column:
    values = [evidence.numbers(name)[key] for name in STAGES]
    word = "no interval" if key in ("low", "high") else "not estimable"
    shown: list[Value | Formula] = [word if value is None else value for value in values]
    unit = Unit.FTE if key == "p_value" else Unit.HOURS
    return fact(key, header, unit, shown, is_totalled=key == "estimate" and is_measured(evidence))


def _whole(evidence: Evidence) -> Table:
    if not is_measured(evidence):
        rows: tuple[tuple[str, Value | Formula], ...] = (("Lead time as one", "not estimable"),)
    else:
        coding = CrossRef(SHIFT, "estimate", 0)
        rows = (
            ("Sum of the stages (h)", Total(SHIFT, "estimate")),
            ("Lead time as one (h)", evidence.numbers("lead_hours")["estimate"]),
            ("After coding (h)", Difference(Total(SHIFT, "estimate"), coding)),
            (
                "After coding, per hour that coding changed (h)",
                Ratio(Difference(Total(SHIFT, "estimate"), coding), coding),
            ),
        )
    return Table(
        WHOLE,
        (
            text("item", "The whole", [row[0] for row in rows], width=38),
            Column(
                "value",
                "Value (h)",
                Unit.HOURS,
                tuple(row[1] for row in rows),
                kind=Kind.CALCULATED,
            ),
        ),
        len(rows),
        "Stages add up in means",
        keys=("sum", "whole", "later", "share")[: len(rows)],
    )


def _streams(facts: Facts) -> tuple[Table, ...]:
    """Describe one value stream's steps before and after, beside streams without tools."""
    rows = facts.rows("rpt_ai_roi__stream_steps").sorted_by("step_order", "step")
    if not len(rows):
        return ()
    stream = rows.texts("value_stream_name")[0]
    columns = (
        text("step", "Step", rows.texts("step"), width=38),
        *(
            fact(f"{side}_{when}_{kind}", f"{title}, {label} {when} (h)", Unit.HOURS,
                 rows.amounts(f"{side}_{when}_{kind}_hours", 4), is_totalled=True)
            for side, title in (("stream", stream), ("other", "Streams without"))
            for kind, label in (("process", "work"), ("wait", "wait"))
            for when in ("before", "after")
        ),
        calculated("change", f"{stream}, change (h)", Unit.HOURS, _change("stream"),
                   total=ColumnTotal("change")),
        calculated("other_change", "Streams without, change (h)", Unit.HOURS, _change("other"),
                   total=ColumnTotal("other_change")),
    )  # fmt: skip
    heading = f"The map of {stream} before and after its start, mean working hours of an item"
    return (Table(MAP, columns, len(rows), heading, total_label="Total"),)


def stream_drawing(facts: Facts) -> Drawing | None:
    """Draw one value stream's steps before and after, beside streams without tools."""
    rows = facts.rows("rpt_ai_roi__stream_steps").sorted_by("step_order", "step")
    if not len(rows):
        return None
    stream = rows.texts("value_stream_name")[0]
    sides = [
        Side(title, *(_stays(rows, side, when) for when in ("before", "after")))
        for side, title in (
            ("stream", f"{stream}: its team has the tools"),
            ("other", "Streams without the tools, cut at the same month"),
        )
    ]
    return draw_before_after(
        f"The steps of {stream} before and after the start",
        "mean working hours of a finished item; steps add up; whatever else changed is inside",
        rows.texts("step"),
        sides,
    )


def _stays(rows: Rows, side: str, when: str) -> tuple[Stay, ...]:
    work, wait = (
        rows.optional_amounts(f"{side}_{when}_{kind}_hours", 4) for kind in ("process", "wait")
    )
    return tuple(
        Stay(None if a is None else float(a), None if b is None else float(b))
        for a, b in zip(work, wait, strict=True)
    )


def _pictures(facts: Facts, blocks: tuple[Block, ...], room: int) -> tuple[Picture, ...]:
    """Place the drawing under everything else, the chart's room included."""
    drawing = stream_drawing(facts)
    if drawing is None:
        return ()
    below = HEADER_ROW + room + sum(_rows_of(block) for block in blocks)
    shown = _PICTURE_WIDTH / drawing.width
    return (
        Picture(
            png_bytes(drawing),
            drawing.description[:2000],
            (below, 0),
            shown / 2,
            svg_text(drawing),
        ),
    )


_PICTURE_WIDTH = 980.0
_CHART_ROWS = 17


def _rows_of(block: Block) -> int:
    """Return the rows that a block takes at most, with heading, note, totals and a gap."""
    return (block.length if isinstance(block, Table) else len(block.paragraphs)) + 4


def _change(side: str) -> Difference:
    return Difference(
        Plus((Here(f"{side}_after_process"), Here(f"{side}_after_wait"))),
        Plus((Here(f"{side}_before_process"), Here(f"{side}_before_wait"))),
    )


def _chart() -> Chart:
    return Chart(
        "bar",
        SHIFT,
        "stage",
        (Series("estimate", "Estimate", PALETTE[0]),),
        "Hours of a pull request by stage: estimate",
        "Bars of the estimated change in hours of each stage of a pull request",
        "Change (h)",
        "Stage",
        (HEADER_ROW + len(STAGES) + 3, 0),
        (620, 300),
    )

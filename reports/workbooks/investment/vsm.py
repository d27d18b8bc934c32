"""A sheet per value stream: the map drawn, its steps as a table, what a workshop drew beside it."""

from __future__ import annotations

from dataclasses import replace

from reports.formats import PALETTE
from reports.formulas import (
    ColumnProduct,
    Const,
    CrossRef,
    Difference,
    Here,
    Plus,
    Ratio,
    Span,
    SumIfs,
    Total,
)
from reports.maps import png_bytes, svg_text
from reports.spec import HEADER_ROW, Chart, Column, Picture, Series, Sheet, Table, Unit
from reports.workbooks.investment.flow import FLOW
from reports.workbooks.investment.investment import INVESTMENT
from reports.workbooks.investment.streams import MappedStream
from reports.workbooks.investment.vsm_picture import (
    OUTSIDE,
    map_drawing,
    paths_drawing,
    steps_of,
)
from reports.workbooks.shared.checks import Check
from reports.workbooks.shared.columns import calculated, fact, filled, linked, text
from reports.workbooks.shared.facts import Facts, Rows

_ROW_PIXELS = 20
_MAP_WIDTH = 1900.0
_CHART_ROWS = 17


def vsm_sheet(facts: Facts, stream: MappedStream, index: str) -> Sheet:
    """Describe the sheet of one stream."""
    pictures, rows = _pictures(facts, stream)
    chart_row = HEADER_ROW + 3 + rows
    return Sheet(
        stream.sheet,
        f"Value stream map: {stream.name}",
        index,
        f"Map, steps, rework and recovery of {stream.name}, with the cost of each step",
        (
            _summary(facts, stream),
            _steps(facts, stream),
            *_workshops(facts, stream),
            _recovery(facts, stream),
            _outliers(facts, stream),
        ),
        charts=(_chart(stream, chart_row),),
        pictures=pictures,
        is_header_frozen=False,
        gap_rows=rows + _CHART_ROWS,
    )


def _pictures(facts: Facts, stream: MappedStream) -> tuple[tuple[Picture, ...], int]:
    """Place map and paths under the summary; return them and the rows that they cover."""
    pictures = []
    row = HEADER_ROW + 3
    for drawing in (map_drawing(facts, stream), paths_drawing(facts, stream)):
        shown = _MAP_WIDTH / drawing.width
        pictures.append(
            Picture(
                png_bytes(drawing),
                drawing.description[:2000],
                (row, 0),
                shown / 2,
                svg_text(drawing),
                stream.steps,
                drawing.spots,
            )
        )
        row += int(drawing.height * shown / _ROW_PIXELS) + 2
    return tuple(pictures), row - HEADER_ROW - 3


def _summary(facts: Facts, stream: MappedStream) -> Table:
    rows = Rows([stream.summary])
    steps = stream.steps
    lead, process = CrossRef(_name(stream), "lead"), CrossRef(_name(stream), "process")
    columns = (
        text("stream", "Value stream", rows.texts("value_stream_id"), width=24),
        calculated("lead", "Lead time, mean (h)", Unit.HOURS, Total(steps, "lead")),
        calculated("process", "Process time, mean (h)", Unit.HOURS, Total(steps, "process")),
        calculated("ratio", "Activity ratio (%)", Unit.RATIO, Ratio(process, lead)),
        calculated("rolled", "Rolled C&A (%)", Unit.RATIO, Total(steps, "accurate")),
        fact("p50", "Lead time, P50 (h)", Unit.HOURS, rows.optional_amounts("lead_hours_p50", 6)),
        fact("p85", "Lead time, P85 (h)", Unit.HOURS, rows.optional_amounts("lead_hours_p85", 6)),
        fact("days", "Lead time, mean (calendar d)", Unit.HOURS,
             rows.optional_amounts("calendar_days_mean", 6)),
        fact("finished", "Finished (items)", Unit.COUNT, rows.integers("finished_count")),
        fact("arrived", "Arrived (items)", Unit.COUNT, rows.integers("arrival_count")),
        fact("hours", "Working time of the month (h)", Unit.HOURS,
             rows.optional_amounts("working_hours", 6)),
        calculated("takt", "Takt (h per item)", Unit.HOURS, Ratio(Here("hours"), Here("arrived"))),
        fact("handoffs", "Hand-offs, mean (count)", Unit.HOURS,
             rows.optional_amounts("handoff_count_mean", 6)),
        text("calendar", "Calendar", rows.texts("calendar_id"), width=26),
    )  # fmt: skip
    return Table(_name(stream), columns, 1)


def _name(stream: MappedStream) -> str:
    return f"tbl_map_{stream.slug.lower()}"


def _steps(facts: Facts, stream: MappedStream) -> Table:
    """Describe the step table: means add up, percentiles do not and have no total."""
    rows = steps_of(facts, stream)
    hidden = not any(row["is_cost_shown"] for row in rows.records)
    money = facts.currency
    columns = [
        text("step", "Step", rows.texts("step"), width=24),
        text("kind", "Kind", rows.texts("kind"), width=10),
        fact("items", "Items (count)", Unit.COUNT, rows.integers("item_count")),
        fact("visits", "Visits (count)", Unit.COUNT, rows.integers("visit_count"),
             is_totalled=True),
        fact("process", "Process time, mean (h)", Unit.HOURS,
             rows.amounts("process_hours_mean", 12), is_totalled=True),
        fact("wait", "Wait, mean (h)", Unit.HOURS, rows.amounts("wait_hours_mean", 12),
             is_totalled=True),
        calculated("lead", "Lead time, mean (h)", Unit.HOURS,
                   Plus((Here("process"), Here("wait"))), is_totalled=True),
        fact("p50", "Lead time, P50 (h)", Unit.HOURS, rows.optional_amounts("lead_hours_p50", 6)),
        fact("p85", "Lead time, P85 (h)", Unit.HOURS, rows.optional_amounts("lead_hours_p85", 6)),
        replace(
            fact("accurate", "C&A by items (%)", Unit.RATIO,
                 rows.optional_amounts("complete_accurate_ratio", 15)),
            total=ColumnProduct("accurate"),
        ),
        fact("accurate_visits", "C&A by visits (%)", Unit.RATIO,
             rows.optional_amounts("visit_complete_accurate_ratio", 15)),
        fact("returns", "Returns (count)", Unit.COUNT, rows.integers("return_count"),
             is_totalled=True),
        fact("rework", "Rework (h)", Unit.HOURS, rows.amounts("rework_hours", 6),
             is_totalled=True),
        fact("wip", "WIP, average (items)", Unit.HOURS, rows.amounts("wip_average", 6),
             is_totalled=True),
        fact("people", "People (count)", Unit.COUNT, rows.optional_amounts("person_count", 0)),
        fact("load", "Load (%)", Unit.RATIO, rows.optional_amounts("load_ratio", 9)),
    ]  # fmt: skip
    if not hidden:
        columns += [
            fact("cost", f"Cost ({money})", Unit.MONEY, rows.amounts("cost_amount"),
                 is_totalled=True),
            fact("rework_cost", f"of it rework ({money})", Unit.MONEY,
                 rows.amounts("rework_cost_amount"), is_totalled=True),
        ]  # fmt: skip
    note = "Means over all finished items, so that steps add up; percentiles do not add up." + (
        " Cost is hidden: fewer than five people worked in the stream." if hidden else ""
    )
    return filled(
        Table(
            stream.steps,
            tuple(columns),
            len(rows),
            "Steps",
            total_label="Total (C&A: product)",
            keys=rows.texts("step"),
            note=note,
        )
    )


def _workshops(facts: Facts, stream: MappedStream) -> tuple[Table, ...]:
    """Describe the maps that workshops drew, beside the measured one, step by step."""
    found = facts.rows("rpt_investment__workshop").where(value_stream_id=stream.stream)
    return tuple(
        _workshop(found.where(state=state), stream, state)
        for state in ("current", "future")
        if len(found.where(state=state))
    )


def _workshop(found: Rows, stream: MappedStream, state: str) -> Table:
    rows = found.sorted_by("step_order", "step")
    first = rows.records[0]

    def hours(key: str, header: str, column: str) -> Column:
        return fact(key, header, Unit.HOURS, rows.optional_amounts(column, 6), is_totalled=True)

    columns = (
        text("step", "Step", rows.texts("step"), width=24),
        text("side", "Found", rows.texts("side"), width=14),
        text("owner", "Owner", rows.texts("owner")),
        hours("drawn_work", "Work, drawn (h)", "drawn_process_hours"),
        hours("work", "Process time, measured (h)", "process_hours_mean"),
        calculated("work_gap", "Work, measured less drawn (h)", Unit.HOURS,
                   Difference(Here("work"), Here("drawn_work")), is_totalled=True),
        hours("drawn_wait", "Wait, drawn (h)", "drawn_wait_hours"),
        hours("wait", "Wait, measured (h)", "wait_hours_mean"),
        calculated("wait_gap", "Wait, measured less drawn (h)", Unit.HOURS,
                   Difference(Here("wait"), Here("drawn_wait")), is_totalled=True),
        fact("drawn_accurate", "C&A, drawn (%)", Unit.RATIO,
             rows.optional_amounts("drawn_complete_accurate_ratio", 6)),
        fact("accurate", "C&A, measured (%)", Unit.RATIO,
             rows.optional_amounts("complete_accurate_ratio", 6)),
        text("note", "Note", rows.texts("note"), width=30),
    )  # fmt: skip
    what = "Current state" if state == "current" else "Future state"
    return Table(
        f"tbl_workshop_{state}_{stream.slug.lower()}",
        columns,
        len(rows),
        f"{what} as a workshop drew it (version {first['version']}, {rows.dates('mapped_date')[0]})"
        " beside the month measured",
        total_label="Total",
    )


def _recovery(facts: Facts, stream: MappedStream) -> Table:
    """Describe the second stream: incident to fix in production, by the clock."""
    rows = facts.rows("rpt_investment__recovery").where(value_stream_id=stream.stream)
    rows = rows.sorted_by("step_order")
    columns = (
        text("step", "Recovery step", rows.texts("step"), width=24),
        text("kind", "Kind", rows.texts("kind"), width=10),
        fact("incidents", "Incidents resolved (count)", Unit.COUNT,
             rows.integers("incident_count")),
        fact("known", "with known times (count)", Unit.COUNT, rows.integers("measured_count")),
        fact("mean", "Mean (clock h)", Unit.HOURS, rows.amounts("clock_hours_mean", 6),
             is_totalled=True),
        fact("p50", "P50 (clock h)", Unit.HOURS, rows.optional_amounts("clock_hours_p50", 6)),
        fact("p85", "P85 (clock h)", Unit.HOURS, rows.optional_amounts("clock_hours_p85", 6)),
    )  # fmt: skip
    return filled(
        Table(
            f"tbl_recovery_{stream.slug.lower()}",
            columns,
            len(rows),
            "Recovery stream: from incident to fix in production",
            total_label="Total",
            note="Answer: until acknowledged. Fix: until the linked pull request merged, or until"
            " resolved where none is linked. Restore: until resolved.",
        )
    )


def _outliers(facts: Facts, stream: MappedStream) -> Table:
    rows = facts.rows("rpt_investment__outliers").where(value_stream_id=stream.stream)
    rows = rows.sorted_by("lead_rank")
    columns = (
        linked("item", "Item", rows.texts("work_item_key"), rows.texts("url")),
        text("title", "Title", rows.texts("title"), width=26),
        fact("lead", "Lead time (h)", Unit.HOURS, rows.optional_amounts("lead_hours", 6)),
        fact("process", "Process time (h)", Unit.HOURS, rows.optional_amounts("process_hours", 6)),
        fact("wait", "Wait (h)", Unit.HOURS, rows.optional_amounts("wait_hours", 6)),
        fact("returns", "Returns (count)", Unit.COUNT, rows.integers("rework_count")),
        fact("handoffs", "Hand-offs (count)", Unit.COUNT, rows.integers("handoff_count")),
    )
    name = f"tbl_longest_{stream.slug.lower()}"
    return filled(Table(name, columns, len(rows), "The five longest lead times of the month"))


def _chart(stream: MappedStream, row: int) -> Chart:
    return Chart(
        "stacked",
        stream.steps,
        "step",
        (Series("process", "Process time", PALETTE[0]), Series("wait", "Wait", PALETTE[1])),
        "Work and wait by step",
        f"Stacked columns of {stream.name}: mean process time and mean wait of each step, in hours",
        "Working hours per item (h)",
        "Step",
        (row, 0),
        (900, 310),
    )


def vsm_checks(facts: Facts, streams: tuple[MappedStream, ...]) -> tuple[Check, ...]:
    """Tie each map to what it is made of: times to the stream's mean, cost to the investment."""
    checks = []
    for stream in streams:
        rows = steps_of(facts, stream)
        checks.append(
            Check(
                f"VSM-LEAD-{stream.slug}".upper(),
                "Value stream map",
                f"steps of {stream.stream} add up to the mean lead time on Flow, in hours",
                Total(stream.steps, "lead"),
                SumIfs(Span(FLOW, "mean"), ((Span(FLOW, "stream"), Const(stream.stream)),)),
                stream.sheet,
            )
        )
        if any(row["is_cost_shown"] for row in rows.records):
            checks.append(
                Check(
                    f"VSM-COST-{stream.slug}".upper(),
                    "Value stream map",
                    f"steps of {stream.stream}, {OUTSIDE} included, cost what Investment says",
                    Total(stream.steps, "cost"),
                    SumIfs(
                        Span(INVESTMENT, "cost"),
                        ((Span(INVESTMENT, "stream"), Const(stream.stream)),),
                    ),
                    stream.sheet,
                )
            )
    return tuple(checks)

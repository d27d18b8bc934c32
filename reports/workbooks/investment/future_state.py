"""FutureState: levers with live results, the simulation beside, the plan and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reports.formats import PALETTE
from reports.formulas import CrossRef, Difference, Here, Product, Ratio, Total, where_known
from reports.spec import Chart, Column, Formula, Kind, Prose, Series, Sheet, Table, Unit, Value
from reports.workbooks.investment.future_levers import FUTURE, lever_table
from reports.workbooks.investment.streams import MappedStream
from reports.workbooks.shared.columns import calculated, fact, filled, stated_where, text
from reports.workbooks.shared.facts import Facts, Rows, exact

SIMULATION, PLAN = "tbl_simulation", "tbl_plan"
_LEVERS = {
    "wait": "Wait",
    "process_time": "Process time",
    "complete_accurate": "Complete and accurate",
    "wip_limit": "WIP limit",
}
_METHOD = (
    "Levers: yellow cells, set as the plan has them; edit them and every black number follows.",
    "Simulation: measured items of the month drawn whole, so that their steps stay together.",
    "It pulls the levers of the plan that are not due yet, with the seed shown; no edit moves it.",
    "Feasibility: by Kingman's approximation a shorter queue asks for a lower load.",
    "At a load of one or more no queue is stable. Load counts people as wholly in each step.",
)


def future_state(facts: Facts, streams: tuple[MappedStream, ...], index: str) -> Sheet:
    """Describe the sheet."""
    return Sheet(
        "FutureState",
        "Future state",
        index,
        "Levers with live results, simulation, feasibility; the plan and what came of it",
        (
            _streams(streams),
            Prose(_METHOD, "How to read this sheet", columns=12),
            *(lever_table(facts, stream) for stream in streams),
            _simulation(facts),
            _plan(facts),
        ),
        charts=(_chart(8 + len(streams)),) if streams else (),
        is_header_frozen=False,
        gap_rows=20,
        paper=8,
    )


def _streams(streams: Sequence[MappedStream]) -> Table:
    """Describe one row a stream: now, after, and what that means for work in progress."""

    def each(key: str, header: str, unit: Unit, cells: Sequence[Formula]) -> Column:
        return Column(key, header, unit, tuple(cells), kind=Kind.CALCULATED)

    def of_map(name: str) -> list[Formula]:
        return [CrossRef(f"tbl_map_{stream.slug.lower()}", name) for stream in streams]

    def of_levers(name: str) -> list[Formula]:
        return [Total(stream.future, name) for stream in streams]

    columns = (
        text("stream", "Value stream", [stream.stream for stream in streams]),
        each("finished", "Finished (items)", Unit.COUNT, of_map("finished")),
        each("hours", "Working time of the month (h)", Unit.HOURS, of_map("hours")),
        calculated("rate", "Throughput (items per h)", Unit.FTE,
                   Ratio(Here("finished"), Here("hours"))),
        each("now", "Lead time now (h)", Unit.HOURS, of_levers("now")),
        each("after", "Lead time after (h)", Unit.HOURS, of_levers("after")),
        calculated("change", "Change (%)", Unit.RATIO,
                   Ratio(Difference(Here("after"), Here("now")), Here("now"))),
        each("process", "Process time after (h)", Unit.HOURS, of_levers("process_after")),
        each("ratio_now", "Activity ratio now (%)", Unit.RATIO, of_map("ratio")),
        calculated("ratio", "Activity ratio after (%)", Unit.RATIO,
                   Ratio(Here("process"), Here("after"))),
        each("rolled", "Rolled C&A after, by visits (%)", Unit.RATIO, of_levers("rolled")),
        calculated("wip_now", "WIP by Little's law now (items)", Unit.HOURS,
                   where_known((Here("rate"),), Product(Here("rate"), Here("now")))),
        calculated("wip", "WIP by Little's law after (items)", Unit.HOURS,
                   where_known((Here("rate"),), Product(Here("rate"), Here("after")))),
        calculated("benefit", "Lead time saved a month (item h)", Unit.HOURS,
                   Product(Difference(Here("now"), Here("after")), Here("finished"))),
    )  # fmt: skip
    keys = tuple(stream.stream for stream in streams)
    return filled(Table(FUTURE, columns, len(streams), keys=keys))


def _simulation(facts: Facts) -> Table:
    rows = facts.rows("rpt_investment__forecasts").sorted_by("value_stream_id")

    def hours(key: str, header: str, column: str) -> Column:
        return fact(key, f"{header} (h)", Unit.HOURS, rows.optional_amounts(column, 6))

    columns = (
        text("stream", "Value stream", rows.texts("value_stream_id")),
        text("levers", "Levers of the plan", rows.texts("lever_summary"), width=40),
        hours("mean", "Mean now", "lead_hours_mean_now"),
        hours("mean_after", "Mean after", "lead_hours_mean_after"),
        *(hours(f"p{p}", f"P{p} now", f"lead_hours_p{p}_now") for p in (50, 85, 95)),
        *(hours(f"p{p}_after", f"P{p} after", f"lead_hours_p{p}_after") for p in (50, 85, 95)),
        hours("low", "Change of mean, 95 % low", "difference_low"),
        hours("high", "Change of mean, 95 % high", "difference_high"),
        hours("target", "Target", "target_hours"),
        fact("chance", "Chance to meet it (%)", Unit.RATIO,
             rows.optional_amounts("target_chance", 6)),
        fact("items", "Items drawn from (count)", Unit.COUNT, rows.integers("item_count")),
        fact("draws", "Draws (count)", Unit.COUNT, rows.integers("draw_count")),
        fact("seed", "Seed", Unit.INTEGER, rows.integers("seed")),
    )  # fmt: skip
    return filled(Table(SIMULATION, columns, len(rows), "Simulation of the plan (imported)"))


def _plan(facts: Facts) -> Table:
    """Describe each measure in each month since it was due, forecast beside what came."""
    rows = facts.rows("rpt_investment__improvements").sorted_by("improvement_id", "month_key")
    is_ratio = [lever == "complete_accurate" for lever in rows.texts("lever")]
    units = tuple(Unit.RATIO if ratio else Unit.HOURS for ratio in is_ratio)
    changes = tuple(
        Unit.HOURS if lever == "wip_limit" else Unit.RATIO for lever in rows.texts("lever")
    )

    def mixed(key: str, header: str, column: str, kinds: tuple[Unit, ...]) -> Column:
        values: tuple[Value, ...] = rows.optional_amounts(column, 6)
        return Column(key, header, Unit.HOURS, values, units=kinds)

    before = fact("cost_before", f"Cost of the step, baseline ({facts.currency})",
                  Unit.MONEY_WHOLE, _shown(facts, rows, "baseline_cost_amount"))  # fmt: skip
    after = fact("cost", f"Cost of the step ({facts.currency})", Unit.MONEY_WHOLE,
                 _shown(facts, rows, "cost_amount"))  # fmt: skip
    change = calculated("cost_change", f"Change of cost ({facts.currency})", Unit.MONEY_WHOLE,
                        Difference(Here("cost"), Here("cost_before")))  # fmt: skip
    columns = (
        text("improvement", "Improvement", rows.texts("improvement_id")),
        text("month", "Month", rows.texts("month_key"), width=10),
        text("stream", "Value stream", rows.texts("value_stream_id")),
        text("step", "Step", rows.texts("step")),
        text("lever", "Lever", [_LEVERS.get(lever, lever) for lever in rows.texts("lever")],
             width=18),
        mixed("change", "Change (as the lever)", "change_value", changes),
        text("owner", "Owner", rows.texts("owner")),
        fact("due", "Due", Unit.DATE, rows.dates("due_date"), width=12),
        text("measure", "Measure", rows.texts("measure"), width=24),
        text("target", "Target", rows.texts("target")),
        text("status", "Status", rows.texts("status"), width=14),
        mixed("baseline", "Baseline (h, items or %)", "baseline_value", units),
        mixed("forecast", "Forecast (h, items or %)", "forecast_value", units),
        mixed("actual", "Came (h, items or %)", "actual_value", units),
        Column("realised", "Came of what was forecast (%)", Unit.RATIO,
               tuple(_realised(row) for row in rows.records), kind=Kind.CALCULATED),
        before,
        after,
        stated_where(change, before, after),
    )  # fmt: skip
    return filled(
        Table(PLAN, columns, len(rows), "The plan, month by month since each measure was due",
              note="Baseline: the mean of the three months before the month of the due date, of the"
              " latest three while a measure is not due.")
    )  # fmt: skip


def _realised(row: dict[str, Any]) -> Formula | None:
    """Return what came over what was forecast; nothing before the measure is due."""
    if row["status"] in {"open", "not measurable"}:
        return None
    came = Difference(Here("actual"), Here("baseline"))
    return Ratio(came, Difference(Here("forecast"), Here("baseline")))


def _shown(facts: Facts, rows: Rows, column: str) -> list[Value]:
    """Return a step's cost where its stream is shown by itself."""
    shown = {
        str(row["value_stream_id"])
        for row in facts.rows("rpt_investment__flow_steps").records
        if row["is_cost_shown"]
    }
    return [
        exact(row[column], 2) if row["value_stream_id"] in shown else None for row in rows.records
    ]


def _chart(row: int) -> Chart:
    return Chart(
        "column",
        FUTURE,
        "stream",
        (Series("now", "Now", PALETTE[6]), Series("after", "After", PALETTE[0])),
        "Lead time now and with the levers",
        "Columns: mean lead time of each stream now and with the levers pulled, in working hours",
        "Lead time (h)",
        "Value stream",
        (row, 0),
        (900, 330),
    )

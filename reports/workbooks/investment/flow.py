"""Flow: velocity, time, efficiency, load and distribution of each stream; what ages, what flows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from reports.formats import PALETTE
from reports.formulas import (
    Choose,
    Const,
    CrossRef,
    Difference,
    Greatest,
    Here,
    Named,
    Ratio,
    Span,
    SumIfs,
)
from reports.spec import Chart, Column, Formula, Kind, Series, Sheet, Table, Unit
from reports.workbooks.shared.columns import (
    calculated,
    fact,
    filled,
    linked,
    stated_where,
    text,
)
from reports.workbooks.shared.facts import Facts, Rows, exact

FLOW = "tbl_flow"
DISTRIBUTION = "tbl_flow_distribution"
CUMULATIVE = "tbl_cumulative_flow"
RUN = "tbl_throughput"
AGEING = "tbl_ageing"
PARAMETERS = "tbl_flow_parameters"
_SERIES = 6


def flow(facts: Facts, index: str) -> Sheet:
    """Describe the sheet."""
    blocks = (_streams(facts), _parameters(), _distribution(facts), _run(facts),
              _cumulative(facts), _ageing(facts))  # fmt: skip
    below = 9 + len(_run_month(facts))
    return Sheet(
        "Flow",
        "Flow",
        index,
        "Velocity, time, efficiency, load and distribution; cumulative flow; items that age",
        blocks,
        charts=_charts(facts, below),
        is_header_frozen=False,
        gap_rows=20,
        paper=8,
    )


def _run_month(facts: Facts) -> Rows:
    rows = facts.rows("rpt_investment__flow_streams").where(is_run_month=True)
    shown = [row for row in rows.records if row["finished_count"] or row["arrival_count"]]
    return Rows(shown).sorted_by("value_stream_id")


def _streams(facts: Facts) -> Table:
    rows = _run_month(facts)
    ages = {
        str(row["value_stream_id"]): row for row in facts.rows("rpt_investment__open_items").records
    }
    streams = rows.texts("value_stream_id")
    is_measured = [mean is not None for mean in rows.optional_amounts("lead_hours_mean", 12)]

    def live(key: str, header: str, unit: Unit, formula: Formula) -> Column:
        """Describe a column that is empty where nothing was measured."""
        cells = tuple(formula if measured else None for measured in is_measured)
        return Column(key, header, unit, cells, kind=Kind.CALCULATED)

    columns = (
        text("stream", "Value stream", streams),
        fact("velocity", "Velocity (items)", Unit.COUNT, rows.integers("finished_count"),
             is_totalled=True),
        fact("arrived", "Arrived (items)", Unit.COUNT, rows.integers("arrival_count"),
             is_totalled=True),
        fact("mean", "Flow time, mean (h)", Unit.HOURS,
             rows.optional_amounts("lead_hours_mean", 12)),
        fact("p50", "Flow time, P50 (h)", Unit.HOURS, rows.optional_amounts("lead_hours_p50", 6)),
        fact("p85", "Flow time, P85 (h)", Unit.HOURS, rows.optional_amounts("lead_hours_p85", 6)),
        fact("days", "Flow time, mean (calendar d)", Unit.HOURS,
             rows.optional_amounts("calendar_days_mean", 6)),
        fact("process", "Process time, mean (h)", Unit.HOURS,
             rows.optional_amounts("process_hours_mean", 6)),
        live("efficiency", "Flow efficiency (%)", Unit.RATIO,
             Ratio(Here("process"), Here("mean"))),
        fact("load", "Flow load, average (items)", Unit.HOURS,
             rows.optional_amounts("wip_average", 6)),
        fact("end", "Load at the end (items)", Unit.COUNT, rows.integers("wip_end_count"),
             is_totalled=True),
        fact("old", "Open longer than P85 (items)", Unit.COUNT,
             [_aged(ages, stream) for stream in streams], is_totalled=True),
        fact("little", "Load by Little's law (items)", Unit.HOURS,
             rows.optional_amounts("expected_wip_average", 6)),
        live("apart", "Apart from Little's law (%)", Unit.RATIO,
             Ratio(Difference(Here("load"), Here("little")), Here("little"))),
        live("stationary", "Stationary?", Unit.STATUS, _word()),
        *_reopened(facts, streams),
        text("withheld", "Withheld for status", rows.texts("withheld_status")),
    )  # fmt: skip
    return filled(Table(FLOW, columns, len(rows), total_label="Total"))


def _aged(ages: dict[str, dict[str, object]], stream: str) -> int:
    return int(str(ages[stream]["over_p85_count"])) if stream in ages else 0


def _word() -> Choose:
    """Return WARN where the load is off Little's law by more than the limit, else PASS."""
    off = Greatest((Here("apart"), Difference(Const(0), Here("apart"))))
    return Choose(off, ">", Named("nm_little_limit"), Const("WARN"), Const("PASS"))


def _parameters() -> Table:
    return Table(
        PARAMETERS,
        (
            text("name", "Parameter", ("Load off Little's law by at most",)),
            fact("value", "Limit of a stationary month (%)", Unit.RATIO, (Decimal("0.2"),)),
        ),
        1,
        "Parameters",
        names={("value", 0): "nm_little_limit"},
        note="A month whose load is far from throughput × flow time is not stationary: its means"
        " describe a stream that fills or empties.",
    )


def _distribution(facts: Facts) -> Table:
    rows = facts.rows("rpt_investment__measures").where(
        is_run_month=True, metric="flow_distribution"
    )
    rows = rows.sorted_by("scope", "flow_type")
    whole = SumIfs(Span(DISTRIBUTION, "items"), ((Span(DISTRIBUTION, "stream"), Here("stream")),))
    columns = (
        text("stream", "Value stream", [s.partition(":")[2] for s in rows.texts("scope")]),
        text("type", "Flow type", rows.texts("flow_type")),
        fact("items", "Finished (items)", Unit.COUNT, rows.integers("numerator"),
             is_totalled=True),
        calculated("share", "Share of stream (%)", Unit.RATIO, Ratio(Here("items"), whole)),
        fact("low", "95 % low (%)", Unit.RATIO, rows.optional_amounts("low", 6)),
        fact("high", "95 % high (%)", Unit.RATIO, rows.optional_amounts("high", 6)),
    )  # fmt: skip
    return filled(
        Table(DISTRIBUTION, columns, len(rows), "Distribution by flow type", total_label="Total")
    )


def _run(facts: Facts) -> Table:
    """Describe finished items and flow efficiency by month: the run chart of throughput."""
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in facts.rows("rpt_investment__flow_streams").records:
        counts = found[str(row["month_key"])]
        counts["finished"] += int(row["finished_count"])
        counts["arrived"] += int(row["arrival_count"])
    for row in facts.rows("rpt_investment__measures").where(metric="flow_efficiency").records:
        counts = found[str(row["month_key"])]
        counts["process"] += exact(row["numerator"], 6)
        counts["lead"] += exact(row["denominator"], 6)
    months = sorted(found)

    def by_month(key: str, header: str, unit: Unit) -> Column:
        return fact(key, header, unit, [found[month][key] for month in months])

    columns = (
        text("month", "Month", months),
        by_month("finished", "Finished (items)", Unit.COUNT),
        by_month("arrived", "Arrived (items)", Unit.COUNT),
        by_month("process", "Process time of all finished (h)", Unit.HOURS),
        by_month("lead", "Lead time of all finished (h)", Unit.HOURS),
        calculated("efficiency", "Flow efficiency (%)", Unit.RATIO,
                   Ratio(Here("process"), Here("lead"))),
    )  # fmt: skip
    return filled(Table(RUN, columns, len(months), "Throughput of all streams", keys=tuple(months)))


def efficiency(facts: Facts) -> Formula | None:
    """Return the cell of the month's flow efficiency; nothing where nothing was measured."""
    rows = facts.rows("rpt_investment__measures").where(is_run_month=True, metric="flow_efficiency")
    if not any(rows.optional_amounts("denominator", 6)):
        return None
    return CrossRef(RUN, "efficiency", facts.stamp.month)


def _reopened(facts: Facts, streams: Sequence[str]) -> tuple[Column, ...]:
    """Describe how many items of the month came back to work within thirty days."""
    rows = facts.rows("rpt_investment__measures")
    found = {
        str(row["scope"]).partition(":")[2]: row
        for row in rows.where(is_run_month=True, metric="flow_reopen_rate").records
    }
    done = [exact(found[each]["denominator"], 0) if each in found else 0 for each in streams]
    back = [exact(found[each]["numerator"], 0) if each in found else 0 for each in streams]
    is_open = [each in found and bool(found[each]["is_provisional"]) for each in streams]
    return (
        fact("done", "Done, also if not for good (items)", Unit.COUNT, done, is_totalled=True),
        fact("reopened", "Reopened within 30 days (items)", Unit.COUNT, back, is_totalled=True),
        calculated("reopen", "Reopen rate (%)", Unit.RATIO, Ratio(Here("reopened"), Here("done")),
                   total=Ratio(Here("reopened"), Here("done"))),
        text("reopen_state", "Reopen rate is", ["provisional" if late else "" for late in is_open],
             width=12),
    )  # fmt: skip


def _cumulative(facts: Facts) -> Table:
    """Describe items by step at the end of each week, all streams; the smallest steps as other."""
    rows = facts.rows("rpt_investment__flow_days")
    steps = _shown_steps(rows)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows.records:
        step = str(row["step"]) if row["step"] in steps else "other"
        counts[str(row["local_date"])[:10], step] += int(row["item_count"])
    days = sorted({day for day, _ in counts})
    names = [*steps, *(["other"] if any(step == "other" for _, step in counts) else [])]
    dates = {str(day)[:10]: day for day in rows.dates("local_date")}
    week = fact("week", "Week to", Unit.DATE, [dates[day] for day in days], width=14)
    columns: list[Column] = [week if days else text("week", "Week to", ())]
    columns += [
        fact(f"step_{number}", f"{name.strip('()')} (items)", Unit.COUNT,
             [counts[day, name] for day in days])
        for number, name in enumerate(names)
    ]  # fmt: skip
    return filled(
        Table(CUMULATIVE, tuple(columns), len(days), "Cumulative flow of all streams",
              note="Items in each step at the end of the day; done counts from thirteen weeks ago.")
    )  # fmt: skip


def _shown_steps(rows: Rows) -> list[str]:
    """Return done and then the steps from last to first, the six with the most items."""
    order: dict[str, int] = {}
    weight: dict[str, int] = defaultdict(int)
    for row in rows.records:
        step = str(row["step"])
        order[step] = max(order.get(step, 0), int(row["step_order"]))
        weight[step] += int(row["item_count"])
    largest = sorted(order, key=lambda step: (-weight[step], step))[:_SERIES]
    return sorted(largest, key=lambda step: (-order[step], step))


def _ageing(facts: Facts) -> Table:
    rows = facts.rows("rpt_investment__open_items").sorted_by("value_stream_id", "age_rank")
    age = fact("age", "Age (h)", Unit.HOURS, rows.optional_amounts("age_hours", 6))
    limit = fact("p85", "P85 of finished (h)", Unit.HOURS,
                 rows.optional_amounts("lead_hours_p85", 6))  # fmt: skip
    late = calculated("late", "Older than P85?", Unit.TEXT,
                      Choose(Here("age"), ">", Here("p85"), Const("yes"), Const("no")))  # fmt: skip
    columns = (
        linked("item", "Item", rows.texts("work_item_key"), rows.texts("url")),
        text("stream", "Value stream", rows.texts("value_stream_id")),
        text("title", "Title", rows.texts("title"), width=30),
        text("step", "Step", rows.texts("step")),
        age,
        fact("in_step", "Age in step (h)", Unit.HOURS, rows.optional_amounts("step_age_hours", 6)),
        fact("days", "Age (calendar d)", Unit.HOURS, rows.optional_amounts("calendar_days", 6)),
        limit,
        stated_where(late, age, limit),
    )
    return filled(
        Table(AGEING, columns, len(rows), "The oldest items in progress, at most twenty a stream")
    )


def _charts(facts: Facts, row: int) -> tuple[Chart, ...]:
    steps = _cumulative(facts).columns[1:]
    done = "Cumulative flow"
    return (
        Chart(
            "area", CUMULATIVE, "week",
            tuple(
                Series(column.key, column.header.rpartition(" (")[0], PALETTE[number])
                for number, column in enumerate(steps[:7])
            ),
            done, "Stacked areas: items in each step at the end of each week, done at the bottom",
            "Items (count)", "Week to", (row, 0), (760, 330),
        ),
        Chart(
            "line", RUN, "month",
            (Series("finished", "Finished", PALETTE[0], is_line=True),
             Series("arrived", "Arrived", PALETTE[1], is_line=True)),
            "Throughput", "Lines of finished and arrived items by month", "Items (count)", "Month",
            (row, 7), (640, 330),
        ),
    )  # fmt: skip

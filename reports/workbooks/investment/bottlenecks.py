"""Bottlenecks: where hours are lost and why, what came back, who hands over to whom."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from reports.formats import PALETTE
from reports.formulas import Here, Plus, Product, Ratio
from reports.spec import HEADER_ROW, Chart, Prose, Series, Sheet, Table, Unit, Value
from reports.workbooks.investment.vsm_picture import GAP, OUTSIDE
from reports.workbooks.shared.columns import calculated, fact, filled, text
from reports.workbooks.shared.facts import Facts, Rows, exact

WAITS, LOOPS, HANDOFFS = "tbl_bottlenecks", "tbl_rework_loops", "tbl_handoffs"
CAUSES = ("contention", "unavailability", "batching", "unexplained")
_METHOD = (
    "Hours lost: working hours that finished items waited in a step, visits times the mean wait.",
    "Causes: the next hand was at other items, was away, or the item left in a batch with others.",
    "Unexplained is what the records cannot tell; it is never guessed.",
)


def bottlenecks(facts: Facts, index: str) -> Sheet:
    """Describe the sheet."""
    return Sheet(
        "Bottlenecks",
        "Bottlenecks",
        index,
        "Steps ranked by hours lost, causes of waiting, rework loops, hand-offs between teams",
        (Prose(_METHOD, "How to read this sheet", columns=8), _waits(facts), _loops(facts),
         _handoffs(facts)),
        charts=(_chart(HEADER_ROW + len(_METHOD) + 2),),
        is_header_frozen=False,
        gap_rows=19,
        paper=8,
    )  # fmt: skip


def _waits(facts: Facts) -> Table:
    """Describe the steps by hours waited by all items: visits × mean wait of a visit."""
    causes: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(dict)
    for row in facts.rows("rpt_investment__waits").records:
        key = str(row["value_stream_id"]), str(row["step"])
        causes[key][str(row["cause"])] = exact(row["wait_hours"], 6)
    found = [
        row
        for row in facts.rows("rpt_investment__flow_steps").records
        if row["step"] not in {OUTSIDE, GAP} and row["visit_count"] and not row["is_withheld"]
    ]
    lost = {id(row): exact(row["wait_hours_mean"], 9) * int(row["finished_count"]) for row in found}
    found.sort(key=lambda row: (-lost[id(row)], str(row["value_stream_id"]), str(row["step"])))
    rows = Rows(found)
    columns = [
        text("step", "Step", [f"{row['value_stream_id']}: {row['step']}" for row in found]),
        fact("rank", "Rank", Unit.INTEGER, list(range(1, len(found) + 1))),
        fact("visits", "Visits (count)", Unit.COUNT, rows.integers("visit_count")),
        fact("per_visit", "Wait per visit, mean (h)", Unit.HOURS,
             [lost[id(row)] / int(row["visit_count"]) for row in found]),
        calculated("lost", "Hours lost (h)", Unit.HOURS,
                   Product(Here("visits"), Here("per_visit")), is_totalled=True),
        *(
            fact(cause, f"{cause.title()} (h)", Unit.HOURS, _of_cause(causes, found, cause),
                 is_totalled=True)
            for cause in CAUSES
        ),
        calculated("explained", "Explained (%)", Unit.RATIO,
                   Ratio(Plus(tuple(Here(cause) for cause in CAUSES[:-1])), Here("lost"))),
        fact("load", "Load (%)", Unit.RATIO, rows.optional_amounts("load_ratio", 9)),
    ]  # fmt: skip
    return filled(Table(WAITS, tuple(columns), len(found), total_label="Total"))


def _of_cause(
    causes: dict[tuple[str, str], dict[str, Decimal]], rows: list[dict[str, object]], cause: str
) -> list[Value]:
    return [
        causes[str(row["value_stream_id"]), str(row["step"])].get(cause, Decimal(0)) for row in rows
    ]


def _loops(facts: Facts) -> Table:
    found = [row for row in facts.rows("rpt_investment__transitions").records if row["is_backward"]]
    rows = Rows(found).sorted_by("value_stream_id", "from_step", "to_step")
    columns = (
        text("stream", "Value stream", rows.texts("value_stream_id")),
        text("from", "From", rows.texts("from_step")),
        text("to", "Back to", rows.texts("to_step")),
        fact("returns", "Returns (count)", Unit.COUNT, rows.integers("return_count"),
             is_totalled=True),
        fact("items", "Items (count)", Unit.COUNT, rows.integers("item_count")),
        fact("hours", "Hours after the return (h)", Unit.HOURS, rows.amounts("rework_hours", 6),
             is_totalled=True),
        calculated("each", "Hours per return (h)", Unit.HOURS,
                   Ratio(Here("hours"), Here("returns"))),
    )  # fmt: skip
    return filled(Table(LOOPS, columns, len(rows), "Rework loops", total_label="Total"))


def _handoffs(facts: Facts) -> Table:
    """Describe the matrix of hand-offs: from the team at left to the team above."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for row in facts.rows("rpt_investment__handoffs").records:
        counts[str(row["from_team"]), str(row["to_team"])] += int(row["handoff_count"])
    givers = sorted({giver for giver, _ in counts})
    takers = sorted({taker for _, taker in counts})
    columns = [
        text("team", "From team", givers),
        *(
            fact(f"to_{number}", f"to {taker} (count)", Unit.COUNT,
                 [counts[giver, taker] for giver in givers], is_totalled=True)
            for number, taker in enumerate(takers)
        ),
    ]  # fmt: skip
    return filled(
        Table(HANDOFFS, tuple(columns), len(givers), "Hand-offs between teams",
              total_label="Total",
              note="From the team at left to the team above; a team to itself is a hand-off"
              " between its people.")
    )  # fmt: skip


def _chart(row: int) -> Chart:
    return Chart(
        "stacked",
        WAITS,
        "step",
        tuple(Series(cause, cause.title(), PALETTE[number]) for number, cause in enumerate(CAUSES)),
        "Hours lost to waiting, by cause",
        "Stacked columns: hours waited by all finished items in each step, by cause",
        "Hours lost (h)",
        "Step",
        (row, 0),
        (1100, 350),
    )

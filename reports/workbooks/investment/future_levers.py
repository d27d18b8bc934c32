"""The levers of one stream: cells that people edit, and what follows from them by live formulas.

`LT' = Σ (process × (1 − p) + wait × (1 − w)) × C / C'` over the steps, with p and w the cuts and C
the visit-based share of complete and accurate work; a limit of work in progress leaves a step at
most `limit / λ` hours (Little's law). Whether a shorter queue is feasible follows Kingman: the odds
of the load, ρ / (1 − ρ), must fall as the wait does.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from reports.formulas import (
    Alongside,
    Choose,
    ColumnProduct,
    Const,
    CrossRef,
    Difference,
    Greatest,
    Here,
    Least,
    Plus,
    Product,
    Ratio,
)
from reports.spec import Column, Formula, Kind, Table, Unit, Value
from reports.workbooks.investment.streams import MappedStream
from reports.workbooks.investment.vsm_picture import OUTSIDE, steps_of
from reports.workbooks.shared.columns import calculated, entry, fact, stated_where, text
from reports.workbooks.shared.facts import Facts, Rows, exact

FUTURE = "tbl_future"
_ONE = Const(1)
_UNSTABLE = Const("unstable")


def lever_table(facts: Facts, stream: MappedStream) -> Table:
    """Describe the levers of a stream, set as its plan has them, and the steps that follow."""
    rows = Rows([row for row in steps_of(facts, stream).records if row["step"] != OUTSIDE])
    steps = rows.texts("step")
    planned = _planned(facts, stream)

    def lever(key: str, header: str, unit: Unit, values: Sequence[Value]) -> Column:
        return Column(key, header, unit, tuple(values), kind=Kind.INPUT, width=14)

    def of_plan(kind: str, other: Sequence[Value], sign: int = 1) -> list[Value]:
        found = zip(steps, other, strict=True)
        return [
            exact(planned[step.casefold(), kind], 6) * sign
            if (step.casefold(), kind) in planned
            else otherwise
            for step, otherwise in found
        ]

    accurate = [_known(row["visit_complete_accurate_ratio"]) for row in rows.records]
    rest: list[Value] = [Decimal(0)] * len(steps)
    load = fact("load", "Load now (%)", Unit.RATIO, rows.optional_amounts("load_ratio", 9))
    columns = (
        text("step", "Step", steps, width=24),
        calculated("process", "Process time now (h)", Unit.HOURS,
                   Alongside(stream.steps, "process")),
        calculated("wait", "Wait now (h)", Unit.HOURS, Alongside(stream.steps, "wait")),
        fact("accurate", "C&A by visits now (%)", Unit.RATIO, accurate),
        lever("wait_cut", "Lever: wait cut (%)", Unit.RATIO, of_plan("wait", rest, -1)),
        lever("process_cut", "Lever: process time cut (%)", Unit.RATIO,
              of_plan("process_time", rest, -1)),
        lever("target", "Lever: C&A by visits (%)", Unit.RATIO,
              of_plan("complete_accurate", accurate)),
        lever("limit", "Lever: WIP limit (items, 0 = none)", Unit.HOURS,
              of_plan("wip_limit", rest)),
        calculated("now", "Lead time now (h)", Unit.HOURS, Plus((Here("process"), Here("wait"))),
                   is_totalled=True),
        calculated("repeat", "Visits after over now (ratio)", Unit.FTE, _repeat()),
        calculated("allowed", "Wait that the limit leaves (h)", Unit.HOURS, _allowed(stream)),
        calculated("process_after", "Process time after (h)", Unit.HOURS,
                   _after("process", "process_cut"), is_totalled=True),
        calculated("wait_after", "Wait after (h)", Unit.HOURS, _after("allowed", "wait_cut"),
                   is_totalled=True),
        calculated("after", "Lead time after (h)", Unit.HOURS,
                   Plus((Here("process_after"), Here("wait_after"))), is_totalled=True),
        calculated("rolled", "C&A after, rolled in the total (%)", Unit.RATIO, Here("target"),
                   total=ColumnProduct("target")),
        load,
        calculated("shrink", "Wait after over now (ratio)", Unit.FTE,
                   Choose(Here("wait"), "=", Const(0), _ONE,
                          Ratio(Here("wait_after"), Here("wait")))),
        stated_where(
            calculated("needed", "Load that allows it (%)", Unit.RATIO, _needed()), load),
        stated_where(
            calculated("capacity", "Capacity needed (% more)", Unit.RATIO, _capacity()), load),
        entry("effort", "Effort", len(steps)),
    )  # fmt: skip
    return Table(
        stream.future,
        columns,
        len(steps),
        f"{stream.name}: levers and what follows",
        total_label="Total",
        keys=steps,
        names={("after", -1): f"out_future_lead_{stream.slug.lower()}"},
    )


def _planned(facts: Facts, stream: MappedStream) -> dict[tuple[str, str], Any]:
    """Return the changes of the plan that are not due yet, by step and lever."""
    rows = facts.rows("rpt_investment__improvements").where(
        value_stream_id=stream.stream, is_run_month=True, is_due=False
    )
    return {
        (str(row["step"]).casefold(), str(row["lever"])): row["change_value"]
        for row in rows.sorted_by("improvement_id").records
    }


def _known(value: Any) -> Decimal:
    """Return a ratio; where nothing left the step, nothing came back either."""
    return Decimal(1) if value is None or value != value else exact(value, 15)


def _repeat() -> Formula:
    return Choose(Here("target"), "=", Const(0), _ONE, Ratio(Here("accurate"), Here("target")))


def _allowed(stream: MappedStream) -> Formula:
    """Return the wait that a limit leaves, the measured one where there is no limit."""
    rate = CrossRef(FUTURE, "rate", stream.stream)
    room = Difference(Ratio(Here("limit"), rate), Here("process"))
    limited = Least((Here("wait"), Greatest((Const(0), room))))
    return Choose(Here("limit"), "=", Const(0), Here("wait"), limited)


def _after(hours: str, cut: str) -> Formula:
    return Product(Product(Here(hours), Difference(_ONE, Here(cut))), Here("repeat"))


def _needed() -> Formula:
    """Return the load whose odds are the present odds × shrink: ρ' = sρ / (1 − ρ + sρ)."""
    shrunk = Product(Here("load"), Here("shrink"))
    load = Ratio(shrunk, Plus((Difference(_ONE, Here("load")), shrunk)))
    return Choose(Here("load"), ">=", _ONE, _UNSTABLE, load)


def _capacity() -> Formula:
    more = Ratio(Difference(Here("load"), Here("needed")), Here("needed"))
    return Choose(Here("needed"), "=", _UNSTABLE, _UNSTABLE, more)

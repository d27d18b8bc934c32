"""Sensitivity: one input at a time, three scenarios, the break-even and its probability."""

from __future__ import annotations

from decimal import Decimal

from reports.formats import PALETTE
from reports.formulas import (
    Choose,
    Const,
    Difference,
    Here,
    Named,
    Plus,
    Product,
    Ratio,
    Span,
    SumIfs,
)
from reports.spec import (
    HEADER_ROW,
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
from reports.workbooks.ai_roi.draws import chance_above_zero
from reports.workbooks.ai_roi.evidence import Evidence
from reports.workbooks.ai_roi.returns import capacity_at, is_computed, why_not
from reports.workbooks.shared.columns import calculated, fact, text
from reports.workbooks.shared.facts import Facts

CHANGES = "tbl_sensitivity"
TORNADO = "tbl_tornado"
SCENARIOS = "tbl_scenarios"
CHANCE = "tbl_chance"
DRIVERS = (
    "Relative effect (θ)",
    "Hours on work items (H)",
    "Loaded rate",
    "Cost of all",
)
STEPS = (Decimal("-0.5"), Decimal("-0.25"), Decimal(0), Decimal("0.25"), Decimal("0.5"))


def sensitivity(facts: Facts, evidence: Evidence, index: str) -> Sheet:
    """Describe the sheet."""
    if not is_computed(facts, evidence):
        return Sheet(
            "Sensitivity",
            "Sensitivity",
            index,
            "Nothing to vary: no return is computed",
            (Prose((f"not computed: {why_not(facts, evidence)}",)),),
            is_header_frozen=False,
        )
    return Sheet(
        "Sensitivity",
        "Sensitivity",
        index,
        "The capacity return when one input moves, in three scenarios, and where it breaks even",
        (_tornado(), _scenarios(evidence), _chance(evidence), _changes()),
        charts=(_chart(),),
        is_header_frozen=False,
        gap_rows=18,
    )


def _moved(driver: str, name: str) -> Formula:
    """Write an input, moved where the row is of its driver."""
    move = Choose(Here("driver"), "=", Const(driver), Here("change"), Const(0))
    return Product(Named(name), Plus((Const(1), move)))


def _changes() -> Table:
    names = ("nm_theta", "nm_hours", "nm_loaded_rate", "out_roi_cost")
    keys = ("theta", "hours", "rate", "cost")
    units = (Unit.RATIO, Unit.HOURS, Unit.MONEY, Unit.MONEY_WHOLE)
    headers = ("θ (share)", "H (h)", "Rate (money/h)", "Cost (money)")
    rows = [(driver, step) for driver in DRIVERS for step in STEPS]
    columns = (
        text("driver", "Input that moves", [row[0] for row in rows], width=34),
        fact("change", "By (%)", Unit.RATIO, [row[1] for row in rows]),
        *(
            calculated(key, header, unit, _moved(driver, name))
            for key, header, unit, driver, name in zip(
                keys, headers, units, DRIVERS, names, strict=True
            )
        ),
        calculated("benefit", "Capacity (money)", Unit.MONEY_WHOLE,
                   capacity_at(Here("theta"), Here("hours"), Here("rate"))),
        calculated("roi", "ROI, capacity (%)", Unit.RATIO,
                   Ratio(Difference(Here("benefit"), Here("cost")), Here("cost"))),
    )  # fmt: skip
    return Table(CHANGES, columns, len(rows), "One input at a time, every step in view")


def _tornado() -> Table:
    def at(step: Decimal) -> Formula:
        named = Named({Decimal("-0.25"): "nm_step_down", Decimal("0.25"): "nm_step_up"}[step])
        criteria = (
            (Span(CHANGES, "driver"), Here("driver")),
            (Span(CHANGES, "change"), named),
        )
        return SumIfs(Span(CHANGES, "roi"), criteria)

    columns = (
        text("driver", "Input that moves", DRIVERS, width=34),
        calculated("down", "ROI at −25 % (%)", Unit.RATIO, at(Decimal("-0.25"))),
        calculated("up", "ROI at +25 % (%)", Unit.RATIO, at(Decimal("0.25"))),
        calculated(
            "swing",
            "Swing (pts)",
            Unit.POINTS,
            Product(Difference(Here("up"), Here("down")), Const(100)),
        ),
    )
    return Table(TORNADO, columns, len(DRIVERS), note="")


def _scenarios(evidence: Evidence) -> Table:
    drawn = evidence.is_drawn
    factors: tuple[Value, ...] = (Decimal("0.5"), Decimal(1), Decimal("1.5"))
    low: Formula = Named("nm_theta_low") if drawn else Product(Named("nm_theta"), Here("factor"))
    high: Formula = Named("nm_theta_high") if drawn else low
    thetas = (low, Product(Named("nm_theta"), Here("factor")), high)
    shares = (Const(0), Named("nm_redeployed_share"), Named("nm_redeployed_share"))
    cost = Named("out_roi_cost")
    columns = (
        text("scenario", "Scenario", ("Cautious", "As measured", "Hopeful"), width=34),
        fact("factor", "Factor on θ (count)", Unit.FTE, factors),
        Column("theta", "θ (share)", Unit.RATIO, thetas, kind=Kind.CALCULATED),
        Column("share", "ρ (share)", Unit.RATIO, shares, kind=Kind.CALCULATED),
        calculated("benefit", "Capacity (money)", Unit.MONEY_WHOLE,
                   capacity_at(Here("theta"), Named("nm_hours"), Named("nm_loaded_rate"))),
        calculated("roi", "ROI, capacity (%)", Unit.RATIO,
                   Ratio(Difference(Here("benefit"), cost), cost)),
        calculated("redeployed", "ROI, redeployed (%)", Unit.RATIO,
                   Ratio(Difference(Product(Here("benefit"), Here("share")), cost), cost)),
    )  # fmt: skip
    note = (
        "Cautious and hopeful stand at the bounds of θ."
        if drawn
        else "θ has no interval: cautious and hopeful are half and one and a half of it."
    )
    return Table(SCENARIOS, columns, 3, "Scenarios", note=note)


def _chance(evidence: Evidence) -> Table:
    reached: Value | Formula = chance_above_zero("capacity") if evidence.is_drawn else "no interval"
    rows: tuple[tuple[str, Value | Formula, Unit], ...] = (
        ("Break-even θ (share)", Named("out_break_even"), Unit.RATIO),
        ("θ as measured (share)", Named("nm_theta"), Unit.RATIO),
        ("Draws in which capacity pays (share)", reached, Unit.RATIO),
        ("Step down (share)", Decimal("-0.25"), Unit.RATIO),
        ("Step up (share)", Decimal("0.25"), Unit.RATIO),
    )
    return Table(
        CHANCE,
        (
            text("item", "Break-even", [row[0] for row in rows], width=34),
            Column("value", "Value (share)", Unit.RATIO, tuple(row[1] for row in rows),
                   kind=Kind.CALCULATED),
        ),
        len(rows),
        "What must be true",
        names={("value", 3): "nm_step_down", ("value", 4): "nm_step_up"},
        is_listed=False,
    )  # fmt: skip


def _chart() -> Chart:
    return Chart(
        "bar",
        TORNADO,
        "driver",
        (Series("down", "At −25 %", PALETTE[1]), Series("up", "At +25 %", PALETTE[0])),
        "Capacity return when one input moves by a quarter",
        "Bars by input: the return with the input a quarter lower and a quarter higher",
        "ROI (%)",
        "Input",
        (HEADER_ROW + 6, 0),
        (640, 320),
        value_format="0%",
    )

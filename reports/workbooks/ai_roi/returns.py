"""ROI: three returns side by side, every step a live formula over visible inputs."""

from __future__ import annotations

from decimal import Decimal

from reports.formats import PALETTE
from reports.formulas import (
    Choose,
    ColumnTotal,
    Concat,
    Const,
    CrossRef,
    Difference,
    Here,
    Named,
    Plus,
    Product,
    Quotient,
    Ratio,
    Span,
    SumIfs,
    Total,
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
from reports.workbooks.ai_roi.draws import chance_above_zero, percentile
from reports.workbooks.ai_roi.evidence import Evidence
from reports.workbooks.shared.columns import calculated, entry, fact, filled, text
from reports.workbooks.shared.facts import Facts, Rows

MEASURED = "tbl_roi_measured"
ENTRIES = "tbl_roi_entries"
COSTS = "tbl_roi_costs"
MEMO = "tbl_roi_memo"
STEPS = "tbl_roi_steps"
RESULT = "tbl_roi_result"
LINES = ("capacity", "redeployed", "cash")
BANNER = "tbl_roi_banner"
OPEN = "not distinguishable from no effect"
RANGES = "tbl_roi_ranges"
PERCENTILES = "tbl_roi_percentiles"


BASES = {
    "invoiced": "invoiced",
    "vendor_estimate": "the vendor's estimate",
    "configured": "configured price",
}


def _bases(rows: Rows) -> list[str]:
    """Return the price basis of each row in words."""
    return [BASES.get(name, name) for name in rows.texts("price_basis")]


def costs(facts: Facts) -> Rows:
    """Return the cost of the tools by category since the first start."""
    return facts.rows("rpt_ai_roi__costs").sorted_by("category", "price_basis", "is_counted")


def counted(facts: Facts) -> Rows:
    """Return the lines that are part of the cost."""
    return Rows([row for row in costs(facts).records if row["is_counted"]])


def is_computed(facts: Facts, evidence: Evidence) -> bool:
    """Whether evidence, hours and pay are there to count a return with."""
    basis = facts.rows("rpt_ai_roi__basis")
    if not evidence.has_return or not len(basis):
        return False
    paid = sum((amount for amount in counted(facts).amounts("window_amount")), Decimal(0))
    amounts = (paid, basis.amounts("pay_amount")[0], basis.amounts("worked_hours")[0])
    return min(*amounts, evidence.fact("delivery_hours", 2) or Decimal(0)) > 0


def why_not(facts: Facts, evidence: Evidence) -> str:
    """Say why there is no return."""
    if not evidence.is_causal:
        return f"grade {evidence.grade}"
    return evidence.said("theta_note") or "cost, hours or pay of treated teams are not known"


def return_sheet(facts: Facts, evidence: Evidence, index: str) -> Sheet:
    """Describe the sheet: the return where the evidence carries one, else the cost alone."""
    if not is_computed(facts, evidence):
        return Sheet(
            "Return",
            "Return",
            index,
            "Not computed; what the tools cost",
            (
                _paid(facts),
                Prose((f"not computed: {why_not(facts, evidence)}",)),
                filled(_memo(facts)),
            ),
            is_header_frozen=False,
        )
    return Sheet(
        "ROI",
        "Return on the tools",
        index,
        "Capacity, redeployed and cash beside one cost, never added; inputs in view",
        (
            _result(facts, evidence),
            _banner(evidence),
            _measured(facts, evidence),
            _entries(facts),
            *(_ranges(facts) if evidence.is_drawn else ()),
            _steps(facts, evidence),
            _all_costs(facts),
            filled(_memo(facts)),
        ),
        charts=(_chart(facts),),
        is_header_frozen=False,
        gap_rows=18,
    )


def _paid(facts: Facts) -> Table:
    rows = counted(facts)
    columns = (
        text("category", "Cost", rows.texts("category"), width=38),
        text("basis", "Price basis", _bases(rows)),
        fact("amount", f"Since the first start ({facts.currency})", Unit.MONEY,
             rows.amounts("window_amount"), is_totalled=True),
        fact("month", f"This month ({facts.currency})", Unit.MONEY, rows.amounts("month_amount"),
             is_totalled=True),
    )  # fmt: skip
    return filled(Table(COSTS, columns, len(rows), total_label="Total"))


def _measured(facts: Facts, evidence: Evidence) -> Table:
    basis = facts.rows("rpt_ai_roi__basis")
    rows: tuple[tuple[str, Value, Unit, str, str], ...] = (
        ("Relative effect on output (θ)", evidence.fact("theta"), Unit.RATIO, "nm_theta",
         "effect × developer-weeks ÷ output without the tools"),
        ("Hours on work items of treated teams (H)", evidence.fact("delivery_hours", 2),
         Unit.HOURS, "nm_hours", "ledger of effort, in the estimate's window"),
        ("Pay of the people who develop there", basis.amounts("pay_amount")[0], Unit.MONEY,
         "nm_pay", "ledger of cost, since the first start"),
        ("Their working hours", basis.amounts("worked_hours")[0], Unit.HOURS, "nm_worked_hours",
         "ledger of effort, same months"),
        ("Hours of enablement", basis.amounts("training_hours")[0], Unit.HOURS,
         "nm_training_hours", "ai_training"),
        ("Months since the first start", basis.integers("month_count")[0], Unit.COUNT,
         "nm_roi_months", f"from {basis.texts('first_month_key')[0]}"),
    )  # fmt: skip
    return Table(
        MEASURED,
        (
            text("item", "Measured", [row[0] for row in rows], width=42),
            Column("value", "Value (unit at left)", Unit.FTE, tuple(row[1] for row in rows),
                   units=tuple(row[2] for row in rows)),
            text("source", "Where from", [row[4] for row in rows], width=52),
        ),
        len(rows),
        "What is measured",
        names={("value", number): row[3] for number, row in enumerate(rows)},
        is_listed=False,
    )  # fmt: skip


def _entries(facts: Facts) -> Table:
    rows: tuple[tuple[str, Value, Unit, str, str], ...] = (
        ("Share of freed time on other work (ρ)", Decimal(0), Unit.RATIO, "nm_redeployed_share",
         "0 unless the investment mix shows it"),
        (f"Spend that stopped ({facts.currency})", Decimal(0), Unit.MONEY, "nm_cash",
         "a named budget line and its owner's signature"),
        ("Hours of review and rework outside treated teams", Decimal(0), Unit.HOURS,
         "nm_outside_hours", "inside treated teams it is in the effect already"),
        (f"Dip while learning ({facts.currency})", Decimal(0), Unit.MONEY, "nm_dip",
         "0 where the estimate holds the months of learning: else counted twice"),
    )  # fmt: skip
    return Table(
        ENTRIES,
        (
            text("item", "Entered by finance", [row[0] for row in rows], width=42),
            Column("value", "Value (unit at left)", Unit.FTE, tuple(row[1] for row in rows),
                   kind=Kind.INPUT, units=tuple(row[2] for row in rows)),
            text("source", "Rule", [row[4] for row in rows], width=52),
            entry("evidence", "Evidence", len(rows), width=40),
        ),
        len(rows),
        "What finance enters",
        names={("value", number): row[3] for number, row in enumerate(rows)},
        is_listed=False,
    )  # fmt: skip


def _ranges(facts: Facts) -> tuple[Table, Table]:
    """Describe how far the entries may be off, and which percentiles are printed."""
    money = facts.currency
    rows = (
        (f"Loaded rate ({money}/h)", "rate", Named("nm_loaded_rate"), Unit.MONEY),
        ("Share of freed time on other work (ρ)", "share", Named("nm_redeployed_share"),
         Unit.RATIO),
        (f"Cost of all ({money})", "cost", Named("out_roi_cost"), Unit.MONEY),
    )  # fmt: skip
    units = tuple(row[3] for row in rows)
    lowest = Product(Here("likeliest"), Difference(Const(1), Here("below")))
    highest = Product(Here("likeliest"), Plus((Const(1), Here("above"))))
    ranges = Table(
        RANGES,
        (
            text("item", "How far it may be off", [row[0] for row in rows], width=42),
            Column("likeliest", "Likeliest (unit at left)", Unit.FTE,
                   tuple(row[2] for row in rows), kind=Kind.CALCULATED, units=units),
            Column("below", "Lower by at most (%)", Unit.RATIO, (Decimal(0),) * len(rows),
                   kind=Kind.INPUT),
            Column("above", "Higher by at most (%)", Unit.RATIO, (Decimal(0),) * len(rows),
                   kind=Kind.INPUT),
            Column("lowest", "Lowest (unit at left)", Unit.FTE, (lowest,) * len(rows),
                   kind=Kind.CALCULATED, units=units),
            Column("highest", "Highest (unit at left)", Unit.FTE, (highest,) * len(rows),
                   kind=Kind.CALCULATED, units=units),
            entry("evidence", "Evidence", len(rows), width=40),
        ),
        len(rows),
        "Ranges that finance enters: drawn together with the effect (sheet Draws)",
        names={(at, number): f"nm_{row[1]}_{at}" for number, row in enumerate(rows)
               for at in ("lowest", "likeliest", "highest")},
        is_listed=False,
    )  # fmt: skip
    shares = (("low", "0.025"), ("middle", "0.5"), ("high", "0.975"))
    printed = Table(
        PERCENTILES,
        (
            text("item", "Percentile that is printed", [row[0] for row in shares], width=42),
            Column("value", "Share of draws below (%)", Unit.RATIO,
                   tuple(Decimal(row[1]) for row in shares)),
        ),
        len(shares),
        names={("value", number): f"nm_percentile_{row[0]}" for number, row in enumerate(shares)},
        is_listed=False,
    )  # fmt: skip
    return ranges, printed


def _all_costs(facts: Facts) -> Table:
    rows = counted(facts)
    rate = Named("nm_loaded_rate")
    worked: tuple[tuple[str, str, Formula], ...] = (
        ("training, hours at the loaded rate", "once", Product(Named("nm_training_hours"), rate)),
        ("review and rework outside", "again", Product(Named("nm_outside_hours"), rate)),
        ("dip while learning", "once", Named("nm_dip")),
    )
    once = ["once" if name.startswith("training") else "again" for name in rows.texts("category")]
    columns = (
        text("category", "Cost", [*rows.texts("category"), *(row[0] for row in worked)], width=42),
        Column("amount", f"Since the first start ({facts.currency})", Unit.MONEY,
               (*rows.amounts("window_amount"), *(row[2] for row in worked)),
               kind=Kind.CALCULATED, total=ColumnTotal("amount")),
        text("basis", "Price basis", [*_bases(rows), *["loaded rate"] * 2, "entered"],
             width=52),
        text("once", "Paid", [*once, *(row[1] for row in worked)]),
    )  # fmt: skip
    length = len(rows) + len(worked)
    return Table(COSTS, columns, length, "What they cost", total_label="Total")


def _memo(facts: Facts) -> Table:
    rows = Rows([row for row in costs(facts).records if not row["is_counted"]])
    columns = (
        text("category", "Not counted", rows.texts("category"), width=42),
        fact("amount", f"Since the first start ({facts.currency})", Unit.MONEY,
             rows.amounts("window_amount")),
        text("basis", "Price basis", _bases(rows), width=52),
    )  # fmt: skip
    note = "A vendor's estimate is no bill; a configured price counts only without an invoice."
    return Table(MEMO, columns, len(rows), "Shown, not counted", note=note)


def capacity_at(theta: Formula, hours: Formula, rate: Formula) -> Formula:
    """Write H·θ/(1+θ) at the loaded rate."""
    return Product(Quotient(Product(hours, theta), Plus((Const(1), theta))), rate)


def _steps(facts: Facts, evidence: Evidence) -> Table:
    money = facts.currency
    theta, hours, rate = Named("nm_theta"), Named("nm_hours"), Named("nm_loaded_rate")
    cost, once = Total(COSTS, "amount"), Named("out_roi_once")
    paid_once = SumIfs(Span(COSTS, "amount"), ((Span(COSTS, "once"), Const("once")),))
    room = Named("nm_break_even_share")
    monthly = Named("out_roi_monthly")
    never = Const("none")
    rows: tuple[tuple[str, Formula, Unit, str], ...] = (
        (f"Loaded rate ({money}/h)", Ratio(Named("nm_pay"), Named("nm_worked_hours")),
         Unit.MONEY, "nm_loaded_rate"),
        ("Hours at constant output, H·θ/(1+θ) (h)",
         Quotient(Product(hours, theta), Plus((Const(1), theta))), Unit.HOURS, "out_hours_freed"),
        ("Output at constant hours, H·θ (h)", Product(hours, theta), Unit.HOURS,
         "out_hours_gained"),
        *_theta_bounds(evidence),
        (f"Cost of all ({money})", cost, Unit.MONEY, "out_roi_cost"),
        (f"of it paid once ({money})", paid_once, Unit.MONEY, "out_roi_once"),
        ("Cost in hours ÷ H (share)", Ratio(Quotient(Named("out_roi_cost"), rate), hours),
         Unit.RATIO, "nm_break_even_share"),
        ("Break-even θ (share)",
         Choose(room, ">=", Const(1), never, Quotient(room, Difference(Const(1), room))),
         Unit.RATIO, "out_break_even"),
        (f"Capacity less recurring cost, a month ({money})",
         Quotient(Difference(CrossRef(RESULT, "benefit", "capacity"),
                             Difference(Named("out_roi_cost"), once)), Named("nm_roi_months")),
         Unit.MONEY, "out_roi_monthly"),
        ("Payback (months)", Choose(monthly, "<=", Const(0), never, Quotient(once, monthly)),
         Unit.HOURS, "out_payback_months"),
    )  # fmt: skip
    return Table(
        STEPS,
        (
            text("item", "Step", [row[0] for row in rows], width=42),
            Column("value", "Value (unit at left)", Unit.FTE, tuple(row[1] for row in rows),
                   kind=Kind.CALCULATED, units=tuple(row[2] for row in rows)),
        ),
        len(rows),
        "How it follows",
        names={("value", number): row[3] for number, row in enumerate(rows)},
        is_listed=False,
    )  # fmt: skip


def _theta_bounds(evidence: Evidence) -> tuple[tuple[str, Formula, Unit, str], ...]:
    """List the bounds of θ over its draws, for the scenarios."""
    if not evidence.is_drawn:
        return ()
    return tuple(
        (f"θ, {label} of its draws (share)", percentile("theta", f"nm_percentile_{end}"),
         Unit.RATIO, f"nm_theta_{end}")
        for end, label in (("low", "2.5 %"), ("high", "97.5 %"))
    )  # fmt: skip


def _result(facts: Facts, evidence: Evidence) -> Table:
    rate, share = Named("nm_loaded_rate"), Named("nm_redeployed_share")
    capacity = Product(Named("out_hours_freed"), rate)
    benefits: tuple[Formula, ...] = (
        capacity,
        Product(CrossRef(RESULT, "benefit", "capacity"), share),
        Named("nm_cash"),
    )
    labels = ("Capacity: not cash", "Redeployed", "Cash released")
    cost = Named("out_roi_cost")
    columns = (
        text("line", "Return", labels, width=42),
        Column("benefit", f"Benefit ({facts.currency})", Unit.MONEY_WHOLE, benefits,
               kind=Kind.CALCULATED),
        calculated("cost", f"Cost of all ({facts.currency})", Unit.MONEY_WHOLE, cost),
        calculated("roi", "ROI (%)", Unit.RATIO,
                   Ratio(Difference(Here("benefit"), Here("cost")), Here("cost"))),
        _drawn(evidence, "low", "ROI, 2.5 % of draws (%)", "nm_percentile_low"),
        _drawn(evidence, "middle", "ROI, middle of draws (%)", "nm_percentile_middle"),
        _drawn(evidence, "high", "ROI, 97.5 % of draws (%)", "nm_percentile_high"),
        _chances(evidence),
    )  # fmt: skip
    names = {("roi", number): f"out_roi_{line}" for number, line in enumerate(LINES)}
    return Table(RESULT, columns, len(LINES), keys=LINES, names=names)


def _drawn(evidence: Evidence, key: str, header: str, share: str) -> Column:
    """Describe a percentile of the three returns, or say that there is no interval."""
    values: tuple[Value | Formula, ...] = tuple(
        percentile(line, share) if evidence.is_drawn else Const("no interval") for line in LINES
    )
    return Column(key, header, Unit.RATIO, values, kind=Kind.CALCULATED)


def _chances(evidence: Evidence) -> Column:
    """Describe how many draws pay more than they cost."""
    values: tuple[Value | Formula, ...] = tuple(
        chance_above_zero(line) if evidence.is_drawn else Const("no interval") for line in LINES
    )
    return Column("chance", "Draws above zero (%)", Unit.RATIO, values, kind=Kind.CALCULATED)


def _banner(evidence: Evidence) -> Table:
    breached = Named("out_guardrails_breached")
    held = Const("no guardrail is breached")
    rows: tuple[Value | Formula, ...] = (
        Choose(breached, ">", Const(0),
               Concat((Const("quality guardrail breached: "), breached)), held),
        OPEN if evidence.is_open else "distinguishable from no effect",
        f"grade {evidence.grade}: {evidence.said('grade_reason')}",
    )  # fmt: skip
    return Table(
        BANNER,
        (
            text("item", "Read this first", ("Guardrails", "The effect", "The evidence"), width=42),
            Column("value", "Reading", Unit.TEXT, rows, kind=Kind.CALCULATED),
        ),
        len(rows),
        "Before you use a number",
        is_listed=False,
    )


def _chart(facts: Facts) -> Chart:
    return Chart(
        "column",
        RESULT,
        "line",
        (
            Series("benefit", "Benefit", PALETTE[0]),
            Series("cost", "Cost of all", PALETTE[6]),
        ),
        "Three benefits beside one cost: never added",
        f"Columns of the capacity, redeployed and cash benefit in {facts.currency} beside the cost",
        f"Amount ({facts.currency})",
        "Return",
        (HEADER_ROW + 5, 0),
        (640, 320),
    )

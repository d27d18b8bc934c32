"""Survey: who answered, what they said with intervals, and who left; small cells stay empty."""

from __future__ import annotations

from decimal import Decimal

from reports.formats import PALETTE
from reports.formulas import Const, Difference, Here, Named, Product, Ratio, Span, Sum, where_known
from reports.spec import Chart, Column, Formula, Kind, Prose, Series, Sheet, Table, Unit
from reports.workbooks.shared.columns import calculated, fact, filled, text
from reports.workbooks.shared.facts import Facts, Rows

RESPONSES, SCORES, TREND = "tbl_survey_waves", "tbl_survey_scores", "tbl_survey_trend"
ATTRITION, REPLACEMENT = "tbl_attrition", "tbl_replacement"
_ITEMS = 6
_NOTE = (
    "A team with fewer than five answers stands with the next smallest as other; intervals: 95 %.",
    "Fewer than five answers in all show nothing, so that no total reveals what a few people said.",
)


def survey(facts: Facts, index: str) -> Sheet:
    """Describe the sheet."""
    waves = facts.rows("rpt_investment__survey_waves").sorted_by("wave", "team")
    return Sheet(
        "Survey",
        "Survey and people",
        index,
        "Response rates, scores with intervals and trend; attrition and what replacing costs",
        (
            _responses(waves),
            Prose(_NOTE),
            _trend(facts),
            _scores(facts),
            _attrition(facts),
            _assumed(facts),
            _replacement(facts),
        ),
        charts=_charts(facts, 7 + max(len(waves), 1)),
        is_header_frozen=False,
        gap_rows=20,
        paper=8,
    )


def _responses(rows: Rows) -> Table:
    columns = (
        text("wave", "Wave", rows.texts("wave")),
        text("team", "Team", rows.texts("team")),
        fact("answered", "Answered (people)", Unit.COUNT,
             rows.optional_amounts("respondent_count", 0)),
        fact("asked", "On the roster (people)", Unit.COUNT,
             rows.optional_amounts("person_count", 0)),
        calculated("rate", "Response rate (%)", Unit.RATIO,
                   Ratio(Here("answered"), Here("asked"))),
    )  # fmt: skip
    return filled(Table(RESPONSES, columns, len(rows)))


def score_rows(facts: Facts) -> Rows:
    """Return the scores in the order of their table."""
    return facts.rows("rpt_investment__survey").sorted_by("item", "team", "wave")


def _scores(facts: Facts) -> Table:
    rows = score_rows(facts)
    columns = (
        text("item", "Item", rows.texts("item")),
        text("wording", "Wording", rows.texts("item_text"), width=58),
        text("instrument", "Instrument", rows.texts("instrument")),
        text("team", "Team", rows.texts("team")),
        text("wave", "Wave", rows.texts("wave"), width=10),
        fact("answers", "Answers (count)", Unit.COUNT, rows.optional_amounts("answer_count", 0)),
        fact("mean", "Mean (score)", Unit.HOURS, rows.optional_amounts("score_mean", 6)),
        fact("low", "95 % low (score)", Unit.HOURS, rows.optional_amounts("low", 6)),
        fact("high", "95 % high (score)", Unit.HOURS, rows.optional_amounts("high", 6)),
        fact("promoters", "Scores of 9 and 10 (count)", Unit.COUNT,
             rows.optional_amounts("promoter_count", 0)),
        fact("detractors", "Scores of 0 to 6 (count)", Unit.COUNT,
             rows.optional_amounts("detractor_count", 0)),
        Column("net", "Net promoters (%)", Unit.RATIO,
               tuple(_net(row) for row in rows.records), kind=Kind.CALCULATED),
    )  # fmt: skip
    return filled(Table(SCORES, columns, len(rows), "Scores by item, team and wave"))


def _net(row: dict[str, object]) -> Formula | None:
    """Return share of 9 and 10 less share of 0 to 6, for items on a scale from 0 to 10."""
    if row["promoter_count"] is None or row["promoter_count"] != row["promoter_count"]:
        return None
    return Ratio(Difference(Here("promoters"), Here("detractors")), Here("answers"))


def _trend(facts: Facts) -> Table:
    """Describe the mean of everybody's answers by wave, one column an item."""
    rows = facts.rows("rpt_investment__survey").where(team="all").sorted_by("wave", "item")
    waves = sorted(set(rows.texts("wave")))
    items = sorted(set(rows.texts("item")))[:_ITEMS]
    means = dict(
        zip(
            zip(rows.texts("wave"), rows.texts("item"), strict=True),
            rows.optional_amounts("score_mean", 6),
            strict=True,
        )
    )
    columns = [text("wave", "Wave", waves)]
    columns += [
        fact(f"item_{number}", f"{item} (score)", Unit.HOURS,
             [means.get((wave, item)) for wave in waves])
        for number, item in enumerate(items)
    ]  # fmt: skip
    return filled(Table(TREND, tuple(columns), len(waves), "Mean scores of everybody by wave"))


def _attrition(facts: Facts) -> Table:
    rows = facts.rows("rpt_investment__attrition").sorted_by("month_key")
    columns = (
        text("month", "Month", rows.texts("month_key")),
        fact("headcount", "Employees at the end (count)", Unit.COUNT, rows.integers("headcount")),
        fact("joined", "Joined (count)", Unit.COUNT, rows.integers("joined_count"),
             is_totalled=True),
        fact("left", "Left (count)", Unit.COUNT, rows.integers("left_count"), is_totalled=True),
        fact("paid", "Paid (count)", Unit.COUNT, rows.optional_amounts("paid_count", 0),
             is_totalled=True),
        fact("pay", f"Pay ({facts.currency})", Unit.MONEY_WHOLE,
             rows.optional_amounts("pay_amount", 2), is_totalled=True),
    )  # fmt: skip
    return filled(
        Table(ATTRITION, columns, len(rows), "Employees over twelve months", total_label="Total")
    )


def _assumed(facts: Facts) -> Table:
    """Describe the assumed range: cells to edit, set as the configuration has them."""
    rows = facts.rows("rpt_shared__assumptions")
    configured = dict(zip(rows.texts("name"), rows.texts("value"), strict=True))
    words = ("Least cost of replacing one", "Highest cost of replacing one")
    ends = ("low", "high")
    values = tuple(Decimal(configured[f"reporting_replacement_cost_{end}"]) for end in ends)
    return Table(
        "tbl_replacement_range",
        (
            text("assumption", "Assumption", words, width=44),
            Column("value", "Share of a year's pay (%)", Unit.RATIO, values, kind=Kind.INPUT,
                   width=18),
        ),
        len(words),
        "What replacing one costs (assumption, to be edited)",
        names={("value", number): f"nm_replacement_{end}" for number, end in enumerate(ends)},
        note="Set in capstream.yaml, reporting: replacement_cost_low and replacement_cost_high.",
    )  # fmt: skip


def _replacement(facts: Facts) -> Table:
    """Describe what replacing leavers costs: the assumed range over measured pay."""
    rows = facts.rows("rpt_investment__attrition").sorted_by("month_key")
    months = max(len(rows), 1)
    average = Ratio(Sum((Span(ATTRITION, "headcount"),)), Named("nm_attrition_months"))
    left = Sum((Span(ATTRITION, "left"),))
    pay = Ratio(Sum((Span(ATTRITION, "pay"),)), Sum((Span(ATTRITION, "paid"),)))
    value: tuple[tuple[str, Unit, Decimal | int | Formula, str], ...] = (
        ("Months (count)", Unit.COUNT, months, "nm_attrition_months"),
        ("Employees on average (count)", Unit.HOURS, average, "nm_headcount_average"),
        ("Left over these months (share of average, %)", Unit.RATIO,
         Ratio(left, Named("nm_headcount_average")), "out_attrition"),
        (f"A month's pay of one, on average ({facts.currency})", Unit.MONEY_WHOLE, pay,
         "nm_month_pay"),
        (f"Replacing them, least ({facts.currency})", Unit.MONEY_WHOLE,
         _cost(left, "nm_replacement_low"), "out_replacement_low"),
        (f"Replacing them, highest ({facts.currency})", Unit.MONEY_WHOLE,
         _cost(left, "nm_replacement_high"), "out_replacement_high"),
    )  # fmt: skip
    return Table(
        REPLACEMENT,
        (
            text("figure", "Figure", [row[0] for row in value], width=44),
            Column("value", "Value (unit at left)", Unit.MONEY_WHOLE,
                   tuple(row[2] for row in value), units=tuple(row[1] for row in value),
                   width=18),
        ),
        len(value),
        "Attrition and the cost of replacing (assumption range)",
        names={("value", number): row[3] for number, row in enumerate(value)},
    )  # fmt: skip


def _cost(left: Formula, share: str) -> Formula:
    cost = Product(Product(Named("nm_month_pay"), Const(12)), Product(left, Named(share)))
    return where_known((Named("nm_month_pay"),), cost)


def _charts(facts: Facts, row: int) -> tuple[Chart, ...]:
    lines = _trend(facts).columns[1:]
    return (
        Chart(
            "line", TREND, "wave",
            tuple(
                Series(column.key, column.header.rpartition(" (")[0], PALETTE[number], is_line=True)
                for number, column in enumerate(lines)
            ),
            "Mean scores by wave", "Lines: mean score of everybody's answers by wave, one an item",
            "Mean (score)", "Wave", (row, 0), (860, 330),
        ),
    )  # fmt: skip

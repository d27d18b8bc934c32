"""PRFlow: pull requests by repository: size, stages, review rounds, merges without review."""

from __future__ import annotations

from reports.formats import PALETTE
from reports.formulas import Here, Ratio
from reports.spec import Chart, Series, Sheet, Table, Unit
from reports.workbooks.shared.columns import calculated, fact, filled, text
from reports.workbooks.shared.facts import Facts, Rows

PULLS, TREND = "tbl_pull_requests", "tbl_pull_request_trend"
_STAGES = ("coding", "pickup", "review", "merge", "deploy", "lead")


def pr_flow(facts: Facts, index: str) -> Sheet:
    """Describe the sheet."""
    rows = facts.rows("rpt_investment__pull_requests")
    now = [row for row in rows.where(is_run_month=True).records if row["scope"] != "all"]
    return Sheet(
        "PRFlow",
        "Pull request flow",
        index,
        "Size, stages, review rounds and unreviewed merges by repository",
        (
            _table(PULLS, "Repository", "scope", Rows(now).sorted_by("scope"), ""),
            _table(TREND, "Month", "month_key", rows.where(scope="all").sorted_by("month_key"),
                   "All repositories by month"),
        ),
        charts=(_chart(8 + len(now)),),
        is_header_frozen=False,
        gap_rows=20,
        paper=8,
    )  # fmt: skip


def _table(name: str, label: str, key: str, rows: Rows, heading: str) -> Table:
    columns = [
        text("key", label, rows.texts(key)),
        fact("pulls", "Merged (count)", Unit.COUNT, rows.integers("pull_count"), is_totalled=True),
        fact("unreviewed", "Merged without review (count)", Unit.COUNT,
             rows.integers("unreviewed_count"), is_totalled=True),
        calculated("unreviewed_share", "Without review (%)", Unit.RATIO,
                   Ratio(Here("unreviewed"), Here("pulls"))),
        fact("changes", "Changes requested (reviews)", Unit.COUNT,
             rows.integers("changes_requested_count"), is_totalled=True),
        fact("measured", "Lead time measured (count)", Unit.COUNT,
             rows.integers("measured_count"), is_totalled=True),
        fact("lines_p50", "Size, P50 (lines)", Unit.COUNT,
             rows.optional_amounts("changed_lines_p50", 0)),
        fact("lines_p85", "Size, P85 (lines)", Unit.COUNT,
             rows.optional_amounts("changed_lines_p85", 0)),
    ]  # fmt: skip
    for stage in _STAGES:
        for point in ("p50", "p85"):
            values = rows.optional_amounts(f"{stage}_hours_{point}", 6)
            header = f"{stage.title()}, {point.upper()} (clock h)"
            columns.append(fact(f"{stage}_{point}", header, Unit.HOURS, values))
    return filled(
        Table(name, tuple(columns), len(rows), heading, total_label="Total" if not heading else "")
    )


def _chart(row: int) -> Chart:
    return Chart(
        "line",
        TREND,
        "key",
        tuple(
            Series(f"{stage}_p50", stage.title(), PALETTE[number], is_line=True)
            for number, stage in enumerate(("pickup", "review", "merge", "deploy", "lead"))
        ),
        "Stages of pull requests",
        "Lines: median clock hours of pickup, review, merge, deploy and the whole lead by month",
        "Median (clock h)",
        "Month",
        (row, 0),
        (900, 330),
    )

"""Mapping: which rule placed how much work, what each stream cost, and what no rule places."""

from __future__ import annotations

from reports.formats import PALETTE
from reports.formulas import Here, Plus, Ratio, Total
from reports.spec import HEADER_ROW, Chart, Series, Sheet, Table, Unit
from reports.workbooks.finance.cost_detail import detail_rows
from reports.workbooks.finance.names import MAPPING, cost_by
from reports.workbooks.shared.columns import calculated, fact, filled, linked, text
from reports.workbooks.shared.facts import Facts

STREAMS = "tbl_mapping_streams"
UNMAPPED = "tbl_unmapped"
CHART_ROWS = 17


def mapping(facts: Facts) -> Sheet:
    """Describe the sheet."""
    streams = filled(_streams(facts))
    return Sheet(
        "Mapping",
        "Mapping",
        "C7",
        "Work and cost by value stream, the rules that placed it, and items that no rule places",
        (streams, filled(_unmapped(facts)), filled(_rules(facts))),
        charts=(_chart(facts, HEADER_ROW + streams.length + 3),),
        is_header_frozen=False,
        gap_rows=CHART_ROWS,
    )


def _streams(facts: Facts) -> Table:
    found = [name for (name,) in detail_rows(facts).distinct("value_stream_id")]
    money = facts.currency
    cost = Plus((Here("capex"), Here("opex")))
    all_cost = Plus((Total(STREAMS, "capex"), Total(STREAMS, "opex")))
    columns = (
        text("stream", "Value stream", found, width=22),
        *(
            calculated(
                key, header, unit, cost_by(column, "stream", Here("stream")), is_totalled=True
            )
            for key, header, unit, column in (
                ("hours", "Hours (h)", Unit.HOURS, "hours"),
                ("capex", f"Capitalised ({money})", Unit.MONEY, "capex_reporting"),
                ("opex", f"Expensed ({money})", Unit.MONEY, "opex_reporting"),
            )
        ),
        calculated("share", "Share of all cost (%)", Unit.RATIO, Ratio(cost, all_cost)),
    )
    return Table(STREAMS, columns, len(found), total_label="Total")


def _unmapped(facts: Facts) -> Table:
    rows = facts.rows("rpt_finance__unmapped").sorted_by("work_item_key")
    columns = (
        linked("item", "Work item", rows.texts("work_item_key"), rows.texts("url")),
        text("title", "Title", rows.texts("title"), width=42),
        text("type", "Type", rows.texts("item_type")),
        text("project", "Project", rows.texts("project_key")),
        fact("hours", "Hours (h)", Unit.HOURS, rows.hours("minutes"), is_totalled=True),
        fact(
            "amount",
            f"Cost ({facts.currency})",
            Unit.MONEY,
            rows.amounts("amount"),
            is_totalled=True,
        ),
    )
    return Table(
        UNMAPPED,
        columns,
        len(rows),
        "No rule places them: add one in value_streams.yaml",
        total_label="Total",
    )


def _rules(facts: Facts) -> Table:
    rows = facts.rows("rpt_finance__mapping").sorted_by(
        "rule_order", "placed_by", "value_stream_id", "component_id"
    )
    worked = Total(MAPPING, "hours")
    columns = (
        text("placed_by", "Placed by", rows.texts("placed_by"), width=22),
        text("rule", "Rule of value_streams.yaml", rows.texts("rule_text"), width=42),
        text("stream", "Value stream", rows.texts("value_stream_id"), width=20),
        text("component", "Component", rows.texts("component_id"), width=20),
        fact("items", "Items (count)", Unit.COUNT, rows.integers("item_count")),
        fact("hours", "Hours (h)", Unit.HOURS, rows.hours("minutes"), is_totalled=True),
        calculated("share", "Share of hours (%)", Unit.RATIO, Ratio(Here("hours"), worked)),
    )
    return Table(MAPPING, columns, len(rows), "In the order of the file", total_label="Total")


def _chart(facts: Facts, row: int) -> Chart:
    return Chart(
        "bar",
        STREAMS,
        "stream",
        (
            Series("capex", "Capitalised", PALETTE[0]),
            Series("opex", "Expensed", PALETTE[6]),
        ),
        "Cost by value stream",
        "Bars of capitalised and expensed cost by value stream; NONE is what no rule places",
        f"Cost ({facts.currency})",
        "Value stream",
        (row, 0),
    )

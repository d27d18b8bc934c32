"""ProjectDetail: one row a component, its gates, and its cost summed from CostDetail."""

from __future__ import annotations

from reports.formulas import Difference, Here, Named, Plus, Ratio
from reports.spec import Sheet, Table, Unit
from reports.workbooks.finance.names import PROJECTS, cost_by
from reports.workbooks.shared.columns import calculated, fact, filled, in_words, linked, text
from reports.workbooks.shared.facts import Facts


def project_detail(facts: Facts) -> Sheet:
    """Describe the sheet."""
    rows = facts.rows("rpt_finance__project_detail").sorted_by("component_id")
    money = facts.currency
    key = Here("component")
    columns = (
        linked(
            "component",
            "Project (component)",
            rows.texts("component_id"),
            rows.texts("evidence_url"),
        ),
        text("name", "Name", rows.texts("component_name"), width=30),
        text("stream", "Value stream", rows.texts("value_stream_id")),
        text("asset_class", "Asset class", in_words(rows.texts("asset_class", "NONE"))),
        text("status", "State", in_words(rows.texts("status"))),
        fact("authorised", "Authorised", Unit.DATE, rows.dates("authorised_date"), width=12),
        fact("funded", "Funding committed", Unit.DATE, rows.dates("funding_date"), width=12),
        fact("probable", "Probable to complete", Unit.DATE, rows.dates("probable_date"), width=12),
        fact(
            "uncertain",
            "Open uncertainties (count)",
            Unit.COUNT,
            rows.integers("open_uncertainty_count"),
            width=13,
        ),
        fact(
            "start", "Capitalise from", Unit.DATE, rows.dates("capitalisation_start_date"), width=12
        ),
        fact("ready", "Ready for use", Unit.DATE, rows.dates("ready_date"), width=12),
        calculated(
            "hours",
            "Hours (h)",
            Unit.HOURS,
            cost_by("hours", "component", key),
            is_totalled=True,
        ),
        calculated(
            "fte",
            "FTE-months (count)",
            Unit.FTE,
            Ratio(Here("hours"), Named("nm_full_time_hours")),
            total=Ratio(Here("hours"), Named("nm_full_time_hours")),
        ),
        calculated(
            "capex",
            f"Capitalised ({money})",
            Unit.MONEY,
            cost_by("capex_reporting", "component", key),
            is_totalled=True,
        ),
        calculated(
            "opex",
            f"Expensed ({money})",
            Unit.MONEY,
            cost_by("opex_reporting", "component", key),
            is_totalled=True,
        ),
        calculated("share", "Capitalised (%)", Unit.RATIO, _share(), total=_share()),
        fact(
            "prior",
            f"Prior month capitalised ({money})",
            Unit.MONEY,
            rows.amounts("prior_capex_amount"),
            is_totalled=True,
        ),
        fact(
            "before",
            f"Earlier this year ({money})",
            Unit.MONEY,
            rows.amounts("year_before_capex_amount"),
            is_totalled=True,
        ),
        calculated(
            "year",
            f"Year to date ({money})",
            Unit.MONEY,
            Plus((Here("before"), Here("capex"))),
            is_totalled=True,
        ),
        fact(
            "to_date",
            f"Capitalised before, all time ({money})",
            Unit.MONEY,
            rows.amounts("all_before_capex_amount"),
            is_totalled=True,
        ),
        fact(
            "budget",
            f"Budget ({money})",
            Unit.MONEY,
            rows.amounts("budget_amount"),
            is_totalled=True,
        ),
        calculated(
            "left",
            f"Budget left ({money})",
            Unit.MONEY,
            Difference(Here("budget"), Plus((Here("to_date"), Here("capex")))),
            is_totalled=True,
        ),
    )
    return Sheet(
        "ProjectDetail",
        "Project detail",
        "C1",
        "Gates, hours and cost of every component, against its budget",
        (filled(Table(PROJECTS, columns, len(rows), total_label="Total", is_total_above=True)),),
        frozen_columns=1,
        paper=8,
    )


def _share() -> Ratio:
    return Ratio(Here("capex"), Plus((Here("capex"), Here("opex"))))

"""PersonDetail: one row a person: capacity, hours and cost, against the register."""

from __future__ import annotations

from reports.formulas import (
    Absolute,
    Choose,
    Const,
    Difference,
    Here,
    Named,
    Plus,
    Product,
    Ratio,
    Round,
    Span,
    Status,
    SumIfs,
    where_known,
)
from reports.spec import Formula, Sheet, Table, Unit
from reports.workbooks.finance.names import COST, PERSONS, cost_by
from reports.workbooks.shared.columns import calculated, fact, filled, text
from reports.workbooks.shared.facts import Facts

REVIEW = "REVIEW"
"""What stands beside a person whose month a manager should look at."""


def person_detail(facts: Facts) -> Sheet:
    """Describe the sheet."""
    rows = facts.rows("rpt_finance__person_detail").sorted_by("person_id")
    money = facts.currency
    key = Here("person")
    cost = Plus((Here("capex"), Here("opex")))
    columns = (
        text("person", "Person", rows.texts("person_id")),
        text("label", "Shown as", rows.texts("display_name")),
        text("role", "Role", rows.texts("role")),
        text("role_class", "Role class", rows.texts("role_class")),
        text("team", "Team", rows.texts("team")),
        text("entity", "Entity", rows.texts("entity")),
        text("country", "Country", rows.texts("work_country"), width=10),
        fact("worked", "Worked (h)", Unit.HOURS, rows.hours("worked_minutes"), is_totalled=True),
        fact("leave", "Leave (h)", Unit.HOURS, rows.hours("leave_minutes"), is_totalled=True),
        fact(
            "unattributed",
            "Of it unattributed (h)",
            Unit.HOURS,
            rows.hours("unattributed_minutes"),
            is_totalled=True,
        ),
        fact(
            "unpriced",
            "Of it without pay (h)",
            Unit.HOURS,
            rows.hours("unpriced_minutes"),
            is_totalled=True,
        ),
        calculated(
            "hours",
            "In CostDetail (h)",
            Unit.HOURS,
            cost_by("hours", "person", key),
            is_totalled=True,
        ),
        calculated("capex_hours", "Capitalised (h)", Unit.HOURS, _capex_hours(), is_totalled=True),
        calculated(
            "capex_hour_share",
            "Capitalised (% of hours)",
            Unit.RATIO,
            Ratio(Here("capex_hours"), Here("hours")),
            total=Ratio(Here("capex_hours"), Here("hours")),
        ),
        calculated(
            "capex",
            f"Capitalised ({money})",
            Unit.MONEY,
            cost_by("capex_reporting", "person", key),
            is_totalled=True,
        ),
        calculated(
            "opex",
            f"Expensed ({money})",
            Unit.MONEY,
            cost_by("opex_reporting", "person", key),
            is_totalled=True,
        ),
        calculated(
            "share",
            "Capitalised (% of cost)",
            Unit.RATIO,
            Ratio(Here("capex"), cost),
            total=Ratio(Here("capex"), cost),
        ),
        fact(
            "before_capex",
            f"Three months before, capitalised ({money})",
            Unit.MONEY,
            rows.amounts("before_capex_amount"),
        ),
        fact(
            "before",
            f"Three months before, cost ({money})",
            Unit.MONEY,
            rows.amounts("before_amount"),
        ),
        calculated(
            "before_share",
            "Three months before (% of cost)",
            Unit.RATIO,
            Ratio(Here("before_capex"), Here("before")),
        ),
        calculated("moved", "Moved (points)", Unit.POINTS, _moved()),
        calculated("review", "Review", Unit.TEXT, _review(), width=10),
        calculated(
            "rate",
            f"Cost per hour ({money}/h)",
            Unit.MONEY,
            Ratio(cost, Here("hours")),
            total=Ratio(cost, Here("hours")),
        ),
        calculated(
            "capitalised", "Capitalised (functional)", Unit.MONEY, cost_by("capex", "person", key)
        ),
        calculated("expensed", "Expensed (functional)", Unit.MONEY, cost_by("opex", "person", key)),
        calculated(
            "functional",
            "Cost (functional)",
            Unit.MONEY,
            Plus((Here("capitalised"), Here("expensed"))),
        ),
        fact("register", "Register (functional)", Unit.MONEY, rows.amounts("register_amount")),
        calculated(
            "check",
            "Ties to register",
            Unit.STATUS,
            Status(Round(Difference(Here("functional"), Here("register"))), Const(0)),
            width=12,
        ),
    )
    return Sheet(
        "PersonDetail",
        "Person detail",
        "C2",
        "Capacity, hours and cost of every person; each ties to the payroll register",
        (filled(Table(PERSONS, columns, len(rows), total_label="Total", is_total_above=True)),),
        frozen_columns=2,
        paper=8,
    )


def _moved() -> Formula:
    shares = (Here("share"), Here("before_share"))
    return where_known(shares, Product(Difference(*shares), Const(100)))


def _review() -> Formula:
    """Ask for a look where the share moved by more than the policy's set point."""
    limit = Product(Named("nm_review_points"), Const(100))
    flag = Choose(Absolute(Here("moved")), ">", limit, Const(REVIEW), Const("-"))
    return where_known((Here("moved"),), flag)


def _capex_hours() -> SumIfs:
    return SumIfs(
        Span(COST, "hours"),
        ((Span(COST, "person"), Here("person")), (Span(COST, "treatment"), Const("capex"))),
    )

"""Tax schedules over the tagged cost: sections 174 and 174A, form 6765, the UK merged scheme.

They are lists for the tax preparer, never a switch on the book result (accounting page, 1h).
"""

from __future__ import annotations

from decimal import Decimal

from reports.formulas import (
    Const,
    CrossRef,
    Difference,
    Here,
    Named,
    Plus,
    Product,
    Ratio,
    Span,
    SumIfs,
)
from reports.spec import Column, Formula, Kind, Table, Unit, Value
from reports.workbooks.finance.disclosure.tags import PARTS, TAGGED, tag_rows
from reports.workbooks.shared.columns import calculated, text
from reports.workbooks.shared.facts import Facts

PLACES = "tbl_places_of_work"
SECTION_174 = "tbl_section_174"
COMPONENTS = "tbl_business_components"
UK_PROJECTS = "tbl_uk_projects"
PARAMETERS = "tbl_tax_parameters"

PARTS_IN_RESEARCH = (
    ("direct", "Wages, direct"),
    ("supervision", "Wages, supervision"),
    ("support", "Wages, support"),
    ("contract", "Contractors, gross"),
    ("affiliate", "Affiliates"),
    ("supplies", "Supplies and computing"),
)
TAX_PARAMETERS: tuple[tuple[str, str, Value, Unit, str], ...] = (
    ("nm_contract_share", "Part of contract research that counts", Decimal("0.65"), Unit.RATIO,
     "IRC 41(b)(3); UK merged scheme, unconnected contractors"),
    ("nm_foreign_years", "Years over which foreign research is amortised", 15, Unit.INTEGER,
     "IRC 174(a)(2)(B), from the mid-point of the tax year"),
    ("nm_elected_months", "Months of the election to capitalise", 60, Unit.INTEGER,
     "IRC 174A(c), from first benefit"),
)  # fmt: skip


def parameters() -> Table:
    """Describe the numbers that the schedules read by name."""
    return Table(
        PARAMETERS,
        (
            text("name", "Name", [row[0] for row in TAX_PARAMETERS]),
            text("what", "What it is", [row[1] for row in TAX_PARAMETERS], width=36),
            Column(
                "value", "Value (unit beside)", Unit.RATIO,
                tuple(row[2] for row in TAX_PARAMETERS),
                units=tuple(row[3] for row in TAX_PARAMETERS),
            ),
            text("source", "Source", [row[4] for row in TAX_PARAMETERS], width=24),
        ),
        len(TAX_PARAMETERS),
        "Parameters of the tax schedules",
        names={("value", row): found[0] for row, found in enumerate(TAX_PARAMETERS)},
    )  # fmt: skip


def places_of_work(facts: Facts) -> Table:
    """Describe software development by entity and country of work."""
    place = {name: index for index, name in enumerate(PARTS)}
    found = sorted({(row[place["entity"]], row[place["country"]]) for _, row in tag_rows(facts)})
    names = {
        str(row["entity"]): str(row["country"])
        for row in facts.rows("rpt_finance__entities").records
    }
    money = facts.currency
    by = (
        (Span(TAGGED, "entity"), Here("entity")),
        (Span(TAGGED, "country"), Here("country")),
    )
    return Table(
        PLACES,
        (
            text("entity", "Entity", [entity for entity, _ in found]),
            text("home", "Entity's country", [names.get(entity, "-") for entity, _ in found]),
            text("country", "Work done in", [country for _, country in found]),
            text(
                "place", "United States",
                ["domestic" if country == "US" else "foreign" for _, country in found],
            ),
            calculated(
                "development", f"Software development ({money})", Unit.MONEY,
                SumIfs(Span(TAGGED, "cost"), (by[0], (Span(TAGGED, "basis"), Here("country")))),
                is_totalled=True,
            ),
            calculated(
                "cost", f"All cost ({money})", Unit.MONEY, SumIfs(Span(TAGGED, "cost"), by),
                is_totalled=True,
            ),
            calculated(
                "other", f"Other work ({money})", Unit.MONEY,
                Difference(Here("cost"), Here("development")), is_totalled=True,
            ),
        ),
        len(found),
        "Cost by entity and place of work",
        total_label="Total",
    )  # fmt: skip


def section_174(facts: Facts) -> Table:
    """Describe domestic and foreign software development, and the first year's deduction."""
    money = facts.currency
    amount = SumIfs(Span(PLACES, "development"), ((Span(PLACES, "place"), Here("place")),))
    half = Ratio(
        Ratio(CrossRef(SECTION_174, "amount", "foreign"), Named("nm_foreign_years")), Const(2)
    )
    deduction: tuple[Formula, ...] = (Plus((CrossRef(SECTION_174, "amount", "domestic"),)), half)
    elected: tuple[Value | Formula, ...] = (
        Ratio(CrossRef(SECTION_174, "amount", "domestic"), Named("nm_elected_months")),
        None,
    )
    return Table(
        SECTION_174,
        (
            text("place", "Place", ("domestic", "foreign")),
            text(
                "rule", "Rule",
                (
                    "174A: deducted when incurred; election: 60 months or more",
                    "174: amortised over 15 years from the mid-point of the year",
                ),
                width=40,
            ),
            calculated("amount", f"Month's amount ({money})", Unit.MONEY, amount, is_totalled=True),
            Column(
                "first", f"First-year deduction of it ({money})", Unit.MONEY, deduction,
                kind=Kind.CALCULATED,
            ),
            Column(
                "elected", f"Per month if the election is made ({money})", Unit.MONEY, elected,
                kind=Kind.CALCULATED,
            ),
        ),
        2,
        "Research expenditure by place (sections 174 and 174A)",
        total_label="Total",
        keys=("domestic", "foreign"),
        note="Twelve-month tax year. Work done in the United States is domestic, whoever pays.",
    )  # fmt: skip


def _role_columns(money: str, by: tuple[tuple[Span, Formula], ...]) -> tuple[Column, ...]:
    return tuple(
        calculated(
            role, f"{label} ({money})", Unit.MONEY,
            SumIfs(Span(TAGGED, "cost"), (*by, (Span(TAGGED, "role"), Const(role)))),
            is_totalled=True,
        )
        for role, label in PARTS_IN_RESEARCH
    )  # fmt: skip


def _counted() -> Formula:
    """Add wages and supplies in full, contractors by the share that counts."""
    whole = tuple(Here(name) for name in ("direct", "supervision", "support", "supplies"))
    return Plus((*whole, Product(Here("contract"), Named("nm_contract_share"))))


def business_components(facts: Facts) -> Table:
    """Describe the project list of form 6765, section G: research done in the United States."""
    money = facts.currency
    found = sorted({row[1] for _, row in tag_rows(facts) if (row[2], row[3]) == ("US", "yes")})
    by = (
        (Span(TAGGED, "component"), Here("component")),
        (Span(TAGGED, "basis"), Const("US")),
    )
    return Table(
        COMPONENTS,
        (
            text("component", "Business component", found),
            *_role_columns(money, by),
            calculated(
                "counted", f"Before the tests of section 41 ({money})", Unit.MONEY, _counted(),
                is_totalled=True,
            ),
        ),
        len(found),
        "Business components, work done in the United States (form 6765, section G)",
        total_label="Total",
        note="Whether internal-use software passes the innovation test, the preparer judges.",
    )  # fmt: skip


def uk_projects(facts: Facts) -> Table:
    """Describe the project list of the UK merged scheme: entities of the United Kingdom."""
    money = facts.currency
    home = {
        str(row["entity"])
        for row in facts.rows("rpt_finance__entities").records
        if row["country"] == "GB"
    }
    rows = [row for _, row in tag_rows(facts) if row[0] in home and row[3] == "yes"]
    found = sorted({(row[0], row[1]) for row in rows})
    pair = (
        (Span(TAGGED, "entity"), Here("entity")),
        (Span(TAGGED, "component"), Here("component")),
    )
    in_uk = (*pair, (Span(TAGGED, "basis"), Const("GB")))
    abroad = SumIfs(Span(TAGGED, "cost"), (*pair, (Span(TAGGED, "basis"), Const("??"))))
    inside = SumIfs(Span(TAGGED, "cost"), in_uk)
    return Table(
        UK_PROJECTS,
        (
            text("entity", "Entity", [entity for entity, _ in found]),
            text("component", "Project", [component for _, component in found]),
            *_role_columns(money, in_uk),
            calculated("counted", f"Counted ({money})", Unit.MONEY, _counted(), is_totalled=True),
            calculated("inside", f"In the UK ({money})", Unit.MONEY, inside, is_totalled=True),
            calculated("all", f"Everywhere ({money})", Unit.MONEY, abroad, is_totalled=True),
            calculated(
                "overseas", f"Overseas, excluded ({money})", Unit.MONEY,
                Difference(Here("all"), Here("inside")), is_totalled=True,
            ),
        ),
        len(found),
        "Projects of the UK merged scheme",
        total_label="Total",
        note="Overseas work counts only where it must be done there: a judgement, not made here.",
    )  # fmt: skip

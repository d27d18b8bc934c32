"""Checks: live reconciliations between sheets, and the pipeline's own checks beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.formulas import (
    Choose,
    Concat,
    Const,
    CountIfs,
    Difference,
    Here,
    IsFormula,
    Named,
    Plus,
    Round,
    Span,
    Status,
    Sum,
)
from reports.spec import Column, Formula, Kind, Sheet, Table, Unit
from reports.workbooks.shared.columns import calculated, entry, fact, filled, linked, text
from reports.workbooks.shared.cover import HEADLINES, Headline
from reports.workbooks.shared.facts import Facts

OVERALL = "tbl_overall"
CHECKS = "tbl_checks"
FORMULAS = "tbl_headline_formulas"
PIPELINE = "tbl_pipeline_checks"


@dataclass(frozen=True, slots=True)
class Check:
    """One reconciliation of the workbook.

    Attributes:
        check_id: Short stable name.
        area: What it guards.
        description: What must equal what.
        left: One side.
        right: The other side.
        sheet: Sheet to look at when it fails.
        severity: `BLOCK` or `WARN`.
    """

    check_id: str
    area: str
    description: str
    left: Formula
    right: Formula
    sheet: str
    severity: str = "BLOCK"


def checks_sheet(
    facts: Facts, index: str, checks: Sequence[Check], headlines: Sequence[Headline]
) -> Sheet:
    """Describe the sheet."""
    every = (*checks, _formulas_check())
    return Sheet(
        "Checks",
        "Checks",
        index,
        "Every reconciliation with both sides live, and the pipeline's own checks",
        (_overall(), _checks(every), filled(_pipeline(facts)), _formulas(headlines)),
        is_header_frozen=False,
        frozen_columns=1,
        paper=8,
    )


def _failing(table: str) -> CountIfs:
    return CountIfs(
        (
            (Span(table, "status"), Const("FAIL")),
            (Span(table, "severity"), Const("BLOCK")),
        )
    )


def _overall() -> Table:
    count = Plus((_failing(CHECKS), _failing(PIPELINE)))
    status = Choose(
        Named("out_fail_count"),
        "=",
        Const(0),
        Const("ALL CHECKS PASS"),
        Concat((Const("FAIL: "), Named("out_fail_count"))),
    )
    return Table(
        OVERALL,
        (
            text("item", "Overall", ("Blocking checks that fail", "Status")),
            Column(
                "result",
                "Result",
                Unit.STATUS,
                (count, status),
                kind=Kind.CALCULATED,
                units=(Unit.COUNT, Unit.STATUS),
                width=22,
            ),
        ),
        2,
        names={("result", 0): "out_fail_count", ("result", 1): "out_status"},
        is_listed=False,
    )


def _checks(checks: Sequence[Check]) -> Table:
    """List the checks; both sides are formulas, the rest follows."""
    columns = (
        text("check", "Check", [check.check_id for check in checks], width=22),
        text("area", "Area", [check.area for check in checks], width=22),
        text("description", "What must hold", [check.description for check in checks], width=58),
        Column(
            "left",
            "Left (as described)",
            Unit.MONEY,
            tuple(c.left for c in checks),
            kind=Kind.CALCULATED,
        ),
        Column(
            "right",
            "Right (as described)",
            Unit.MONEY,
            tuple(c.right for c in checks),
            kind=Kind.CALCULATED,
        ),
        calculated(
            "difference",
            "Difference (left − right)",
            Unit.MONEY,
            Round(Difference(Here("left"), Here("right"))),
        ),
        calculated("tolerance", "Tolerance (same unit)", Unit.MONEY, Named("nm_tolerance")),
        calculated(
            "status", "Status", Unit.STATUS, Status(Here("difference"), Here("tolerance")), width=10
        ),
        text("severity", "Severity", [check.severity for check in checks], width=10),
        linked(
            "sheet",
            "Look at",
            [check.sheet for check in checks],
            [f"#{check.sheet}" for check in checks],
            width=16,
        ),
        entry("explanation", "Explanation if not PASS", len(checks), width=40),
    )
    return Table(
        CHECKS,
        columns,
        len(checks),
        "Checks of this workbook",
        keys=tuple(check.check_id for check in checks),
    )


def _pipeline(facts: Facts) -> Table:
    rows = facts.rows("rpt_shared__checks").sorted_by("area", "check_id")
    return Table(
        PIPELINE,
        (
            text("check", "Check", rows.texts("check_id"), width=22),
            text("area", "Area", rows.texts("area"), width=22),
            text("description", "What must hold", rows.texts("description"), width=58),
            fact("left", "Left (as described)", Unit.MONEY, rows.optional_amounts("left_value")),
            fact("right", "Right (as described)", Unit.MONEY, rows.optional_amounts("right_value")),
            fact(
                "difference",
                "Difference (left − right)",
                Unit.MONEY,
                rows.optional_amounts("difference"),
            ),
            fact("tolerance", "Tolerance (same unit)", Unit.MONEY, rows.amounts("tolerance")),
            Column("status", "Status", Unit.STATUS, rows.texts("status")),
            text("severity", "Severity", rows.texts("severity"), width=10),
            text("detail", "Detail", rows.texts("detail"), width=40),
        ),
        len(rows),
        "Checks of the pipeline (imported)",
    )


def _formulas(headlines: Sequence[Headline]) -> Table:
    return Table(
        FORMULAS,
        (
            text("name", "Headline cell", [name for _, name, _ in headlines], width=22),
            Column(
                "live",
                "Holds a formula (1 = yes, count)",
                Unit.COUNT,
                tuple(IsFormula(name) for _, name, _ in headlines),
                kind=Kind.CALCULATED,
            ),
        ),
        len(headlines),
        "Headline cells are live",
    )


def _formulas_check() -> Check:
    return Check(
        "LIVE-HEADLINES",
        "Liveness",
        "every headline cell still holds a formula",
        Sum((Span(FORMULAS, "live"),)),
        CountIfs(((Span(HEADLINES, "headline"), Const("*")),)),
        "Checks",
    )

"""The finance workbook's reconciliations, both sides live."""

from __future__ import annotations

from reports.formulas import Const, CountIfs, CrossRef, Difference, Plus, Span, SumIfs, Total
from reports.spec import Formula
from reports.workbooks.finance.cost_detail import is_summed
from reports.workbooks.finance.names import (
    ACTIVITIES,
    BRIDGE,
    COST,
    EVIDENCE_BAND,
    GL_TIES,
    LEDGER_TIES,
    MAPPING,
    PERSONS,
    PROJECTS,
    REGISTER_TIES,
    RULES,
    TREND,
    UNATTRIBUTED,
    asset_lots,
    cip,
    currencies,
    journal,
    register,
    service,
    waterfall,
    years,
)
from reports.workbooks.finance.review_checks import review_checks
from reports.workbooks.finance.tie_out import STEPS
from reports.workbooks.shared.checks import Check
from reports.workbooks.shared.facts import Facts
from reports.workbooks.shared.prior import PriorIssue


def finance_checks(facts: Facts, prior: PriorIssue | None) -> tuple[Check, ...]:
    """List the checks of the workbook."""
    found = [*_detail_checks(), *_tie_checks(), *_evidence_checks(facts)]
    if not is_summed(facts):
        found += _tier_checks()
    for currency in currencies(facts):
        found += [
            *_journal_checks(currency),
            *_roll_forward_checks(currency),
            *_asset_checks(currency),
        ]
    return (*found, *review_checks(facts, prior))


def _count(block: str, column: str, test: str) -> Formula:
    return CountIfs(((Span(block, column), Const(test)),))


def _all_pass(
    check_id: str,
    area: str,
    description: str,
    block: str,
    key: str,
    sheet: str,
    severity: str = "BLOCK",
    status: str = "status",
) -> Check:
    """Check that as many rows pass as there are rows."""
    return Check(
        check_id,
        area,
        f"{description}: lines that pass = lines",
        _count(block, status, "PASS"),
        _count(block, key, "*"),
        sheet,
        severity,
    )


def _detail_checks() -> tuple[Check, ...]:
    """Compare every sheet that sums CostDetail with CostDetail."""
    found: list[Check] = []
    for name, block, sheet in (
        ("PROJECT", PROJECTS, "ProjectDetail"),
        ("PERSON", PERSONS, "PersonDetail"),
        ("ACTIVITY", ACTIVITIES, "Classification"),
        ("RULE", RULES, "Classification"),
    ):
        for side, column in (("capex", "capex_reporting"), ("opex", "opex_reporting")):
            word = "capitalised" if side == "capex" else "expensed"
            found.append(
                Check(
                    f"{name}-{side.upper()}",
                    "Detail",
                    f"{word} cost on {sheet} = CostDetail",
                    Total(block, side),
                    Total(COST, column),
                    sheet,
                )
            )
    found.append(
        Check(
            "PROJECT-HOURS",
            "Detail",
            "hours on ProjectDetail = CostDetail",
            Total(PROJECTS, "hours"),
            Total(COST, "hours"),
            "ProjectDetail",
        )
    )
    leave = SumIfs(Span(COST, "hours"), ((Span(COST, "bridge_step"), Const("leave")),))
    found.append(
        Check(
            "CAPACITY",
            "Attribution",
            "hours on CostDetail without leave + hours without pay = capacity on PersonDetail",
            Plus((Difference(Total(COST, "hours"), leave), Total(PERSONS, "unpriced"))),
            Total(PERSONS, "worked"),
            "PersonDetail",
        )
    )
    on_leave = SumIfs(Span(EVIDENCE_BAND, "hours"), ((Span(EVIDENCE_BAND, "tier"), Const("L")),))
    by_tier = Difference(Total(EVIDENCE_BAND, "hours"), on_leave)
    found += [
        Check(
            "UNATTRIBUTED-HOURS",
            "Attribution",
            "hours without evidence on Unattributed = PersonDetail",
            Total(UNATTRIBUTED, "nothing"),
            Total(PERSONS, "unattributed"),
            "Unattributed",
        ),
        Check(
            "MAPPING-HOURS",
            "Attribution",
            "hours by rule on Mapping = capacity on PersonDetail",
            Total(MAPPING, "hours"),
            Total(PERSONS, "worked"),
            "Mapping",
        ),
        Check(
            "EVIDENCE-HOURS",
            "Attribution",
            "hours by tier on Evidence without leave + hours without pay = capacity",
            Plus((by_tier, Total(PERSONS, "unpriced"))),
            Total(PERSONS, "worked"),
            "Evidence",
        ),
    ]
    return tuple(found)


def _tier_checks() -> list[Check]:
    """Compare cost by tier with CostDetail; sums of a large month are rounded differently."""
    return [
        Check(
            f"EVIDENCE-{side.upper()}",
            "Attribution",
            f"cost by tier on Evidence = CostDetail, {side}",
            Total(EVIDENCE_BAND, side),
            Total(COST, f"{side}_reporting"),
            "Evidence",
        )
        for side in ("capex", "opex")
    ]


def _tie_checks() -> tuple[Check, ...]:
    def step(key: str) -> Formula:
        return CrossRef(BRIDGE, "amount", key)

    return (
        _all_pass(
            "PAYROLL-TIE",
            "Payroll",
            "CostDetail = registers by pay component",
            REGISTER_TIES,
            "pay_component",
            "TieOut",
        ),
        _all_pass(
            "PERSON-TIE",
            "Payroll",
            "CostDetail = register of each person",
            PERSONS,
            "person",
            "PersonDetail",
            status="check",
        ),
        Check(
            "BRIDGE",
            "Payroll",
            "registers less everything expensed = capitalised on ProjectDetail",
            Difference(
                Plus((step("register"), step("conversion"))),
                Plus(tuple(step(found.key) for found in STEPS)),
            ),
            Total(PROJECTS, "capex"),
            "TieOut",
        ),
        _all_pass(
            "ASSET-LEDGER",
            "Assets",
            "roll-forward = asset ledger",
            LEDGER_TIES,
            "balance",
            "TieOut",
        ),
        _all_pass(
            "GENERAL-LEDGER",
            "Books",
            "workpaper = general ledger",
            GL_TIES,
            "account",
            "TieOut",
            severity="WARN",
        ),
    )


def _evidence_checks(facts: Facts) -> tuple[Check, ...]:
    capex = (Span(COST, "treatment"), Const("capex"))
    return (
        Check(
            "RULE-BLANK",
            "Classification",
            "rows without a rule = none",
            _count(COST, "rule", "-"),
            Const(0),
            "CostDetail",
        ),
        Check(
            "EVIDENCE-BLANK",
            "Evidence",
            "capitalised rows without evidence = none",
            CountIfs((capex, (Span(COST, "evidence"), Const("-")))),
            Const(0),
            "CostDetail",
            "WARN",
        ),
        Check(
            "MONTH-TOTAL",
            "Pipeline",
            "cost on CostDetail = cost of the month per pipeline",
            Plus((Total(COST, "capex_reporting"), Total(COST, "opex_reporting"))),
            CrossRef(TREND, "pipeline", facts.stamp.month),
            "ChartData",
        ),
    )


def _journal_checks(currency: str) -> tuple[Check, ...]:
    """Compare the journal with its support; what a policy never journals has no journal key."""
    block = journal(currency)
    debit = (Span(block, "sign"), Const(1))

    def support(column: str) -> Formula:
        return SumIfs(Span(block, column), (debit,))

    def journalled(source: str, column: str, entry: str) -> Formula:
        return SumIfs(Span(source, column), ((Span(source, "journal_key"), Const(entry)),))

    return (
        Check(
            f"JE-BALANCE-{currency}",
            "Journal",
            f"debits = credits ({currency})",
            Total(block, "debit"),
            Total(block, "credit"),
            "JournalEntry",
        ),
        Check(
            f"JE-ADDITIONS-{currency}",
            "Journal",
            f"capitalised in the journal = additions on RollForward ({currency})",
            support("from_cost"),
            journalled(cip(currency), "additions", "J*"),
            "RollForward",
        ),
        Check(
            f"JE-AMORTISATION-{currency}",
            "Journal",
            f"amortisation in the journal = AmortWaterfall of the month ({currency})",
            support("from_amortisation"),
            journalled(waterfall(currency), "month", "J6*"),
            "AmortWaterfall",
        ),
        Check(
            f"JE-IN-SERVICE-{currency}",
            "Journal",
            f"placed in service in the journal = RollForward ({currency})",
            support("from_roll_forward"),
            journalled(cip(currency), "out", "J5*"),
            "RollForward",
        ),
    )


def _roll_forward_checks(currency: str) -> tuple[Check, ...]:
    held, served = cip(currency), service(currency)
    detail = SumIfs(Span(COST, "capex"), ((Span(COST, "currency"), Const(currency)),))
    return (
        Check(
            f"RF-ADDITIONS-{currency}",
            "Roll-forward",
            f"additions on RollForward = capitalised on CostDetail ({currency})",
            Total(held, "additions"),
            detail,
            "RollForward",
        ),
        Check(
            f"RF-NEGATIVE-{currency}",
            "Roll-forward",
            f"components with negative work in progress = none ({currency})",
            _count(held, "closing", "<0"),
            Const(0),
            "RollForward",
        ),
        Check(
            f"RF-CHARGE-{currency}",
            "Roll-forward",
            f"amortisation on RollForward = AmortWaterfall of the month ({currency})",
            Total(served, "charge"),
            Total(waterfall(currency), "month"),
            "RollForward",
        ),
    )


def _asset_checks(currency: str) -> tuple[Check, ...]:
    assets, served, charges = register(currency), service(currency), waterfall(currency)
    columns = (
        ("COST", "cost", "closing_gross", "cost"),
        ("ACCUMULATED", "held", "closing_held", "accumulated amortisation"),
        ("NBV", "net", "closing", "net book value"),
    )
    found = [
        Check(
            f"REGISTER-{name}-{currency}",
            "Assets",
            f"{label} on Register = RollForward ({currency})",
            Total(assets, left),
            Total(served, right),
            "Register",
        )
        for name, left, right, label in columns
    ]
    lots = asset_lots(currency)
    found.append(
        Check(
            f"REGISTER-PLACES-{currency}",
            "Assets",
            f"put in by place of work = by nature less what was taken over ({currency})",
            Plus(tuple(Total(lots, key) for key in ("domestic", "foreign", "unplaced"))),
            Difference(Total(lots, "put_in"), Total(lots, "opening")),
            "Register",
        )
    )
    found.append(
        Check(
            f"WATERFALL-ROWS-{currency}",
            "Assets",
            f"segments whose charges sum to their base = segments ({currency})",
            _count(charges, "row_check", "PASS"),
            _count(charges, "asset_key", "*"),
            "AmortWaterfall",
        )
    )
    found.append(
        Check(
            f"WATERFALL-YEARS-{currency}",
            "Assets",
            f"amortisation by fiscal year = by month ({currency})",
            Total(years(currency), "charge"),
            Difference(
                Total(charges, "charged"),
                Plus((Total(charges, "before"), Total(charges, "beyond"))),
            ),
            "AmortWaterfall",
        )
    )
    return tuple(found)

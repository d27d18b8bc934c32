"""Evidence: on what the capitalised cost rests, by tier and by team."""

from __future__ import annotations

from reports.formats import PALETTE
from reports.formulas import (
    Const,
    CountIfs,
    CrossRef,
    Difference,
    Here,
    Plus,
    Ratio,
    Span,
    SumIfs,
    Total,
)
from reports.spec import HEADER_ROW, Chart, Column, Formula, Kind, Series, Sheet, Table, Unit
from reports.workbooks.finance.names import EVIDENCE, EVIDENCE_BAND, EVIDENCE_TEAMS, PERSONS
from reports.workbooks.finance.person_detail import REVIEW
from reports.workbooks.shared.columns import calculated, fact, filled, text
from reports.workbooks.shared.facts import Facts

TIERS = (
    ("T0", "Hours that the person logged"),
    ("T1", "Direct evidence of the day"),
    ("T1b", "Code without a link, lent to open items"),
    ("T2", "The person's evidence of the nearest days"),
    ("T3", "Open items, fading since the last touch"),
    ("T4", "Declared allocation"),
    ("T5", "Mix of team and role class"),
    ("T6", "No evidence"),
    ("L", "Paid leave, where it carries cost"),
    ("X", "Cost without minutes"),
)
TEAM_TIERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    *((tier.lower(), tier, (tier,)) for tier, _ in TIERS[:6]),
    ("weak", "T5, T6", ("T5", "T6")),
)
CHART_ROWS = 18


def evidence(facts: Facts) -> Sheet:
    """Describe the sheet."""
    band = _band(facts)
    row = HEADER_ROW + band.length + 3
    return Sheet(
        "Evidence",
        "Evidence",
        "C5",
        "Capitalised cost as a band by tier of evidence, and the mix of tiers by team",
        (band, filled(_teams(facts)), _review(), filled(_imported(facts))),
        charts=(_band_chart(facts, row), _team_chart(row)),
        is_header_frozen=False,
        gap_rows=CHART_ROWS,
    )


def _by_tier(column: str) -> Formula:
    return SumIfs(Span(EVIDENCE, column), ((Span(EVIDENCE, "tier"), Here("tier")),))


def _band(facts: Facts) -> Table:
    """Describe the tiers from the strongest down, capitalised cost cumulated."""
    money = facts.currency
    cumulated: list[Formula] = [CrossRef(EVIDENCE_BAND, "capex", 0)]
    cumulated += [
        Plus((CrossRef(EVIDENCE_BAND, "up_to", row - 1), CrossRef(EVIDENCE_BAND, "capex", row)))
        for row in range(1, len(TIERS))
    ]
    columns = (
        text("tier", "Tier", [tier for tier, _ in TIERS], width=8),
        text("meaning", "What it rests on", [meaning for _, meaning in TIERS], width=38),
        calculated("hours", "Hours (h)", Unit.HOURS, _by_tier("hours"), is_totalled=True),
        calculated(
            "capex", f"Capitalised ({money})", Unit.MONEY, _by_tier("capex"), is_totalled=True
        ),
        calculated("opex", f"Expensed ({money})", Unit.MONEY, _by_tier("opex"), is_totalled=True),
        Column(
            "up_to",
            f"Capitalised up to this tier ({money})",
            Unit.MONEY,
            tuple(cumulated),
            kind=Kind.CALCULATED,
        ),
        calculated(
            "share",
            "Up to this tier (% of capitalised)",
            Unit.RATIO,
            Ratio(Here("up_to"), Total(EVIDENCE_BAND, "capex")),
        ),
    )
    return Table(EVIDENCE_BAND, columns, len(TIERS), total_label="Total")


def _teams(facts: Facts) -> Table:
    teams = [name for (name,) in _rows_with_time(facts)]
    names = [key for key, _, _ in TEAM_TIERS]
    hours = Plus(tuple(map(Here, names)))
    columns = (
        text("team", "Team", teams),
        *(
            calculated(key, f"{label} (h)", Unit.HOURS, _team_hours(tiers), is_totalled=True)
            for key, label, tiers in TEAM_TIERS
        ),
        calculated(
            "direct",
            "On T0 and T1 alone (%)",
            Unit.RATIO,
            Ratio(Plus((Here("t0"), Here("t1"))), hours),
            total=Ratio(Plus((Here("t0"), Here("t1"))), hours),
        ),
        calculated(
            "capex",
            f"Capitalised ({facts.currency})",
            Unit.MONEY,
            SumIfs(Span(EVIDENCE, "capex"), ((Span(EVIDENCE, "team"), Here("team")),)),
            is_totalled=True,
        ),
    )
    return Table(EVIDENCE_TEAMS, columns, len(teams), "Mix of tiers by team", total_label="Total")


def _rows_with_time(facts: Facts) -> list[tuple[str, ...]]:
    return facts.rows("rpt_finance__evidence").distinct("team")


def _team_hours(tiers: tuple[str, ...]) -> Formula:
    parts = tuple(
        SumIfs(
            Span(EVIDENCE, "hours"),
            ((Span(EVIDENCE, "team"), Here("team")), (Span(EVIDENCE, "tier"), Const(tier))),
        )
        for tier in tiers
    )
    return parts[0] if len(parts) == 1 else Plus(parts)


def _review() -> Table:
    """Describe what a manager looks at: months of one treatment, and shares that moved."""
    measures: tuple[tuple[str, Formula], ...] = (
        ("Person-months with every hour capitalised", _persons("capex_hour_share", Const(1))),
        ("Person-months with every hour expensed", _persons("capex_hour_share", Const(0))),
        ("Person-months whose share moved past nm_review_points", _persons("review", REVIEW)),
        ("Person-months that can be compared with before", _persons("review", "?*", "n/a")),
    )
    columns = (
        text("measure", "For review on PersonDetail", [name for name, _ in measures], width=38),
        Column(
            "count",
            "Persons (count)",
            Unit.COUNT,
            tuple(formula for _, formula in measures),
            kind=Kind.CALCULATED,
        ),
    )
    return Table("tbl_evidence_review", columns, len(measures), "Review by exception")


def _persons(column: str, test: str | Const, less: str = "") -> Formula:
    """Count persons that meet a test, without those that meet another."""
    criterion = Const(test) if isinstance(test, str) else test
    counted = CountIfs(((Span(PERSONS, column), criterion),))
    if not less:
        return counted
    return Difference(counted, CountIfs(((Span(PERSONS, column), Const(less)),)))


def _imported(facts: Facts) -> Table:
    rows = facts.rows("rpt_finance__evidence").sorted_by("team", "evidence_tier")
    money = facts.currency
    columns = (
        text("team", "Team", rows.texts("team")),
        text("tier", "Tier", rows.texts("evidence_tier"), width=8),
        fact("hours", "Hours (h)", Unit.HOURS, rows.hours("minutes"), is_totalled=True),
        fact(
            "capex",
            f"Capitalised ({money})",
            Unit.MONEY,
            rows.amounts("capex_amount"),
            is_totalled=True,
        ),
        fact(
            "opex",
            f"Expensed ({money})",
            Unit.MONEY,
            rows.amounts("opex_amount"),
            is_totalled=True,
        ),
    )
    return Table(EVIDENCE, columns, len(rows), "By team and tier", total_label="Total")


def _band_chart(facts: Facts, row: int) -> Chart:
    return Chart(
        "stacked",
        EVIDENCE_BAND,
        "tier",
        (Series("capex", "Capitalised", PALETTE[0]), Series("opex", "Expensed", PALETTE[6])),
        "Cost by tier of evidence",
        "Columns of cost by tier, from logged hours to none; the capitalised part of each is below",
        f"Cost ({facts.currency})",
        "Tier",
        (row, 0),
    )


def _team_chart(row: int) -> Chart:
    return Chart(
        "stacked",
        EVIDENCE_TEAMS,
        "team",
        tuple(
            Series(key, label, PALETTE[number]) for number, (key, label, _) in enumerate(TEAM_TIERS)
        ),
        "Hours by tier and team",
        "Columns of hours by team, divided by the tier of evidence",
        "Hours (h)",
        "Team",
        (row, 4),
    )

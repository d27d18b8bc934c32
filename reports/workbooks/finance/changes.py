"""Changes: every movement against the prior issue down to the row, and against last month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from capstream.types import Month
from reports.formulas import (
    Const,
    Difference,
    Here,
    Round,
    Status,
    Total,
)
from reports.spec import Block, Column, Formula, Kind, Prose, Sheet, Table, Unit
from reports.workbooks.finance.cost_detail import detail_rows, is_summed, reporting_amounts
from reports.workbooks.finance.names import COST, cost_by
from reports.workbooks.shared.columns import calculated, fact, filled, in_words, text
from reports.workbooks.shared.facts import Facts, Rows
from reports.workbooks.shared.prior import PriorIssue

TOTALS = "tbl_change_totals"
ROWS = "tbl_change_rows"
MONTHS = "tbl_change_months"
BASIS = "tbl_change_basis"
KEY = (
    "entity", "cost_center", "pay_component", "cost_line_id", "component_id", "value_stream_id",
    "person_id", "work_item_key", "activity", "evidence_tier",
)  # fmt: skip
SIDES = (("capex", "Capitalised"), ("opex", "Expensed"))


@dataclass(frozen=True, slots=True)
class Change:
    """One cost row that two issues tell differently.

    Attributes:
        key: Values of `KEY`.
        level: `line` where cost moved, `classification` where only its treatment did.
        reason: What happened to the row.
        prior: Capitalised and expensed before.
        now: Capitalised and expensed now.
        rules: Rules that decided, before and now.
    """

    key: tuple[str, ...]
    level: str
    reason: str
    prior: tuple[Decimal, Decimal]
    now: tuple[Decimal, Decimal]
    rules: tuple[str, str]


def changes(facts: Facts, prior: PriorIssue | None) -> Sheet:
    """Describe the sheet; without a prior issue it says so and compares with last month."""
    blocks: list[Block] = [filled(_months(facts))]
    if prior is not None and prior.is_same_month:
        found = [] if is_summed(facts) else row_changes(facts, prior.rows)
        blocks = [_totals(facts, prior, found), filled(_rows(facts, found)), *blocks]
    if prior is None:
        blocks.append(Prose(("This is the first issue of the books: none stands before it.",)))
    else:
        blocks.append(filled(_basis(prior)))
    return Sheet(
        "Changes",
        "Changes",
        "F2",
        "Against the prior issue row by row, against last month by component, and what it rests on",
        tuple(blocks),
        is_header_frozen=False,
        paper=8,
    )


def row_changes(facts: Facts, earlier: Rows) -> list[Change]:
    """Compare the cost rows of two issues of a month, row by row."""
    before = _summed(earlier, facts.places)
    now = _summed(facts.rows("rpt_finance__cost_detail"), facts.places)
    found = []
    for key in sorted(before.keys() | now.keys()):
        old, new = before.get(key), now.get(key)
        amounts = tuple((side.capex, side.opex) if side else None for side in (old, new))
        if amounts[0] != amounts[1]:
            found.append(_change(key, old, new))
    return found


@dataclass(slots=True)
class _Cost:
    """Reporting amounts of one key, and the rules that decided."""

    capex: Decimal = Decimal(0)
    opex: Decimal = Decimal(0)
    rules: frozenset[str] = frozenset()


def _summed(rows: Rows, places: int) -> dict[tuple[str, ...], _Cost]:
    """Add the rows of a population by key, in the reporting currency."""
    sums: dict[tuple[str, ...], _Cost] = {}
    keys = zip(*(rows.texts(name) for name in KEY), strict=True)
    sides = zip(
        reporting_amounts(rows, "capex_amount", places),
        reporting_amounts(rows, "opex_amount", places), rows.texts("rule_id"), strict=True,
    )  # fmt: skip
    for key, (capex, opex, rule) in zip(keys, sides, strict=True):
        cost = sums.setdefault(key, _Cost())
        cost.capex += capex
        cost.opex += opex
        cost.rules |= {rule}
    return sums


def _change(key: tuple[str, ...], old: _Cost | None, new: _Cost | None) -> Change:
    was, is_now = old or _Cost(), new or _Cost()
    moved = was.capex + was.opex != is_now.capex + is_now.opex
    if old is None or new is None:
        reason = "row is new" if old is None else "row is gone"
    elif moved:
        reason = "amount differs"
    else:
        reason = "treated differently"
    return Change(
        key,
        "line" if moved or old is None or new is None else "classification",
        reason,
        (was.capex, was.opex),
        (is_now.capex, is_now.opex),
        (", ".join(sorted(was.rules)) or "-", ", ".join(sorted(is_now.rules)) or "-"),
    )


def _totals(facts: Facts, prior: PriorIssue, found: list[Change]) -> Table:
    """Describe the movement of the headlines and what the rows below explain of it."""
    amounts = [
        sum(reporting_amounts(prior.rows, f"{side}_amount", facts.places), Decimal(0))
        for side, _ in SIDES
    ]
    explained: tuple[Formula, ...] = tuple(Total(ROWS, f"{side}_change") for side, _ in SIDES)
    money = facts.currency
    columns = (
        text("item", "Headline", [label for _, label in SIDES]),
        text("issue", "Prior issue", [prior.name] * len(SIDES)),
        fact("prior", f"Prior issue ({money})", Unit.MONEY, amounts),
        Column(
            "now", f"This issue ({money})", Unit.MONEY,
            tuple(Total(COST, f"{side}_reporting") for side, _ in SIDES), kind=Kind.CALCULATED,
        ),
        calculated("moved", f"Movement ({money})", Unit.MONEY,
                   Difference(Here("now"), Here("prior"))),
        Column("explained", f"Explained below ({money})", Unit.MONEY, explained,
               kind=Kind.CALCULATED),
        calculated("rest", f"Unexplained ({money})", Unit.MONEY,
                   Round(Difference(Here("moved"), Here("explained")))),
        calculated("status", "Status", Unit.STATUS, Status(Here("rest"), Const(0)), width=10),
    )  # fmt: skip
    closed = facts.rows("rpt_finance__closings").where(month_key=prior.month, event="reopen")
    reopened = closed.sorted_by("event_date", "event_id").records[-1:]
    why = "; ".join(
        f"reopened: {row['reason']} ({row['prepared_by']}, {row['approved_by']})"
        for row in reopened
    )
    return Table(
        TOTALS, columns, len(SIDES), "Against the prior issue of this month",
        note=why or "The month was issued before.",
    )  # fmt: skip


def _rows(facts: Facts, found: list[Change]) -> Table:
    money = facts.currency
    at = {name: place for place, name in enumerate(KEY)}

    def part(name: str) -> list[str]:
        return [change.key[at[name]] for change in found]

    def side(key: str, place: int, label: str) -> tuple[Column, ...]:
        return (
            fact(f"{key}_prior", f"{label}, prior ({money})", Unit.MONEY,
                 [change.prior[place] for change in found], is_totalled=True),
            fact(f"{key}_now", f"{label}, now ({money})", Unit.MONEY,
                 [change.now[place] for change in found], is_totalled=True),
            calculated(f"{key}_change", f"{label}, change ({money})", Unit.MONEY,
                       Difference(Here(f"{key}_now"), Here(f"{key}_prior")), is_totalled=True),
        )  # fmt: skip

    columns = (
        text("change", "Change", [f"C{number:05d}" for number in range(1, len(found) + 1)]),
        text("level", "Level", [change.level for change in found]),
        text("component", "Component", part("component_id")),
        text("person", "Person", part("person_id")),
        text("work_item", "Work item", part("work_item_key")),
        text("pay_component", "Pay component", in_words(part("pay_component"))),
        text("reason", "What happened", [change.reason for change in found], width=20),
        text("rule_prior", "Rule, prior", [change.rules[0] for change in found]),
        text("rule_now", "Rule, now", [change.rules[1] for change in found]),
        *side("capex", 0, "Capitalised"),
        *side("opex", 1, "Expensed"),
        text("closed", "In a closed month", ["yes"] * len(found)),
    )
    return Table(ROWS, columns, len(found), "Row by row", total_label="Total")


def _months(facts: Facts) -> Table:
    """Compare capitalised cost and hours of every component with last month's."""
    prior = str(Month.parse(facts.stamp.month).plus(-1))
    rows = facts.rows("rpt_finance__month_before")
    before: dict[str, list[Decimal]] = {}
    amounts = zip(
        rows.texts("component_id"), rows.hours("minutes"), rows.amounts("capex_amount"),
        rows.amounts("opex_amount"), strict=True,
    )  # fmt: skip
    for component, *values in amounts:
        sums = before.setdefault(component, [Decimal(0)] * 3)
        before[component] = [one + other for one, other in zip(sums, values, strict=True)]
    now = _components(detail_rows(facts))
    found = sorted(before.keys() | now)
    money = facts.currency
    zero = [Decimal(0)] * 3
    key = Here("component")
    columns = (
        text("component", "Component", found),
        fact("hours_prior", "Hours, last month (h)", Unit.HOURS,
             [before.get(name, zero)[0] for name in found], is_totalled=True),
        calculated("hours", "Hours (h)", Unit.HOURS, cost_by("hours", "component", key),
                   is_totalled=True),
        fact("capex_prior", f"Capitalised, last month ({money})", Unit.MONEY,
             [before.get(name, zero)[1] for name in found], is_totalled=True),
        calculated("capex", f"Capitalised ({money})", Unit.MONEY,
                   cost_by("capex_reporting", "component", key), is_totalled=True),
        calculated("capex_change", f"Capitalised, change ({money})", Unit.MONEY,
                   Difference(Here("capex"), Here("capex_prior")), is_totalled=True),
        fact("opex_prior", f"Expensed, last month ({money})", Unit.MONEY,
             [before.get(name, zero)[2] for name in found], is_totalled=True),
        calculated("opex", f"Expensed ({money})", Unit.MONEY,
                   cost_by("opex_reporting", "component", key), is_totalled=True),
        calculated("opex_change", f"Expensed, change ({money})", Unit.MONEY,
                   Difference(Here("opex"), Here("opex_prior")), is_totalled=True),
        text("why", "What happened", [_why(facts, prior, name, before, now) for name in found],
             width=44),
    )  # fmt: skip
    return Table(MONTHS, columns, len(found), f"Against last month ({prior})", total_label="Total")


def _components(rows: Rows) -> set[str]:
    return {component for (component,) in rows.distinct("component_id")}


def _why(
    facts: Facts, prior: str, name: str, before: Mapping[str, list[Decimal]], now: Iterable[str]
) -> str:
    """Say in words what moved a component: its gates, its start or its end."""
    if name == "NONE":
        return "work on no component"
    this = facts.stamp.month
    gates = facts.rows("rpt_finance__gates").where(component_id=name)
    dated = zip(gates.texts("gate"), gates.texts("effective_date"), strict=True)
    events = sorted(
        f"{gate.replace('_', ' ')} {day[:10]}" for gate, day in dated if day[:7] in {prior, this}
    )
    if name not in before:
        events.insert(0, "no cost last month")
    elif name not in now:
        events.insert(0, "no cost this month")
    return "; ".join(events) or "hours and their price"


def _basis(prior: PriorIssue) -> Table:
    """Compare code, policies and inputs with those of the issue before."""
    names = sorted(prior.basis.keys() | prior.basis_now.keys())
    differing = [
        name for name in names if prior.basis.get(name, "-") != prior.basis_now.get(name, "-")
    ]
    return Table(
        BASIS,
        (
            text("item", "Item", differing, width=36),
            text("level", "Level", [name.split(" ")[0] for name in differing]),
            text("prior", f"In {prior.name}", [_short(prior.basis, name) for name in differing],
                 width=26),
            text("now", "Now", [_short(prior.basis_now, name) for name in differing], width=26),
        ),
        len(differing),
        f"What differs from what {prior.name} was made of",
        note="Code, policies and input files by version or hash; only what differs is listed.",
    )  # fmt: skip


def _short(basis: Mapping[str, str], name: str) -> str:
    return basis.get(name, "absent")[:24]

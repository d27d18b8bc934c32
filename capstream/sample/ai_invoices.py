"""What the AI vendors charge: seats, metered use, and lines that belong to nobody.

One account is nobody's, one line has no person, one estimate is not an invoice.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from capstream.sample.chance import lognormal, stream
from capstream.sample.company_plan import CURRENCIES, Team
from capstream.sample.files import Row
from capstream.sample.records import WorkItem
from capstream.sample.roster import Person
from capstream.sample.world import World
from capstream.types import Month

SEAT_TOOL, AGENT_TOOL = "copilot", "claude_code"
AI_COST_COLUMNS = (
    "cost_line_id,month,vendor,tool,entity,sku,quantity,gross_amount,discount_amount,"
    "net_amount,currency,cost_center,account,person_id,work_item_key,charge_type,price_basis"
)
_SEAT_PRICE = {"USD": Decimal("39.00"), "EUR": Decimal("36.00")}
_DISCOUNT_FROM, _DISCOUNT = Month(2026, 7), Decimal("0.10")


def month_of(day: date) -> Month:
    """Return the month of a day."""
    return Month(day.year, day.month)


def ai_cost_lines(
    world: World, seated: list[tuple[Person, date]], used: dict[str, list[date]]
) -> list[Row]:
    """Return the lines of every month: seats, use, and what belongs to nobody."""
    rows: list[Row] = []
    items = _items_by_person(world)
    for month in world.months:
        billed = [
            (p, s)
            for p, s in seated
            if s <= month.last_day and p.spell(month.first_day).first <= month.last_day
        ]
        billed = [(p, s) for p, s in billed if _is_employed(p, month)]
        for person, _ in billed:
            rows.append(_seat_line(person, month))
        for person, _ in billed:
            days = [d for d in used[person.person_id] if month_of(d) == month]
            if days:
                item = items.get((person.person_id, month), "")
                rows.append(_metered_line(world, person, month, len(days), item))
        if billed:
            rows.append(_line(month, "nobody", "US01", SEAT_TOOL, "seat", _SEAT_PRICE["USD"]))
            rows.append(_line(month, "gateway", "US01", AGENT_TOOL, "other", Decimal("310.00")))
            rows.append(_estimate(month))
    return rows


def _seat_line(person: Person, month: Month) -> Row:
    team = _team(person, month)
    gross = _SEAT_PRICE[CURRENCIES[team.entity]]
    discount = _cents(gross * _DISCOUNT) if month >= _DISCOUNT_FROM else Decimal("0.00")
    return (
        f"SEAT-{month}-{person.person_id}", month, "GitHub", SEAT_TOOL, team.entity, "business",
        1, gross, discount, gross - discount, CURRENCIES[team.entity], team.cost_center,
        person.login, "", "", "seat", "invoiced",
    )  # fmt: skip


def _metered_line(world: World, person: Person, month: Month, days: int, item: str) -> Row:
    team = _team(person, month)
    chance = stream(world.seed, "ai bill", person.person_id, month)
    amount = _cents(Decimal(str(round(days * lognormal(chance, 3.4, 0.5), 2))))
    key = item if chance.random() < 0.15 else ""
    return (
        f"USE-{month}-{person.person_id}", month, "Anthropic", AGENT_TOOL, team.entity, "tokens",
        days, amount, Decimal("0.00"), amount, CURRENCIES[team.entity], team.cost_center,
        "", person.person_id, key, "metered", "invoiced",
    )  # fmt: skip


def _line(month: Month, what: str, entity: str, tool: str, kind: str, amount: Decimal) -> Row:
    """Return a line that belongs to no person; a seat then names an account nobody has."""
    account = "nl-trial-17" if kind == "seat" else ""
    vendor = "GitHub" if tool == SEAT_TOOL else "Anthropic"
    return (
        f"{what.upper()}-{month}", month, vendor, tool, entity, what, 1, amount,
        Decimal("0.00"), amount, CURRENCIES[entity], "", account, "", "", kind, "invoiced",
    )  # fmt: skip


def _estimate(month: Month) -> Row:
    amount = Decimal("1875.00")
    return (
        f"ESTIMATE-{month}", month, "Anthropic", AGENT_TOOL, "US01", "list price", 1, amount,
        Decimal("0.00"), amount, "USD", "", "", "", "", "metered", "vendor_estimate",
    )  # fmt: skip


def _items_by_person(world: World) -> dict[tuple[str, Month], str]:
    """Return one item per person and month that the person started then."""
    found: dict[tuple[str, Month], str] = {}
    for item in (item for traces in world.traces for item in traces.items):
        for person, at in _starts(item):
            found.setdefault((person.person_id, month_of(at)), item.key)
    return found


def _starts(item: WorkItem) -> list[tuple[Person, datetime]]:
    return [(c.value, c.at) for c in item.changes if isinstance(c.value, Person)]


def _team(person: Person, month: Month) -> Team:
    return person.spell(month.last_day).team


def _is_employed(person: Person, month: Month) -> bool:
    return any(
        person.spell(day).covers(day) for day in (month.first_day, month.first_day + timedelta(15))
    )


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)

"""Input tables about the AI tools: rollouts, seats, use, invoices and training.

Two tools: completion in the editor by seat, an agent by use. Some seats stay idle, one account
belongs to nobody, one estimate is not an invoice.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from capstream.sample.chance import lognormal, stream
from capstream.sample.company_plan import CURRENCIES, Team
from capstream.sample.files import Row, write_csv
from capstream.sample.records import WorkItem
from capstream.sample.roster import Person
from capstream.sample.working_time import days_between
from capstream.sample.world import World
from capstream.types import Month

SEAT_TOOL, AGENT_TOOL = "copilot", "claude_code"
_SEAT_PRICE = {"USD": Decimal("39.00"), "EUR": Decimal("36.00")}
_DISCOUNT_FROM, _DISCOUNT = Month(2026, 7), Decimal("0.10")
_IDLE_PLACE = 4
_COSTS = (
    "cost_line_id,month,vendor,tool,entity,sku,quantity,gross_amount,discount_amount,"
    "net_amount,currency,cost_center,account,person_id,work_item_key,charge_type,price_basis"
)
_USAGE = (
    "date,person_id,tool,model,surface,interactions,acceptances,lines_added,sessions,"
    "tokens_in,tokens_out"
)


def write_ai_tables(world: World, folder: Path) -> None:
    """Write ai_rollouts, ai_seats, ai_usage, ai_costs and ai_training."""
    teams = [t for t in world.teams if t.ai_start is not None and t.ai_start <= world.last_day]
    rollouts = [
        (t.name, tool, t.ai_start, "order of teams drawn by lot in January")
        for t in teams
        for tool in (SEAT_TOOL, AGENT_TOOL)
    ]
    columns = "team,tool,start_date,planned"
    write_csv(folder / "ai_rollouts.csv", columns, rollouts)
    users = [(person, _since(person, world)) for person in world.people]
    seated = [(person, since) for person, since in users if since is not None]
    used = {person.person_id: _days_of_use(world, person, since) for person, since in seated}
    _write_seats(world, folder, seated, used)
    _write_usage(world, folder, seated, used)
    write_csv(folder / "ai_costs.csv", _COSTS, _costs(world, seated, used))
    columns = "month,person_id,team,hours,external_amount,currency"
    write_csv(folder / "ai_training.csv", columns, _training(teams))


def _since(person: Person, world: World) -> date | None:
    """Return the day a person got a seat: with the first of their teams that has the tools."""
    if person.role_class not in ("engineer", "qa"):
        return None
    starts = [
        max(spell.first, spell.team.ai_start)
        for spell in person.spells
        if spell.team.ai_start and (spell.last is None or spell.last >= spell.team.ai_start)
    ]
    first = min(starts, default=None)
    return first if first is not None and first <= world.last_day else None


def _days_of_use(world: World, person: Person, since: date) -> list[date]:
    chance = stream(world.seed, "ai use", person.person_id)
    is_idle = person.place == _IDLE_PLACE
    habit = 0.02 if is_idle else chance.choice((0.35, 0.6, 0.8, 0.9))
    return [
        day
        for day in days_between(since, world.last_day)
        if person.capacity.get(day, 0.0) > 0 and chance.random() < habit
    ]


def _write_seats(
    world: World,
    folder: Path,
    seated: list[tuple[Person, date]],
    used: dict[str, list[date]],
) -> None:
    rows: list[Row] = []
    for month in world.months:
        for person, since in seated:
            is_there = person.spell(month.last_day).covers(month.last_day)
            if since <= month.last_day and is_there:
                last = max((d for d in used[person.person_id] if d <= month.last_day), default=None)
                seen = person.at(last, 16.0).isoformat() if last else None
                rows.append((month.last_day, person.login, SEAT_TOOL, "business", since, seen))
    columns = "date,account,tool,plan,assigned_from,last_activity_at"
    write_csv(folder / "ai_seats.csv", columns, rows)


def _write_usage(
    world: World,
    folder: Path,
    seated: list[tuple[Person, date]],
    used: dict[str, list[date]],
) -> None:
    rows: list[Row] = []
    for person, _ in seated:
        chance = stream(world.seed, "ai amounts", person.person_id)
        for day in used[person.person_id]:
            asked = max(1, round(lognormal(chance, 22, 0.6)))
            taken = round(asked * (0.25 + 0.2 * chance.random()))
            rows.append(
                (day, person.person_id, SEAT_TOOL, "", "ide", asked, taken, taken * 4, 1, "", "")
            )
            if chance.random() < 0.5:
                read = round(lognormal(chance, 180_000, 0.8))
                row = (day, person.person_id, AGENT_TOOL, "large", "cli", asked // 4 + 1, "")
                rows.append((*row, taken * 6, 2, read, read // 12))
    rows.sort(key=lambda row: (str(row[0]), str(row[1]), str(row[2])))
    write_csv(folder / "ai_usage.csv", _USAGE, rows)


def _costs(
    world: World, seated: list[tuple[Person, date]], used: dict[str, list[date]]
) -> list[Row]:
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
            days = [d for d in used[person.person_id] if _month(d) == month]
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


def _training(teams: list[Team]) -> list[Row]:
    rows: list[Row] = []
    for team in teams:
        if team.ai_start is not None:
            currency = CURRENCIES[team.entity]
            rows.append((_month(team.ai_start), "", team.name, 6 * team.size, "450.00", currency))
    return rows


def _items_by_person(world: World) -> dict[tuple[str, Month], str]:
    """Return one item per person and month that the person started then."""
    found: dict[tuple[str, Month], str] = {}
    for item in (item for traces in world.traces for item in traces.items):
        for person, at in _starts(item):
            found.setdefault((person.person_id, _month(at)), item.key)
    return found


def _starts(item: WorkItem) -> list[tuple[Person, datetime]]:
    return [(c.value, c.at) for c in item.changes if isinstance(c.value, Person)]


def _team(person: Person, month: Month) -> Team:
    return person.spell(month.last_day).team


def _is_employed(person: Person, month: Month) -> bool:
    return any(
        person.spell(day).covers(day) for day in (month.first_day, month.first_day + timedelta(15))
    )


def _month(day: date) -> Month:
    return Month(day.year, day.month)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)

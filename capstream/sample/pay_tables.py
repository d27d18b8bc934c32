"""The payroll register: pay components per person and month, to the cent."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from capstream.sample.chance import stream
from capstream.sample.company_plan import CURRENCIES
from capstream.sample.files import Row, write_csv
from capstream.sample.leave import Absence
from capstream.sample.roster import Person, Spell
from capstream.sample.working_time import days_between
from capstream.sample.world import World
from capstream.types import Month

_COLUMNS = "month,person_id,pay_component,amount,currency,entity,account"
ACCOUNTS = {
    "salary": "6010",
    "payroll_tax": "6020",
    "benefits": "6030",
    "bonus": "6040",
    "stock_compensation": "6050",
    "contractor_invoice": "6110",
    "other": "6090",
}
"""Pay component → general ledger account."""
_MONTHLY = {"E5": 16_500, "E4": 14_000, "E3": 11_200, "M2": 17_800, "P2": 13_600, "Q2": 9_600}
_DESIGN = 11_000
_LEVEL = {"US": Decimal(1), "DE": Decimal("0.55"), "PL": Decimal("0.34")}
_TAX = {"US": Decimal("0.0765"), "DE": Decimal("0.2065"), "PL": Decimal("0.2048")}
_BENEFITS = {"US": Decimal("1385.40"), "DE": Decimal("241.35"), "PL": Decimal("88.20")}
_HOURLY = {"US": Decimal(96), "DE": Decimal(74), "PL": Decimal(48)}
_RAISE_MONTH, _RAISE = 4, Decimal("1.03")
_BONUS_MONTH, _BONUS = 3, Decimal("0.96")
_BONUS_BANDS = frozenset({"E5", "E4", "M2", "P2"})
_STOCK_BANDS = {"E5": Decimal("0.20"), "E4": Decimal("0.12"), "M2": Decimal("0.22")}
_CORRECTION = (Month(2026, 5), "P002", Decimal("-250.00"))

PayLine = tuple[Month, str, str, Decimal, str, str]
"""Month, person, pay component, amount, entity to name (or empty), entity that pays."""


def pay_lines(world: World) -> list[PayLine]:
    """Return every line of the register in order of month and person."""
    lines: list[PayLine] = []
    unpaid = [a for a in world.absences if a.kind == "unpaid"]
    for month in world.months:
        for person in world.people:
            lines += _lines_of(world.seed, person, month, unpaid)
        if month == _CORRECTION[0]:
            lines += [(month, _CORRECTION[1], "salary", _CORRECTION[2], "", "US01")]
    return lines


def write_pay_tables(world: World, folder: Path) -> None:
    """Write payroll."""
    write_csv(folder / "payroll.csv", _COLUMNS, [_row(line) for line in pay_lines(world)])


def _row(line: PayLine) -> Row:
    month, person_id, component, amount, named, payer = line
    currency = CURRENCIES[payer]
    return (month, person_id, component, amount, currency, named, ACCOUNTS[component])


def _lines_of(seed: int, person: Person, month: Month, unpaid: list[Absence]) -> list[PayLine]:
    spells = [
        s
        for s in person.spells
        if s.first <= month.last_day and (s.last is None or s.last >= month.first_day)
    ]
    is_split = len({s.team.entity for s in spells}) > 1
    lines: list[PayLine] = []
    for spell in spells:
        entity = spell.team.entity
        for component, amount in _amounts(seed, person, spell, month, unpaid).items():
            if amount:
                named = entity if is_split else ""
                lines.append((month, person.person_id, component, amount, named, entity))
    return lines


def _amounts(
    seed: int, person: Person, spell: Spell, month: Month, unpaid: list[Absence]
) -> dict[str, Decimal]:
    country = spell.team.country
    if person.worker_type == "contractor":
        hours = sum(person.capacity.get(day, 0.0) for day in _days(spell, month))
        return {"contractor_invoice": _cents(Decimal(str(hours)) * _HOURLY[country])}
    full = monthly_salary(seed, person, spell, month)
    salary = _cents(full * _paid_share(person, spell, month, unpaid))
    bonus = Decimal(0)
    if month.number == _BONUS_MONTH and person.band in _BONUS_BANDS and spell.last is None:
        bonus = _cents(full * _BONUS)
    stock = _STOCK_BANDS.get(person.band, Decimal(0)) if country == "US" else Decimal(0)
    is_leaving = spell.last is not None and spell is person.spells[-1]
    leaves_now = (
        is_leaving and spell.last is not None and Month.parse(f"{spell.last:%Y-%m}") == month
    )
    return {
        "salary": salary,
        "payroll_tax": _cents((salary + bonus) * _TAX[country]),
        "benefits": _cents(_BENEFITS[country] * _share_of_month(spell, month)),
        "bonus": bonus,
        "stock_compensation": _cents(salary * stock),
        "other": _cents(full / 22 * 3) if leaves_now else Decimal(0),
    }


def monthly_salary(seed: int, person: Person, spell: Spell, month: Month) -> Decimal:
    """Return the full month's salary in the entity's currency, with the April raise."""
    base = Decimal(_MONTHLY.get(person.band, _DESIGN)) * _LEVEL[spell.team.country]
    own = Decimal(stream(seed, "pay", person.person_id).randrange(94, 108)) / 100
    raised = _RAISE if month >= Month(2026, _RAISE_MONTH) else Decimal(1)
    hours = sum(spell.hours(date(2026, 1, day)) for day in range(5, 12))
    return _cents(base * own * raised * Decimal(str(hours)) / 40)


def _share_of_month(spell: Spell, month: Month) -> Decimal:
    return Decimal(len(_days(spell, month))) / monthrange(month.year, month.number)[1]


def _paid_share(person: Person, spell: Spell, month: Month, unpaid: list[Absence]) -> Decimal:
    off = {
        day
        for absence in unpaid
        if absence.person_id == person.person_id
        for day in days_between(absence.first, absence.last)
    }
    paid = [day for day in _days(spell, month) if day not in off]
    return Decimal(len(paid)) / monthrange(month.year, month.number)[1]


def _days(spell: Spell, month: Month) -> list[date]:
    return [day for day in days_between(month.first_day, month.last_day) if spell.covers(day)]


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)

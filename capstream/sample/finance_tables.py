"""Input tables of finance: rates, other costs, ledger balances, budgets, revenue, targets."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from capstream.sample.asset_tables import PAGES
from capstream.sample.chance import stream
from capstream.sample.company_plan import CURRENCIES, VALUE_STREAMS
from capstream.sample.files import Row, write_csv
from capstream.sample.pay_tables import ACCOUNTS, pay_lines
from capstream.sample.world import World
from capstream.types import Month

_CHART = {
    "1560": "Software development in progress",
    "1570": "Capitalised software",
    "1575": "Accumulated amortisation of software",
    "5200": "Amortisation, cost of revenue",
    "6010": "Salaries, research and development",
    "6020": "Employer payroll taxes",
    "6030": "Benefits",
    "6040": "Bonuses",
    "6050": "Stock compensation",
    "6090": "Other pay",
    "6110": "Contractors",
    "6215": "Capitalised labour (contra)",
    "6225": "Capitalised contractors (contra)",
    "6230": "Capitalised stock compensation (contra)",
    "6250": "Capitalised other direct cost (contra)",
    "6290": "Amortisation, operating expense",
    "7100": "Capitalised interest (contra)",
}
_REVENUE = {"checkout": 910_000, "payments": 640_000, "catalog": 420_000, "fulfilment": 530_000}
_COST_PER_HEAD = 13_500
_TARGETS = {
    "new_capability": "0.45",
    "enhancement": "0.15",
    "support": "0.15",
    "keep_the_lights_on": "0.15",
    "productivity": "0.10",
}


def write_finance_tables(world: World, folder: Path) -> None:
    """Write everything that finance hands in."""
    rates = list(exchange_rates(world).items())
    columns = "month,from_currency,to_currency,rate_kind,rate"
    write_csv(folder / "fx_rates.csv", columns, [(*key, rate) for key, rate in rates])
    _write_other_costs(world, folder)
    entities = sorted({team.entity for team in world.teams})
    chart = [(entity, code, name) for entity in entities for code, name in _CHART.items()]
    write_csv(folder / "accounts.csv", "entity,account,name", chart)
    columns = "month,entity,account,amount,currency"
    write_csv(folder / "gl_balances.csv", columns, _payroll_balances(world))
    _write_plans(world, folder)


def exchange_rates(world: World) -> dict[tuple[Month, str, str, str], Decimal]:
    """Return invented rates of the euro in dollars: the month's average and its close."""
    chance, level = stream(world.seed, "exchange"), 1.1
    rates = {}
    for month in world.months:
        level *= 1 + chance.gauss(0, 0.008)
        closing = level * (1 + chance.gauss(0, 0.003))
        for kind, value in (("average", level), ("closing", closing)):
            rates[month, "EUR", "USD", kind] = Decimal(f"{value:.5f}")
    return rates


def _write_other_costs(world: World, folder: Path) -> None:
    chance = stream(world.seed, "other costs")
    columns = "month,entity,component_id,cost_center,nature,amount,currency,evidence_url"
    rows: list[Row] = []
    entities = {team.entity for team in world.teams}
    prefixes = {team.prefix for team in world.teams}
    for place, month in enumerate(world.months):
        cloud = Decimal(4_150_000 + 60_000 * place + chance.randrange(90_000)) / 100
        lines: list[tuple[str, str, str, str, Decimal]] = [
            ("US01", "", "CC-CHK", "cloud", cloud),
            ("DE01", "", "CC-PLT", "licence", Decimal("2480.00")),
            ("US01", "PAY-WALLET", "CC-PAY", "travel", Decimal(chance.randrange(40, 90)) * 11),
        ]
        if place % 3 == 2:
            lines.append(("US01", "MOB-SCAN", "CC-MOB", "interest", Decimal("1312.57")))
            lines.append(("DE01", "SHP-RETURNS", "CC-SHP", "licence", Decimal("640.00")))
        for entity, component, center, nature, amount in lines:
            if entity in entities and center.removeprefix("CC-") in prefixes:
                proof = f"{PAGES}/invoices/{month}/{nature}"
                money = (amount.quantize(Decimal("0.01")), CURRENCIES[entity])
                rows.append((month, entity, component, center, nature, *money, proof))
    write_csv(folder / "other_costs.csv", columns, rows)


def _payroll_balances(world: World) -> list[Row]:
    """Return the movement of the payroll accounts: what the register says, by construction."""
    sums: defaultdict[tuple[Month, str, str], Decimal] = defaultdict(Decimal)
    for month, _, component, amount, _, entity in pay_lines(world):
        sums[month, entity, ACCOUNTS[component]] += amount
    return [
        (month, entity, account, amount, CURRENCIES[entity])
        for (month, entity, account), amount in sorted(sums.items())
    ]


def _write_plans(world: World, folder: Path) -> None:
    chance = stream(world.seed, "plans")
    columns = "month,value_stream_id,amount,currency"
    heads: defaultdict[str, int] = defaultdict(int)
    for team in world.teams:
        heads[team.value_stream] += team.size
    budgets, forecasts, revenue = list[Row](), list[Row](), list[Row]()
    for place, month in enumerate(world.months):
        for stream_id in (s for s in VALUE_STREAMS if heads[s]):
            budget = heads[stream_id] * _COST_PER_HEAD
            forecast = round(budget * (1 + chance.gauss(0, 0.03)) / 100) * 100
            budgets.append((month, stream_id, f"{budget}.00", "USD"))
            forecasts.append((month, stream_id, f"{forecast}.00", "USD"))
            if stream_id in _REVENUE:
                earned = round(_REVENUE[stream_id] * 1.008**place * (1 + chance.gauss(0, 0.02)))
                revenue.append((month, stream_id, f"{earned}.00", "USD"))
    write_csv(folder / "budgets.csv", columns, budgets)
    write_csv(folder / "forecasts.csv", columns, forecasts)
    write_csv(folder / "revenue.csv", columns, revenue)
    targets = [("", category, share, world.months[0]) for category, share in _TARGETS.items()]
    columns = "value_stream_id,category,share,from"
    write_csv(folder / "investment_targets.csv", columns, targets)

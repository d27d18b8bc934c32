"""Money on minutes (attribution 5): rows of `fct_cost_allocations` from records and ledger.

Each part is a key of the relation's grain with minutes and minor units; parts of one key add up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tests.oracle.ai_costs import AiCosts
from tests.oracle.arithmetic import shared
from tests.oracle.carriers import UNCARRIED, Carriers, Grain, spell_columns
from tests.oracle.effort import Effort
from tests.oracle.money import Money
from tests.oracle.records import Records
from tests.oracle.register import Line, Register

NOBODY = {"worker_type": "NONE", "role_class": "NONE", "team": "NONE"}


@dataclass(frozen=True)
class Cost:
    """A row of the ledger of cost; amounts as text with two decimals."""

    grain: Grain
    pay_component: str
    cost_line: str
    currency: str
    minutes: int
    amount: str
    reporting_amount: str


def cost_allocations(records: Records, effort: Iterable[Effort]) -> list[Cost]:
    """Return every row of the ledger of cost."""
    money, carriers = Money(records), Carriers(records, effort)
    parts: dict[tuple[Grain, str, str], tuple[int, int]] = {}
    lines = Register(records, money, carriers).lines()
    pay = _summed((key, share) for line in lines for key, share in _carried(line, carriers))
    for (grain, component), amount in pay.items():
        parts[grain, component, "NONE"] = carriers.minutes(grain), amount
    parts |= AiCosts(records, money, carriers).parts()
    rows = [_row(records, money, *key, *part) for key, part in parts.items()]
    return rows + list(_other_costs(records, money))


def _carried(line: Line, carriers: Carriers) -> Iterator[tuple[tuple[Grain, str], int]]:
    """One line of the register over the minutes that carry it; without any, NO_CAPACITY."""
    weights = {
        grain: minutes
        for grain, minutes in carriers.of(line.person, line.month).items()
        if carriers.currency(grain) == line.currency and line.entity in (None, grain.entity)
    }
    if weights:
        for grain, part in shared(line.amount, weights).items():
            yield (grain, line.pay_component), part
    else:
        spell = carriers.paying_spell(line.person, line.month, line.entity)
        columns = spell_columns(spell)
        grain = Grain(person=line.person, month=line.month, item=UNCARRIED, **columns)
        yield (grain, line.pay_component), line.amount


def _summed(parts: Iterable[tuple[tuple[Grain, str], int]]) -> Mapping[tuple[Grain, str], int]:
    found: dict[tuple[Grain, str], int] = defaultdict(int)
    for key, part in parts:
        found[key] += part
    return found


def _other_costs(records: Records, money: Money) -> Iterator[Cost]:
    streams = {
        row["component_id"]: row["value_stream_id"] for row in records.rows("company.components")
    }
    for row in records.rows("company.other_costs"):
        entity, component = row["entity"], row.get("component_id")
        source, target = row["currency"], money.functional[entity]
        grain = Grain(
            person="NONE", month=row["month"], entity=entity,
            cost_center=row.get("cost_center") or "NONE", item=f"COST:{row['nature']}",
            stream=streams.get(component, "NONE"), component=component or "NONE",
            work_country=money.countries[entity], **NOBODY,
        )  # fmt: skip
        minor = money.minor(row["amount"], source)
        amount = money.converted(minor, row["month"], source, target)
        yield _row(records, money, grain, f"other_{row['nature']}", "other", 0, amount)


def _row(
    records: Records, money: Money, grain: Grain, pay_component: str, line: str, minutes: int,
    amount: int,
) -> Cost:  # fmt: skip
    currency = money.functional[grain.entity]
    reporting = money.converted(amount, grain.month, currency, money.reporting)
    return Cost(
        grain, pay_component, line, currency, minutes, money.text(amount, currency),
        money.text(reporting, money.reporting),
    )  # fmt: skip

"""The auditor's sample: monetary units of a month's capitalised cost, drawn by a fixed interval.

Every currency unit of the population has the same chance (monetary-unit sampling, as audit
guidance describes it: one random start, then every interval-th unit); rows larger than the
interval are always in. The start follows from the seed by a hash, so the same rows, size and seed
give the same sample on every machine.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from capstream.close.explain.sections import Section, section
from capstream.close.sample_chain import ITEM_SECTIONS
from capstream.errors import UsageError
from capstream.types import Month
from capstream.warehouse.connection import connect
from capstream.warehouse.reading import warehouse_path

_POPULATION = """
select row_number() over (order by {grain}) as row_id, {grain}, rule_id, reason, minutes,
    amount, capex_amount, reporting_amount, currency_code, to_date
from marts.fct_capitalization
where month_key = $1 and treatment = 'capex' and reporting_amount {sign} 0
"""
_GRAIN = (
    "entity, component_id, person_id, work_item_key, pay_component, cost_line_id, cost_center,"
    " work_country, worker_type, role_class, team, value_stream_id, from_date, activity,"
    " evidence_tier, category, flow_type"
)


@dataclass(frozen=True, slots=True)
class SampleItem:
    """One row that was drawn.

    Attributes:
        number: Its place in the sample, from 1 on.
        row_id: Its place in the population.
        hits: How many drawn units fall into it.
        first_unit: The first drawn unit, in minor units of the reporting currency.
        facts: What the row says, by column.
        evidence: The chain behind it, from journal line to pay.
    """

    number: int
    row_id: int
    hits: int
    first_unit: int
    facts: dict[str, object]
    evidence: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class AuditSample:
    """A sample with what is needed to draw it again.

    Attributes:
        month: The month.
        size: How many units were asked for.
        seed: The seed.
        population_count: Rows of the population: capitalised, positive.
        population_amount: Their sum, reporting currency.
        negative_count: Capitalised rows with a negative amount, which no unit can hit.
        negative_amount: Their sum; to be looked at by themselves.
        interval: Minor units between two drawn units.
        start: The first drawn unit.
        items: The rows drawn, in the order of the population.
    """

    month: str
    size: int
    seed: int
    population_count: int
    population_amount: Decimal
    negative_count: int
    negative_amount: Decimal
    interval: int
    start: int
    items: tuple[SampleItem, ...]


def draw_sample(company: Path, month: Month, *, size: int, seed: int) -> AuditSample:
    """Draw the sample of a month and gather the evidence of every row in it.

    Raises:
        UsageError: The size is not positive, or nothing was capitalised in the month.
    """
    if size < 1:
        raise UsageError(f"--size {size} draws nothing: write at least 1")
    with connect(warehouse_path(company), read_only=True) as connection:
        rows = _rows(connection, month, ">")
        negative = _rows(connection, month, "<")
        total = sum((_minor(row) for row in rows), 0)
        if not total:
            raise UsageError(
                f"nothing was capitalised in {month}: run the month first, or name another"
            )
        interval = max(total // size, 1)
        start = first_unit(str(month), size, seed, interval)
        items = tuple(
            SampleItem(number, int(str(row["row_id"])), hits, unit, row, _evidence(connection, row))
            for number, (row, hits, unit) in enumerate(drawn(rows, interval, start), start=1)
        )
    return AuditSample(
        month=str(month),
        size=size,
        seed=seed,
        population_count=len(rows),
        population_amount=Decimal(total).scaleb(-2),
        negative_count=len(negative),
        negative_amount=Decimal(sum((_minor(row) for row in negative), 0)).scaleb(-2),
        interval=interval,
        start=start,
        items=items,
    )


def drawn(
    rows: list[dict[str, object]], interval: int, start: int
) -> list[tuple[dict[str, object], int, int]]:
    """Return the rows that hold a drawn unit, with the count of units and the first of them.

    Args:
        rows: The population in its order; `reporting_amount` is positive.
        interval: Minor units between two drawn units.
        start: The first drawn unit, from 0 on.
    """
    found = []
    reached, unit = 0, start
    for row in rows:
        reached += _minor(row)
        if unit < reached:
            hits = (reached - unit - 1) // interval + 1
            found.append((row, hits, unit))
            unit += hits * interval
    return found


def first_unit(month: str, size: int, seed: int, interval: int) -> int:
    """Return the first drawn unit, from 0 on: the seed decides, on every machine alike."""
    digest = hashlib.sha256(f"{month}|{size}|{seed}".encode()).digest()
    return int.from_bytes(digest, "big") % interval


def _minor(row: dict[str, object]) -> int:
    return int(Decimal(str(row["reporting_amount"])).scaleb(2))


def _rows(
    connection: duckdb.DuckDBPyConnection, month: Month, sign: str
) -> list[dict[str, object]]:
    statement = _POPULATION.format(grain=_GRAIN, sign=sign) + " order by row_id"
    answer = connection.execute(statement, [str(month)])
    names = [str(column[0]) for column in answer.description or ()]
    return [
        {**dict(zip(names, row, strict=True)), "month_key": str(month)} for row in answer.fetchall()
    ]


def _evidence(connection: duckdb.DuckDBPyConnection, row: dict[str, object]) -> tuple[Section, ...]:
    return tuple(
        section(connection, title, statement, [row[name] for name in parameters])
        for title, statement, parameters in ITEM_SECTIONS
    )

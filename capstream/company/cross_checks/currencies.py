"""Exchange rates: every conversion that the books need must have its rate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from capstream.company.cross_checks.facts import CrossFacts
from capstream.company.cross_checks.rows import Place, Roster, distinct_rows_of, rows_of
from capstream.errors import Problem
from capstream.types import Month


@dataclass(frozen=True, slots=True)
class _Conversion:
    """An amount of a month in one currency that the books hold in another."""

    month: str
    source: str
    target: str


class _Rates:
    """The average rates that the company gave.

    Args:
        roster: People and tables.
        facts: The configuration.
    """

    def __init__(self, roster: Roster, facts: CrossFacts) -> None:
        self._roster = roster
        self._facts = facts

    @cached_property
    def given(self) -> frozenset[_Conversion]:
        columns = ("month", "from_currency", "to_currency", "rate_kind")
        return frozenset(
            _Conversion(month, source, target)
            for _, (month, source, target, kind) in rows_of(
                self._roster.inputs, "fx_rates", *columns
            )
            if kind == "average"
        )

    def missing(self, month: str, currency: str, entity: str) -> Iterator[_Conversion]:
        """Yield what is missing to bring an amount to the entity's and the company's currency.

        Months before the books start need no rate; an unknown entity was reported before.
        """
        functional = self._facts.entities.get(entity)
        if functional is None or Month.parse(month) < self._facts.first_month:
            return
        for source, target in (
            (currency, functional),
            (functional, self._facts.reporting_currency),
        ):
            conversion = _Conversion(month, source, target)
            if source != target and conversion not in self.given:
                yield conversion


def currency_problems(roster: Roster, facts: CrossFacts) -> Iterator[Problem]:
    """Yield every first row whose amount cannot be converted, and rates that contradict."""
    rates = _Rates(roster, facts)
    needed: dict[_Conversion, Place] = {}
    for place, month, currency, entity in _amounts(roster):
        if month and currency and entity:
            for conversion in rates.missing(month, currency, entity):
                before = needed.setdefault(conversion, place)
                needed[conversion] = min(before, place, key=lambda here: (here.file, here.row))
    for conversion, place in needed.items():
        yield _missing_rate(conversion, place)
    yield from _contradictory_rates(roster)


def _amounts(roster: Roster) -> Iterator[tuple[Place, str | None, str | None, str | None]]:
    """Yield month, currency and entity of every amount that enters the books."""
    yield from _pay(roster)
    columns = ("month", "currency", "entity", "price_basis")
    for place, (month, currency, entity, basis) in distinct_rows_of(
        roster.inputs, "ai_costs", *columns
    ):
        if basis == "invoiced":
            yield place, month, currency, entity
    for place, row in distinct_rows_of(roster.inputs, "other_costs", "month", "currency", "entity"):
        month, currency, entity = row
        yield place, month, currency, entity


def _pay(roster: Roster) -> Iterator[tuple[Place, str | None, str | None, str | None]]:
    """Yield month, currency and entity of pay; without one, every entity of the person."""
    columns = ("month", "currency", "entity", "person_id")
    for place, (month, currency, entity, person) in distinct_rows_of(
        roster.inputs, "payroll", *columns
    ):
        if entity is None and month and person:
            for employer in roster.paying_entities(person, Month.parse(month)):
                yield place, month, currency, employer
        else:
            yield place, month, currency, entity


def _missing_rate(conversion: _Conversion, place: Place) -> Problem:
    pair = f"from {conversion.source} to {conversion.target}"
    return place.problem(
        "currency",
        f"no average rate {pair} for {conversion.month}",
        f"add it to fx_rates: {conversion.month},{conversion.source},{conversion.target},average",
    )


def _contradictory_rates(roster: Roster) -> Iterator[Problem]:
    columns = ("from_currency", "to_currency", "rate")
    for place, (source, target, rate) in rows_of(roster.inputs, "fx_rates", *columns):
        if source is not None and source == target and rate not in {None, 1}:
            message = f"one {source} is {rate.normalize():f} {target}"
            yield place.problem("rate", message, "delete the row, or correct a currency")

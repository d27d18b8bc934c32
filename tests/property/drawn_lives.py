"""Random lives of assets: one company, seven entities, one policy each, many components."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.dbt.accounting_world import World, preset
from tests.oracle.amortisation import plus_months
from tests.oracle.asset_life import (
    WINDOWS,
    Books,
    Component,
    Gate,
    Happening,
    TrueUp,
    lives,
)

CONVENTIONS = ("full_month", "next_month", "mid_month", "daily_actual", "half_year")
POLICIES = tuple(WINDOWS)
AWKWARD = (date(2028, 2, 29), date(2027, 2, 28), date(2027, 12, 31), date(2028, 1, 31))
"""Days on which calendars go wrong."""


class Drawing:
    """A company under way."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 (a test's dice)
        first = date(2026, self.random.choice((7, 11)), 1)
        run = plus_months(first, self.random.choice((18, 24)))
        self.books = Books(first, run, run + timedelta(days=35), self.random.randint(1, 12))

    def components(self, count: int) -> list[Component]:
        """Draw components, policies and conventions in turn, so that every pair occurs."""
        drawn: list[Component] = []
        for number in range(count):
            policy = POLICIES[number % len(POLICIES)]
            convention = CONVENTIONS[number // len(POLICIES) % len(CONVENTIONS)]
            earlier = [one.name for one in drawn if one.policy == policy]
            needs = self.random.sample(earlier, min(len(earlier), self.random.choice((0, 0, 1, 2))))
            drawn.append(self._component(f"C{number:04d}", policy, convention, needs))
        finished = lives(drawn, self.books)
        return [self._second_thoughts(one, finished[one.name].moved) for one in drawn]

    def _component(
        self, name: str, policy: str, convention: str, needs: Sequence[str]
    ) -> Component:
        work: dict[date, tuple[int, dict[date, int]]] = {}
        for _ in range(self.random.randint(1, 4)):
            month = self._day().replace(day=1)
            days = {month + timedelta(days=self.random.randrange(28)) for _ in range(4)}
            minutes = {day: self.random.randint(1, 480) for day in sorted(days)}
            work[month] = (self.random.randint(1, 5_000_000), minutes)
        licences = {self._day().replace(day=1): self.random.randint(1, 90_000)}
        return Component(
            name=name,
            policy=policy,
            months=self.random.randint(1, 60),
            convention=convention,
            gates=self._gates(policy),
            work=work,
            licences=licences if self._may(0.3) else {},
            happenings=self._happenings(policy),
            needs=needs,
            opening=self._opening() if self._may(0.15) else None,
        )

    def _gates(self, policy: str) -> list[Gate]:
        window = WINDOWS[policy]
        gates = [self._gate(gate, self._early()) for gate in window.start if self._may(0.95)]
        wanted = [(window.ready, 0.8), ("suspended", 0.15), ("resumed", 0.15), ("suspended", 0.05)]
        wanted += [("abandoned", 0.12), ("disposed", 0.1)]
        gates += [self._gate(gate, self._day()) for gate, odds in wanted if self._may(odds)]
        if gates and self._may(0.15):
            wrong = self.random.choice(gates)
            later = wrong.recorded + timedelta(days=3)
            gates.append(replace(wrong, on=self._day(), recorded=later))
        if policy == "us_350_40_asu2025_06":
            for subject in ("ranking", "latency")[: self.random.randint(0, 2)]:
                gates.append(self._gate("uncertainty_opened", self._day(), subject))
                if self._may(0.7):
                    gates.append(self._gate("uncertainty_resolved", self._day(), subject))
        self.random.shuffle(gates)
        return gates

    def _gate(self, gate: str, on: date, subject: str = "") -> Gate:
        late = self.random.choice((0, 0, 1, 40, 400)) if self._may(0.3) else 0
        return Gate(gate, on, on + timedelta(days=late), subject)

    def _happenings(self, policy: str) -> list[Happening]:
        months = self.random.sample(range(self._length()), 4)
        happenings: list[Happening] = []
        kinds = {"life_change": 0.3, "disposal": 0.08}
        if policy == "us_985_20":
            kinds |= {"revenue_estimate": 0.8, "net_realizable": 0.4, "revenue_estimate ": 0.4}
        for (kind, odds), month in zip(kinds.items(), months * 2, strict=False):
            if self._may(odds):
                happenings.append(
                    Happening(
                        event=kind.strip(),
                        on=plus_months(self.books.first, month)
                        + timedelta(days=self.random.randrange(28)),
                        amount=self.random.randint(1, 3_000_000),
                        months=self.random.randint(1, 40),
                        current=self.random.randint(0, 90_000_000),
                        future=self.random.randint(0, 90_000_000),
                    )
                )
        return happenings

    def _opening(self) -> tuple[int, int, int, date | None, int | None]:
        gross = self.random.choice((0, self.random.randint(1, 4_000_000)))
        accumulated = self.random.randint(0, gross)
        ready = self.books.first - timedelta(days=self.random.randint(1, 700)) if gross else None
        left = self.random.choice((None, self.random.randint(0, 40))) if gross else None
        return self.random.randint(0, 900_000), gross, accumulated, ready, left

    def _second_thoughts(self, component: Component, moved: dict[Any, int]) -> Component:
        """Add an impairment that the balance can bear, and a true-up of cost."""
        happenings, true_ups = list(component.happenings), []
        month = plus_months(self.books.first, self.random.randrange(1, self._length()))
        if self._may(0.3):
            bearable = moved[month, "cip", "closing"]
            most = bearable or moved[month, "gross", "closing"]
            if most > 0:
                on = month + timedelta(days=self.random.randrange(28))
                happenings.append(Happening("impairment", on, self.random.randint(1, most)))
        elif self._may(0.3):
            true_ups.append(TrueUp(month, self.random.randint(1, 400_000)))
        return replace(component, happenings=happenings, true_ups=true_ups)

    def _length(self) -> int:
        first, run = self.books.first, self.books.run
        return (run.year - first.year) * 12 + run.month - first.month + 1

    def _early(self) -> date:
        return self.books.first + timedelta(days=self.random.randint(-200, 150))

    def _day(self) -> date:
        known = [day for day in AWKWARD if self.books.first <= day <= self.books.run]
        if known and self._may(0.15):
            return self.random.choice(known)
        month = plus_months(self.books.first, self.random.randrange(self._length()))
        last = plus_months(month, 1) - timedelta(days=1)
        return last if self._may(0.1) else month + timedelta(days=self.random.randrange(last.day))

    def _may(self, odds: float) -> bool:
        return self.random.random() < odds


def world_of(components: Sequence[Component], books: Books) -> World:
    """Write the components down as the rows of a company."""
    world = World(
        first=f"{books.first:%Y-%m}",
        run=f"{books.run:%Y-%m}",
        policies=[preset(policy) for policy in POLICIES],
        entities={_entity(policy): "USD" for policy in POLICIES},
        assignments=[(_entity(policy), policy, f"{books.first:%Y-%m}") for policy in POLICIES],
        fiscal_start=books.fiscal_start,
        as_of=f"{books.known} 23:59:59",
    )
    for component in components:
        _describe(world, component)
    _true_ups(world, components, books)
    return world


def _entity(policy: str) -> str:
    return policy.upper()


def _describe(world: World, one: Component) -> None:
    entity = _entity(one.policy)
    scope = "external_sale" if one.policy == "us_985_20" else "hosted"
    world.component(
        one.name, entity=entity, scope=scope, life_months=one.months, convention=one.convention,
        depends_on=list(one.needs),
    )  # fmt: skip
    for gate in one.gates:
        world.gate(one.name, gate.gate, str(gate.on), recorded=str(gate.recorded),
                   subject=gate.subject or None)  # fmt: skip
    for month, (cost, minutes) in one.work.items():
        world.work(one.name, {str(day): count for day, count in minutes.items()}, amount(cost),
                   item=f"{one.name}-{month:%Y%m}", entity=entity)  # fmt: skip
    for month, cost in one.licences.items():
        world.cost(one.name, f"{month:%Y-%m}", amount(cost), line=one.name, entity=entity)
    for happening in one.happenings:
        world.event(
            one.name, happening.event, str(happening.on),
            amount=amount(happening.amount), remaining_months=happening.months or None,
            current_revenue=amount(happening.current), future_revenue=amount(happening.future),
        )  # fmt: skip
    if one.opening:
        cip, gross, accumulated, ready, left = one.opening
        world.tables.setdefault("opening_balances", []).append(
            {
                "component_id": one.name, "month": world.first, "cip_amount": amount(cip),
                "gross_amount": amount(gross), "accumulated_amount": amount(accumulated),
                "ready_date": ready, "remaining_months": left, "currency": "USD",
            }
        )  # fmt: skip


def _true_ups(world: World, components: Sequence[Component], books: Books) -> None:
    """Write approved true-ups as closed months know them, with the balances of the month before."""
    finished = lives(components, books)
    booked: list[dict[str, Any]] = []
    balances: list[dict[str, Any]] = []
    for one in components:
        for true_up in one.true_ups:
            key = {"entity": _entity(one.policy), "component_id": one.name, "currency_code": "USD"}
            booked.append(
                {**key, "proposal_id": one.name, "month_key": f"{true_up.month:%Y-%m}",
                 "measure": "capitalised_cost", "amount": amount(true_up.cost)}
            )  # fmt: skip
            before = plus_months(true_up.month, -1)
            balances += [
                {**key, "month_key": f"{before:%Y-%m}", "balance": balance,
                 "movement_type": "closing",
                 "amount": amount(finished[one.name].moved[before, balance, "closing"])}
                for balance in ("gross", "accumulated")
            ]  # fmt: skip
    world.closed = {"fct_true_ups": booked, "fct_asset_movements": balances}


def amount(minor: int) -> str:
    """Write minor units as the money they are."""
    return f"{minor // 100}.{minor % 100:02d}"

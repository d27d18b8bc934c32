"""Payroll, rates, currencies, AI and other cost."""

from __future__ import annotations

from typing import Any

from tests.property.draw import STRANGE_ACCOUNTS, Draw


class MoneyDraw(Draw):
    """Draws what it cost."""

    def draw_pay(self) -> None:
        for month in self.world.months:
            self._currency_rates(month)
            for person in self.people:
                if self.may(0.85):
                    self._pay_person(person, month)
        for whom in ({"band": "B1"}, {"band": "B2"}, {"person_id": "p0"}):
            if self.may(0.6):
                for day in ("2025-01-01", str(self.day())):
                    money = self._money("monthly_amount", 9000)
                    self.world.add("company.rates", effective_from=day, **money, **whom)

    def _pay_person(self, person: str, month: str) -> None:
        spells = [r for r in self.world.rows["company.people"] if r["person_id"] == person]
        for component in ("salary", *self.some(("bonus", "payroll_tax", "contractor_invoice"), 2)):
            more: dict[str, Any] = {"month": month} | self._money("amount", 9000)
            if self.may(0.2):
                inside = [r["entity"] for r in spells if r["start_date"][:7] <= month
                          <= (r["end_date"] or "9999")[:7]]  # fmt: skip
                more |= {"entity": self.random.choice(inside)} if inside else {}
            self.world.pay(person, more.pop("amount"), component, **more)
            if self.may(0.2):
                correction = self._amount(50, more["currency"])
                self.world.pay(person, f"-{correction}", component, **more)

    def _currency_rates(self, month: str) -> None:
        worth = {"USD": 1.0, "EUR": 1.0825, "JPY": 0.0066}
        for one in worth:
            for other in worth:
                if one != other:
                    rate = worth[one] / worth[other] * self.random.uniform(0.9, 1.1)
                    self.world.add(
                        "company.fx_rates", month=month, from_currency=one, to_currency=other,
                        rate_kind="average", rate=f"{rate:.8f}",
                    )  # fmt: skip

    def _money(self, column: str, most: int) -> dict[str, str]:
        currency = self.random.choice(("USD", "USD", "EUR", "JPY"))
        return {column: self._amount(most, currency), "currency": currency}

    def _amount(self, most: int, currency: str) -> str:
        return f"{self.random.uniform(1, most):.{0 if currency == 'JPY' else 2}f}"

    def draw_other_lines(self) -> None:
        self.world.add(
            "company.components", component_id="C-pay", name="Pay", value_stream_id="pay"
        )
        for month in self.world.months:
            for _ in range(self.random.choice((0, 0, 1, 2))):
                self.world.add(
                    "company.other_costs", month=month, entity=self._entity(),
                    nature=self.random.choice(("cloud", "travel")),
                    component_id=self.random.choice(("C-pay", None)),
                    cost_center=self.random.choice(("RND", None)), **self._money("amount", 500),
                )  # fmt: skip
            for number in range(self.random.choice((0, 0, 1, 3))):
                self._ai_line(month, number)

    def _entity(self) -> str:
        return self.random.choice(("US01", "DE01"))

    def _ai_account(self) -> str:
        """An account of an AI tool; no-reply addresses are for code alone."""
        return self.random.choice((*self.people, *self.people, *STRANGE_ACCOUNTS[:-1]))

    def _ai_line(self, month: str, number: int) -> None:
        whom = self.random.choice((
            {"person_id": self.random.choice(self.people)}, {"account": self._ai_account()},
            {"work_item_key": self.random.choice(self.items)}, {},
        ))  # fmt: skip
        self.world.add(
            "company.ai_costs", cost_line_id=f"ai-{month}-{number}", month=month, vendor="v",
            tool="t", entity=self._entity(), **self._money("net_amount", 300), **whom,
            price_basis=self.random.choice(("invoiced", "invoiced", "invoiced", "configured")),
            charge_type=self.random.choice(("seat", "metered", "other")),
            cost_center=self.random.choice(("RND", None)),
        )  # fmt: skip
        for _ in range(self.random.randint(0, 3)):
            self.world.add("company.ai_seats", date=f"{month}-{self.random.randint(1, 28):02d}",
                           account=self._ai_account(), tool="t", plan="team")  # fmt: skip
        for _ in range(self.random.randint(0, 2)):
            self.world.add("company.ai_usage", date=f"{month}-{self.random.randint(1, 28):02d}",
                           account=self._ai_account(), tool="t", tokens_in=5)  # fmt: skip

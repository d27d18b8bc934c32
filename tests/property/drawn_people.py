"""Settings, people with spells, accounts, time off and what is declared."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.property.draw import Draw

ZONES = ("UTC", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin")


class PeopleDraw(Draw):
    """Draws who works, when, and under which name."""

    def draw_settings(self) -> None:
        choose = self.random.choice
        self.world.settings |= {
            "timezone": choose(ZONES),
            "hours_per_day": choose(("8", "7.5", "7.6")),
            "unlinked_code": choose(("lend", "lend", "repository_item")),
            "hours_denominator": choose(("productive", "paid")),
            "nearest_days": choose((3, 3, 1)),
            "reporting_currency": choose(("USD", "USD", "EUR")),
        }
        if self.may(0.1):
            self.world.settings["presence_tracker"] = "0.4"
        if self.may(0.15):
            self.world.settings["as_of_at"] = self.at(0)
        if self.may(0.15):
            self.world.settings["trusted_worklogs_people"] = False
            self.world.add("company.trusted_accounts", account="p1")

    def draw_people(self) -> None:
        self.world.entity("DE01", self.random.choice(("EUR", "JPY")))
        known = {row["currency_code"] for row in self.world.rows["company.currencies"]}
        if "EUR" not in known:
            self.world.add("company.currencies", currency_code="EUR", minor_digits=2)
        for number in range(self.random.randint(2, 5)):
            self.people.append(f"p{number}")
            self._spells(f"p{number}")

    def _spells(self, person: str) -> None:
        start = "2020-01-01" if self.may(0.7) else str(self.day(30))
        end = None if self.may(0.8) else str(max(self.day(), date.fromisoformat(start)))
        zone = self.random.choice(ZONES)
        if self.may(0.04):
            self.world.person(person, worker_type="agent", role_class="agent")
            return
        self.world.person(person, start, end, timezone=zone, **self._terms())
        if end and self.may(0.5):
            again = date.fromisoformat(end) + timedelta(days=self.random.choice((1, 1, 4)))
            zone = zone if self.may(0.7) else self.random.choice(ZONES)
            self.world.person(person, str(again), timezone=zone, **self._terms())

    def _terms(self) -> dict[str, Any]:
        choose = self.random.choice
        terms = {
            "team": choose(("Pay", "Pay", "Ops")),
            "role_class": choose(("engineer", "engineer", "engineer", "qa", "manager")),
            "worker_type": choose(("employee", "employee", "employee", "contractor")),
            "entity": choose(("US01", "US01", "DE01")),
            "cost_center": choose(("RND", "OPS")),
            "work_country": choose(("US", "DE")),
            "calendar": choose(("US", "DE-BY")),
            "fte": choose(("1", "1", "0.8", "0.333")),
            "band": choose(("B1", "B2")),
        }
        if self.may(0.15):
            pattern = choose(((8, 8, 8, 4, 0, 0, 0), (0, 7.75, 7.75, 7.75, 0, 3, 0)))
            terms |= {f"hours_{n}": hours for n, hours in enumerate(pattern, 1)}
        return terms

    def draw_accounts(self) -> None:
        add = self.world.add
        add("inp_actors", source="code", account="robot", kind="bot")
        add("company.identities", source="code", account="robot", person_id="p0")
        for source in ("forge", "code", "tracker"):
            add("company.identities", source=source, account="p1.alt", person_id="p1")
        if self.may(0.2):
            self.world.rows["company.people"][0]["email"] = "P0@Example.org"
        if self.may(0.3):
            cut = self.day()
            shared = {"source": self.random.choice(("tracker", "code")), "account": "desk"}
            add("company.identities", **shared, person_id="p0", valid_to=str(cut))
            after = str(cut + timedelta(days=1))
            add("company.identities", **shared, person_id="p1", valid_from=after)

    def draw_calendar(self) -> None:
        for _ in range(self.random.randint(0, 3)):
            where = self.random.choice(("US", "DE-BY"))
            taken = self.world.rows["company.calendar_days"]
            when = str(self.day(10))
            if not any(r["holiday_date"] == when and r["calendar"] == where for r in taken):
                self.world.holiday(when, self.random.choice(("holiday", "closure")), where)
        for person in self.people:
            for _ in range(self.random.choice((0, 0, 1, 2))):
                first = self.day(10)
                last = first + timedelta(days=self.random.choice((0, 2, 11)))
                kind = self.random.choice(("paid", "paid", "unpaid"))
                share = self.random.choice(("1", "1", "0.5", "0.75"))
                self.world.off(person, str(first), str(last), share, kind)

    def draw_declarations(self) -> None:
        for month in self.world.months:
            for person in self.people:
                if self.may(0.2):
                    self._declare(month, {"person_id": person}, ("CORE", "EDGE"))
            if self.may(0.15):
                self._declare(month, {"team": "Pay"}, ("TEAM",))

    def _declare(self, month: str, whom: dict[str, str], components: tuple[str, ...]) -> None:
        approved = "Bo" if self.may(0.5) else None
        for component in components:
            share = self.random.choice(("0.1", "0.25", "0.333", "0.5"))
            what = component if self.may(0.8) else None
            stream = "s" if what else f"s-{component}"
            self.world.declare(
                what, share, month, value_stream_id=stream, approved_by=approved, **whom
            )

"""Random small companies: a few people, a dozen items, everything that the ledger must survive.

A seed gives one company, always the same. Odds are set so that awkward rows meet each other:
weekends, leave, changed hands, unlinked code, rules with dates, two currencies, late corrections.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from tests.dbt.ledger_world import World

MONTHS = ("2026-02", "2026-03", "2026-04", "2026-05")
ZONES = ("UTC", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin")
STATUSES = ("To Do", "In Progress", "In Review", "Done", "Hacking")
TYPES = ("Story", "Bug", "Task")
LABELS = ("wallet", "risk", "x")
REPOSITORIES = ("org/app", "org/web", "tool")
STRANGE_ACCOUNTS = (
    "desk", "robot", "stranger", "P0", "p1.alt", "p0@example.org",
    "7+P1@users.noreply.github.com",
)  # fmt: skip
PATHS = ("services/pay/a.py", "services/b.py", "docs/readme.md")


def company(seed: int) -> World:
    """Return the company of a seed."""
    return _Draw(Random(seed)).world  # noqa: S311 reproducible test data, no secret


class _Draw:
    """One company, drawn in the order in which its rows refer to each other."""

    def __init__(self, random: Random) -> None:
        self.random = random
        first = random.randrange(len(MONTHS) - 1)
        self.world = World(months=MONTHS[first : first + random.choice((1, 1, 2))])
        self.first = date.fromisoformat(f"{self.world.months[0]}-01")
        self.length = 31 * len(self.world.months)
        self.people: list[str] = []
        self.items: list[str] = []
        self.pulls: list[tuple[str, int]] = []
        self.shas: list[tuple[str, str]] = []
        self._settings()
        self._people()
        self._accounts()
        self._calendar()
        self._items()
        self._histories()
        self._code()
        self._talk()
        self._worklogs()
        self._rules()
        self._declarations()
        self._pay()
        self._other_lines()

    def may(self, odds: float) -> bool:
        return self.random.random() < odds

    def day(self, before: int = 0) -> date:
        return self.first + timedelta(days=self.random.randrange(-before, self.length))

    def at(self, before: int = 20) -> str:
        time = self.random.choice(("00:30:00", "04:30:00", "09:00:00", "12:15:30", "23:30:00"))
        return f"{self.day(before)} {time}"

    def some(self, values: Any, most: int) -> list[Any]:
        return self.random.sample(list(values), self.random.randint(0, min(most, len(values))))

    def _settings(self) -> None:
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

    def _people(self) -> None:
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

    def _accounts(self) -> None:
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

    def _account(self) -> str:
        if self.may(0.08):
            return self.random.choice(STRANGE_ACCOUNTS)
        return self.random.choice(self.people)

    def _calendar(self) -> None:
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

    def _items(self) -> None:
        for number in range(self.random.randint(4, 12)):
            project = self.random.choice(("CHK", "OPS"))
            self._item(f"{project}-{number + 1}")
        if self.may(0.5):
            self._item("org/app#3", source="forge", project_key="org/app")
        if self.may(0.2):
            for status, kind in (("in progress", "work"), ("hacking", "wait")):
                self.world.add(
                    "company.workflow_statuses", project="OPS", status_key=status, kind=kind
                )

    def _item(self, key: str, **more: Any) -> None:
        status = self.random.choice(STATUSES)
        row: dict[str, Any] = {
            "item_type": self.random.choice((*TYPES, *TYPES, "Epic")),
            "labels": sorted(self.some(LABELS, 2)),
            "components": sorted(self.some(("ui", "core"), 1)),
            "created_at": "2025-06-01 09:00:00" if self.may(0.7) else self.at(40),
            "has_history": self.may(0.9),
        }
        if self.items and self.may(0.5):
            row["parent_key"] = self.random.choice(self.items)
        if self.items and self.may(0.3):
            row["epic_key"] = self.random.choice(self.items)
        if self.may(0.3):
            row["fields"] = {"cf": self.random.choice(("Checkout", {"value": "Checkout"}, ["a"]))}
        if status == "Hacking" or self.may(0.2):
            row["status_category"] = "in_progress" if status != "Done" else "done"
        assignee = self._account() if self.may(0.7) else None
        self.world.item(key, assignee, status, **(row | more))
        self.items.append(key)

    def _histories(self) -> None:
        """Changes that lead, one from the other, to what each item is now."""
        for row in list(self.world.rows["inp_work_items"]):
            if not row["has_history"]:
                continue
            for field in ("status", "assignee", "labels", "parent_key", "epic_key", "item_type"):
                if self.may(0.6 if field in {"status", "assignee"} else 0.15):
                    self._history(row, field)
        if self.may(0.1):
            self._bulk_rewrite()

    def _history(self, row: dict[str, Any], field: str) -> None:
        created = datetime.fromisoformat(row["created_at"])
        draws = {self.at(40) for _ in range(self.random.randint(1, 4))}
        times = sorted(at for at in draws if datetime.fromisoformat(at) > created)
        values = [self._value(row, field) for _ in times] + [row.get(field)]
        for at, old, new in zip(times, values, values[1:], strict=False):
            if field == "labels":
                old, new = json.dumps(sorted(old)), json.dumps(sorted(new))
            self.world.change(row["work_item_key"], at, field, old, new, by=self._account())
            self.world.rows["inp_work_item_changes"][-1]["source"] = row["source"]

    def _value(self, row: dict[str, Any], field: str) -> Any:
        others = [key for key in self.items if key != row["work_item_key"]] + [None]
        return {
            "status": lambda: self.random.choice(STATUSES[:4]),
            "assignee": lambda: self._account() if self.may(0.8) else None,
            "labels": lambda: self.some(LABELS, 2),
            "item_type": lambda: self.random.choice(TYPES),
        }.get(field, lambda: self.random.choice(others))()

    def _bulk_rewrite(self) -> None:
        at = datetime.fromisoformat(self.at())
        for number in range(self.random.choice((9, 10, 11))):
            key = f"OLD-{number}"
            self.world.item(key, None, "Done")
            moment = at + timedelta(seconds=self.random.choice((20, 33)) * number)
            self.world.change(key, str(moment), "status", "To Do", "Done", by="p0")

    def _named(self) -> str:
        if self.may(0.35):
            return "no key"
        return " ".join(self.random.sample(self.items, self.random.choice((1, 1, 1, 2))))

    def _code(self) -> None:
        for _ in range(self.random.randint(2, 18)):
            repository = self.random.choice(REPOSITORIES)
            more = {"parents": ["a", "b"]} if self.may(0.05) else {}
            sha = self.world.commit(
                self._account(), self.at(), self._named(), repository=repository, **more
            )
            self.shas.append((repository, sha))
            for path in self.some(PATHS, 2):
                self.world.add(
                    "inp_commit_files", source="code", repository=repository, sha=sha, path=path
                )
        for number in range(self.random.randint(0, 5)):
            self._pull(number + 100)

    def _pull(self, number: int) -> None:
        repository = self.random.choice(REPOSITORIES)
        opened = self.at()
        row: dict[str, Any] = {"repository": repository}
        mine = [sha for where, sha in self.shas if where == repository]
        if self.may(0.5):
            merged = datetime.fromisoformat(opened) + timedelta(days=self.random.randrange(5))
            row |= {"state": "merged", "merged_at": str(merged), "merged_by": self._account()}
        if mine and self.may(0.2):
            row["merge_commit_sha"] = self.random.choice(mine)
        if self.may(0.15):
            row["work_item_keys"] = [self.random.choice(self.items)]
        self.world.pull(self._account(), number, opened, self._named(), **row)
        self.pulls.append((repository, number))
        for sha in self.some(mine, 2):
            self.world.add(
                "inp_pull_request_commits",
                source="forge", repository=repository, number=number, sha=sha,
            )  # fmt: skip

    def _talk(self) -> None:
        for _ in range(self.random.randint(0, 8)):
            self.world.comment(self._account(), self.random.choice(self.items), self.at())
        for repository, number in self.pulls:
            for _ in range(self.random.randint(0, 2)):
                self.world.add(
                    "inp_reviews", source="forge", repository=repository, number=number,
                    review_id=str(self.world.number()), reviewer=self._account(),
                    state="approved", submitted_at=self.at(),
                )  # fmt: skip
            if self.may(0.3):
                self.world.add(
                    "inp_comments", source="forge", comment_id=str(self.world.number()),
                    repository=repository, number=number, author=self._account(),
                    created_at=self.at(),
                )  # fmt: skip
        for repository, sha in self.some(self.shas, 1):
            self.world.add(
                "inp_deployments", source="forge", deployment_id=f"d{sha}", service="app",
                repository=repository, sha=sha, actor=self._account(), environment="production",
                status="success", finished_at=self.at(),
            )  # fmt: skip

    def _worklogs(self) -> None:
        if self.may(0.5):
            for _ in range(self.random.randint(1, 6)):
                seconds = self.random.choice((20, 50, 1800, 5555, 14400, 40000))
                item = self.random.choice((*self.items, "GONE-1"))
                self.world.worklog(self._account(), item, self.at(), seconds)

    def _rules(self) -> None:
        values = {
            "item": self.items, "parent": self.items, "epic": self.items,
            "initiative": self.items, "label": LABELS, "component": ("ui", "core"),
            "field": ("Checkout",), "project": ("CHK", "OPS", "org/app"),
            "repository": ("org/app", "org/web", "org/tool"), "team": ("Pay", "Ops"),
        }  # fmt: skip
        levels = {"parent": 2, "epic": 3, "initiative": 4, "project": 5, "repository": 6,
                  "team": 7}  # fmt: skip
        for _ in range(self.random.randint(0, 9)):
            kind = self.random.choice([*values, "label", "project", "repository"])
            more: dict[str, Any] = {}
            if kind == "field":
                more["match_field"] = "cf"
            if kind == "repository" and self.may(0.5):
                more["path"] = self.random.choice(("services/**", "services/*", "**/*.md"))
            if self.may(0.25):
                more["valid_from"] = str(self.day())
            if self.may(0.15):
                more["valid_to"] = str(self.day())
            stream = self.random.choice(("pay", "ops", "web"))
            component = f"C-{stream}" if self.may(0.5) else None
            self.world.rule(kind, self.random.choice(values[kind]), stream, component, **more)
            self.world.rows["company.stream_rules"][-1]["level"] = levels.get(kind, 1)

    def _declarations(self) -> None:
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

    def _pay(self) -> None:
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

    def _other_lines(self) -> None:
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

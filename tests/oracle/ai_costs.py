"""AI spend (attribution 5): to the item it names, else to persons and their ledger of the month."""

from __future__ import annotations

from collections import defaultdict

from tests.oracle.arithmetic import shared
from tests.oracle.carriers import Carriers, Grain, spell_columns
from tests.oracle.identities import key
from tests.oracle.item_states import ItemStates
from tests.oracle.links import Links
from tests.oracle.money import Money
from tests.oracle.records import Records, Row, exact
from tests.oracle.streams import Streams

NOBODY = "NONE"
UNALLOCATED = "UNALLOCATED"
Parts = dict[tuple[Grain, str, str], tuple[int, int]]


class AiCosts:
    """Invoiced lines of AI cost over persons and their work."""

    def __init__(self, records: Records, money: Money, carriers: Carriers) -> None:
        self.records, self.money, self.carriers = records, money, carriers
        states = ItemStates(records)
        self.streams = Streams(records, states, Links(records))
        self.persons = self._persons_by_account()

    def parts(self) -> Parts:
        """Return minutes and minor units by grain, pay component and cost line."""
        found: Parts = {}
        for line in self.records.rows("company.ai_costs"):
            if line["price_basis"] == "invoiced" and line["month"] in self.records.months:
                target = self.money.functional[line["entity"]]
                minor = self.money.minor(line["net_amount"], line["currency"])
                amount = self.money.converted(minor, line["month"], line["currency"], target)
                for person, part in shared(amount, self._weights(line)).items():
                    self._add(found, line, person, part)
        return found

    def _add(self, found: Parts, line: Row, person: str, amount: int) -> None:
        component, name = f"ai_{line['charge_type']}", line["cost_line_id"]
        weights = self.carriers.of(person, line["month"])
        if line.get("work_item_key") or not weights:
            found[self._unworked(line, person), component, name] = 0, amount
            return
        for grain, part in shared(amount, weights).items():
            center = line.get("cost_center") or grain.cost_center
            own = grain._replace(entity=line["entity"], cost_center=center)
            minutes, before = found.get((own, component, name), (0, 0))
            found[own, component, name] = minutes + weights[grain], before + part

    def _unworked(self, line: Row, person: str) -> Grain:
        """The row of a line that names its item or whose person has no minutes."""
        columns = {"work_country": self.money.countries[line["entity"]], "cost_center": "NONE"}
        if person != NOBODY:
            columns = spell_columns(self.carriers.paying_spell(person, line["month"]))
        columns |= {"entity": line["entity"]}
        columns |= {"cost_center": line["cost_center"]} if line.get("cost_center") else {}
        item = line.get("work_item_key") or UNALLOCATED
        last = self.records.months[line["month"]][1]
        stream, component = self.streams.of_item(item, last, "")
        return Grain(
            person=person, month=line["month"], item=item, stream=stream, component=component,
            **columns,
        )  # fmt: skip

    def _weights(self, line: Row) -> dict[str, int]:
        account = line.get("account")
        if line.get("person_id") or account or line.get("work_item_key"):
            return {line.get("person_id") or self._person(account): 1}
        days: dict[str, set[str]] = defaultdict(set)
        tokens: dict[str, int] = defaultdict(int)
        amounts: dict[str, int] = defaultdict(int)
        if line["charge_type"] == "seat":
            for row in self._of_month("company.ai_seats", line):
                days[self._whose(row)].add(row["date"])
        if line["charge_type"] == "metered":
            for row in self._of_month("company.ai_usage", line):
                tokens[self._whose(row)] += (row.get("tokens_in") or 0) + (
                    row.get("tokens_out") or 0
                )
                amounts[self._whose(row)] += int((exact(row.get("estimated_amount")) or 0) * 100)
        used = amounts if any(amounts.values()) else tokens
        weights = {person: len(dates) for person, dates in days.items()} or dict(used)
        return weights if any(weights.values()) else {NOBODY: 1}

    def _of_month(self, relation: str, line: Row) -> list[Row]:
        return [
            row
            for row in self.records.rows(relation)
            if row["date"][:7] == line["month"] and row["tool"] == line["tool"]
        ]

    def _whose(self, row: Row) -> str:
        return row.get("person_id") or self._person(row.get("account"))

    def _person(self, account: str | None) -> str:
        return NOBODY if account is None else self.persons.get(key(account), NOBODY)

    def _persons_by_account(self) -> dict[str, str]:
        """Accounts that are one person's in every source and at every time."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.records.rows("company.identities"):
            found[key(row["account"])].add(row["person_id"])
        for row in self.records.rows("company.people"):
            if row.get("email"):
                found[key(row["email"])].add(row["person_id"])
        return {account: min(who) for account, who in found.items() if len(who) == 1}

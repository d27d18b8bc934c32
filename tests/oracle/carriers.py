"""The minutes that carry cost: the ledger of a person-month by the columns of a cost row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tests.oracle.effort import Effort
from tests.oracle.records import Records, Row, month_of

UNCARRIED = "NO_CAPACITY"
SPELL_COLUMNS = ("entity", "cost_center", "work_country", "worker_type", "role_class", "team")


class Grain(NamedTuple):
    """The columns of a cost row, in the order in which ties are broken."""

    person: str
    month: str
    entity: str
    cost_center: str
    item: str
    stream: str = "NONE"
    component: str = "NONE"
    work_country: str = "NONE"
    worker_type: str = "NONE"
    role_class: str = "NONE"
    team: str = "NONE"


def spell_columns(spell: Row) -> dict[str, str]:
    """Return the columns that a cost row takes from the spell."""
    return {name: spell[name] for name in SPELL_COLUMNS}


class Carriers:
    """Minutes by grain and person-month; leave carries cost only under `paid` (ruling 11)."""

    def __init__(self, records: Records, effort: Iterable[Effort]) -> None:
        self.records = records
        is_leave_paid = records.settings["hours_denominator"] == "paid"
        self._months: dict[tuple[str, str], dict[Grain, int]] = defaultdict(
            lambda: defaultdict(int)
        )
        self._currencies = {
            row["entity"]: row["functional_currency"] for row in records.rows("company.entities")
        }
        for row in effort:
            if row.tier != "L" or is_leave_paid:
                month = month_of(row.on)
                columns = spell_columns(row.spell)
                grain = Grain(
                    person=row.person, month=month, item=row.item, stream=row.stream,
                    component=row.component, **columns,
                )  # fmt: skip
                self._months[row.person, month][grain] += row.minutes

    def of(self, person: str, month: str) -> Mapping[Grain, int]:
        """Return the minutes of a person-month by grain."""
        return self._months.get((person, month), {})

    def minutes(self, grain: Grain) -> int:
        """Return the minutes behind a grain; 0 where nothing carries it."""
        return self.of(grain.person, grain.month).get(grain, 0)

    def currency(self, grain: Grain) -> str:
        """Return the functional currency of a grain's entity."""
        return self._currencies[grain.entity]

    def paying_spell(self, person: str, month: str, entity: str | None = None) -> Row:
        """Return the spell that pays where no minute does.

        The last one begun by the month's end, else the first one after it.
        """
        spells = sorted(
            (
                row
                for row in self.records.rows("company.people")
                if row["person_id"] == person and entity in (None, row["entity"])
            ),
            key=lambda row: row["start_date"],
        )
        begun = [row for row in spells if row["start_date"][:7] <= month]
        return begun[-1] if begun else spells[0]

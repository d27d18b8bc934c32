"""Who an account is, on a day (attribution 2, 7; contract 4: identities)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from tests.oracle.records import Records, Row, local_day

NO_REPLY = re.compile(r"^(?:\d+\+)?([^@]+)@users\.noreply\.github\.com$")


class Identities:
    """Accounts by source, with their dates; compared without case.

    The best kind of match decides for an account, and it alone: its own identities, those of the
    e-mail that the source shows, e-mails of people, the login inside a no-reply address.
    """

    def __init__(self, records: Records) -> None:
        self.records = records
        actors = records.rows("inp_actors")
        self.machines = {(r["source"], key(r["account"])) for r in actors if r["kind"] != "human"}
        self.mails = {
            (r["source"], key(r["account"])): key(r["email"]) for r in actors if r.get("email")
        }
        people = records.rows("company.people")
        self.people = {key(r["email"]): r["person_id"] for r in people if r.get("email")}
        self.agents = {
            r["person_id"] for r in people if "agent" in (r["worker_type"], r["role_class"])
        }

    def actor(self, source: str, account: str | None, at: datetime) -> tuple[str, date] | None:
        """Return who acted and on which day of theirs; None for machines and strangers."""
        for row in self._rows(source, account):
            on = local_day(at, self.zone(row["person_id"], at.date()))
            if _holds(row, on):
                return row["person_id"], on
        return None

    def person(self, source: str, account: str, on: date) -> str | None:
        """Return the person behind an account on a day; None for machines and strangers."""
        rows = self._rows(source, account)
        return next((row["person_id"] for row in rows if _holds(row, on)), None)

    def owners(self, source: str, account: str | None) -> Iterator[Row]:
        """Yield the persons of an account with the dates on which it is theirs."""
        yield from self._rows(source, account)

    def zone(self, person: str, on: date) -> str:
        """Return a person's time zone: of the last spell begun, else of the first one."""
        spells = sorted(
            (row for row in self.records.rows("company.people") if row["person_id"] == person),
            key=lambda row: row["start_date"],
        )
        begun = [row for row in spells if row["start_date"] <= on.isoformat()]
        return (begun[-1] if begun else spells[0])["timezone"]

    def _rows(self, source: str, account: str | None) -> list[Row]:
        if account is None or (source, key(account)) in self.machines:
            return []
        name, mail = key(account), self.mails.get((source, key(account)))
        found = (
            self._declared({source}, name)
            or self._declared({source}, mail)
            or [{"person_id": self.people[m]} for m in (name, mail) if m in self.people][:1]
            or self._behind_no_reply(name)
        )
        return [row for row in found if row["person_id"] not in self.agents]

    def _declared(self, sources: set[str], name: str | None) -> list[Row]:
        return [
            row
            for row in self.records.rows("company.identities")
            if row["source"] in sources and key(row["account"]) == name
        ]

    def _behind_no_reply(self, name: str) -> list[Row]:
        matched = NO_REPLY.match(name)
        sources = self.records.rows("company.sources")
        forges = {row["name"] for row in sources if row["kind"] == "github"}
        return self._declared(forges, matched[1]) if matched else []


def key(account: str) -> str:
    """Return the form in which accounts are compared."""
    return account.strip().lower()


def _holds(row: Row, on: date) -> bool:
    return (row.get("valid_from") or "") <= on.isoformat() <= (row.get("valid_to") or "9999")

"""Spells of a person, and accounts that belong to one person at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from capstream.company.cross_checks.facts import CrossFacts
from capstream.company.cross_checks.rows import OPEN_END, Place, Roster, Spell, rows_of
from capstream.errors import Problem


@dataclass(frozen=True, slots=True)
class _Claim:
    """A person's claim to an account for a time."""

    person_id: str
    start: date
    end: date
    place: Place


def people_problems(roster: Roster, _facts: CrossFacts) -> Iterator[Problem]:
    """Yield overlapping spells and accounts with two owners at a time."""
    for spells in roster.spells.values():
        yield from _overlapping_spells(spells)
    identities = _identities(roster)
    for (_, account), claims in identities.items():
        yield from _double_claims(account, claims, "account")
    emails = _emails(roster)
    for address, claims in emails.items():
        yield from _double_claims(address, _of_persons(claims), "email")
    for (_, account), claims in identities.items():
        yield from _foreign_claims(account, emails.get(account, []), claims)


def _overlapping_spells(spells: list[Spell]) -> Iterator[Problem]:
    """Compare each spell with the latest end before it; spells come in order of their start."""
    latest: Spell | None = None
    for spell in spells:
        if latest is not None and spell.start <= latest.end:
            yield spell.place.problem(
                "start_date",
                f"spell of {spell.person_id} from {spell.start} overlaps the one in row "
                f"{latest.place.row}",
                "end the earlier spell the day before this one starts",
            )
        if latest is None or spell.end > latest.end:
            latest = spell


def _identities(roster: Roster) -> dict[tuple[str, str], list[_Claim]]:
    claims: dict[tuple[str, str], list[_Claim]] = defaultdict(list)
    columns = ("source", "account", "person_id", "valid_from", "valid_to")
    for place, row in rows_of(roster.inputs, "identities", *columns):
        source, account, person, start, end = row
        if source and account and person:
            claim = _Claim(person, start or date.min, end or OPEN_END, place)
            claims[source, account.casefold()].append(claim)
    return claims


def _emails(roster: Roster) -> dict[str, list[_Claim]]:
    claims: dict[str, list[_Claim]] = defaultdict(list)
    columns = ("email", "person_id", "start_date", "end_date")
    for place, (email, person, start, end) in rows_of(roster.inputs, "people", *columns):
        if email and person and start:
            claims[email.casefold()].append(_Claim(person, start, end or OPEN_END, place))
    return claims


def _of_persons(claims: list[_Claim]) -> list[_Claim]:
    """Leave out claims of one person alone: a person keeps the address over all spells."""
    return claims if len({claim.person_id for claim in claims}) > 1 else []


def _double_claims(account: str, claims: list[_Claim], column: str) -> Iterator[Problem]:
    ordered = sorted(claims, key=lambda claim: (claim.start, claim.place.row))
    latest: _Claim | None = None
    for claim in ordered:
        if latest is not None and claim.start <= latest.end:
            yield _double_claim(account, latest, claim, column)
        if latest is None or claim.end > latest.end:
            latest = claim


def _double_claim(account: str, earlier: _Claim, later: _Claim, column: str) -> Problem:
    both = f"{earlier.person_id} (row {earlier.place.row}) and {later.person_id}"
    message = f"{column} {account} belongs to {both} at the same time"
    if column == "email":
        remedy = "give every person an address of their own, or leave it empty"
    elif earlier.person_id == later.person_id:
        remedy = "keep one of the rows"
    else:
        remedy = "end one with valid_to before the other's valid_from"
    return later.place.problem(column, message, remedy)


def _foreign_claims(account: str, owners: list[_Claim], claims: list[_Claim]) -> Iterator[Problem]:
    for claim in claims:
        for owner in owners:
            is_other = owner.person_id != claim.person_id
            if is_other and owner.start <= claim.end and claim.start <= owner.end:
                yield claim.place.problem(
                    "account",
                    f"account {account} is the e-mail of {owner.person_id} ({owner.place.file} "
                    f"row {owner.place.row}), not of {claim.person_id}, at the same time",
                    "correct the person, or the e-mail in people",
                )

"""Input tables about people: spells, accounts and time off."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from capstream.sample.delivery import RELEASE_DESK
from capstream.sample.files import Row, write_csv
from capstream.sample.roster import Person, Spell
from capstream.sample.world import World
from capstream.sample.writing_code import mail_of

TRACKER, FORGE, CODE = "tracker", "forge", "code"
_DESK_HANDED_OVER = ((None, date(2026, 2, 28)), (date(2026, 3, 1), None))
_PEOPLE = (
    "person_id,name,email,team,role,role_class,worker_type,entity,cost_center,work_country,"
    "calendar,timezone,fte,weekday_hours,band,start_date,end_date,manager_id"
)
_IDENTITIES = "source,account,person_id,valid_from,valid_to"
_TIME_OFF = "person_id,start_date,end_date,share,kind"


def write_people_tables(world: World, folder: Path) -> None:
    """Write people, identities and time_off."""
    spells = [_spell(person, spell) for person in world.people for spell in person.spells]
    write_csv(folder / "people.csv", _PEOPLE, spells)
    write_csv(folder / "identities.csv", _IDENTITIES, _identities(world.people))
    absences = [(a.person_id, a.first, a.last, a.share, a.kind) for a in world.absences]
    write_csv(folder / "time_off.csv", _TIME_OFF, absences)


def _spell(person: Person, spell: Spell) -> Row:
    team = spell.team
    return (
        person.person_id,
        person.name,
        person.email,
        team.name,
        person.role,
        person.role_class,
        person.worker_type,
        team.entity,
        team.cost_center,
        team.country,
        team.calendar,
        team.zone,
        spell.fte,
        spell.weekday_hours,
        person.band,
        spell.first,
        spell.last,
        person.manager_id,
    )


def _identities(people: list[Person]) -> list[Row]:
    """List accounts; the release desk's one account passes from one person to another."""
    rows: list[Row] = []
    for person in people:
        rows.append((TRACKER, person.tracker_account, person.person_id, None, None))
        rows.append((FORGE, person.login, person.person_id, None, None))
        if mail_of(person) != person.email:
            rows.append((CODE, mail_of(person), person.person_id, None, None))
    desk = [p for p in people if p.role_class == "engineer" and p.spells[0].last is None]
    for person, days in zip(desk, _DESK_HANDED_OVER, strict=False):
        rows.append((FORGE, RELEASE_DESK.login, person.person_id, *days))
    return rows

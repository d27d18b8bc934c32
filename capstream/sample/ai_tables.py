"""Input tables about the AI tools: rollouts, seats, use, invoices and training.

Two tools: completion in the editor by seat, an agent by use. Some seats stay idle.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from capstream.sample.ai_invoices import (
    AGENT_TOOL,
    AI_COST_COLUMNS,
    SEAT_TOOL,
    ai_cost_lines,
    month_of,
)
from capstream.sample.chance import lognormal, stream
from capstream.sample.company_plan import CURRENCIES, Team
from capstream.sample.files import Row, write_csv
from capstream.sample.roster import Person
from capstream.sample.working_time import days_between
from capstream.sample.world import World

_IDLE_PLACE = 4
_USAGE = (
    "date,person_id,tool,model,surface,interactions,acceptances,lines_added,sessions,"
    "tokens_in,tokens_out"
)


def write_ai_tables(world: World, folder: Path) -> None:
    """Write ai_rollouts, ai_seats, ai_usage, ai_costs and ai_training."""
    teams = [t for t in world.teams if t.ai_start is not None and t.ai_start <= world.last_day]
    rollouts = [
        (t.name, tool, t.ai_start, "order of teams drawn by lot in January")
        for t in teams
        for tool in (SEAT_TOOL, AGENT_TOOL)
    ]
    columns = "team,tool,start_date,planned"
    write_csv(folder / "ai_rollouts.csv", columns, rollouts)
    users = [(person, _since(person, world)) for person in world.people]
    seated = [(person, since) for person, since in users if since is not None]
    used = {person.person_id: _days_of_use(world, person, since) for person, since in seated}
    _write_seats(world, folder, seated, used)
    _write_usage(world, folder, seated, used)
    write_csv(folder / "ai_costs.csv", AI_COST_COLUMNS, ai_cost_lines(world, seated, used))
    columns = "month,person_id,team,hours,external_amount,currency"
    write_csv(folder / "ai_training.csv", columns, _training(teams))


def _since(person: Person, world: World) -> date | None:
    """Return the day a person got a seat: with the first of their teams that has the tools."""
    if person.role_class not in ("engineer", "qa"):
        return None
    starts = [
        max(spell.first, spell.team.ai_start)
        for spell in person.spells
        if spell.team.ai_start and (spell.last is None or spell.last >= spell.team.ai_start)
    ]
    first = min(starts, default=None)
    return first if first is not None and first <= world.last_day else None


def _days_of_use(world: World, person: Person, since: date) -> list[date]:
    chance = stream(world.seed, "ai use", person.person_id)
    is_idle = person.place == _IDLE_PLACE
    habit = 0.02 if is_idle else chance.choice((0.35, 0.6, 0.8, 0.9))
    return [
        day
        for day in days_between(since, world.last_day)
        if person.capacity.get(day, 0.0) > 0 and chance.random() < habit
    ]


def _write_seats(
    world: World,
    folder: Path,
    seated: list[tuple[Person, date]],
    used: dict[str, list[date]],
) -> None:
    rows: list[Row] = []
    for month in world.months:
        for person, since in seated:
            is_there = person.spell(month.last_day).covers(month.last_day)
            if since <= month.last_day and is_there:
                last = max((d for d in used[person.person_id] if d <= month.last_day), default=None)
                seen = person.at(last, 16.0).isoformat() if last else None
                rows.append((month.last_day, person.login, SEAT_TOOL, "business", since, seen))
    columns = "date,account,tool,plan,assigned_from,last_activity_at"
    write_csv(folder / "ai_seats.csv", columns, rows)


def _write_usage(
    world: World,
    folder: Path,
    seated: list[tuple[Person, date]],
    used: dict[str, list[date]],
) -> None:
    rows: list[Row] = []
    for person, _ in seated:
        chance = stream(world.seed, "ai amounts", person.person_id)
        for day in used[person.person_id]:
            asked = max(1, round(lognormal(chance, 22, 0.6)))
            taken = round(asked * (0.25 + 0.2 * chance.random()))
            rows.append(
                (day, person.person_id, SEAT_TOOL, "", "ide", asked, taken, taken * 4, 1, "", "")
            )
            if chance.random() < 0.5:
                read = round(lognormal(chance, 180_000, 0.8))
                row = (day, person.person_id, AGENT_TOOL, "large", "cli", asked // 4 + 1, "")
                rows.append((*row, taken * 6, 2, read, read // 12))
    rows.sort(key=lambda row: (str(row[0]), str(row[1]), str(row[2])))
    write_csv(folder / "ai_usage.csv", _USAGE, rows)


def _training(teams: list[Team]) -> list[Row]:
    rows: list[Row] = []
    for team in teams:
        if team.ai_start is not None:
            currency = CURRENCIES[team.entity]
            rows.append((month_of(team.ai_start), "", team.name, 6 * team.size, "450.00", currency))
    return rows

"""What people without code leave behind: comments by designers, product people and managers."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from capstream.sample.chance import stream
from capstream.sample.crew import Crew
from capstream.sample.records import GUEST, TIME_APP, Remark, TimeEntry, WorkItem
from capstream.sample.working_time import days_between

_CHANCE_PER_DAY = {"designer": 0.6, "product": 0.5, "manager": 0.2}
_TEXTS = (
    "The empty state needs a word.",
    "Please keep the old wording for merchants.",
    "Agreed with support.",
    "Contrast is too low on the second step.",
    "Fine for me.",
)


def hold_conversations(crew: Crew, items: list[WorkItem], first: date, last: date) -> None:
    """Add comments to items that are being worked on."""
    chance = stream(crew.seed, "conversations", crew.team.name)
    spans = [(*_span(item, last), item) for item in items]
    for day in days_between(first, last):
        live = [item for begun, done, item in spans if begun <= day < done]
        for person in crew.at_work(day, *_CHANCE_PER_DAY):
            if live and chance.random() < _CHANCE_PER_DAY[person.role_class]:
                item = chance.choice(live)
                at = person.at(day, 9.5 + chance.random() * 7)
                item.remarks.append(Remark(at, person, chance.choice(_TEXTS)))
                if len(item.time_entries) < 16:
                    item.time_entries.append(TimeEntry(at, TIME_APP, 600))
        if live and chance.random() < 0.01:
            item = chance.choice(live)
            at = item.created + timedelta(hours=50)
            item.remarks.append(Remark(at, GUEST, "Seen from outside: this works for us."))


def _span(item: WorkItem, last: date) -> tuple[date, date]:
    moves = [c.at for c in item.changes if c.field == "status"]
    begun: datetime = moves[0] if moves else item.created
    done = max(moves) if len(moves) > 1 else begun
    is_parked = item.ready_to_ship is None
    return begun.date() + timedelta(days=1), min(last, done.date() + timedelta(days=is_parked))

"""A native incident of PagerDuty as a row of `incidents`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from capstream.company.sources import PagerdutySource
from capstream.connectors.native import Native
from capstream.connectors.times import TimeReader
from capstream.connectors.typed_records import Reader, Told, TypedNormaliser


class Reference(Native):
    """Something named."""

    id: str | None = None
    summary: str | None = None


class External(Native):
    """A link to another system, such as a ticket."""

    external_id: str | None = None


class CustomField(Native):
    """A custom field of an incident."""

    name: str
    value: Any = None


class Happening(Native):
    """An acknowledgement, or an entry of the log."""

    type: str = ""
    at: str | None = None
    created_at: str | None = None


class Incident(Native):
    """An incident as the list answers it."""

    id: str
    service: Reference | None = None
    urgency: str | None = None
    priority: Reference | None = None
    status: str | None = None
    created_at: str
    resolved_at: str | None = None
    last_status_change_at: str | None = None
    acknowledgements: list[Happening] | None = None
    external_references: list[External] | None = None
    custom_fields: list[CustomField] | None = None
    html_url: str | None = None
    log_entries: list[Happening] | None = None


def pagerduty_normaliser(source: PagerdutySource, times: TimeReader) -> TypedNormaliser:
    """Open the normaliser of a configured source."""
    stamps = ("updated_at", "last_status_change_at", "created_at")
    reader = Reader(lambda native, _: native["id"], _add, stamps)
    return TypedNormaliser(times, {"incident": reader}, _guess)


def _guess(value: Mapping[str, Any]) -> str | None:
    return "incident" if isinstance(value.get("incident"), dict) or "created_at" in value else None


def _add(told: Told) -> None:
    incident = Incident.model_validate(told.native)
    beside = [Happening.model_validate(each) for each in told.line.get("log_entries") or ()]
    logged = [*(incident.log_entries or ()), *beside]
    custom = {field.name: field.value for field in incident.custom_fields or () if field.value}
    linked = [each.external_id for each in incident.external_references or () if each.external_id]
    told.add(
        "incidents",
        incident_id=incident.id,
        service=incident.service.summary or incident.service.id if incident.service else None,
        severity=(incident.priority.summary if incident.priority else None) or incident.urgency,
        created_at=told.times.read(incident.created_at),
        acknowledged_at=_first(
            told, [*(incident.acknowledgements or ()), *_of(logged, "acknowledge")]
        ),
        resolved_at=_resolved(told, incident, logged),
        deployment_id=custom.get("deployment_id"),
        work_item_key=custom.get("work_item_key") or next(iter(linked), None),
        url=incident.html_url,
    )


def _of(logged: list[Happening], kind: str) -> list[Happening]:
    return [entry for entry in logged if entry.type.startswith(kind)]


def _first(told: Told, happenings: list[Happening]) -> datetime | None:
    moments = [told.times.read(at) for each in happenings if (at := each.at or each.created_at)]
    return min(moments, default=None)


def _resolved(told: Told, incident: Incident, logged: list[Happening]) -> datetime | None:
    """Return when it was resolved; an incident that is open again is not."""
    if incident.status != "resolved" and not (incident.status is None and incident.resolved_at):
        return None
    entries = [told.times.read(each.created_at) for each in _of(logged, "resolve")
               if each.created_at]  # fmt: skip
    stated = incident.resolved_at or (None if entries else incident.last_status_change_at)
    return told.times.read(stated) if stated else max(entries, default=None)

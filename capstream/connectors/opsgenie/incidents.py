"""A native incident or alert of Opsgenie as a row of `incidents`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import Field

from capstream.company.sources import OpsgenieSource
from capstream.connectors.native import Native
from capstream.connectors.times import TimeReader
from capstream.connectors.typed_records import Reader, Told, TypedNormaliser


class Report(Native):
    """Milliseconds from creation to acknowledgement and close, of an alert."""

    ack: int | None = Field(None, alias="ackTime")
    close: int | None = Field(None, alias="closeTime")


class Incident(Native):
    """An incident, or an alert where a team works without incidents."""

    id: str
    priority: str | None = None
    status: str | None = None
    created: str = Field(alias="createdAt")
    updated: str | None = Field(None, alias="updatedAt")
    acknowledged: str | None = Field(None, alias="acknowledgedAt")
    resolved: str | None = Field(None, alias="resolvedAt")
    impact_end: str | None = Field(None, alias="impactEndDate")
    services: list[str] | None = Field(None, alias="impactedServices")
    source: str | None = None
    report: Report | None = None
    details: dict[str, Any] | None = None
    extra: dict[str, Any] | None = Field(None, alias="extraProperties")
    links: dict[str, Any] = Field(default_factory=dict)


def opsgenie_normaliser(source: OpsgenieSource, times: TimeReader) -> TypedNormaliser:
    """Open the normaliser of a configured source."""

    def add(told: Told) -> None:
        _add(told, source.services)

    reader = Reader(lambda native, _: native["id"], add, ("updatedAt", "createdAt"))
    return TypedNormaliser(times, {"incident": reader, "alert": reader}, _guess)


def _guess(value: Mapping[str, Any]) -> str | None:
    named = next(
        (name for name in ("incident", "alert") if isinstance(value.get(name), dict)), None
    )
    return named or ("incident" if "createdAt" in value else None)


def _add(told: Told, wanted: tuple[str, ...]) -> None:
    incident = Incident.model_validate(told.native)
    fields = {**(incident.details or {}), **(incident.extra or {})}
    service = fields.get("service") or next(iter(incident.services or ()), incident.source)
    if wanted and service not in wanted:
        return
    created = told.times.read(incident.created)
    told.add(
        "incidents",
        incident_id=incident.id,
        service=service,
        severity=incident.priority,
        created_at=created,
        acknowledged_at=_moment(told, incident.acknowledged, created, _since(incident, "ack")),
        resolved_at=_resolved(told, incident, created),
        deployment_id=fields.get("deployment_id"),
        work_item_key=fields.get("work_item_key"),
        url=incident.links.get("web"),
    )


def _resolved(told: Told, incident: Incident, created: datetime) -> datetime | None:
    if (incident.status or "").lower() not in {"resolved", "closed"}:
        return None
    stated = incident.resolved or incident.impact_end
    taken = _since(incident, "close")
    return _moment(told, stated or (None if taken else incident.updated), created, taken)


def _since(incident: Incident, field: str) -> int | None:
    return getattr(incident.report, field) if incident.report else None


def _moment(
    told: Told, stated: str | None, created: datetime, milliseconds: int | None
) -> datetime | None:
    if stated:
        return told.times.read(stated)
    if milliseconds is None:
        return None
    span = timedelta(milliseconds=milliseconds)
    return (created.replace(tzinfo=UTC) + span).replace(tzinfo=None)

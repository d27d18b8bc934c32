"""Incidents as a neutral table (contract, section 6), for the source of kind `tables`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from capstream.sample.files import write_csv
from capstream.sample.records import Incident
from capstream.sample.world import World

SOURCE = "operations"
_COLUMNS = (
    "source,incident_id,service,severity,created_at,"
    "acknowledged_at,resolved_at,deployment_id,work_item_key,url"
)


def write_incidents(world: World, folder: Path) -> None:
    """Write the incidents of all services in order of time."""
    incidents = [incident for traces in world.traces for incident in traces.incidents]
    ordered = sorted(incidents, key=lambda incident: incident.number)
    write_csv(folder / "incidents.csv", _COLUMNS, [_row(incident) for incident in ordered])


def _row(incident: Incident) -> list[object]:
    return [
        SOURCE,
        f"INC-{incident.number:04d}",
        incident.team.service,
        incident.severity,
        _time(incident.created),
        _time(incident.acknowledged),
        _time(incident.resolved),
        incident.deployment.number if incident.deployment else None,
        incident.item.key if incident.item else None,
        f"https://status.northlight.example/incidents/{incident.number}",
    ]


def _time(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S+00:00")

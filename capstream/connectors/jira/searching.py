"""Searches in JQL: what is asked for, in which order, and up to where it was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from capstream.connectors.api.raw_store import Fetched

FIELDS = (
    "summary", "issuetype", "status", "project", "parent", "priority", "resolution", "assignee",
    "reporter", "labels", "components", "fixVersions", "created", "updated", "resolutiondate",
    "timeoriginalestimate", "worklog", "comment",
)  # fmt: skip
"""Fields that are read. `timespent` and its sums are not: only worklogs say who worked."""

_EPOCH = datetime(1970, 1, 2, tzinfo=UTC)


def scope_of(projects: Sequence[str], narrowed: str | None) -> str:
    """Return the conditions of a source's configuration."""
    quoted = ", ".join(f'"{project}"' for project in projects)
    conditions = [f"project in ({quoted})"] if quoted else []
    return " and ".join([*conditions, *([f"({narrowed})"] if narrowed else [])])


def jql(scope: str, since: datetime | None, zone: ZoneInfo, *, order: str) -> str:
    """Return a search; always bounded, as Jira Cloud refuses one that is not.

    Args:
        scope: Conditions of the configuration.
        since: Moment from which changes are wanted, UTC.
        zone: Zone of the asking user, in which Jira reads dates.
        order: Fields to sort by, ascending.
    """
    moment = (since or _EPOCH).astimezone(zone).strftime("%Y/%m/%d %H:%M")
    conditions = [*([scope] if scope else []), f'updated >= "{moment}"']
    ascending = ", ".join(f"{field.strip()} asc" for field in order.split(","))
    return f"{' and '.join(conditions)} order by {ascending}"


def newest(
    records: Iterable[Fetched], before: datetime | None, server_time: datetime | None
) -> datetime | None:
    """Return up to where changes were read: never beyond the host's own clock.

    A record stamped in the future would otherwise hide every change until then.
    """
    stamps = [record.value.get("fields", {}).get("updated") for record in records]
    moments = [datetime.fromisoformat(stamp).astimezone(UTC) for stamp in stamps if stamp]
    if server_time is not None:
        moments = [min(moment, server_time) for moment in moments]
    return max([*moments, *([before] if before else [])], default=None)

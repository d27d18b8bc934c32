"""Times of native records, brought to UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from capstream.connectors.records import UnusableValueError


class TimeReader:
    """Reads ISO 8601 times of one source.

    Args:
        timezone: IANA name of the source's declared zone, for times without an offset.
        example: A zone to name in the remedy where none is declared.
    """

    def __init__(self, timezone: str | None, *, example: str | None = None) -> None:
        self._zone = ZoneInfo(timezone) if timezone else None
        self._example = example or "Europe/Berlin"
        self.is_utc = timezone == "UTC"

    def read(self, text: str) -> datetime:
        """Return the moment in UTC, without an offset, as the warehouse stores it.

        Raises:
            UnusableValueError: The text is no time, or has no offset and no zone is declared.
        """
        try:
            moment = datetime.fromisoformat(text)
        except (ValueError, TypeError):
            raise UnusableValueError(
                f"{text!r} is not a time", "write 2026-01-31T17:45:00+01:00"
            ) from None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self._declared_zone(text))
        try:
            return moment.astimezone(UTC).replace(tzinfo=None)
        except OverflowError:
            raise UnusableValueError(f"{text!r} is out of range", "correct the record") from None

    def read_optional(self, text: str | None) -> datetime | None:
        """Return None for a time that is not there, else as `read`."""
        return self.read(text) if text else None

    def _declared_zone(self, text: str) -> ZoneInfo:
        if self._zone is None:
            raise UnusableValueError(
                f"{text!r} has no offset and the source declares no timezone",
                f"add timezone to the source, such as timezone: {self._example}",
            )
        return self._zone

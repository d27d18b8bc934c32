"""Closed months of a large company, frozen as a closing freezes them, without their packs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from benchmarks.ledger.company import FIRST_YEAR
from capstream.close.frozen import freeze_month
from capstream.close.ledger import CLOSE, append_event, next_event, read_events
from capstream.types import Month
from orchestration.lib.closings import load_closed_months


def close_through(root: Path, last: Month) -> None:
    """Freeze every month up to the one that was run last, append its closing and load its rows.

    Args:
        root: The company folder; its warehouse holds the run of that month.
        last: The month of the run.
    """
    for month in Month(FIRST_YEAR, 1).through(last):
        following = month.plus(1)
        event = next_event(
            read_events(root),
            event=CLOSE,
            month=month,
            at=datetime(following.year, following.number, 5, tzinfo=UTC),
            prepared_by="Preparer",
            approved_by="Approver",
            content_hash="0" * 64,
            pack=f"out/{month}",
            contents={"frozen": freeze_month(root, month)},
        )
        append_event(root, event)
    load_closed_months(root, is_anew=False)

"""Gather what the checks of the input tables must know from the configuration."""

from __future__ import annotations

from capstream.company.calendars import known_calendars
from capstream.company.cross_checks import CrossFacts
from capstream.company.files import CompanyFiles


def cross_facts(files: CompanyFiles) -> CrossFacts | None:
    """Return the facts; None while the configuration or the value streams are unsound."""
    if files.config is None or files.value_streams is None:
        return None
    config = files.config[0]
    return CrossFacts(
        entities={entry.entity: entry.functional_currency for entry in config.entities},
        reporting_currency=config.company.reporting_currency,
        first_month=config.company.first_month,
        value_stream_ids=frozenset(
            stream.value_stream_id for stream in files.value_streams[0].value_streams
        ),
        calendars=known_calendars() | {entry.calendar for entry in config.calendars},
        life_months=_life_months(files),
    )


def _life_months(files: CompanyFiles) -> dict[str, tuple[int, int]]:
    """Return the widest range of lives that the policies of each entity allow without a note."""
    if files.config is None:
        return {}
    config = files.config[0]
    ranges: dict[str, tuple[int, int]] = {}
    for entry in config.entities:
        elections = [
            files.policies[assignment.policy].policy.elections.life_months
            for assignment in config.policies
            if assignment.entity in {None, entry.entity} and assignment.policy in files.policies
        ]
        if elections:
            ranges[entry.entity] = (
                min(low for low, _ in elections),
                max(high for _, high in elections),
            )
    return ranges

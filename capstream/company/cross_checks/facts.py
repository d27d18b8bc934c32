"""What the checks across tables must know from the configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from capstream.types import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossFacts:
    """The part of the configuration that input rows refer to.

    Attributes:
        entities: Entity → functional currency.
        reporting_currency: The company's reporting currency.
        first_month: Month in which the books start.
        value_stream_ids: Every value stream of `value_streams.yaml`.
        calendars: Every calendar that can be evaluated: ISO countries and subdivisions of the
            holiday library, and those that the configuration adds.
        life_months: Entity → (least, most) months of life its policies allow without a note;
            an entity that is left out is not checked.
    """

    entities: Mapping[str, str]
    reporting_currency: str
    first_month: Month
    value_stream_ids: frozenset[str]
    calendars: frozenset[str]
    life_months: Mapping[str, tuple[int, int]] = field(default_factory=dict)

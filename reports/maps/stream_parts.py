"""What a value stream map is made of, and where each step stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MapStep:
    """One step of the map; hours are working hours per finished item.

    Attributes:
        name: Name of the step.
        kind: `work` or `wait`.
        process_hours: Mean process time.
        wait_hours: Mean wait.
        accurate_ratio: Complete and accurate by items; None where nothing left the step.
        wip: Average items in the step.
        people: People seen at work in it; None where unknown.
        cost: Cost of the month; None where hidden.
        load_ratio: Load; None where unknown.
    """

    name: str
    kind: str
    process_hours: float
    wait_hours: float
    accurate_ratio: float | None
    wip: float
    people: int | None = None
    cost: float | None = None
    load_ratio: float | None = None


@dataclass(frozen=True, slots=True)
class MapLoop:
    """A backward move between steps, by their places: how often, and the hours lost after it."""

    source: int
    target: int
    count: int
    share: float
    hours: float


@dataclass(frozen=True, slots=True)
class StreamMap:
    """All that a map shows.

    Attributes:
        title: Name of the stream and month.
        subtitle: Period, calendar, items: what the numbers rest on.
        demand: What comes in, in words.
        supply: What goes out, in words.
        steps: Steps in order.
        loops: Backward moves.
        tiles: Label and value of the summary box.
        losses: The largest losses, each a step's place and words; marked with a burst.
        currency: Currency of the costs.
    """

    title: str
    subtitle: str
    demand: str
    supply: str
    steps: tuple[MapStep, ...]
    loops: tuple[MapLoop, ...]
    tiles: tuple[tuple[str, str], ...]
    losses: tuple[tuple[int, str], ...] = ()
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step stands: its column, its queue and its box."""

    left: float
    width: float
    queue: float
    top: float

    @property
    def box_left(self) -> float:
        """Left edge of the process box."""
        return self.left + self.queue + 4

    @property
    def box_width(self) -> float:
        """Width of the process box."""
        return self.width - self.queue - 12

    @property
    def centre(self) -> float:
        """Middle of the process box."""
        return self.box_left + self.box_width / 2

    @property
    def queue_centre(self) -> float:
        """Middle of the queue before the box."""
        return self.left + self.queue / 2


def hours(value: float) -> str:
    """Write hours with the digits that matter."""
    return f"{value:,.0f} h" if value >= 100 else f"{value:.1f} h"

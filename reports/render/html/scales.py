"""Scales of the page's charts: round steps that a reader can count in."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """Values on a length: `low` stands at `start`, `high` at `end`."""

    low: float
    high: float
    step: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the place of a value."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> tuple[float, ...]:
        """Return the round values from low to high."""
        count = round((self.high - self.low) / self.step)
        return tuple(self.low + number * self.step for number in range(count + 1))


def round_scale(
    low: float, high: float, start: float, end: float, *, most: float | None = None
) -> Scale:
    """Return a scale of about four round steps that holds zero, `low` and `high`.

    Args:
        low: Least value.
        high: Largest value.
        start: Where the scale begins.
        end: Where it ends.
        most: Value that it may not pass (1 for shares of a whole).
    """
    low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = 1.0
    raw = (high - low) / 4
    power = 10.0 ** floor(log10(raw))
    step = next(part * power for part in _STEPS if part * power >= raw * 0.999)
    bottom = step * floor(low / step + 1e-9)
    top = -step * floor(-high / step + 1e-9)
    if most is not None:
        top = min(top, most)
        step = (top - bottom) / max(1, round((top - bottom) / step))
    return Scale(bottom, top, step, start, end)


def tick_text(value: float, step: float, *, is_share: bool = False) -> str:
    """Write a value of a scale in few letters: `25%`, `1.5M`, `200k`."""
    if is_share:
        return f"{value * 100:.0f}%" if step >= 0.0099 else f"{value * 100:.1f}%"
    for unit, word in ((1e9, "bn"), (1e6, "M"), (1e3, "k")):
        if step >= unit / 10 and abs(value) >= unit / 10:
            return _plain(value / unit) + word
    return _plain(value)


def _plain(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".").replace("-", "\u2212") or "0"

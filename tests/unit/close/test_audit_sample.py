"""Monetary units: every unit has its chance, large rows are certain, a seed draws the same rows."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from capstream.close.audit_sample import drawn

AMOUNTS = st.lists(st.integers(1, 5_000), min_size=1, max_size=60)


def rows_of(minor_amounts: list[int]) -> list[dict[str, object]]:
    return [
        {"row_id": number, "reporting_amount": Decimal(minor).scaleb(-2)}
        for number, minor in enumerate(minor_amounts)
    ]


@given(amounts=AMOUNTS, size=st.integers(1, 40), share=st.floats(0, 1, exclude_max=True))
def test_every_interval_is_hit_once(amounts: list[int], size: int, share: float) -> None:
    interval = max(sum(amounts) // size, 1)
    start = int(share * interval)
    found = drawn(rows_of(amounts), interval, start)
    assert sum(hits for _, hits, _ in found) == len(range(start, sum(amounts), interval))


@given(amounts=AMOUNTS, size=st.integers(1, 40), share=st.floats(0, 1, exclude_max=True))
def test_a_row_as_large_as_the_interval_is_certain(
    amounts: list[int], size: int, share: float
) -> None:
    interval = max(sum(amounts) // size, 1)
    found = {
        row["row_id"] for row, _, _ in drawn(rows_of(amounts), interval, int(share * interval))
    }
    assert {number for number, minor in enumerate(amounts) if minor >= interval} <= found


@given(amounts=AMOUNTS)
def test_every_unit_can_be_drawn(amounts: list[int]) -> None:
    interval = sum(amounts)
    units = [unit for start in range(0, interval, max(interval // 50, 1))
             for _, _, unit in drawn(rows_of(amounts), interval, start)]  # fmt: skip
    assert units == list(range(0, interval, max(interval // 50, 1)))

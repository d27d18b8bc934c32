"""What adds up in the lists of an explanation, and what must not be added across.

A list that is not named here has no sum: gates are not numbers, and a list of balances with their
opening and closing holds each amount more than once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Footing:
    """How a list is footed.

    Attributes:
        columns: The columns that are summed; none where the list does not add up.
        by: The columns that are never summed across, such as a currency.
        note: Why a number of the list is not summed although it looks as if it could be.
    """

    columns: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    note: str = ""


MINUTES_NOT_ADDED = "minutes are not added: every pay component is spread over the same ones"

UNSUMMED = Footing()
PAY = Footing(("amount",), by=("currency",))
COST = Footing(("amount",), by=("currency_code",))
COST_OF_TIME = replace(COST, note=MINUTES_NOT_ADDED)
CAPITALIZED = replace(COST_OF_TIME, columns=("capex_amount",))
TIME = Footing(("minutes",))
ASSETS = replace(COST, columns=("cost_amount", "accumulated_amount", "net_book_value_amount"))
MOVEMENTS = replace(COST, by=("balance", "currency_code"))


def footed(
    facts: Iterable[Mapping[str, object]], footing: Footing
) -> tuple[dict[str, object], ...]:
    """Sum rows as their footing says.

    Args:
        facts: The rows, values by column.
        footing: What is summed, and across what it is not.

    Returns:
        One total for each combination of what is not summed across, in their order; none where
        nothing is summed. Amounts stay exact; a sum with an unknown part is unknown: None.
    """
    if not footing.columns:
        return ()
    groups: dict[tuple[str, ...], list[Mapping[str, object]]] = {}
    for row in facts:
        groups.setdefault(tuple(str(row[name]) for name in footing.by), []).append(row)
    return tuple(
        {
            **{name: rows[0][name] for name in footing.by},
            **{name: _sum([row[name] for row in rows]) for name in footing.columns},
        }
        for _, rows in sorted(groups.items(), key=lambda group: group[0])
    )


def _sum(values: list[object]) -> Decimal | int | None:
    known = [value for value in values if isinstance(value, Decimal | int)]
    return sum(known) if len(known) == len(values) else None

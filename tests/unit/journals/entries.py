"""Journal lines as `fct_journal_lines` holds them, for the tests of files and of their check."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any


def entry(
    entry_type: str = "J1",
    amount: str = "1234567.89",
    components: int = 1,
    entity: str = "US01",
    currency: str = "USD",
) -> list[dict[str, Any]]:
    """Return an entry that debits and credits every component with the same amount."""
    lines = []
    for side, account in (("debit", "1560"), ("credit", "6215")):
        for number in range(components):
            other = "credit" if side == "debit" else "debit"
            lines.append(
                {
                    "entry_id": f"{entry_type}-{entity}-2026-10",
                    "entry_type": entry_type,
                    "month_key": "2026-10",
                    "entity": entity,
                    "line_number": len(lines) + 1,
                    "account": account,
                    "account_name": f"Account, {account}",
                    "cost_center": "RND" if side == "debit" else "NONE",
                    f"{side}_amount": Decimal(amount),
                    f"{other}_amount": Decimal("0.00"),
                    "currency_code": currency,
                    "component_id": f"C{number:04d}",
                    "memo": f"Capitalise labour: Wallet\n{number}",
                    "source_ref": f"{entry_type}/{entity}/2026-10/C{number:04d}",
                    "entry_date": date(2026, 10, 31),
                }
            )
    return lines

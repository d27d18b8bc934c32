"""Journal accounts: the default codes and names (accounting, section 3), and what replaces them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from capstream.company.config import CapstreamConfig
from capstream.company.inputs import InputTables

DEFAULT_ACCOUNTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "cip": ("1560", "Software development in progress"),
        "gross": ("1570", "Capitalised internal-use software"),
        "accumulated": ("1575", "Accumulated amortisation of software"),
        "prepaid_cca": ("1580", "Prepaid implementation of cloud arrangements"),
        "cca_expense": ("6260", "Hosting and cloud arrangement expense"),
        "labour_contra": ("6215", "Capitalised labour (contra)"),
        "stock_contra": ("6230", "Stock compensation, research and development"),
        "contractor_contra": ("6225", "Capitalised contractors (contra)"),
        "ai_contra": ("6240", "Capitalised AI tooling (contra)"),
        "interest_contra": ("7100", "Capitalised interest (contra)"),
        "other_contra": ("6250", "Other direct cost capitalised (contra)"),
        "amortization_cost_of_revenue": ("5200", "Amortisation, cost of revenue"),
        "amortization_opex": ("6290", "Amortisation, operating expense"),
        "impairment": ("6900", "Impairment and abandonment loss"),
        "disposal_clearing": ("1590", "Disposal clearing"),
        "retained_earnings": ("3100", "Opening retained earnings"),
        "fx": ("7900", "Currency translation difference"),
    }
)
"""Account key → default code and name."""


def journal_accounts(config: CapstreamConfig) -> list[dict[str, Any]]:
    """Return the code of every account key of every entity."""
    chosen: dict[tuple[str, str], str] = {}
    for target in config.journals:
        for entity in target.entities:
            chosen.update({(entity, key): code for key, code in target.accounts.items()})
    return [
        {
            "entity": entry.entity,
            "account_key": key,
            "account_code": chosen.get((entry.entity, key), default),
        }
        for entry in config.entities
        for key, (default, _) in DEFAULT_ACCOUNTS.items()
    ]


def account_names(config: CapstreamConfig, inputs: InputTables) -> list[dict[str, Any]]:
    """Name accounts: by the chart of accounts, else by the meaning of their key."""
    names = {
        (row["entity"], row["account_code"]): DEFAULT_ACCOUNTS[row["account_key"]][1]
        for row in reversed(journal_accounts(config))
    }
    names |= {
        (row["entity"], row["account"]): row["name"]
        for row in inputs.tables["accounts"].to_pylist()
    }
    return [
        {"entity": entity, "account_code": code, "name": name}
        for (entity, code), name in sorted(names.items())
    ]

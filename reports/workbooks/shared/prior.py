"""The issue before this one: what `Changes` compares with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reports.workbooks.shared.facts import Rows


@dataclass(frozen=True, slots=True)
class PriorIssue:
    """An issued pack as the next one sees it.

    Attributes:
        name: Folder of the pack, such as `2026-10` or `2026-10_v2`.
        month: Its month.
        is_same_month: It is an earlier issue of the very month.
        rows: Its cost rows; empty unless it is of the same month.
        basis: What it was made of: code, policies, inputs, each with version or hash.
        basis_now: The same of this pack.
    """

    name: str
    month: str
    is_same_month: bool
    rows: Rows
    basis: Mapping[str, str] = field(default_factory=dict)
    basis_now: Mapping[str, str] = field(default_factory=dict)

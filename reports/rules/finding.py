"""What a rule says about a workbook."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One breach of one rule.

    Attributes:
        rule_id: Number of the rule, such as `F03`.
        severity: `BLOCK` or `WARN`.
        file: Name of the workbook.
        cell: `Sheet!A1`, a sheet, or empty for the whole file.
        message: What is wrong and what to do.
    """

    rule_id: str
    severity: str
    file: str
    cell: str
    message: str

    def __str__(self) -> str:
        """Write one line."""
        place = f"{self.file}:{self.cell}" if self.cell else self.file
        return f"{self.rule_id} {self.severity} {place}: {self.message}"

"""The estimates behind the sheets: one place that finds a row and reads its numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reports.workbooks.ai_roi.wording import CAUSAL, STAGES, headline, shift, withheld
from reports.workbooks.shared.facts import Facts, Rows, exact

_REPORTED = (
    ("synthetic_did", "block"),
    ("staggered_did", "group"),
    ("interrupted_time_series", "level_change"),
)
LEVEL = Decimal("0.05")
NUMBERS = ("estimate", "low", "high", "p_value", "mde")


class Evidence:
    """What the pipeline found out about the rollout.

    Args:
        facts: The reporting relations.
    """

    def __init__(self, facts: Facts) -> None:
        self.effects = facts.rows("rpt_ai_roi__effects").sorted_by("row_number")
        rows = facts.rows("rpt_ai_roi__verdict").records
        self.verdict: dict[str, Any] = rows[0] if rows else {}
        self.draws = facts.rows("rpt_ai_roi__draws").sorted_by("draw_number")
        self._found = {
            (row["outcome"], row["estimator"], row["aggregate"]): row
            for row in self.effects.records
            if row["aggregate"] not in ("event", "cell", "cohort")
        }

    @property
    def grade(self) -> str:
        """A to E or illustration; E where nothing was estimated."""
        return str(self.verdict.get("grade") or "E")

    @property
    def is_causal(self) -> bool:
        """Whether an estimate may be named as an effect."""
        return self.grade in CAUSAL

    @property
    def is_drawn(self) -> bool:
        """Whether there are draws, and with them an interval of the return."""
        return len(self.draws) > 0

    @property
    def has_return(self) -> bool:
        """Whether the return is computed."""
        return self.is_causal and self.fact("theta") is not None

    @property
    def is_withheld(self) -> bool:
        """Whether two estimators differ in sign, so that no effect is claimed."""
        return bool(self.verdict.get("is_sign_opposed"))

    @property
    def is_open(self) -> bool:
        """Whether the effect cannot be told from none: by its interval, else by its p-value."""
        found = self.numbers(self.outcome)
        low, high, p_value = found["low"], found["high"], found["p_value"]
        if low is not None and high is not None:
            return low <= 0 <= high
        return p_value is None or p_value > LEVEL

    @property
    def outcome(self) -> str:
        """The primary outcome."""
        return str(self.verdict.get("outcome") or "accepted_items")

    def fact(self, name: str, places: int = 6) -> Decimal | None:
        """Return a number of the verdict; None where it is not known."""
        return exact_or_none(self.verdict.get(name), places)

    def said(self, name: str) -> str:
        """Return a text of the verdict."""
        value = self.verdict.get(name)
        return "" if value is None or value != value else str(value)

    def main(self, outcome: str) -> dict[str, Any]:
        """Return the row that is reported of an outcome, by the estimator that the grade has.

        Stages have one that adds up: weighted donors differ from stage to stage. At grade D nobody
        may be compared with, whatever else was computed.
        """
        is_stage = outcome in (*STAGES, "lead_hours")
        reported = _REPORTED[1:] if is_stage else _REPORTED
        for estimator, aggregate in reported[-1:] if self.grade == "D" else reported:
            row = self._found.get((outcome, estimator, aggregate))
            if row is not None:
                return row
        return {}

    def number(self, outcome: str, estimator: str, aggregate: str) -> Decimal | None:
        """Return one estimate; None where there is none."""
        row = self._found.get((outcome, estimator, aggregate), {})
        return exact_or_none(row.get("estimate"), 6)

    def mean(self, outcome: str, cell: str) -> Decimal | None:
        """Return one of the descriptive means, such as `treated_before`."""
        return self.number(outcome, "descriptive", cell)

    def numbers(self, outcome: str) -> dict[str, Decimal | None]:
        """Return estimate, bounds, p-value and detection limit of what is reported."""
        row = self.main(outcome)
        found = {name: exact_or_none(row.get(name), 6) for name in NUMBERS}
        return found | {"before": self.mean(outcome, "treated_before")}

    def events(self) -> Rows:
        """Return effects by periods since the start."""
        return Rows([row for row in self.effects.records if row["aggregate"] == "event"])

    def headline(self) -> str:
        """Say what changed, as the grade allows."""
        unit = str(self.main(self.outcome).get("unit") or "")
        if self.is_causal and self.is_withheld:
            simple = self.number(self.outcome, "staggered_did", "simple")
            return withheld(self.outcome, simple, self.fact("cross_check"), unit)
        return headline(self.grade, self.outcome, self.numbers(self.outcome), unit)

    def shift(self) -> str:
        """Say where the time of a pull request went, as the grade allows."""
        hours = {stage: self.numbers(stage)["estimate"] for stage in STAGES}
        return shift(self.grade, hours, self.numbers("lead_hours")["estimate"])


def exact_or_none(value: Any, places: int = 6) -> Decimal | None:
    """Return a number of a relation exactly; None where it is not known."""
    return None if value is None or value != value else exact(value, places)

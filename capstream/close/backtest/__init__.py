"""A customer's own proof: a sample of what people did against what the ledger says they did."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from capstream.close.backtest.comparison import ComparedMonth, compared_months
from capstream.close.backtest.errors import DRAWS, GroupError, group_errors
from capstream.close.backtest.sample import SampleLine, person_problems, read_sample
from capstream.close.digests import file_sha256
from capstream.errors import InputError, UsageError, WarehouseError
from capstream.warehouse import connect, warehouse_path

__all__ = ["Backtest", "SampleLine", "backtest", "measures"]


@dataclass(frozen=True, slots=True)
class Backtest:
    """A sample against the ledger.

    Attributes:
        file_sha256: Hash of the sample's bytes.
        seed: Seed of the bootstrap.
        draw_count: Its draws.
        level: Column by which mixes are compared; None where the sample names treatments only.
        errors: Error and bias in all, by role class and by team.
        months: Every person-month, comparable or not.
    """

    file_sha256: str
    seed: int
    draw_count: int
    level: str | None
    errors: tuple[GroupError, ...]
    months: tuple[ComparedMonth, ...]

    @property
    def left_out(self) -> tuple[ComparedMonth, ...]:
        """Person-months that cannot be compared: no minute in the ledger, or nothing decided."""
        return tuple(month for month in self.months if not month.is_comparable)

    @property
    def month_keys(self) -> tuple[str, ...]:
        """The months that the sample speaks of."""
        return tuple(sorted({month.month_key for month in self.months}))


def backtest(company: Path, file: Path, *, seed: int = 1) -> Backtest:
    """Compare a sample with the ledger of a company's warehouse.

    Args:
        company: The company folder.
        file: The sample, CSV or Parquet, in the columns of `SampleLine`.
        seed: Seed of the bootstrap.

    Raises:
        InputError: Rows of the sample are wrong.
        UsageError: The file is no sample, or its months were never run.
        WarehouseError: The warehouse cannot be read.
    """
    sample = read_sample(file)
    with connect(warehouse_path(company), read_only=True) as connection:
        try:
            persons = connection.execute("select distinct person_id from company.people")
            problems = list(person_problems(sample, {str(row[0]) for row in persons.fetchall()}))
            if problems:
                raise InputError(problems)
            level, months = compared_months(connection, sample)
        except duckdb.Error as error:
            raise WarehouseError(
                f"the warehouse could not be asked ({error}): run the month again"
            ) from error
    if not any(month.minutes for month in months):
        raise UsageError(
            f"the ledger has no minute on the days of {file.name}: run a month that it speaks of"
        )
    return Backtest(
        file_sha256(file), seed, DRAWS, level, tuple(group_errors(months, seed=seed)), tuple(months)
    )


def measures(found: Backtest) -> dict[str, Any]:
    """Return what is kept of a back-test: groups, no person."""
    return {
        "sample_sha256": found.file_sha256,
        "months": list(found.month_keys),
        "level": found.level,
        "seed": found.seed,
        "draw_count": found.draw_count,
        "person_month_count": len(found.months),
        "left_out_count": len(found.left_out),
        "errors": [asdict(error) for error in found.errors],
    }

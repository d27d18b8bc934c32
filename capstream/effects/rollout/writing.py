"""The estimates of a month, written beside the marts that they were made from."""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa

from capstream.effects.rollout.design import Design, read_design
from capstream.effects.rollout.draws import draw_records
from capstream.effects.rollout.estimation import RolloutEstimates, estimate_rollout
from capstream.effects.rollout.measures import read_measures
from capstream.effects.rollout.rows import SEED
from capstream.types import Month
from capstream.warehouse.analysis_tables import ANALYSIS_TABLES, replace_month

_ACTIVE = """
    select
        adoption.team,
        months.month_index + 1 as month_number,
        coalesce(min(started.month_index) + 1, 0) as cohort,
        max(adoption.active_count) * 1.0 / max(adoption.person_count) as active_share
    from marts.fct_ai_adoption as adoption
    inner join company.months as months on adoption.month_key = months.month_key
    left join company.ai_rollouts as rollouts on adoption.team = rollouts.team
    left join company.months as started
        on rollouts.start_date between started.first_date and started.last_date
    group by adoption.team, months.month_index
    order by adoption.team, months.month_index
"""


def write_ai_effects(connection: duckdb.DuckDBPyConnection, month: Month) -> int:
    """Estimate what the AI tools changed, and write it to schema `analysis`.

    Called once a run after dbt; views of the marts and of the reports read the tables.

    Returns:
        Estimates written.
    """
    design = read_design(connection)
    active = connection.execute(_ACTIVE).df()
    found = estimate_rollout(read_measures(connection, design), design, active)
    key = str(month)
    _write(connection, "ai_effects", key, _effect_records(found, design))
    _write(connection, "ai_verdicts", key, [found.verdict.record(design)])
    _write(connection, "ai_draws", key, list(draw_records(found.theta_draws, seed=SEED)))
    return len(found.rows)


def _effect_records(found: RolloutEstimates, design: Design) -> list[dict[str, Any]]:
    return [
        row.record()
        | {
            "estimate_id": row.key,
            "grade": found.verdict.grade,
            "design_id": design.design_id,
            "row_number": number,
            "is_primary": row.outcome == design.outcome,
        }
        for number, row in enumerate(found.rows, start=1)
    ]


def _write(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    month_key: str,
    records: list[dict[str, Any]],
) -> None:
    rows = [{"month_key": month_key, **record} for record in records]
    replace_month(
        connection, name, month_key, pa.Table.from_pylist(rows, schema=ANALYSIS_TABLES[name])
    )

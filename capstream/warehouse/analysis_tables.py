"""Results of estimation and simulation: tables empty from the start, filled after the marts."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from capstream.warehouse.names import identifier

ANALYSIS = "analysis"

_FORECAST_HOURS = (
    "lead_hours_mean_now lead_hours_mean_after lead_hours_p50_now lead_hours_p85_now"
    " lead_hours_p95_now lead_hours_p50_after lead_hours_p85_after lead_hours_p95_after"
    " difference_low difference_high target_hours target_chance"
)


def _fields(arrow_type: pa.DataType, names: str) -> list[tuple[str, pa.DataType]]:
    return [(name, arrow_type) for name in names.split()]


_TEXT, _WHOLE, _FLOAT, _FLAG = pa.string(), pa.int64(), pa.float64(), pa.bool_()

ANALYSIS_TABLES: Mapping[str, pa.Schema] = {
    "ai_effects": pa.schema(
        [
            *_fields(
                _TEXT,
                "month_key estimate_id outcome unit estimator aggregate cohort period grade"
                " design_id note",
            ),
            *_fields(_WHOLE, "row_number event_time treated_count control_count"),
            *_fields(_FLOAT, "estimate std_error low high p_value p_value_adjusted mde"),
            *_fields(_FLAG, "is_primary is_thin"),
        ]
    ),
    "ai_draws": pa.schema(
        [
            ("month_key", _TEXT),
            ("draw_number", _WHOLE),
            *_fields(
                _FLOAT,
                "theta rate_lesser rate_greater share_lesser share_greater cost_lesser"
                " cost_greater",
            ),
        ]
    ),
    "ai_verdicts": pa.schema(
        [
            *_fields(
                _TEXT,
                "month_key grade grade_reason inference design_id outcome assignment period_type"
                " control first_period last_period pretest_note theta_note moved_teams"
                " contaminated_teams drift_note",
            ),
            *_fields(
                _WHOLE,
                "treated_count control_count cohort_count before_count after_count pretest_df"
                " thin_count draw_count seed anticipation_periods"
                " base_periods",
            ),
            *_fields(
                _FLOAT,
                "cross_check pretest_statistic pretest_p_value theta extra_output actual_output"
                " developer_weeks delivery_hours detectable_effect drift drift_p_value"
                " drift_detectable",
            ),
            *_fields(_FLAG, "is_disagreement is_sign_opposed is_recorded_before"),
            ("design_recorded_on", pa.date32()),
        ]
    ),
    "flow_forecasts": pa.schema(
        [
            ("value_stream_id", pa.string()),
            ("month_key", pa.string()),
            ("lever_summary", pa.string()),
            ("item_count", pa.int64()),
            ("draw_count", pa.int64()),
            ("seed", pa.int64()),
            *((name, pa.float64()) for name in _FORECAST_HOURS.split()),
        ]
    ),
}
"""Results by the month that was run.

ai_effects: one row per estimate of the AI tools' rollout.
ai_draws: draws of the relative effect and chance numbers beside it, where there is an interval.
ai_verdicts: one row: the evidence and what the return is counted with.
flow_forecasts: one row per value stream with finished items.
"""


def replace_month(
    connection: duckdb.DuckDBPyConnection, name: str, month_key: str, rows: pa.Table
) -> None:
    """Make a table of results hold exactly these rows of a month, whole or not at all.

    Args:
        connection: A writing connection.
        name: Table of `ANALYSIS_TABLES`.
        month_key: The month; rows of other months stay.
        rows: Rows with the columns of the table.
    """
    table = f"{ANALYSIS}.{identifier(name)}"
    connection.execute("begin")
    connection.register("result_rows", rows)
    try:
        connection.execute(f"delete from {table} where month_key = ?", [month_key])
        connection.execute(f"insert into {table} by name select * from result_rows")
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise
    finally:
        connection.unregister("result_rows")

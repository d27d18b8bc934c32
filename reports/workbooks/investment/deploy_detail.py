"""DeployDetail: every deployment to production of the month, with what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from reports.spec import Sheet, Table, Unit
from reports.workbooks.shared.columns import fact, filled, linked, text
from reports.workbooks.shared.facts import Facts, Rows

DEPLOYMENTS = "tbl_deployments"
_KNOWN = {True: "yes", False: "no"}


def deploy_detail(facts: Facts, index: str) -> Sheet:
    """Describe the sheet."""
    rows = facts.rows("rpt_investment__deployments").sorted_by(
        "service", "finished_at", "deployment_id"
    )
    columns = (
        linked("deployment", "Deployment", rows.texts("deployment_id"), rows.texts("url")),
        text("service", "Service", rows.texts("service")),
        text("environment", "Environment", rows.texts("environment")),
        text("stream", "Value stream", rows.texts("value_stream_id")),
        text("status", "Status", rows.texts("status"), width=11),
        text("started", "Started (UTC)", _times(rows, "started_at"), width=17),
        text("finished", "Finished (UTC)", _times(rows, "finished_at"), width=17),
        fact("commits", "Changes first shipped (commits)", Unit.COUNT,
             rows.integers("commit_count"), is_totalled=True),
        text("planned", "Planned?", _words(rows, "is_planned"), width=10),
        text("failed", "Failed?", _words(rows, "is_failed"), width=10),
        text("evidence", "Evidence of failure", rows.texts("failure_evidence"), width=18),
        fact("incidents", "Incidents (count)", Unit.COUNT, rows.integers("incident_count"),
             is_totalled=True),
        text("rework", "Rework?", _words(rows, "is_rework"), width=10),
        text("recovered", "Recovered (UTC)", _times(rows, "recovered_at"), width=17),
        fact("recovery", "Recovery (h)", Unit.HOURS, _hours(rows, "recovery_minutes")),
    )  # fmt: skip
    return Sheet(
        "DeployDetail",
        "Deployments",
        index,
        "Each deployment to production: when, what it shipped, whether it failed and recovered",
        (filled(Table(DEPLOYMENTS, columns, len(rows), total_label="Total", is_total_above=True)),),
        paper=8,
    )


def _times(rows: Rows, column: str) -> list[str]:
    """Write moments to the minute; ISO text sorts by time."""
    return [_moment(row[column]) for row in rows.records]


def _moment(value: Any) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) and value == value else ""


def _words(rows: Rows, column: str) -> list[str]:
    """Write yes, no, or nothing where it is unknown."""
    return [
        "" if row[column] is None or row[column] != row[column] else _KNOWN[bool(row[column])]
        for row in rows.records
    ]


def _hours(rows: Rows, column: str) -> list[Any]:
    minutes = rows.optional_amounts(column, 0)
    return [None if value is None else value / 60 for value in minutes]

"""Readiness: which share of each stream can be measured, and whether its map can be trusted."""

from __future__ import annotations

from reports.formulas import Here, Ratio
from reports.spec import Column, Prose, Sheet, Table, Unit
from reports.workbooks.shared.columns import calculated, fact, filled, text
from reports.workbooks.shared.facts import Facts

READINESS = "tbl_readiness"


def readiness(facts: Facts, index: str) -> Sheet:
    """Describe the sheet."""
    rows = facts.rows("rpt_investment__readiness").sorted_by("value_stream_id")

    def count(key: str, header: str, column: str) -> Column:
        return fact(key, f"{header} (count)", Unit.COUNT, rows.integers(column), is_totalled=True)

    def share(key: str, header: str, part: str, whole: str) -> Column:
        ratio = Ratio(Here(part), Here(whole))
        return calculated(key, f"{header} (%)", Unit.RATIO, ratio, total=ratio)

    columns = (
        text("stream", "Value stream", rows.texts("value_stream_id")),
        text("verdict", "The map is", rows.texts("verdict"), width=18),
        text("reason", "Because", rows.texts("reason"), width=44),
        count("finished", "Finished items", "finished_count"),
        count("history", "with status history", "with_history_count"),
        share("history_share", "History", "history", "finished"),
        count("code", "with linked code", "with_code_count"),
        share("code_share", "Code", "code", "finished"),
        count("deployed", "seen deployed", "with_deployment_count"),
        share("deployed_share", "Deployed", "deployed", "finished"),
        count("active", "with seen activity", "with_activity_count"),
        share("active_share", "Activity", "active", "finished"),
        count("deployments", "Deployments", "deployment_count"),
        count("incidents", "Incidents", "incident_count"),
        count("linked", "linked to a deployment", "linked_incident_count"),
        share("linked_share", "Linked", "linked", "incidents"),
    )
    note = (
        "Trusted: ten finished items or more, nine of ten with status history, half with linked"
        " code. A status without a place in workflow.yaml withholds a map."
    )
    return Sheet(
        "Readiness",
        "Readiness",
        index,
        "Linked code, status history, deployments and incidents: can each map be trusted?",
        (filled(Table(READINESS, columns, len(rows), total_label="Total")), Prose((note,))),
        paper=8,
    )

"""Tables that loads write: schema → table → Arrow columns; created empty where nothing loads.

Every row of a normalised table names the record it came from (`record_source`, `record_type`,
`record_key`), whose native text stands in `records` of the same schema. Lists are JSON text,
times are UTC without an offset.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

_TYPES: Mapping[str, pa.DataType] = {
    "text": pa.string(),
    "list": pa.string(),
    "integer": pa.int64(),
    "quantity": pa.decimal128(18, 4),
    "amount": pa.decimal128(28, 8),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "time": pa.timestamp("us"),
}


def _columns(*groups: str) -> pa.Schema:
    """Read groups written `type: name name …` into Arrow fields, in order."""
    fields: list[pa.Field] = []
    for group in groups:
        kind, _, names = group.partition(":")
        fields += [pa.field(name, _TYPES[kind.strip()]) for name in names.split()]
    return pa.schema(fields)


_ORIGIN = "text: record_source record_type record_key"

NEUTRAL_TABLES: Mapping[str, pa.Schema] = {
    "work_items": _columns(
        "text: source work_item_key item_type title status status_category parent_key "
        "project_key epic_key",
        "list: components labels fix_versions",
        "text: priority assignee reporter resolution",
        "quantity: estimate_points",
        "integer: estimate_seconds",
        "time: created_at resolved_at updated_at",
        "text: url fields",
        "boolean: is_deleted has_history",
        _ORIGIN,
    ),
    "work_item_changes": _columns(
        "text: source work_item_key change_id",
        "time: changed_at",
        "text: author field from_value to_value",
        _ORIGIN,
    ),
    "worklogs": _columns(
        "text: source worklog_id work_item_key author",
        "time: started_at",
        "integer: seconds",
        "time: created_at",
        _ORIGIN,
    ),
    "comments": _columns(
        "text: source comment_id work_item_key repository",
        "integer: number",
        "text: author",
        "time: created_at",
        _ORIGIN,
    ),
    "pull_requests": _columns(
        "text: source repository",
        "integer: number",
        "text: title body author state",
        "boolean: is_draft",
        "text: head_ref head_sha base_ref",
        "time: created_at ready_at merged_at",
        "text: merged_by",
        "time: closed_at",
        "text: merge_commit_sha",
        "integer: additions deletions changed_files",
        "list: labels work_item_keys",
        _ORIGIN,
    ),
    "reviews": _columns(
        "text: source repository",
        "integer: number",
        "text: review_id reviewer state",
        "time: submitted_at",
        _ORIGIN,
    ),
    "pull_request_commits": _columns(
        "text: source repository", "integer: number", "text: sha", _ORIGIN
    ),
    "commits": _columns(
        "text: source repository sha author",
        "time: authored_at",
        "text: committer",
        "time: committed_at",
        "text: message",
        "list: parents",
        "integer: additions deletions files",
        "text: author_name committer_name",
        _ORIGIN,
    ),
    "commit_files": _columns(
        "text: source repository sha path", "integer: insertions deletions", _ORIGIN
    ),
    "tags": _columns("text: source repository tag sha", "time: tagged_at", _ORIGIN),
    "deployments": _columns(
        "text: source deployment_id service repository environment sha ref actor",
        "time: started_at finished_at",
        "text: status",
        "boolean: is_planned",
        "text: url",
        _ORIGIN,
    ),
    "deployment_commits": _columns("text: source deployment_id sha", _ORIGIN),
    "incidents": _columns(
        "text: source incident_id service severity",
        "time: created_at acknowledged_at resolved_at",
        "text: deployment_id work_item_key url",
        _ORIGIN,
    ),
    "actors": _columns("text: source account kind display_name email", _ORIGIN),
    "ai_seats": _columns(
        "text: source",
        "date: date",
        "text: account tool plan",
        "date: assigned_from",
        "time: last_activity_at",
        _ORIGIN,
    ),
    "ai_usage": _columns(
        "text: source",
        "date: date",
        "text: account tool model surface",
        "integer: interactions acceptances lines_added sessions tokens_in tokens_out",
        "amount: estimated_amount",
        "text: currency",
        _ORIGIN,
    ),
    "ai_costs": _columns(
        "text: source cost_line_id month vendor tool entity sku",
        "amount: quantity gross_amount discount_amount net_amount",
        "text: currency cost_center account work_item_key charge_type price_basis",
        _ORIGIN,
    ),
    "ai_evidence": _columns(
        "text: source repository sha",
        "integer: number",
        "text: rule_id evidence_class tool model confidence",
        "integer: lines",
        _ORIGIN,
    ),
}
"""The neutral tables: contract sections 4 (AI) and 6, with the link to the native record."""

RECORDS = _columns(
    "text: source record_type record_key",
    "time: updated_at",
    "text: origin",
    "time: fetched_at",
    "text: record_hash payload",
    "boolean: is_deleted",
)
"""One native record, the newest version of its key.

`origin` is `file:line`, or the request that was answered with it; `fetched_at` is when.
"""

_REJECTION = _columns(
    "text: source kind record_type record_key origin column_name reason remedy",
    "quantity: volume",
    "text: volume_unit",
)

OPS_TABLES: Mapping[str, pa.Schema] = {
    "source_loads": _columns(
        "text: source kind record_type",
        "integer: delivered_count accepted_count superseded_count rejected_count missing_count",
        "time: watermark_at",
        "text: content_hash",
    ),
    "source_files": _columns(
        "text: source kind file content_hash settings_hash", "integer: byte_count"
    ),
    "source_rows": _columns("text: source kind table_name", "integer: row_count"),
    "rejected_records": _REJECTION,
    "source_failures": _columns("text: source kind message"),
    "source_notices": _columns(
        "text: source kind notice_code record_type record_key origin message remedy",
        "quantity: volume",
        "text: volume_unit",
    ),
    "first_deployments": _columns(
        "text: service sha source deployment_id", "boolean: is_listed is_first_recorded"
    ),
}
"""What the loads say of themselves.

source_loads: one row per source and record type; delivered = accepted + superseded + rejected.
source_files: the cursor of a files load, one row per file of the last good load.
source_rows: rows of each normalised table after the last good load.
rejected_records: what was quarantined, with its volume (seconds, lines, records).
source_failures: sources whose last load failed in an outside system; the last good load stands.
source_notices: what was taken with a reservation: cut-off histories, missing records.
first_deployments: the first production release of a service that contains a commit, written by
    the walk over the commit graph after all loads.
"""

_FORGE = (
    "work_items", "work_item_changes", "comments", "pull_requests", "reviews",
    "pull_request_commits", "commits", "deployments", "ai_evidence", "actors",
)  # fmt: skip
_AI = ("ai_seats", "ai_usage", "ai_costs", "actors")

KIND_TABLES: Mapping[str, tuple[str, ...]] = {
    "jira": ("work_items", "work_item_changes", "worklogs", "comments", "actors"),
    "github": _FORGE,
    "gitlab": (*_FORGE, "worklogs"),
    "linear": ("work_items", "work_item_changes", "comments", "actors"),
    "azure_devops": (*_FORGE, "tags"),
    "git": ("commits", "commit_files", "tags", "deployments", "ai_evidence", "actors"),
    "pagerduty": ("incidents", "actors"),
    "opsgenie": ("incidents", "actors"),
    "copilot": _AI,
    "cursor": _AI,
    "claude_code": _AI,
    "openai": _AI,
    "codex": _AI,
    "tables": tuple(name for name in NEUTRAL_TABLES if not name.startswith("ai_")),
}
"""The neutral tables that each kind of source fills."""

RAW = "raw"
"""The schema of native records and neutral tables: one for all sources, told apart by name."""

RAW_TABLES: Mapping[str, Mapping[str, pa.Schema]] = {
    RAW: {"records": RECORDS, **NEUTRAL_TABLES},
    "ops": OPS_TABLES,
}

"""The neutral tables of the contract, section 6: what is required, which words are allowed."""

from __future__ import annotations

from collections.abc import Mapping

from capstream.warehouse.raw_tables import KIND_TABLES, NEUTRAL_TABLES

TABLES = KIND_TABLES["tables"]
"""The neutral tables that a company may hand over; AI tables are inputs of their own."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "work_items": ("work_item_key",),
    "work_item_changes": ("change_id",),
    "worklogs": ("worklog_id",),
    "comments": ("comment_id",),
    "pull_requests": ("repository", "number"),
    "reviews": ("review_id",),
    "pull_request_commits": ("repository", "number", "sha"),
    "commits": ("repository", "sha"),
    "commit_files": ("repository", "sha", "path"),
    "tags": ("repository", "tag"),
    "deployments": ("deployment_id",),
    "deployment_commits": ("deployment_id", "sha"),
    "incidents": ("incident_id",),
    "actors": ("account",),
}
"""Columns that name a row within its source."""

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "work_items": ("work_item_key", "item_type", "status", "created_at"),
    "work_item_changes": ("work_item_key", "change_id", "changed_at", "field"),
    "worklogs": ("worklog_id", "work_item_key", "author", "started_at", "seconds"),
    "comments": ("comment_id", "author", "created_at"),
    "pull_requests": ("repository", "number", "state", "created_at"),
    "reviews": ("repository", "number", "review_id", "state", "submitted_at"),
    "pull_request_commits": ("repository", "number", "sha"),
    "commits": ("repository", "sha", "author", "authored_at", "committed_at"),
    "commit_files": ("repository", "sha", "path"),
    "tags": ("repository", "tag", "sha"),
    "deployments": ("deployment_id", "service", "environment", "finished_at", "status"),
    "deployment_commits": ("deployment_id", "sha"),
    "incidents": ("incident_id", "created_at"),
    "actors": ("account",),
}
"""Columns that may not be empty; an empty `source` is the configured one."""

WORDS: Mapping[tuple[str, str], frozenset[str]] = {
    ("work_items", "status_category"): frozenset({"todo", "in_progress", "done"}),
    ("work_item_changes", "field"): frozenset(
        {
            "status", "assignee", "item_type", "parent_key", "epic_key", "labels", "components",
            "fix_versions", "project_key", "resolution", "other",
        }
    ),
    ("pull_requests", "state"): frozenset({"open", "merged", "closed"}),
    ("reviews", "state"): frozenset(
        {"approved", "changes_requested", "commented", "dismissed"}
    ),
    ("deployments", "status"): frozenset({"success", "failure", "rollback"}),
    ("actors", "kind"): frozenset({"human", "bot", "agent"}),
}  # fmt: skip
"""Columns with a fixed choice of words."""

LISTS = frozenset({"components", "labels", "fix_versions", "parents", "work_item_keys"})
"""List columns: `;`-separated in CSV, JSON text or native lists in Parquet."""

CHANGED_LISTS = frozenset({"labels", "components", "fix_versions"})
"""Values of `field` in `work_item_changes` whose values are lists."""

MOMENTS: Mapping[str, str] = {
    "work_items": "updated_at",
    "work_item_changes": "changed_at",
    "worklogs": "started_at",
    "comments": "created_at",
    "pull_requests": "merged_at",
    "reviews": "submitted_at",
    "commits": "committed_at",
    "tags": "tagged_at",
    "deployments": "finished_at",
    "incidents": "created_at",
}
"""The time that places a record: of two versions of a key the later holds."""

OWN_COLUMNS = frozenset({"record_source", "record_type", "record_key", "is_deleted", "has_history"})
"""Columns that the load fills itself."""


def contract_columns(table: str) -> list[str]:
    """Return the columns that a table may have."""
    return [name for name in NEUTRAL_TABLES[table].names if name not in OWN_COLUMNS]

"""Names of relations: which schema holds which, and which text may stand in a statement."""

from __future__ import annotations

import re

from capstream.errors import UsageError

_IDENTIFIER = re.compile(r"[a-z_][a-z0-9_]{0,62}")

SCHEMA_BY_PREFIX = {
    "stg": "staging",
    "inp": "input",
    "int": "intermediate",
    "dim": "marts",
    "fct": "marts",
    "rpt": "reporting",
}

NEUTRAL_TABLES = frozenset(
    {
        "work_items", "work_item_changes", "worklogs", "comments", "pull_requests", "reviews",
        "pull_request_commits", "commits", "deployments", "deployment_commits", "incidents",
    }
)  # fmt: skip


def identifier(text: str) -> str:
    """Return the name unchanged when it is safe to stand in a statement.

    Raises:
        UsageError: The text is not a plain lower-case name.
    """
    if not _IDENTIFIER.fullmatch(text):
        raise UsageError(f"{text!r} is not the name of a relation: write a name like fct_checks")
    return text


def qualified_name(relation: str) -> str:
    """Return `schema.relation` for a relation, a neutral table or an already qualified name.

    Raises:
        UsageError: The name is malformed or its prefix belongs to no layer.
    """
    if "." in relation:
        schema, _, name = relation.partition(".")
        return f"{identifier(schema)}.{identifier(name)}"
    name = f"inp_{relation}" if relation in NEUTRAL_TABLES else identifier(relation)
    schema = SCHEMA_BY_PREFIX.get(name.partition("_")[0], "")
    if not schema:
        raise UsageError(
            f"relation {relation!r} is unknown: name one of the marts (fct_checks) or a neutral "
            "table (work_items)"
        )
    return f"{schema}.{name}"

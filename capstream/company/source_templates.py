"""The entries of `sources:` that a new company folder gets, by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

# What `mode: api` needs, by kind.
_ASKED: Mapping[str, str] = MappingProxyType(
    {
        "jira": "url: https://example.atlassian.net, user_env: JIRA_USER, token_env: JIRA_TOKEN",
        "github": "organization: example, token_env: GITHUB_TOKEN, deployments: status_events",
        "gitlab": "group: example, token_env: GITLAB_TOKEN",
        "linear": "token_env: LINEAR_TOKEN",
        "azure_devops": "organization: example, token_env: AZURE_DEVOPS_TOKEN",
        "pagerduty": "token_env: PAGERDUTY_TOKEN",
        "opsgenie": "token_env: OPSGENIE_TOKEN",
        "copilot": "organization: example, token_env: GITHUB_TOKEN",
        "cursor": "token_env: CURSOR_TOKEN",
        "claude_code": "token_env: ANTHROPIC_ADMIN_TOKEN",
        "openai": "token_env: OPENAI_ADMIN_TOKEN",
        "codex": "workspace: example, token_env: CODEX_TOKEN",
    }
)
# Kinds that are never asked over the network: an entry, and another way to write it.
_READ: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "git": (
            'name: git, kind: git, mode: files, path: "sources/git/*.parquet"',
            "name: git, kind: git, path: sources/git/app.git",
        ),
        "tables": (
            "name: tables, kind: tables, path: sources/tables",
            "name: other, kind: tables, path: sources/other",
        ),
    }
)
SOURCE_KINDS = (*_ASKED, *_READ)
_SHOWN = ("jira", "github", "git", "tables")


def source_entries(kinds: Sequence[str]) -> str:
    """Return the lines below `sources:`: live ones of the kinds asked for, the others commented."""
    lines = []
    for kind in dict.fromkeys(kinds):
        live, other = _entries(kind)
        lines += [f"  - {{{live}}}", f"  # - {{{other}}}"]
    for kind in _SHOWN:
        if kind not in kinds:
            lines += [f"  # - {{{entry}}}" for entry in _entries(kind)]
    return "\n".join(lines)


def _entries(kind: str) -> tuple[str, str]:
    if kind in _READ:
        return _READ[kind]
    zone = ", timezone: UTC" if kind == "jira" else ""
    return (
        f'name: {kind}, kind: {kind}, mode: files, path: "sources/{kind}/*.jsonl*"{zone}',
        f"name: {kind}, kind: {kind}, mode: api, {_ASKED[kind]}",
    )

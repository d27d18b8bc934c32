"""The kinds of sources, and what each brings; known without reading any company."""

from collections.abc import Mapping
from types import MappingProxyType

SOURCE_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "jira": "Work items, their histories and worklogs of Jira.",
        "github": "Issues, pull requests, reviews and deployments of GitHub.",
        "gitlab": "Issues, merge requests and deployments of GitLab.",
        "linear": "Issues and their histories of Linear.",
        "azure_devops": "Work items, pull requests and releases of Azure DevOps.",
        "git": "Commits, changed files and tags of git.",
        "pagerduty": "Incidents of PagerDuty.",
        "opsgenie": "Incidents of Opsgenie.",
        "copilot": "Seats, usage and cost of GitHub Copilot.",
        "cursor": "Usage and spend of Cursor.",
        "claude_code": "Usage and cost of Claude Code.",
        "openai": "Usage and cost of the OpenAI API.",
        "codex": "Usage of Codex.",
        "tables": "Neutral tables of every other system.",
    }
)


def asset_name(kind: str) -> str:
    """Return the asset, and the op, that loads a kind."""
    return f"raw_{kind}"


SOURCE_ASSETS = frozenset(asset_name(kind) for kind in SOURCE_KINDS)

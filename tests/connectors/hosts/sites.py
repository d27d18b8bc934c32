"""Every kind of source that can be asked: its site, and the entry that asks it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.connectors.hosts import ai_sites as ai
from tests.connectors.hosts.azure_site import azure_site
from tests.connectors.hosts.github_site import github_site
from tests.connectors.hosts.gitlab_site import gitlab_site
from tests.connectors.hosts.incident_sites import opsgenie_site, pagerduty_site
from tests.connectors.hosts.jira_site import jira_site
from tests.connectors.hosts.linear_site import linear_site


@dataclass(frozen=True)
class Asking:
    """A site and its entry of `sources`, the address left out.

    Attributes:
        site: Builds the site.
        entry: The entry.
        slices: Days on which the source is loaded before the last time.
        snapshots: Tables that hold what was seen on the day of a load, by the column of the day.
        is_open: Some of its addresses are signed and need no token.
    """

    site: Callable[[], Any]
    entry: Mapping[str, Any]
    slices: tuple[str, ...] = ("2026-04-15", "2026-06-01")
    snapshots: Mapping[str, str] = field(default_factory=dict)
    is_open: bool = False


def _daily(site: type[ai.DailySite], kind: str, **more: Any) -> Asking:
    keys = more.pop("keys", {})
    entry = {"kind": kind, "since": str(ai.FIRST), **keys}
    return Asking(lambda: ai.filled(site()), entry, ("2026-10-26", "2026-10-28"), **more)


_SEATS = {"ai_seats": "date"}
ASKED: Mapping[str, Asking] = {
    "github": Asking(github_site, {"kind": "github", "organization": "example"}),
    "jira_cloud": Asking(jira_site, {"kind": "jira"}),
    "jira_data_center": Asking(jira_site, {"kind": "jira", "edition": "data_center"}),
    "gitlab": Asking(gitlab_site, {"kind": "gitlab", "group": "example"}),
    "linear": Asking(linear_site, {"kind": "linear"}),
    "azure_devops": Asking(
        azure_site, {"kind": "azure_devops", "organization": "example", "projects": ["Shop"]}
    ),
    "pagerduty": Asking(pagerduty_site, {"kind": "pagerduty"}),
    "opsgenie": Asking(opsgenie_site, {"kind": "opsgenie"}),
    "copilot": _daily(ai.CopilotSite, "copilot", keys={"organization": "example"},
                      snapshots=_SEATS, is_open=True),
    "cursor": _daily(ai.CursorSite, "cursor", snapshots=_SEATS),
    "claude_code": _daily(ai.ClaudeSite, "claude_code"),
    "openai": _daily(ai.OpenaiSite, "openai"),
    "codex": _daily(ai.CodexSite, "codex", keys={"workspace": "w"}),
}  # fmt: skip

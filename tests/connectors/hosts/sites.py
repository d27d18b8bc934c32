"""Every kind of source that can be asked: its site, and the entry that asks it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.connectors.hosts.github_site import github_site
from tests.connectors.hosts.jira_site import jira_site


@dataclass(frozen=True)
class Asking:
    """A site and its entry of `sources`, the address left out."""

    site: Callable[[], Any]
    entry: Mapping[str, Any]
    has_total: bool = False


ASKED: Mapping[str, Asking] = {
    "github": Asking(github_site, {"kind": "github", "organization": "example"}, has_total=True),
    "jira_cloud": Asking(jira_site, {"kind": "jira"}),
    "jira_data_center": Asking(
        jira_site, {"kind": "jira", "edition": "data_center"}, has_total=True
    ),
}

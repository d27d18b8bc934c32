"""Worklogs of Jira Cloud in bulk: a thousand a question, where a search shows twenty an issue.

`worklog/updated` lists the numbers of all worklogs of the site since a moment, `worklog/list`
tells what they are. An issue with few worklogs needs neither, and few cut issues are asked alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from capstream.connectors.api.asking import Api
from capstream.connectors.api.paging import by_json_link, groups
from capstream.connectors.jira.completing import is_cut

AT_ONCE = 1_000
FEW = 20
"""So many cut issues are asked one by one."""


@dataclass(slots=True)
class Worklogs:
    """All worklogs of a site, asked for when the first step needs them.

    Attributes:
        api: The site.
    """

    api: Api
    _by_issue: dict[str, list[str]] | None = field(default=None)

    def completed(self, issues: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Return issues with the worklogs that the search cut off, where many were cut.

        What the bulk answers do not hold, such as those of the last minute, is left to be asked
        for issue by issue.

        Raises:
            SourceError: The host failed.
        """
        cut = [issue for issue in issues if _is_cut(issue)]
        if len(cut) <= FEW:
            return list(issues)
        held = self._all(min(str(issue["fields"]["created"]) for issue in cut))
        return [self._whole(issue, held) if _is_cut(issue) else issue for issue in issues]

    def _whole(self, issue: Mapping[str, Any], held: Mapping[str, list[str]]) -> Mapping[str, Any]:
        found = [json.loads(text) for text in held.get(str(issue["id"]), [])]
        embedded = issue["fields"]["worklog"]
        if len(found) < (embedded.get("total") or 0):
            return issue
        worklog = {**embedded, "total": len(found), "worklogs": found}
        return {**issue, "fields": {**issue["fields"], "worklog": worklog}}

    def _all(self, created: str) -> Mapping[str, list[str]]:
        if self._by_issue is None:
            self._by_issue = {}
            since = int(datetime.fromisoformat(created).astimezone(UTC).timestamp() * 1000)
            for ids in groups(self._numbers(since), AT_ONCE):
                answer = self.api.one("rest/api/3/worklog/list", body={"ids": ids})
                for worklog in answer.items:
                    text = json.dumps(worklog, ensure_ascii=False, separators=(",", ":"))
                    self._by_issue.setdefault(str(worklog["issueId"]), []).append(text)
        return self._by_issue

    def _numbers(self, since: int) -> Iterator[int]:
        pages = self.api.pages(
            "rest/api/3/worklog/updated", items="values", params={"since": since},
            paginator=by_json_link("nextPage"),
        )  # fmt: skip
        seen: set[int] = set()
        for page in pages:
            fresh = [each["worklogId"] for each in page.items if each["worklogId"] not in seen]
            seen |= set(fresh)
            yield from fresh


def _is_cut(issue: Mapping[str, Any]) -> bool:
    embedded = (issue.get("fields") or {}).get("worklog")
    return isinstance(embedded, dict) and is_cut(embedded, "worklogs")

"""What belongs to many records of a project, in one question of GitLab's GraphQL.

The limit of complexity is 250 for a token; a list costs its fields once more for every hundred
entries, discussions for every twenty (`Types::BaseField` and the resolvers of GitLab).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from capstream.connectors.api.asking import Answer, Api

RECORDS = 40
"""Records a question: with fifty discussions each it stays far below the host's time limit."""

_PAGE = "pageInfo { hasNextPage endCursor }"
_NOTE = "id body system createdAt author { username name bot }"
_COMMIT = """sha message authorName authorEmail authoredDate
  committerName committerEmail committedDate"""
_UNKNOWN = ("doesn't exist on type", "doesn't accept argument", "exceeds max complexity",
            "isn't a defined input type", "No such type")  # fmt: skip
"""What the host says of a question that this version of it does not know."""


@dataclass(frozen=True, slots=True)
class Inner:
    """A list inside a record.

    Attributes:
        name: Its name.
        asked: The list with `$after`, as it is asked for.
    """

    name: str
    asked: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the records of one list.

    Attributes:
        field: Name of the list in GraphQL.
        inner: Lists inside a record.
        opening: What stands before the inner lists.
        closing: What stands behind them.
    """

    field: str
    inner: tuple[Inner, ...]
    opening: str = ""
    closing: str = ""

    def text(self, *inner: Inner) -> str:
        """Return the question for some of the lists inside."""
        lists = " ".join(each.asked for each in inner)
        return (
            "query($path: ID!, $iids: [String!], $after: String) { project(fullPath: $path) { "
            f"{self.field}(iids: $iids, first: {RECORDS}) {{ nodes {{ iid "
            f"{self.opening}{lists}{self.closing} }} }} }} }}"
        )


MERGE_REQUESTS = Question(
    "mergeRequests",
    (
        Inner("notes", f"notes(first: 100, after: $after) {{ {_PAGE} nodes {{ {_NOTE} }} }}"),
        Inner("commits", f"commits(first: 100, after: $after) {{ {_PAGE} nodes {{ {_COMMIT} }} }}"),
    ),
)
ISSUES = Question(
    "workItems",
    (
        Inner(
            "discussions",
            f"discussions(first: 50, after: $after) {{ {_PAGE} nodes {{ "
            f"notes {{ pageInfo {{ hasNextPage }} nodes {{ {_NOTE} }} }} }} }}",
        ),
    ),
    "widgets(onlyTypes: [NOTES]) { ... on WorkItemWidgetNotes { ",
    " } }",
)


@dataclass(slots=True)
class Bundles:
    """Asks for what belongs to the records of one list of a project.

    Attributes:
        api: The host.
        path: Full path of the project.
        question: What is asked.
        is_known: The host knows the question; an older one may not.
    """

    api: Api
    path: str
    question: Question
    is_known: bool = True

    def lists(self, numbers: Sequence[str]) -> dict[str, dict[str, list[Any]]]:
        """Return the lists of records by their number.

        A record that an answer lacks is asked for once more, then left out.

        Raises:
            SourceError: The host refuses, or names the same page again.
        """
        whole = self.question.text(*self.question.inner)
        found: dict[str, dict[str, list[Any]]] = {}
        for _ in range(2):
            missing = [number for number in numbers if number not in found]
            if not missing or not self.is_known:
                break
            for node in self._nodes(self._asked(whole, missing, None)):
                if all(_held(node, inner.name) for inner in self.question.inner):
                    found[str(node["iid"])] = self._whole(node)
        return found

    def _whole(self, node: Mapping[str, Any]) -> dict[str, list[Any]]:
        """Return the lists of a record to their end."""
        return {
            inner.name: [entry for page in self._pages(node, inner) for entry in page["nodes"]]
            for inner in self.question.inner
        }

    def _pages(self, node: Mapping[str, Any], inner: Inner) -> Iterator[Mapping[str, Any]]:
        page, text = _held(node, inner.name), self.question.text(inner)
        yield page
        while page["pageInfo"]["hasNextPage"]:
            after = page["pageInfo"]["endCursor"]
            answer = self._asked(text, [str(node["iid"])], after)
            rest = self._nodes(answer)
            page = _held(rest[0], inner.name) if rest else None
            if page is None or page["pageInfo"]["endCursor"] == after:
                message = f"{inner.name} of {node['iid']} do not go on behind {after}"
                raise self.api.failure(answer, message, "run the command again: it resumes")
            yield page

    def _asked(self, text: str, numbers: Sequence[str], after: str | None) -> Answer:
        variables = {"path": self.path, "iids": list(numbers), "after": after}
        return self.api.one("api/graphql", body={"query": text, "variables": variables})

    def _nodes(self, answer: Answer) -> list[Any]:
        """Return the records of an answer; none where the host does not know the question."""
        self.is_known = self.is_known and not _is_unknown(answer)
        if not self.is_known:
            return []
        self.api.require_good(answer)
        project = (answer.body.get("data") or {}).get("project") or {}
        return list((project.get(self.question.field) or {}).get("nodes") or ())


def _held(node: Mapping[str, Any], name: str) -> Any:
    """Return a list of a record, which may stand in one of its widgets; None where it is gone."""
    widgets = node.get("widgets") or ()
    return next((each[name] for each in (node, *widgets) if each.get(name)), None)


def _is_unknown(answer: Answer) -> bool:
    errors = answer.body.get("errors") if isinstance(answer.body, dict) else None
    said = [str(each.get("message")) for each in errors or () if isinstance(each, dict)]
    return any(word in message for message in said for word in _UNKNOWN)

"""What is asked of GitHub's GraphQL: each list of a repository as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

_ACTOR = "author { __typename login }"
_PAGE_INFO = "totalCount pageInfo { hasNextPage endCursor }"
_COMMIT = """commit { oid message authoredDate committedDate
  author { name email } committer { name email } parents(first: 10) { nodes { oid } } }"""
_REVIEW = f"""databaseId state submittedAt {_ACTOR}
  comments(first: 30) {{ {_PAGE_INFO} nodes {{ databaseId createdAt {_ACTOR} }} }}"""
_TURN = """__typename ... on Node { id }
  ... on ReadyForReviewEvent { createdAt actor { __typename login } }"""
_CHANGE = """__typename ... on Node { id }
  ... on ClosedEvent { createdAt actor { __typename login } stateReason }
  ... on ReopenedEvent { createdAt actor { __typename login } }
  ... on AssignedEvent { createdAt actor { __typename login }
    assignee { __typename ... on Actor { login } } }
  ... on UnassignedEvent { createdAt actor { __typename login }
    assignee { __typename ... on Actor { login } } }
  ... on LabeledEvent { createdAt actor { __typename login } label { name } }
  ... on UnlabeledEvent { createdAt actor { __typename login } label { name } }
  ... on MilestonedEvent { createdAt actor { __typename login } milestoneTitle }
  ... on DemilestonedEvent { createdAt actor { __typename login } milestoneTitle }
  ... on RenamedTitleEvent { createdAt actor { __typename login } }
  ... on TransferredEvent { createdAt actor { __typename login } }"""
_TURNS = "itemTypes: [READY_FOR_REVIEW_EVENT]"
_CHANGES = """itemTypes: [CLOSED_EVENT, REOPENED_EVENT, ASSIGNED_EVENT, UNASSIGNED_EVENT,
  LABELED_EVENT, UNLABELED_EVENT, MILESTONED_EVENT, DEMILESTONED_EVENT, RENAMED_TITLE_EVENT,
  TRANSFERRED_EVENT]"""


@dataclass(frozen=True, slots=True)
class Inner:
    """A list inside a record: short lists come along, the rest is fetched.

    Attributes:
        field: Its name.
        first: Entries that come along.
        arguments: Further arguments.
        entry: What is asked of an entry.
    """

    field: str
    first: int
    entry: str
    arguments: str = ""

    def asked(self, first: str, after: str = "") -> str:
        """Return the list as it is asked for."""
        given = ", ".join(each for each in (f"first: {first}", after, self.arguments) if each)
        return f"{self.field}({given}) {{ {_PAGE_INFO} nodes {{ {self.entry} }} }}"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of a repository.

    Attributes:
        name: Name of the stream, and `type` of its records.
        field: Its name in GraphQL.
        typename: Type of a record.
        page: Records a page.
        record: What is asked of a record besides its lists.
        stamp: Time that orders the list.
        inner: Lists inside a record.
        arguments: Arguments of the list; `$direction` orders it.
        overlap: How far back an increment reads again.
    """

    name: str
    field: str
    typename: str
    page: int
    record: str
    stamp: str
    arguments: str
    inner: tuple[Inner, ...] = ()
    overlap: timedelta = timedelta(minutes=5)

    def query(self) -> str:
        """Return the question for a page."""
        return (
            "query($owner: String!, $name: String!, $first: Int!, $after: String, "
            "$direction: OrderDirection!) { rateLimit { remaining resetAt cost } "
            f"repository(owner: $owner, name: $name) {{ {self.field}(first: $first, after: $after, "
            f"{self.arguments}) {{ {_PAGE_INFO} nodes {{ {self._entry()} }} }} }} }}"
        )

    def nodes_query(self) -> str:
        """Return the question for records by their ids."""
        return (
            "query($ids: [ID!]!) { rateLimit { remaining resetAt cost } nodes(ids: $ids) { "
            f"... on {self.typename} {{ {self._entry()} }} }} }}"
        )

    def rest_query(self, inner: Inner) -> str:
        """Return the question for the rest of a list inside a record."""
        asked = inner.asked("100", "after: $after")
        return (
            "query($id: ID!, $after: String) { node(id: $id) { "
            f"... on {self.typename} {{ {asked} }} }} }}"
        )

    def _entry(self) -> str:
        inner = " ".join(each.asked(str(each.first)) for each in self.inner)
        return f"id {self.record} {inner}"


PULLS = Listing(
    name="pull", field="pullRequests", typename="PullRequest", page=40, stamp="updatedAt",
    arguments="orderBy: {field: UPDATED_AT, direction: $direction}",
    record="""number title body url state isDraft createdAt updatedAt closedAt mergedAt additions
      deletions changedFiles headRefName headRefOid baseRefName mergeCommit { oid }
      author { __typename login } mergedBy { __typename login }
      labels(first: 50) { nodes { name } }""",
    inner=(
        Inner("commits", 60, _COMMIT),
        Inner("reviews", 40, _REVIEW),
        Inner("comments", 40, f"databaseId createdAt {_ACTOR}"),
        Inner("timelineItems", 10, _TURN, _TURNS),
    ),
)  # fmt: skip
ISSUES = Listing(
    name="issue", field="issues", typename="Issue", page=100, stamp="updatedAt",
    arguments="orderBy: {field: UPDATED_AT, direction: $direction}",
    record="""number title url state stateReason createdAt updatedAt closedAt
      issueType { name } author { __typename login } milestone { title }
      assignees(first: 10) { nodes { __typename login } } labels(first: 50) { nodes { name } }""",
    inner=(
        Inner("timelineItems", 50, _CHANGE, _CHANGES),
        Inner("comments", 40, f"databaseId createdAt {_ACTOR}"),
    ),
)  # fmt: skip
DEPLOYMENTS = Listing(
    name="deployment", field="deployments", typename="Deployment", page=80, stamp="createdAt",
    arguments="orderBy: {field: CREATED_AT, direction: $direction}",
    record="""databaseId environment task payload commitOid createdAt updatedAt
      ref { name } creator { __typename login }""",
    inner=(
        Inner("statuses", 20, "state createdAt logUrl environmentUrl creator { __typename login }"),
    ),
    overlap=timedelta(days=14),
)  # fmt: skip
RELEASES = Listing(
    name="release", field="releases", typename="Release", page=100, stamp="createdAt",
    arguments="orderBy: {field: CREATED_AT, direction: $direction}",
    record="""databaseId tagName isDraft isPrerelease createdAt publishedAt url
      author { __typename login } tagCommit { oid }""",
    overlap=timedelta(days=14),
)  # fmt: skip
TAGS = Listing(
    name="tag", field="refs", typename="Ref", page=100, stamp="",
    arguments='refPrefix: "refs/tags/", orderBy: {field: TAG_COMMIT_DATE, direction: $direction}',
    record="""name target { __typename oid
      ... on Commit { committedDate }
      ... on Tag { tagger { date } target { __typename oid ... on Commit { committedDate } } } }""",
)  # fmt: skip
STAND_INS: Mapping[str, Listing] = MappingProxyType(
    {"status_events": DEPLOYMENTS, "releases": RELEASES, "tags": TAGS}
)

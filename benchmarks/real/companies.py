"""The two companies: their records, value streams and workflows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.real.activities import (
    Activity,
    commit_addresses,
    commits,
    github_records,
    jira_issues,
)


@dataclass(frozen=True, slots=True)
class RealCompany:
    """A company around public records.

    Attributes:
        sources: Entries of `sources` with `{data}` where the records are.
        activities: Reads who did what from the folder of the records.
        addresses: Reads which login stands behind an author's address.
    """

    name: str
    title: str
    component_id: str
    component_stream: str
    sources: str
    value_streams: str
    workflow: str
    activities: Callable[[Path], list[Activity]]
    addresses: Callable[[Path], dict[str, str]] = field(default=lambda _: {})


def _arrow_activities(data: Path) -> list[Activity]:
    return [*jira_issues(data / "jira_issues.jsonl.gz"), *commits(data / "git")]


def _secp256k1_activities(data: Path) -> list[Activity]:
    forge = github_records([data / "github_issues.jsonl.gz", data / "github_pulls.jsonl.gz"])
    return [*forge, *commits(data / "git")]


ARROW = RealCompany(
    name="arrow",
    title="Arrow contributors",
    component_id="RUST-QUERY",
    component_stream="rust",
    sources="""\
  - {name: tracker, kind: jira, mode: files, edition: data_center, path: "{data}/jira_issues.jsonl.gz", timezone: UTC, allow_outside: true}
  - {name: code, kind: git, mode: files, path: "{data}/git/*.parquet", timezone: UTC, deployments: tags, allow_outside: true}
""",  # noqa: E501 - one entry a line
    value_streams="""\
value_streams:
  - value_stream_id: rust
    name: Rust
    rules:
      - {component: Rust - DataFusion, component_id: RUST-QUERY}
      - {component: Rust, component_id: RUST-QUERY}
      - {component: Rust - Ballista}
      - {repository: arrow-rs}
      - {team: arrow-rs}
  - value_stream_id: java
    name: Java
    rules:
      - {component: Java}
      - {repository: arrow-java}
      - {team: arrow-java}
  - value_stream_id: go
    name: Go
    rules:
      - {component: Go}
      - {repository: arrow-go}
      - {team: arrow-go}
  - value_stream_id: javascript
    name: JavaScript
    rules:
      - {component: JavaScript}
      - {repository: arrow-js}
      - {team: arrow-js}
  - value_stream_id: native
    name: C++ and its bindings
    rules:
      - {component: C++}
      - {component: Python}
      - {component: R}
      - {project: ARROW}
""",
    workflow="""\
workflows:
  - projects: ["*"]
    steps:
      - {step: Dev, kind: work, statuses: [In Progress, Reopened]}
    before: [Open]
    done: [Resolved, Closed]
""",
    activities=_arrow_activities,
)

SECP256K1 = RealCompany(
    name="secp256k1",
    title="secp256k1 contributors",
    component_id="SECP-LIBRARY",
    component_stream="library",
    sources="""\
  - {name: forge, kind: github, mode: files, path: "{data}/github_*.jsonl.gz", repository: bitcoin-core/secp256k1, timezone: UTC, allow_outside: true}
  - {name: code, kind: git, mode: files, path: "{data}/git/*.parquet", repository: bitcoin-core/secp256k1, timezone: UTC, deployments: tags, allow_outside: true}
""",  # noqa: E501 - one entry a line
    value_streams="""\
value_streams:
  - value_stream_id: library
    name: Library
    rules:
      - {project: bitcoin-core/secp256k1, component_id: SECP-LIBRARY}
      - {repository: bitcoin-core/secp256k1}
      - {team: forge}
""",
    workflow="""\
workflows:
  - projects: ["*"]
    steps:
      - {step: Review, kind: work, from_pull_requests: true}
    before: [open]
    done: [closed]
""",
    activities=_secp256k1_activities,
    addresses=lambda data: commit_addresses(data / "github_pulls.jsonl.gz"),
)

COMPANIES = (ARROW, SECP256K1)
